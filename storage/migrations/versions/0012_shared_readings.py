"""What public pages said, for all workspaces."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_readings",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_shared_readings"),
    )
    op.create_index("ix_shared_readings_read_at", "shared_readings", ["read_at"])


def downgrade() -> None:
    op.drop_table("shared_readings")
