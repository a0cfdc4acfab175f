"""Where an article names a company, an authority, an amount or a day; offsets are characters of its text."""

from dataclasses import dataclass
from enum import StrEnum

from bot.values import CompanyName, Money


class MentionKind(StrEnum):
    """How the text points at the company."""

    NAME = "name"  # "Microsoft", "Microsoft Corp.", "MSFT"
    ROLE = "role"  # "la compañía", "the bank", "this latter": a noun resolved to a company


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that speaks of a company; `company` is its `CompanyName.name`.

    A plural role ("ambas compañías", "the two firms") gives one mention per company, all on the same span.
    """

    start: int
    end: int
    company: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Amount:
    """One sum of money in the text."""

    start: int
    end: int
    money: Money


@dataclass(frozen=True, slots=True)
class Day:
    """One date in the text as ISO 8601 at the precision it gives: "2024", "2024-06" or "2024-06-15"."""

    start: int
    end: int
    iso: str


@dataclass(frozen=True, slots=True)
class Companies:
    """Every company that one article names, and apart from them the authorities.

    Authorities are regulators, ministries, prosecutors and governments. They are no companies: `names` and
    `mentions` never hold them. They can only be the source of a litigation tie; whoever makes such a tie adds
    that one authority's `CompanyName` to the article's companies. Mentions stand in the text's order.
    """

    names: tuple[CompanyName, ...] = ()
    mentions: tuple[Mention, ...] = ()
    authorities: tuple[CompanyName, ...] = ()
    authority_mentions: tuple[Mention, ...] = ()
