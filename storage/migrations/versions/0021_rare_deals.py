"""What deals are filtered by stands in the index of their days."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_deals_day", "deals")
    filtered = ["kind", "status", "first_day", "last_day", "amount"]
    op.create_index("ix_deals_day", "deals", ["team_id", "audience", "sort_day", *filtered])


def downgrade() -> None:
    op.drop_index("ix_deals_day", "deals")
    op.create_index("ix_deals_day", "deals", ["team_id", "audience", "sort_day"])
