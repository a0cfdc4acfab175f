"""The names that the trained tagger is sure of: they stay whole, go on, or stand inside a longer stretch."""

import re

from bot.extraction.company_lines import Line, Word
from bot.extraction.company_listed import match_known, name_end
from bot.extraction.company_runs import CONJUNCTIONS, LINKS, Runs
from bot.extraction.company_words import CompanyWords
from bot.extraction.known import COMPANY_KINDS, KnownCompanies, KnownForm

SURE = 0.8  # of the tagger, to stand against what the words themselves suggest
CERTAIN = 0.95  # of the tagger, to take what has no capital, or is else a common word, for a name
_FURTHER = 2  # words that a name the tagger is sure of may go on beyond its capitals
_ARTICLES = frozenset("el la los las le les l' un una une an lo al del su il sus".split())
_DOTTED = re.compile(r"\.\w")
_SAINTS = frozenset("st ste sta sto".split())


class TaggedNames:
    """The sure names of one line, by the words [first, last) that they take up."""

    def __init__(self, line: Line, runs: Runs, text: str, known: KnownCompanies, lists: CompanyWords) -> None:
        """Take what the tagger said of the line, whose runs these are."""
        self._words, self._runs, self._text, self._known, self._lists = line.words, runs, text, known, lists
        self._sure = frozenset((n.start, n.end) for n in line.named or () if n.probability >= SURE)
        self._certain = frozenset((n.start, n.end) for n in line.named or () if n.probability >= CERTAIN)
        ends = {end: k for k, word in enumerate(line.words, 1) for end in (word.end, name_end(word))}
        self._ends = {start: ends[end] for start, end in self._sure if end in ends}

    def whole_from(self, at: int) -> tuple[int, KnownForm | None] | None:
        """The end of a sure name that no run of capitals makes: "St. Roe's", "e-Zón", "Roe 3 Media"."""
        last = self.end_from(at)
        if last is None or not (self._is_irregular(at, last) or self._goes_beyond(at, last)):
            return None
        match = match_known(self._words, at, self._text, self._known)
        return match if match is not None and match[0] >= last else (last, None)

    def _is_irregular(self, first: int, last: int) -> bool:
        """Whether a name starts in lower case, or with an abbreviated title."""
        word, lists = self._words[first], self._lists
        if word.text[0].islower():
            small = _ARTICLES | LINKS | lists.nouns | lists.head_first | lists.institutions
            spelled = self._text[word.start : self._words[last - 1].end]
            lower = spelled == spelled.lower()
            return (
                not word.cap and word.low not in small and (not lower or self._is_small_name(first, spelled))
            )
        titled = word.low in lists.person_titles or word.low in _SAINTS
        return titled and last - first > 2 and self._words[first + 1].text == "."

    def _is_small_name(self, first: int, spelled: str) -> bool:
        """Whether a name without any capital is one of its own, and not the ".net" of another."""
        start = self._words[first].start
        end = start + len(spelled)
        alone = self._text[max(0, start - 1) : start] not in (".", "-") and not _DOTTED.match(self._text, end)
        whole = (start, end) in self._certain
        return alone and whole and len(spelled) > 2 and " " not in spelled

    def _goes_beyond(self, first: int, last: int) -> bool:
        """Whether a name goes on where its capitals stop: "468 Roe", "Roe 3 Media", "Sammy's Milk"."""
        words = self._words[first:last]
        if len(words) < 2 or not words[-1].cap or not (words[0].cap or words[0].text[0].isdigit()):
            return False
        if any(w.text in ",;:()" or w.low in CONJUNCTIONS for w in words):
            return False
        inner = [self._runs.groups_from(at) or [(at, at)] for at in range(first, last)]
        if any(groups[0][1] > last for groups in inner):
            return False
        match = match_known(self._words, first, self._text, self._known)
        product = match is not None and not match[1].ambiguous and match[0] < last  # "Apple TV"
        return inner[0][-1][1] < last and not product

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
