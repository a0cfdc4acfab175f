"""What each channel wants its digest to tell."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest_by", sa.String(length=64), nullable=True))
        batch_op.add_column(
            sa.Column("followed_only", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("minimum", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("sure_only", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("say_quiet", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_table(
        "feedback",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("period_key", sa.String(length=64), nullable=False),
        sa.Column("change_id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("type", sa.String(length=24), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_feedback_team_id")),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "period_key", "change_id", "user_id", name=op.f("pk_feedback")
        ),
    )


def downgrade() -> None:
    op.drop_table("feedback")
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.drop_column("say_quiet")
        batch_op.drop_column("sure_only")
        batch_op.drop_column("minimum")
        batch_op.drop_column("followed_only")
        batch_op.drop_column("digest_by")
