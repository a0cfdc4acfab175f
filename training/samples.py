"""Passages -> samples: windows of text, which tokens name companies, and what is said of which two."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

from bot.extraction.encoder.classes import (
    IN_NAME,
    IN_ROLE,
    NAME,
    OUTSIDE,
    ROLE,
    SAME,
    STATUSES,
    class_of,
)
from bot.extraction.encoder.marks import marked_spans, masked
from bot.extraction.encoder.tokens import CharSpan, Vocabulary, Window
from bot.extraction.questions import SPOKEN_OF_MOST
from training.corpus import Mention, Passage

UNKNOWN = -100  # a tag or status that is not labelled: what cross entropy leaves out
_TIES = frozenset(range(SAME))


@dataclass(frozen=True)
class Pair:
    """Two companies as token indexes of a window, and what the text says of them.

    `wanted` are indexes of CLASSES (or SAME), read with `first` as the company mentioned first; `open` are
    those for which either answer is right; `status` is an index of STATUSES or UNKNOWN.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    wanted: frozenset[int]
    open: frozenset[int]
    status: int = UNKNOWN


@dataclass(frozen=True)
class Sample:
    """One window with its tags and pairs."""

    ids: tuple[int, ...]
    tags: tuple[int, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class _Placed:
    """A passage as one text."""

    passage: Passage
    text: str
    cuts: tuple[CharSpan, ...]
    mentions: tuple[tuple[Mention, ...], ...]  # of each sentence, offsets in the text


def samples(passages: Iterable[Passage], vocabulary: Vocabulary) -> Iterator[Sample]:
    """The windows of every passage."""
    for passage in passages:
        placed = _place(passage)
        for window in vocabulary.windows(placed.text, placed.cuts):
            own = [n for n, cut in enumerate(placed.cuts) if window.own[0] <= cut[0] < window.own[1]]
            pairs = [pair for n in own for pair in _pairs(placed, window, n)]
            yield Sample(window.ids, _tags(placed, window), tuple(pairs))


def masked_samples(
    passages: Iterable[Passage], vocabulary: Vocabulary, is_drawn: Callable[[bool, bool], bool]
) -> Iterator[Sample]:
    """For each two companies of a sentence, or of it and the one before, a window of these without names.

    `is_drawn` says whether to take a pair, by whether it is tied and whether its sentence ties any two.
    """
    for passage in passages:
        placed = _place(passage)
        for number in range(len(placed.cuts)):
            telling = any(t.sentence == number and not t.doubtful for t in passage.ties)
            for a, b, _ in _asked(placed, number):
                pair = _answer(placed, number, a, b)
                if is_drawn(bool(pair.wanted), telling):
                    yield from _masked(placed, number, pair, a, b, vocabulary)


def _masked(
    placed: _Placed, number: int, pair: Pair, a: str, b: str, vocabulary: Vocabulary
) -> Iterator[Sample]:
    near = _near(placed, number, a)
    spoken = ((m.start, m.end, m.company, m.role) for n in near for m in placed.mentions[n])
    made = masked(placed.text, [placed.cuts[n] for n in near], marked_spans(spoken, first=a, second=b))
    at = made.cuts[-1][0]
    for window in vocabulary.windows(made.text, made.cuts):
        first, second = window.tokens(made.first), window.tokens(made.second)
        if window.own[0] <= at < window.own[1] and first and second:
            asked = replace(pair, first=first, second=second)
            yield Sample(window.ids, (UNKNOWN,) * len(window.ids), (asked,))


def _near(placed: _Placed, number: int, company: str) -> list[int]:
    """A sentence and the one before it, or the last that names the company where neither does."""
    naming = [n for n in range(number + 1) if any(m.company == company for m in placed.mentions[n])]
    before = number - 1 if not naming or naming[-1] >= number - 1 else naming[-1]
    return [n for n in (before, number) if n >= 0]


def _place(passage: Passage) -> _Placed:
    text, cuts, mentions = "", [], []
    for sentence in passage.sentences:
        at = len(text)
        mentions.append(
            tuple(Mention(m.start + at, m.end + at, m.company, m.role) for m in sentence.mentions)
        )
        text += sentence.text + "\n"
        cuts.append((at, at + len(sentence.text)))
    return _Placed(passage, text, tuple(cuts), tuple(mentions))


def _tags(placed: _Placed, window: Window) -> tuple[int, ...]:
    if not placed.passage.whole:
        return (UNKNOWN,) * len(window.ids)
    everyone = [m for of in placed.mentions for m in of]
    tags = [OUTSIDE] * len(window.ids)
    for m in everyone:
        for place, token in enumerate(window.tokens([(m.start, m.end)])):
            tags[token] = (IN_ROLE if place else ROLE) if m.role else (IN_NAME if place else NAME)
    return tuple(tags)


def _pairs(placed: _Placed, window: Window, number: int) -> Iterator[Pair]:
    """The pairs of one sentence, or of it and what stands before, and the nouns that stand for a company."""
    for a, b, mentions in _asked(placed, number):
        first, second = _tokens(window, mentions, a), _tokens(window, mentions, b)
        if first and second:
            yield replace(_answer(placed, number, a, b), first=first, second=second)
    yield from _roles(placed, window, number)


def _asked(placed: _Placed, number: int) -> list[tuple[str, str, tuple[Mention, ...]]]:
    """The pairs of one sentence, and those of it and what stands before, with all that speaks of them."""
    here = placed.mentions[number]
    before = placed.mentions[number - 1] if number and placed.passage.whole else ()
    now, earlier = (list(dict.fromkeys(m.company for m in of)) for of in (here, before))
    asked = [(a, b, here) for a, b in combinations(now, 2)]
    asked += [(a, b, (*before, *here)) for a in earlier if a not in now for b in now if b not in earlier]
    if placed.passage.whole:
        asked += _from_further_up(placed, number, now, {*now, *earlier})
    return asked


def _from_further_up(
    placed: _Placed, number: int, now: Sequence[str], near: Set[str]
) -> Iterator[tuple[str, str, tuple[Mention, ...]]]:
    """Its companies with those named most before, as the reader asks, and with any it ties them to."""
    past = [m for of in placed.mentions[:number] for m in of if not m.role]
    times = Counter(m.company for m in past)
    most = {company for company, _ in times.most_common(SPOKEN_OF_MOST)}
    tied = {frozenset((t.source, t.target)) for t in placed.passage.ties if t.sentence == number}
    for a in (c for c in times if c not in near):
        mine = [m for m in past if m.company == a]
        for b in now:
            if a in most or frozenset((a, b)) in tied:
                yield a, b, (*mine, *placed.mentions[number])


def _answer(placed: _Placed, number: int, a: str, b: str) -> Pair:
    """What a sentence says of two companies; the tokens are left open."""
    wanted: set[int] = set()
    undecided = {SAME}
    status = UNKNOWN
    for tie in placed.passage.ties:
        if {tie.source, tie.target} != {a, b}:
            continue
        index = class_of(tie.kind, forward=tie.source == a)
        if tie.doubtful or tie.sentence != number:
            undecided.add(index)
        else:
            wanted.add(index)
            status = STATUSES.index(tie.status) if tie.status is not None else UNKNOWN
    return Pair((), (), frozenset(wanted), frozenset(undecided - wanted), status)


def _roles(placed: _Placed, window: Window, number: int) -> Iterator[Pair]:
    """For each such noun, every company named before it or in its sentence: is it that one?"""
    named = [m for of in placed.mentions[: number + 1] for m in of if not m.role]
    for role in placed.mentions[number]:
        if role.role:
            for company in dict.fromkeys(m.company for m in named):
                first = _tokens(window, tuple(named), company)
                second = window.tokens([(role.start, role.end)])
                if first and second:
                    same = frozenset({SAME}) if company == role.company else frozenset()
                    yield Pair(first, second, same, _TIES)


def _tokens(window: Window, mentions: Iterable[Mention], company: str) -> tuple[int, ...]:
    return window.tokens([(m.start, m.end) for m in mentions if m.company == company])
