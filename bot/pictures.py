"""What pictures are drawn from: plain values, of what their readers may see."""

from dataclasses import dataclass
from datetime import datetime

from bot.answers import DealLine
from bot.company_answer import PartnerLine
from bot.relationships.partial_dates import moment
from bot.values import Company, Deal, Level, TieKind

MOST_NEIGHBOURS = 20


@dataclass(frozen=True, slots=True)
class CompanyPicture:
    """How a company stands to each partner, those that moved last first, and its deals."""

    company: Company
    partners: tuple[PartnerLine, ...]
    deals: tuple[Deal, ...]
    now: datetime

    @property
    def companies(self) -> tuple[Company, ...]:
        """All that are named, in the order of their numbers, from 1."""
        return self.company, *(line.company for line in self.partners)


@dataclass(frozen=True, slots=True)
class Edge:
    """What two neighbours of a company are to each other: the last told of what is in force."""

    a_id: str
    b_id: str
    kind: TieKind
    level: Level
    rumored: bool = False


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A company, its neighbours, MOST_NEIGHBOURS at most, what those are to each other, and how many more."""

    company: Company
    neighbours: tuple[PartnerLine, ...]
    edges: tuple[Edge, ...]
    left_out: int

    @property
    def companies(self) -> tuple[Company, ...]:
        """All that are named, in the order of their numbers, from 1."""
        return self.company, *(line.company for line in self.neighbours)


@dataclass(frozen=True, slots=True)
class Step:
    """A level from a moment on; `faded` when nothing was told then, and time alone moved it."""

    level: Level
    since: datetime
    faded: bool = False


@dataclass(frozen=True, slots=True)
class RelationshipPicture:
    """The levels of a relationship, oldest first, and its deals in the order in which they took place."""

    a: Company
    b: Company
    steps: tuple[Step, ...]
    deals: tuple[DealLine, ...]
    now: datetime

    @property
    def companies(self) -> tuple[Company, ...]:
        """All that are named, in the order of their numbers, from 1."""
        return self.a, self.b


Picture = CompanyPicture | MapPicture | RelationshipPicture


def took_place(deal: Deal) -> datetime:
    """When a deal took place as far as the articles say, else when they first spoke of it."""
    return (moment(deal.date) if deal.date else None) or deal.first_seen
