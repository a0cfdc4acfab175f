"""Since when the token of a workspace is dead."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("installs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dead_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("installs", schema=None) as batch_op:
        batch_op.drop_column("dead_since")
