"""Indexes for ties of two names, changes of a company, who follows a name, a channel's last posting."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_ties_source", "ties")
    op.create_index("ix_ties_source", "ties", ["team_id", "source_key", "target_key"])
    op.create_index("ix_watches_key", "watches", ["team_id", "key"])
    op.create_index("ix_postings_channel", "postings", ["team_id", "channel_id", "posted_at"])
    op.create_index("ix_changes_b", "changes", ["team_id", "audience", "b_id"])
    op.create_index("ix_watches_other", "watches", ["team_id", "other_key"])


def downgrade() -> None:
    op.drop_index("ix_watches_other", "watches")
    op.drop_index("ix_changes_b", "changes")
    op.drop_index("ix_postings_channel", "postings")
    op.drop_index("ix_watches_key", "watches")
    op.drop_index("ix_ties_source", "ties")
    op.create_index("ix_ties_source", "ties", ["team_id", "source_key"])
