"""The words of a sentence sorted into names, filters, words that ask for something, and the rest. Pure."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from bot.errors import UserError
from bot.query_dates import read_period
from bot.query_filters import Filters, narrow
from bot.query_names import Mark, Token, tokens
from bot.query_words import fold
from bot.spoken_words import (
    ASKING,
    INNER,
    JOINS,
    LEADS,
    NOTHING,
    OPENERS,
    RECENT,
    SEEMS_TO_WATCH,
    TYPED,
    WITHIN,
    spoken_kind,
    spoken_status,
)
from bot.values import TieKind

Known = Callable[[Collection[str]], Collection[str]]
"""Of some phrases, those that a company is called."""

_LONGEST_NAME = 6  # words
_LONGEST_PERIOD = 5
_FEW = 3  # words that may be a name although nothing in the sentence says so
_EDGES = re.compile(r"^[\s¿¡!?.,;:()\[\]{}'‘’…*_~`]+|[\s!?.,;:()\[\]{}'‘’…*_~`]+$")


def bare(word: str) -> str:
    """A word without the punctuation around it."""
    return _EDGES.sub("", word)


@dataclass(slots=True)
class Sentence:
    """A sentence while its words are sorted: names first, so that no part of one counts as something else.

    `names` are by where they begin. `unknown` are what stands like a name though nobody is called so.
    """

    words: list[Token]
    folded: list[str]
    taken: list[bool]
    names: dict[int, str] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    filters: Filters = field(default_factory=Filters)
    kinds: list[TieKind] = field(default_factory=list)
    named: set[int] = field(default_factory=set)  # the words that are part of a name
    filtered: set[int] = field(default_factory=set)  # the words that are part of a filter

    def says(self, vocabulary: Collection[str]) -> bool:
        """Whether one of these words, which is part of no known name, stands in the sentence."""
        return any(i not in self.named and word in vocabulary for i, word in enumerate(self.folded))

    def all_names(self) -> list[str]:
        """The names in order, those that nobody is known by among them."""
        return [name for _, name in sorted((self.names | self.unknown).items())]

    def after(self, vocabulary: Collection[str]) -> str:
        """What follows the first of these words."""
        return self.tail(vocabulary).partition(" ")[2]

    def tail(self, vocabulary: Collection[str]) -> str:
        """Everything from the first of these words on, in the singular or the plural."""
        for i, word in enumerate(self.folded):
            single = word if word in vocabulary else word.removesuffix("s")
            if single in vocabulary:
                return " ".join([single, *(token.text for token in self.words[i + 1 :])])
        return ""

    def content(self, besides: Collection[str]) -> str:
        """All words that say something, without filters and these words."""
        kept = (
            i
            for i, word in enumerate(self.folded)
            if self.words[i].mark in (Mark.WORD, Mark.QUOTED)
            and i not in self.filtered
            and (i in self.named or not (word in NOTHING or word in besides))
        )
        return " ".join(self.words[i].text for i in kept)

    def phrases(self) -> Iterator[tuple[int, int, str]]:
        """Every run of words that may be a name: where it begins and ends, and its text; longest first."""
        for length in range(min(_LONGEST_NAME, len(self.words)), 0, -1):
            for start in range(len(self.words) - length + 1):
                run = range(start, start + length)
                if self._may_be_called(run):
                    yield start, start + length, self._shown(start, start + length)

    def _may_be_called(self, run: range) -> bool:
        words = [self.words[i] for i in run]
        ends = all(any(map(str.isalnum, word.text)) for word in (words[0], words[-1]))  # not "OpenAI –"
        return (
            ends and all(word.mark is Mark.WORD for word in words) and not all(map(self._says_nothing, run))
        )

    def take_quoted(self) -> None:
        """Take what stands in quotes: it is a name."""
        for i, token in enumerate(self.words):
            if token.mark is Mark.QUOTED:
                self._name(i, i + 1)

    def take_names(self, called: Collection[str], *, least: int) -> None:
        """Take the names, of so many words at least, that somebody is called; longer ones first."""
        for start, end, phrase in self.phrases():
            if end - start >= least and phrase in called and not any(self.taken[start:end]):
                self._name(start, end)

    def take_filters(self, today: date) -> None:
        """Take "since June", "more than 100 million", "last month" and typed filters."""
        for i in range(len(self.words)):
            if not self.taken[i]:
                _ = self._take_opened(i, today) or self._take_period(i, today)

    def take_kinds(self) -> None:
        """Take the words that speak of a kind of tie or a status, where they are not written as names."""
        for i, word in enumerate(self.folded):
            if not self._is_free(i) or self._is_written_as_name(i):
                continue
            if kind := spoken_kind(word):
                self.kinds.append(kind)
                self.taken[i] = True
            elif status := spoken_status(word):
                self.filters = replace(self.filters, status=status)
                self.taken[i] = True

    def take_unknown(self) -> None:
        """Take what stands like a name, though nobody is known to be called so."""
        runs = list(self._unknown_runs())
        chosen = [run for run in runs if self._stands_as_name(*run)]
        if not chosen and not self.names and len(runs) == 1 and runs[0][1] - runs[0][0] <= _FEW:
            chosen = runs
        self.unknown = {start: self._shown(start, end) for start, end in chosen}

    def _take_opened(self, start: int, today: date) -> bool:
        word = self.folded[start]
        if self.words[start].mark is Mark.KEY:
            found = [(1, TYPED[word])] if word in TYPED else []
        else:
            ahead = (tuple(self.folded[start : start + len(opener)]) == opener for opener in OPENERS)
            found = [(len(o), OPENERS[o]) for o, stands in zip(OPENERS, ahead, strict=True) if stands]
        for length, key in sorted(found, reverse=True):
            after = start + length
            end = next((i for i in range(after, len(self.words)) if not self._is_free(i)), len(self.words))
            try:
                self.filters, rest = narrow(self.filters, key, self.words[after:end], today)
            except UserError:
                continue
            self._filter(start, end - len(rest))
            return True
        return False

    def _take_period(self, start: int, today: date) -> bool:
        first = self.folded[start]
        if first not in RECENT and first not in WITHIN:
            return False
        for end in range(min(len(self.words), start + _LONGEST_PERIOD), start, -1):
            if not all(map(self._is_free, range(start, end))):
                continue
            if period := read_period(" ".join(self.folded[start:end]), today):
                until = period[1] if period[1] < today else None
                self.filters = replace(self.filters, since=period[0], until=until)
                self._filter(start, end)
                return True
        return False

    def _unknown_runs(self) -> Iterator[tuple[int, int]]:
        """The runs of words that say nothing known; "Bank of America" is one of them."""
        start = 0
        while start < len(self.words):
            end = start
            while end < len(self.words) and self._is_open(end):
                end += 1
                if self._goes_on(end):
                    end += 1
            if end > start:
                yield start, end
            start = end + 1

    def _is_open(self, index: int) -> bool:
        return self._is_free(index) and not self._says_nothing(index)

    def _goes_on(self, index: int) -> bool:
        """Whether a small word stands inside a name that is written with capitals."""
        return (
            0 < index < len(self.words) - 1
            and self.folded[index] in INNER
            and self._is_open(index + 1)
            and all(self.words[i].text[:1].isupper() for i in (index - 1, index + 1))
        )

    def _stands_as_name(self, start: int, end: int) -> bool:
        before = self.words[start - 1] if start else None
        # With two names at hand "in talks" is no third, though "and Zzyzx" is.
        leads = LEADS if len(self.names) < 2 else JOINS
        led = before is not None and (before.mark is Mark.COMMA or fold(before.text) in leads)
        joined = end < len(self.words) and self.folded[end] in JOINS and bool(self.names)
        return led or joined or any(map(self._is_written_as_name, range(start, end)))

    def _says_nothing(self, index: int) -> bool:
        """Whether a word alone can't be a name: one that asks for something can, written as a name is."""
        word = self.folded[index]
        if word in NOTHING or not any(map(str.isalnum, word)):
            return True
        asks = word in ASKING or spoken_kind(word) is not None or spoken_status(word) is not None
        return asks and not self._is_written_as_name(index)

    def _is_written_as_name(self, index: int) -> bool:
        """Whether a word has a capital that it does not owe to standing first, or a digit."""
        shown = self.words[index].text
        return any(c.isupper() for c in (shown if index else shown[1:])) or any(c.isdigit() for c in shown)

    def _is_free(self, index: int) -> bool:
        return not self.taken[index] and self.words[index].mark is Mark.WORD

    def _shown(self, start: int, end: int) -> str:
        return " ".join(token.text for token in self.words[start:end]).replace('"', "'")

    def _name(self, start: int, end: int) -> None:
        self.names[start] = self._shown(start, end)
        self.named.update(range(start, end))
        self.taken[start:end] = [True] * (end - start)

    def _filter(self, start: int, end: int) -> None:
        self.filtered.update(range(start, end))
        self.taken[start:end] = [True] * (end - start)


_BETWEEN_NAMES = re.compile(r"(?<=[^\W\d_])([–—/])(?=[^\W\d_])")  # "OpenAI–Microsoft", not "Coca-Cola"


_OF_NAME = re.compile(r"(?:d|qu)['’](?=[^\W\d_])")


def _parted(token: Token) -> list[Token]:
    """A bare word; "d'Orange" and "l'acquisition" as two, but "d'accord" and "L'Oréal" as they are."""
    if token.mark in (Mark.QUOTED, Mark.COMMA):
        return [token]
    text = bare(token.text)
    elided = _OF_NAME.match(text)
    if elided and text[elided.end()].isupper():
        return [Token(token.mark, "de"), Token(token.mark, text[elided.end() :])]
    if text.startswith(("l'", "l’")) and (spoken_kind(text[2:]) or fold(text[2:]) in ASKING):
        return [Token(token.mark, text[2:])]
    return [Token(token.mark, text)]


def _sorted_out(words: list[str], *, question: bool) -> list[str]:
    """The words, with "still" for those that seem to ask to follow somebody: "¿sigue en pie?", "on track"."""
    lasting = question or not {"con", "siendo"}.isdisjoint(words)
    pairs = [*pairwise(words)]
    seeming = {i + side for i, pair in enumerate(pairs) if pair in SEEMS_TO_WATCH for side in (0, 1)}
    return [
        "still" if i in seeming or (lasting and word == "sigue") else word for i, word in enumerate(words)
    ]


def read_sentence(tidied: str, *, today: date, known: Known) -> Sentence:
    """Sort the words of a tidied text; `known` is asked once."""
    typed = tokens(_BETWEEN_NAMES.sub(r" \1 ", tidied))
    pieces = [part for token in typed for part in _parted(token) if part.text]
    folded = _sorted_out([fold(token.text) for token in pieces], question="?" in tidied)
    sentence = Sentence(pieces, folded, [False] * len(pieces))
    called = frozenset(known(tuple(dict.fromkeys(phrase for _, _, phrase in sentence.phrases()))))
    sentence.take_quoted()
    sentence.take_names(called, least=2)
    sentence.take_filters(today)
    sentence.take_names(called, least=1)
    sentence.take_kinds()
    sentence.take_unknown()
    return sentence
