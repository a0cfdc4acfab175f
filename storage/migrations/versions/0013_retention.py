"""What is old is found without looking at everything."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

HAS_TEXT = sa.text("text IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_articles_kept", "articles", ["saved_at"], sqlite_where=HAS_TEXT, postgresql_where=HAS_TEXT
    )
    op.create_index("ix_alerts_found_at", "alerts", ["found_at"])
    op.create_index("ix_file_posts_claimed_at", "file_posts", ["claimed_at"])


def downgrade() -> None:
    op.drop_index("ix_file_posts_claimed_at", "file_posts")
    op.drop_index("ix_alerts_found_at", "alerts")
    op.drop_index("ix_articles_kept", "articles")
