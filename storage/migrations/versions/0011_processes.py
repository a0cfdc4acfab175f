"""The worker processes that are alive."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("executor_id", sa.String(length=128), nullable=False),
        sa.Column("beat_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("executor_id", name="pk_processes"),
    )


def downgrade() -> None:
    op.drop_table("processes")
