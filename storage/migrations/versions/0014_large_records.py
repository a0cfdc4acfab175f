"""What keeps answers fast in a large record: indexes in the order of answers, and the letters of names."""

from itertools import islice

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AT_ONCE = 5000


def upgrade() -> None:
    op.create_table(
        "company_grams",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("gram", sa.String(length=3), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("company_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "audience", "company_id"],
            ["companies.team_id", "companies.audience", "companies.id"],
            name=op.f("fk_company_grams_team_id_audience_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_company_grams_team_id")),
        sa.PrimaryKeyConstraint(
            "team_id", "audience", "gram", "key", "company_id", name=op.f("pk_company_grams")
        ),
    )
    op.create_index("ix_company_grams_company", "company_grams", ["team_id", "audience", "company_id"])
    _fill_grams()
    op.drop_index("ix_deals_a", "deals")
    op.drop_index("ix_deals_b", "deals")
    op.create_index("ix_deals_a", "deals", ["team_id", "audience", "a_id", "sort_day"])
    op.create_index("ix_deals_b", "deals", ["team_id", "audience", "b_id", "sort_day"])
    op.create_index("ix_deals_day", "deals", ["team_id", "audience", "sort_day"])


def _fill_grams() -> None:
    names = ("team_id", "audience", "key", "company_id")
    keys = sa.table("company_keys", *map(sa.column, names))
    grams = sa.table("company_grams", sa.column("gram"), *map(sa.column, names))
    found = op.get_bind().execute(sa.select(keys)).all()
    rows = ({**dict(row._mapping), "gram": gram} for row in found for gram in sorted(_grams_of(str(row.key))))
    while some := list(islice(rows, AT_ONCE)):
        op.get_bind().execute(sa.insert(grams), some)


def _grams_of(key: str) -> set[str]:
    padded = (f" {word} " for word in key.split())
    found = (word[place : place + 3] for word in padded for place in range(len(word) - 2))
    return set(islice(found, 40))


def downgrade() -> None:
    op.drop_index("ix_deals_day", "deals")
    op.drop_index("ix_deals_b", "deals")
    op.drop_index("ix_deals_a", "deals")
    op.create_index("ix_deals_a", "deals", ["team_id", "a_id"])
    op.create_index("ix_deals_b", "deals", ["team_id", "b_id"])
    op.drop_table("company_grams")
