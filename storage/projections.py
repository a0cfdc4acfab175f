"""The tables that are derived from the others, and can be derived again.

`audience` says for whom a row holds: "" for what public channels support, else the id of a channel that
only its members read, whose rows rest on the public postings and its own. Such a channel has rows only
where its own postings make a difference; `storage.visibility` lays them over the public ones.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from storage.schema import HASH, KIND, SLACK_ID, OfTeam

PUBLIC = ""


class Projected(OfTeam):
    """A row of one audience's view of a team's record."""

    __abstract__ = True
    audience: Mapped[str] = mapped_column(SLACK_ID, primary_key=True, sort_order=-1)


def _of_company(*items: SchemaItem) -> tuple[SchemaItem, ...]:
    """The table's items and its reference to the company with which its rows go."""
    own = ["team_id", "audience", "company_id"]
    company = ["companies.team_id", "companies.audience", "companies.id"]
    return (ForeignKeyConstraint(own, company, ondelete="CASCADE"), *items)


def _of_pair(*items: SchemaItem) -> tuple[SchemaItem, ...]:
    """The table's items and its reference to the pair with which its rows go."""
    own = ["team_id", "audience", "a_id", "b_id"]
    pair = ["pairs.team_id", "pairs.audience", "pairs.a_id", "pairs.b_id"]
    return (ForeignKeyConstraint(own, pair, ondelete="CASCADE"), *items)


class CompanyRow(Projected):
    """A company; `redefined` where the channel's own articles join or part what is public.

    A `hidden` one stays in its place, so that what is public of it does not come in, and is not shown.
    """

    __tablename__ = "companies"
    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    name: Mapped[str]
    aliases: Mapped[str]  # JSON list
    redefined: Mapped[bool]
    hidden: Mapped[bool]


class CompanyKeyRow(Projected):
    """A key under which a company is found; ties resolve through the `joined` ones, each one company's."""

    __tablename__ = "company_keys"
    __table_args__ = _of_company(
        Index("ix_company_keys_company", "team_id", "audience", "company_id"),
        Index("ix_company_keys_key", "team_id", "key"),
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    company_id: Mapped[str] = mapped_column(HASH, primary_key=True)
    joined: Mapped[bool]


class CompanyGramRow(Projected):
    """Three letters in a row of a key under which a company is found, for names that are mistyped."""

    __tablename__ = "company_grams"
    __table_args__ = _of_company(Index("ix_company_grams_company", "team_id", "audience", "company_id"))
    gram: Mapped[str] = mapped_column(String(3), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    company_id: Mapped[str] = mapped_column(HASH, primary_key=True)


class CompanyArticleRow(Projected):
    """An article that names a company."""

    __tablename__ = "company_articles"
    __table_args__ = _of_company(
        Index("ix_company_articles_article", "team_id", "article_id"),
    )
    company_id: Mapped[str] = mapped_column(HASH, primary_key=True)
    article_id: Mapped[str] = mapped_column(HASH, primary_key=True)


class CompanyMaskRow(Projected):
    """A public company that is another one, `company_id`, in this channel: its public rows don't hold."""

    __tablename__ = "company_masks"
    __table_args__ = _of_company(Index("ix_company_masks_company", "team_id", "audience", "company_id"))
    masked_id: Mapped[str] = mapped_column(HASH, primary_key=True)
    company_id: Mapped[str] = mapped_column(HASH)


# After the days: so that those that no filter lets through are passed over without a look at them.
_FILTERED = ("kind", "status", "first_day", "last_day", "amount")


class OfPair(Projected):
    """A row about two companies, a_id < b_id."""

    __abstract__ = True
    a_id: Mapped[str] = mapped_column(HASH)
    b_id: Mapped[str] = mapped_column(HASH)


class PairRow(OfPair):
    """Two companies and what stands between them beside deals; `bonds` and `states` are JSON."""

    __tablename__ = "pairs"
    __table_args__ = (Index("ix_pairs_b", "team_id", "b_id"),)
    a_id: Mapped[str] = mapped_column(HASH, primary_key=True)
    b_id: Mapped[str] = mapped_column(HASH, primary_key=True)
    bonds: Mapped[str]
    states: Mapped[str]


class DealRow(OfPair):
    """A deal: the columns are what filters and order need, `record` is the whole as JSON.

    `first_day` and `last_day` span the date that the articles give, else the days on which they spoke of it.
    `sort_day` is the last of them that had come when it was told. `amount` is the largest reported, rounded
    to a float: rounding keeps the order, and the exact values are in `record`.
    """

    __tablename__ = "deals"
    __table_args__ = _of_pair(
        Index("ix_deals_a", "team_id", "audience", "a_id", "sort_day"),
        Index("ix_deals_b", "team_id", "audience", "b_id", "sort_day"),
        Index("ix_deals_day", "team_id", "audience", "sort_day", *_FILTERED),
        Index("ix_deals_pair", "team_id", "audience", "a_id", "b_id"),
    )
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(KIND)
    status: Mapped[str] = mapped_column(KIND)
    first_day: Mapped[date]
    last_day: Mapped[date]
    sort_day: Mapped[date]
    amount: Mapped[float | None]
    position: Mapped[int]  # its place among the pair's deals
    record: Mapped[str]


class ChangeRow(OfPair):
    """A change; `record` is the whole as JSON."""

    __tablename__ = "changes"
    __table_args__ = _of_pair(
        Index("ix_changes_known", "team_id", "known_at"),
        Index("ix_changes_a", "team_id", "audience", "a_id", "known_at"),
        Index("ix_changes_b", "team_id", "audience", "b_id", "known_at"),
        Index("ix_changes_pair", "team_id", "audience", "a_id", "b_id"),
    )
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    known_at: Mapped[datetime]
    position: Mapped[int]  # its place in the pair's history
    record: Mapped[str]
