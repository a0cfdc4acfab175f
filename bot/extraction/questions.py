"""Sentences -> what the network is asked: two companies of one, or of it and of what stands before it.

Of a sentence that names many companies only the pairs nearest to each other are asked about, and of what
stands further up only the companies that the text has spoken of most: so the text's length bounds the work.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

from bot.extraction.encoder.model import Question
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.places import ByPlace
from bot.extraction.sentences import MAX_SENTENCE, Span

MAX_PAIRS = 28  # of one sentence: all of eight companies
# Of 112 ties told across more than two sentences of labelled press, 109 have one of so many for an end.
SPOKEN_OF_MOST = 2
MAX_PLACES = 8  # of a company's mentions further up
# Of two names in a sentence, of a name and a noun that stands for one, of two sentences, of more.
BY_NETWORK = PAIR, ROLE, ACROSS, FAR = "model.pair", "model.role", "model.across", "model.far"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what its answer speaks of."""

    question: Question
    sentence: Span
    first: str
    second: str
    near: tuple[int, int]
    role: bool
    before: Span | None = None  # the sentence before, or the last that names the first, where it was read
    across: bool = False  # the sentence names only the second
    far: bool = False  # nor does the one before it name the first

    @property
    def about(self) -> tuple[frozenset[str], int]:
        """The two companies, and where the sentence starts."""
        return frozenset((self.first, self.second)), self.sentence.start

    @property
    def rule(self) -> str:
        """What a tie that the network alone tells is told by."""
        if self.across:
            return FAR if self.far else ACROSS
        return ROLE if self.role else PAIR


def questions(spans: Sequence[tuple[int, Span]], companies: Companies) -> Iterator[Asked]:
    """Every question about a text that is cut into `spans` (paragraph, sentence), in the text's order."""
    everyone = ByPlace((*companies.mentions, *companies.authority_mentions))
    spoken = _Spoken({n.name for n in companies.names})
    before: tuple[Mention, ...] = ()
    last: Span | None = None
    for _, span in spans:
        if span.end - span.start > MAX_SENTENCE:
            before, last = (), None
            continue
        here = tuple(m for m in everyone.inside(span) if m.end <= span.end)
        for asked in (*_of_sentence(span, here), *_across(before, span, here)):
            yield replace(asked, before=last)
        yield from spoken.questions(before, span, here)
        spoken.add(span, here)
        before, last = here, span


class _Spoken:
    """Which companies a text has named so far, and where; not authorities."""

    def __init__(self, companies: Set[str]) -> None:
        self._companies = companies
        self._times: Counter[str] = Counter()
        self._places: dict[str, deque[Mention]] = {}
        self._last: dict[str, Span] = {}
        self._most: list[str] = []

    def add(self, span: Span, here: Sequence[Mention]) -> None:
        """Take in a sentence."""
        named = [m for m in here if m.kind is MentionKind.NAME and m.company in self._companies]
        for mention in named:
            self._times[mention.company] += 1
            self._places.setdefault(mention.company, deque(maxlen=MAX_PLACES)).append(mention)
            self._last[mention.company] = span
        risen = dict.fromkeys((*self._most, *(m.company for m in named)))
        self._most = sorted(risen, key=lambda c: -self._times[c])[:SPOKEN_OF_MOST]

    def questions(self, before: Sequence[Mention], span: Span, here: Sequence[Mention]) -> Iterator[Asked]:
        """Of its companies, with those spoken of most that neither it nor the sentence before names."""
        now = dict.fromkeys(m.company for m in here)
        near = now.keys() | {m.company for m in before}
        for first in self._most:
            if first not in near:
                spoken = (*self._places[first], *here)
                for second in list(now)[: MAX_PAIRS // SPOKEN_OF_MOST]:
                    asked = _asked(span, spoken, first, second)
                    yield replace(asked, before=self._last[first], across=True, far=True)


def _of_sentence(span: Span, here: Sequence[Mention]) -> Iterator[Asked]:
    names = list(dict.fromkeys(m.company for m in here))
    pairs = list(combinations(names, 2))
    if len(pairs) > MAX_PAIRS:
        pairs = sorted(pairs, key=lambda p: names.index(p[1]) - names.index(p[0]))[:MAX_PAIRS]
    for first, second in pairs:
        yield _asked(span, here, first, second)


def _across(before: Sequence[Mention], span: Span, here: Sequence[Mention]) -> Iterator[Asked]:
    """Pairs of which only the sentence before names one end, and only this one the other."""
    earlier = dict.fromkeys(m.company for m in before)
    now = dict.fromkeys(m.company for m in here)
    pairs = [(a, b) for a in earlier if a not in now for b in now if b not in earlier]
    for first, second in pairs[:MAX_PAIRS]:
        yield replace(_asked(span, (*before, *here), first, second), across=True)


def _asked(span: Span, mentions: Sequence[Mention], first: str, second: str) -> Asked:
    a, b = ([m for m in mentions if m.company == name] for name in (first, second))
    places = sorted((m.start, m.end) for m in (*a, *b) if m.start >= span.start)
    question = Question(span.start, *(tuple((m.start, m.end) for m in of) for of in (a, b)))
    named = all(any(m.kind is MentionKind.NAME for m in of) for of in (a, b))
    near = (places[0][0], places[-1][1])
    return Asked(question, span, first, second, near, role=not named)
