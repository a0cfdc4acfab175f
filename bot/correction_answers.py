"""Facts and companies that are corrected, and what was corrected, as plain values: shown by `bot.views`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.answers import Source
from bot.fact_refs import FactRef
from bot.relationships.company_corrections import CompanySaid
from bot.relationships.corrections import FactSaid
from bot.values import Company, Money, Status, TieKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A deal, a bond or a tie as one may correct it.

    `present_ids` are those of its ties that say how it stands now. `disputed` tells that sources give several
    amounts, `everybody` that all in the team may know it.
    """

    ref: FactRef
    kind: TieKind
    source: str
    target: str
    status: Status
    money: Money | None
    date: str | None
    tie_ids: tuple[str, ...]
    present_ids: frozenset[str]
    sources: tuple[Source, ...]
    disputed: bool = False
    everybody: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """What one person said at once; `count` ties of articles said the same."""

    batch_id: str
    said: FactSaid | CompanySaid
    count: int
    made_at: datetime
    user_id: str
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The corrections of a fact, of a company or, without `about`, of all; the latest first."""

    about: str
    lines: tuple[HistoryLine, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A correction that was made: what of it can be said and taken back."""

    batch_id: str
    said: FactSaid | CompanySaid
    everybody: bool
    about: str


@dataclass(frozen=True, slots=True)
class Form:
    """A fact as a person filled it into the form: the texts of its fields, and the kind and status chosen."""

    kind: TieKind
    source: str
    target: str
    swapped: bool
    status: Status
    amount: str
    currency: str
    date: str


FormErrors = Mapping[str, str]  # what to say under which field


@dataclass(frozen=True, slots=True)
class CompanyForm:
    """A company that somebody is about to correct, with its other names."""

    company: Company
    forms: tuple[str, ...]  # other names with a key of their own
