"""The names that the trained tagger is sure of: they stay whole, go on, or stand inside a longer stretch."""

from bot.extraction.company_lines import Line, Word
from bot.extraction.company_listed import match_known, name_end
from bot.extraction.company_runs import CONJUNCTIONS, Runs
from bot.extraction.company_words import CompanyWords
from bot.extraction.known import COMPANY_KINDS, KnownCompanies

SURE = 0.8  # of the tagger, to stand against what the words themselves suggest
_FURTHER = 2  # words that a name the tagger is sure of may go on beyond its capitals


class TaggedNames:
    """The sure names of one line, by the words [first, last) that they take up."""

    def __init__(self, line: Line, runs: Runs, text: str, known: KnownCompanies, lists: CompanyWords) -> None:
        """Take what the tagger said of the line, whose runs these are."""
        self._words, self._runs, self._text, self._known, self._lists = line.words, runs, text, known, lists
        self._sure = frozenset((n.start, n.end) for n in line.named or () if n.probability >= SURE)
        ends = {end: k for k, word in enumerate(line.words, 1) for end in (word.end, name_end(word))}
        self._ends = {start: ends[end] for start, end in self._sure if end in ends}

    def end_from(self, at: int) -> int | None:
        """Where a sure name ends that starts at word `at`."""
        return self._ends.get(self._words[at].start)

    def is_sure(self, first: int, last: int) -> bool:
        """Whether just these words are a sure name."""
        return (
            first < last <= len(self._words)
            and (self._words[first].start, name_end(self._words[last - 1])) in self._sure
        )

    def end_of(self, first: int, last: int) -> int:
        """Where a name ends that the tagger surely takes further: "Ipse 2000"."""
        further = (e for e in range(last + _FURTHER, last, -1) if self.is_sure(first, e))
        return next((e for e in further if self._words[e - 1].low not in CONJUNCTIONS), last)

    def inside(self, first: int, last: int) -> tuple[int, int] | None:
        """The sure name in a stretch of which the rest is none of it: Orange in "Pays-Bas Orange"."""
        if self.end_from(first) == last or self.is_sure(first, last):
            return None
        for at in range(first, last):
            end = self.end_from(at)
            match = match_known(self._words, at, self._text, self._known)
            if match is not None and (end is None or match[0] > end):
                return None  # a listed name is looked for first
            if end is not None and end <= last:
                return (at, end) if self._says_where(first, at) and self._is_another(end, last) else None
        return None

    def _says_where(self, first: int, last: int) -> bool:
        """Whether the words only tell a place or a nation."""
        words = self._words[first:last]
        return all(word.low in self._lists.places or self._is_nation(word) for word in words)

    def _is_another(self, first: int, last: int) -> bool:
        """Whether nothing, a nation or another company follows a name: Suez after "Agbar de"."""
        start = self._runs.skip_links(first, last)
        if start > first:
            match = match_known(self._words, start, self._text, self._known) if start < last else None
            return match is not None and match[1].company.kind in COMPANY_KINDS
        return all(map(self._is_nation, self._words[first:last]))

    def _is_nation(self, word: Word) -> bool:
        return word.low in self._lists.peoples or word.low in self._lists.nationals
