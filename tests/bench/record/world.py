"""A made-up team's news, the same for the same seed: companies, what is between them, when it was told.

A thousand articles a week, two ties each, seven in mean between the two of a pair. A tie is known by its
number, in the order of the pairs; everything of it is worked out from the number when it is asked for, as a
record of a million articles would not fit in memory as objects.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import numpy as np

from bot.names import name_key
from bot.relationships.ids import stable_id
from bot.values import SYMMETRIC_KINDS, Evidence, Money, Report, Status, Tie, TieKind
from storage.hashing import id_of
from storage.ties import tie_id_of

TEAM = "TBENCH"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHANNELS = tuple(f"C{number:02}" for number in range(20))
A_WEEK = 1000  # articles
WORDS = 150  # in an article, beside its two sentences
HUB = 0  # the number of the company that is in the news every day
SMALL = range(1, 21)  # companies with ten ties each
HUB_SHARE = 0.025  # of all ties

_SYLLABLES = (
    "ba ke li mo nu ra se ti vo xa zu dal fen gor hil jun kar lem mir nol por qui ros sul tam".split()
)
_SECTORS = (
    "Energy Bank Systems Foods Motors Media Pharma Steel Air Telecom Retail Mining Water Data Labs Capital "
    "Insurance Robotics Chemicals Logistics Textiles Semiconductors Gaming Rail Shipping Health Optics Paper"
).split()
_KINDS = tuple(TieKind)
_STATUSES = (Status.RUMORED, Status.ANNOUNCED, Status.COMPLETED, Status.ENDED, Status.DENIED)
_VOCABULARY = 50_000


@dataclass(frozen=True, slots=True)
class MadeCompany:
    """A company as every article names it; `keys` are its name keys, the smallest first."""

    id: str
    name: str
    alias: str | None
    keys: tuple[str, ...]


class World:
    """The news of `articles` articles."""

    def __init__(self, articles: int, seed: int = 5) -> None:
        """Draw who has to do with whom, and when."""
        draw = np.random.default_rng(seed)
        self.articles, self.seed = articles, seed
        self.companies = tuple(_companies(max(200, articles // 10), draw))
        self.a, self.b, counts = self._pairs(draw)
        self.first = np.concatenate([[0], np.cumsum(counts)])  # the first tie of each pair, and the end
        self._draw_ties(draw, counts)
        self.vocabulary = np.array(_words(_VOCABULARY, 4, draw), dtype=object)
        frequency = 1 / np.arange(1, _VOCABULARY + 1)
        self._cumulative = np.cumsum(frequency / frequency.sum())

    @property
    def pairs(self) -> int:
        """How many pairs of companies have to do with each other."""
        return len(self.a)

    def _pairs(self, draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The companies of each pair and how many ties it has, some two for each article in all."""
        ties, many = 2 * self.articles, len(self.companies)
        shares = np.array([1, 2, 3, 5, 8, 15, 30])
        odds = np.array([0.2, 0.2, 0.15, 0.15, 0.15, 0.1, 0.05])
        wanted = int(ties / (shares * odds).sum())
        small = [(each, draw.choice(np.arange(21, many), 3, replace=False)) for each in SMALL]
        hub = draw.choice(np.arange(21, many), min(many - 21, int(wanted * HUB_SHARE)), replace=False)
        popularity = 1 / (np.arange(21, many) + 10.0) ** 0.6
        ends = draw.choice(np.arange(21, many), (int(wanted * 1.2), 2), p=popularity / popularity.sum())
        ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
        draw.shuffle(ends)
        ends = ends[: wanted - len(hub) - 3 * len(small)]
        fixed = [(each, other) for each, others in small for other in others]
        pairs = np.concatenate([np.array(fixed), np.stack([np.full(len(hub), HUB), hub], axis=1), ends])
        counts = np.concatenate(
            [np.tile([4, 3, 3], len(small)), draw.choice(shares, len(pairs) - len(fixed), p=odds)]
        )
        over = np.cumsum(counts) > ties
        return pairs[~over, 0], pairs[~over, 1], counts[~over]

    def _draw_ties(self, draw: np.random.Generator, counts: np.ndarray) -> None:
        size = int(counts.sum())
        pair_of = np.repeat(np.arange(len(counts)), counts)
        # What is said of a pair is said within some years of its own, in an order of its own.
        when = draw.random(len(counts))[pair_of] + draw.random(size) * 0.15
        self.article_of = np.empty(size, dtype=np.int64)
        self.article_of[np.argsort(when, kind="stable")] = np.arange(size) * self.articles // size
        self.ties_in = np.argsort(self.article_of, kind="stable")
        self.first_in = np.searchsorted(self.article_of[self.ties_in], np.arange(self.articles + 1))
        self.pair_of = pair_of
        usual = draw.integers(0, len(_KINDS), len(counts))[pair_of]
        self.kind = np.where(draw.random(size) < 0.8, usual, draw.integers(0, len(_KINDS), size))
        self.status = draw.choice(len(_STATUSES), size, p=[0.12, 0.4, 0.43, 0.03, 0.02])
        self.forth = draw.random(len(counts))[pair_of] < 0.5
        self.amount = np.where(draw.random(len(counts))[pair_of] < 0.3, 1 + draw.integers(0, 900, size), 0)

    def article_id(self, number: int) -> str:
        """The id of an article."""
        return id_of("url", self.url(number))

    def url(self, number: int) -> str:
        """The address of an article."""
        return f"https://news.example/{number}"

    def posted_at(self, number: int) -> datetime:
        """When an article was posted."""
        return NOW - timedelta(weeks=1) * ((self.articles - number) / A_WEEK)

    def ends_of(self, tie: int) -> tuple[int, int]:
        """The numbers of a tie's source and target."""
        pair = self.pair_of[tie]
        a, b = int(self.a[pair]), int(self.b[pair])
        kind = _KINDS[self.kind[tie]]
        return (a, b) if self.forth[tie] or kind in SYMMETRIC_KINDS else (b, a)

    def said_in(self, number: int) -> list[tuple[int, Tie]]:
        """The ties of an article with their numbers, in the order of its text."""
        found: list[tuple[int, Tie]] = []
        start = 0
        for tie in map(int, self.ties_in[self.first_in[number] : self.first_in[number + 1]]):
            source, target = (self.companies[end].name for end in self.ends_of(tie))
            kind, amount = _KINDS[self.kind[tie]], int(self.amount[tie])
            text = f"{source} {kind.value} {target}."
            made = Tie(
                kind=kind,
                source=source,
                target=target,
                status=_STATUSES[self.status[tie]],
                money=Money(Decimal(amount * 1_000_000), "USD") if amount else None,
                date=None,
                confidence=0.9,
                evidence=Evidence(text, start, start + len(text)),
                rule="bench",
            )
            found.append((tie, made))
            start += len(text) + 1
        return found

    def report(self, tie: int, ties_of: dict[int, list[tuple[int, Tie]]]) -> Report:
        """A tie as reconciling takes it; `ties_of` keeps what the articles looked at say."""
        number = int(self.article_of[tie])
        if number not in ties_of:
            ties_of[number] = self.said_in(number)
        made = next(each for told, each in ties_of[number] if told == tie)
        article_id, at = self.article_id(number), self.posted_at(number)
        source, target = (self.companies[end].id for end in self.ends_of(tie))
        return Report(
            tie_id=tie_id_of(article_id, made),
            article_id=article_id,
            source_id=source,
            target_id=target,
            tie=made,
            told_at=at.replace(hour=0, minute=0, second=0, microsecond=0),
            known_at=at,
        )

    def reports(self, pair: int) -> list[Report]:
        """All that is told of a pair."""
        seen: dict[int, list[tuple[int, Tie]]] = {}
        return [self.report(tie, seen) for tie in range(int(self.first[pair]), int(self.first[pair + 1]))]

    def words_of(self, first: int, many: int) -> Iterator[str]:
        """The rest of some articles' texts: the commonest word is in each, the rarest in one of 5,000."""
        draw = np.random.default_rng((self.seed, first))
        places = np.searchsorted(self._cumulative, draw.random((many, WORDS)))
        for row in np.minimum(places, _VOCABULARY - 1):
            yield " ".join(self.vocabulary[row])


def _companies(many: int, draw: np.random.Generator) -> Iterator[MadeCompany]:
    words = _words(many, 3, draw)
    sectors = draw.integers(0, len(_SECTORS), many)
    for number, (word, sector) in enumerate(zip(words, sectors, strict=True)):
        name = f"{word.capitalize()} {_SECTORS[sector]}"
        alias = word.capitalize() if number % 5 == 0 else None
        keys = tuple(sorted({name_key(form) for form in (name, alias) if form}))
        yield MadeCompany(stable_id("company", keys[0]), name, alias, keys)


def _words(many: int, syllables: int, draw: np.random.Generator) -> list[str]:
    if many > len(_SYLLABLES) ** syllables:
        syllables += 1
    made = sorted({"".join(parts) for parts in product(_SYLLABLES, repeat=syllables)})
    return [made[place] for place in draw.choice(len(made), many, replace=False)]
