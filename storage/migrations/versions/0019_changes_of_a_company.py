"""Indexes that give a company's last changes in their order."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_changes_b", "changes")
    op.create_index("ix_changes_a", "changes", ["team_id", "audience", "a_id", "known_at"])
    op.create_index("ix_changes_b", "changes", ["team_id", "audience", "b_id", "known_at"])


def downgrade() -> None:
    op.drop_index("ix_changes_b", "changes")
    op.drop_index("ix_changes_a", "changes")
    op.create_index("ix_changes_b", "changes", ["team_id", "audience", "b_id"])
