"""What Seams answers about one company, and what its pictures are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.answers import ArticleLine, BondLine, DealLine, Source
from bot.digest.watching import Tier
from bot.values import Change, Company, Level, Status

PARTNERS_A_PAGE = 5
CHANGES_SHOWN = 4
DEALS_SHOWN = 3
ARTICLES_SHOWN = 3

OVER = frozenset({Status.ENDED, Status.DENIED})


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """How a company stands to another one now; `since` is None for a level that only faded.

    `ties` holds what is in force between them, or rumoured: what speaks for the level first, the last told
    first.
    """

    company: Company
    level: Level
    since: datetime | None
    ties: tuple[DealLine | BondLine, ...]


@dataclass(frozen=True, slots=True)
class FollowerLine:
    """A channel or a person that follows the company; `with_name` where only its ties to that one."""

    reader_id: str
    tier: Tier
    with_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyAnswer:
    """A company's card; `page` counts the pages of its partners from 0.

    `text` asks for it again. `companies` and `sources` are those that `changes` speak of, by id. `active`
    counts the partners with which something is in force, `deals_total` and `articles_total` what there is
    beyond the few that are shown. `complete` is False for a company so much in the news that only those
    partners are there that its last changes moved.
    """

    company: Company
    text: str
    page: int
    pages: int
    active: int
    partners: tuple[PartnerLine, ...]
    changes: tuple[Change, ...]  # the last first
    companies: Mapping[str, Company]
    sources: Mapping[str, Source]
    deals: tuple[DealLine, ...]
    deals_total: int
    articles: tuple[ArticleLine, ...]
    articles_total: int
    followers: tuple[FollowerLine, ...] = ()
    complete: bool = True
