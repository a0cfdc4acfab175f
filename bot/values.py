"""The plain frozen values that travel from stage to stage.

Times are aware and in UTC. Money is in whole currency units. Nothing here touches Slack, HTTP or SQL.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.levels import Level as Level
from bot.relationships.company_corrections import CompanySaid


class TieKind(StrEnum):
    """What one article says two companies are to each other. Directed kinds read source -> target."""

    ACQUISITION = "acquisition"  # acquirer -> acquired
    MERGER = "merger"  # symmetric
    INVESTMENT = "investment"  # investor -> investee
    PARTNERSHIP = "partnership"  # symmetric
    SUPPLY = "supply"  # supplier -> customer
    LICENSING = "licensing"  # licensor -> licensee
    FINANCING = "financing"  # lender -> borrower
    OWNERSHIP = "ownership"  # owner -> owned
    DEPENDENCY = "dependency"  # dependent -> the one depended on
    COMPETITION = "competition"  # symmetric
    DISPUTE = "dispute"  # symmetric
    LITIGATION = "litigation"  # plaintiff or regulator -> defendant


SYMMETRIC_KINDS = frozenset({TieKind.MERGER, TieKind.PARTNERSHIP, TieKind.COMPETITION, TieKind.DISPUTE})
# Standing facts and signals; every other kind is a deal.
BOND_KINDS = frozenset(
    {TieKind.OWNERSHIP, TieKind.DEPENDENCY, TieKind.COMPETITION, TieKind.DISPUTE, TieKind.LITIGATION}
)
DEAL_KINDS = frozenset(TieKind) - BOND_KINDS


class Status(StrEnum):
    """How sure the text is of a tie, and where the event stands."""

    RUMORED = "rumored"  # talks, interest, considering
    ANNOUNCED = "announced"  # agreed, signed, planned, pending
    COMPLETED = "completed"  # done, or a standing fact
    ENDED = "ended"  # terminated, withdrawn, blocked, sold off
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole currency units (13 bn is 13000000000) and its ISO 4217 code, null when unsaid."""

    amount: Decimal
    currency: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim sentence: `text == article.text[start:end]` (offsets in characters)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company as one article names it: the fullest name and the other forms that stand in the text."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What ONE article says about TWO companies. `source` and `target` are `CompanyName.name`s.

    `date` is ISO 8601 at the precision the text gives ("2024", "2024-06", "2024-06-15"), else None.
    `confidence` is in 0..1; `rule` names the rule or model that found the tie.
    """

    kind: TieKind
    source: str
    target: str
    status: Status
    money: Money | None
    date: str | None
    confidence: float
    evidence: Evidence
    rule: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything the reader found in one article; `lang` is ISO 639-1 ("es", "en", "fr", others)."""

    lang: str
    companies: tuple[CompanyName, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it was read: `url` is canonical, `published` null when the page does not say."""

    url: str | None
    title: str | None
    site: str | None
    lang: str | None
    published: date | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One stored article. `url` is None for text that a user pasted or uploaded."""

    id: str
    team_id: str
    url: str | None
    content_hash: str
    title: str | None
    site: str | None
    lang: str | None
    published: date | None
    text: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Where an article was shared; the message's text is never kept. `channel_id` is "" for the shell."""

    id: str
    team_id: str
    article_id: str
    channel_id: str
    message_ts: str
    thread_ts: str | None
    user_id: str | None
    posted_at: datetime


class Audience(StrEnum):
    """Who may learn what a channel holds."""

    PUBLIC = "public"  # everybody in the team
    PRIVATE = "private"  # members only
    SHARED = "shared"  # a Slack Connect channel: its members only
    UNKNOWN = "unknown"  # treated as private


@dataclass(frozen=True, slots=True)
class Company:
    """A company of one team's record, joined across articles."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One tie with its companies resolved and its times known: what reconciling works on.

    `source_id` and `target_id` are `Company.id`s. `told_at` is when the article said it (its published
    date at 00:00 UTC, else its first posting); `known_at` when the team first shared it.
    """

    tie_id: str
    article_id: str
    source_id: str
    target_id: str
    tie: Tie
    told_at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class ReportedMoney:
    """One value of a deal's amount, and the ties that report it."""

    money: Money
    tie_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusStep:
    """A deal's status from `at` on, and the ties that say so."""

    status: Status
    at: datetime
    known_at: datetime
    tie_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """The reports of a deal kind that speak of the same event between two companies, across articles.

    `amounts` holds every reported value, most often reported first. `history` runs oldest to newest and
    its last step is the present status. For symmetric kinds source_id < target_id.
    """

    id: str
    kind: TieKind
    source_id: str
    target_id: str
    status: Status
    amounts: tuple[ReportedMoney, ...]
    date: str | None
    history: tuple[StatusStep, ...]
    first_seen: datetime
    last_seen: datetime
    confidence: float
    tie_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationshipState:
    """The level from `since` on, and the ties that moved it there."""

    level: Level
    since: datetime
    known_at: datetime
    tie_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """A standing, non-deal tie between two companies (dependency, competition, dispute, ...)."""

    kind: TieKind
    source_id: str
    target_id: str
    status: Status
    first_seen: datetime
    last_seen: datetime
    tie_ids: tuple[str, ...]


class ChangeType(StrEnum):
    """What moved."""

    NEW_DEAL = "new_deal"
    STATUS_MOVED = "status_moved"
    AMOUNT_REVISED = "amount_revised"
    WARMED = "warmed"
    COOLED = "cooled"
    ENDED = "ended"
    DENIED = "denied"
    NEW_BOND = "new_bond"  # a first dispute, suit, rivalry, dependency or ownership
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A dated event derived when a deal or a relationship moves; a_id < b_id.

    `id` is stable: the same reports in any order, or a rebuild, give the same id. `happened_at` is when the
    articles said so, `known_at` when the team learnt it. `source_id`/`target_id` keep the direction of the
    deal or bond (None for a change of level).
    CORRECTED alone has `corrects`, what was told here or what people said of a company, and `by` whom. With
    no status after it what was told is not so; with ENDED what was said of a company was taken back.
    """

    id: str
    type: ChangeType
    a_id: str
    b_id: str
    kind: TieKind | None
    source_id: str | None
    target_id: str | None
    deal_id: str | None
    status_before: Status | None
    status_after: Status | None
    level_before: Level | None
    level_after: Level | None
    money: Money | None
    money_before: Money | None
    confidence: float
    happened_at: datetime
    known_at: datetime
    tie_ids: tuple[str, ...]
    corrects: "Change | CompanySaid | None" = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRecord:
    """Everything between two companies, as reconciled from their reports; a_id < b_id."""

    a_id: str
    b_id: str
    deals: tuple[Deal, ...]
    bonds: tuple[Bond, ...]
    states: tuple[RelationshipState, ...]  # oldest first
    changes: tuple[Change, ...]  # oldest first
