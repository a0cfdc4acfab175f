"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("bot_user_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_teams")),
    )
    op.create_table(
        "articles",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_articles_team_id")),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_articles")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index("ix_articles_content", ["team_id", "content_hash"], unique=False)

    op.create_table(
        "channels",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("capture_bots", sa.Boolean(), nullable=False),
        sa.Column("digest_on", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("digest_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_channels_team_id")),
        sa.PrimaryKeyConstraint("team_id", "channel_id", name=op.f("pk_channels")),
    )
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_channels_digest_on"), ["digest_on"], unique=False)

    op.create_table(
        "companies",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("redefined", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_companies_team_id")),
        sa.PrimaryKeyConstraint("team_id", "audience", "id", name=op.f("pk_companies")),
    )
    op.create_table(
        "digest_runs",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("period_key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("message_ts", sa.String(length=64), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_digest_runs_team_id")),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "period_key", name=op.f("pk_digest_runs")),
    )
    op.create_table(
        "messages",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("message_ts", sa.String(length=64), nullable=False),
        sa.Column("edited_ts", sa.String(length=64), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_messages_team_id")),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "message_ts", name=op.f("pk_messages")),
    )
    op.create_table(
        "pairs",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("a_id", sa.String(length=40), nullable=False),
        sa.Column("b_id", sa.String(length=40), nullable=False),
        sa.Column("bonds", sa.Text(), nullable=False),
        sa.Column("states", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_pairs_team_id")),
        sa.PrimaryKeyConstraint("team_id", "audience", "a_id", "b_id", name=op.f("pk_pairs")),
    )
    with op.batch_alter_table("pairs", schema=None) as batch_op:
        batch_op.create_index("ix_pairs_b", ["team_id", "b_id"], unique=False)

    op.create_table(
        "seen_events",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("event_id", sa.String(length=255), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_seen_events_team_id")),
        sa.PrimaryKeyConstraint("team_id", "event_id", name=op.f("pk_seen_events")),
    )
    with op.batch_alter_table("seen_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seen_events_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "told_changes",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("change_id", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_told_changes_team_id")),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "change_id", name=op.f("pk_told_changes")),
    )
    op.create_table(
        "article_urls",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("url_hash", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "article_id"],
            ["articles.team_id", "articles.id"],
            name=op.f("fk_article_urls_team_id_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_article_urls_team_id")),
        sa.PrimaryKeyConstraint("team_id", "url_hash", name=op.f("pk_article_urls")),
    )
    with op.batch_alter_table("article_urls", schema=None) as batch_op:
        batch_op.create_index("ix_article_urls_article", ["team_id", "article_id"], unique=False)

    op.create_table(
        "changes",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("a_id", sa.String(length=40), nullable=False),
        sa.Column("b_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "audience", "a_id", "b_id"],
            ["pairs.team_id", "pairs.audience", "pairs.a_id", "pairs.b_id"],
            name=op.f("fk_changes_team_id_audience_a_id_b_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_changes_team_id")),
        sa.PrimaryKeyConstraint("team_id", "audience", "id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index("ix_changes_known", ["team_id", "known_at"], unique=False)
        batch_op.create_index("ix_changes_pair", ["team_id", "audience", "a_id", "b_id"], unique=False)

    op.create_table(
        "claims",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "article_id"],
            ["articles.team_id", "articles.id"],
            name=op.f("fk_claims_team_id_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_claims_team_id")),
        sa.PrimaryKeyConstraint("team_id", "article_id", "name", "form", name=op.f("pk_claims")),
    )
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index("ix_claims_key", ["team_id", "key"], unique=False)

    op.create_table(
        "company_articles",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("company_id", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "audience", "company_id"],
            ["companies.team_id", "companies.audience", "companies.id"],
            name=op.f("fk_company_articles_team_id_audience_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_company_articles_team_id")),
        sa.PrimaryKeyConstraint(
            "team_id", "audience", "company_id", "article_id", name=op.f("pk_company_articles")
        ),
    )
    with op.batch_alter_table("company_articles", schema=None) as batch_op:
        batch_op.create_index("ix_company_articles_article", ["team_id", "article_id"], unique=False)

    op.create_table(
        "company_keys",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("company_id", sa.String(length=40), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "audience", "company_id"],
            ["companies.team_id", "companies.audience", "companies.id"],
            name=op.f("fk_company_keys_team_id_audience_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_company_keys_team_id")),
        sa.PrimaryKeyConstraint("team_id", "audience", "key", "company_id", name=op.f("pk_company_keys")),
    )
    with op.batch_alter_table("company_keys", schema=None) as batch_op:
        batch_op.create_index("ix_company_keys_company", ["team_id", "audience", "company_id"], unique=False)
        batch_op.create_index("ix_company_keys_key", ["team_id", "key"], unique=False)

    op.create_table(
        "company_masks",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("masked_id", sa.String(length=40), nullable=False),
        sa.Column("company_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "audience", "company_id"],
            ["companies.team_id", "companies.audience", "companies.id"],
            name=op.f("fk_company_masks_team_id_audience_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_company_masks_team_id")),
        sa.PrimaryKeyConstraint("team_id", "audience", "masked_id", name=op.f("pk_company_masks")),
    )
    with op.batch_alter_table("company_masks", schema=None) as batch_op:
        batch_op.create_index("ix_company_masks_company", ["team_id", "audience", "company_id"], unique=False)

    op.create_table(
        "deals",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("sort_day", sa.Date(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("a_id", sa.String(length=40), nullable=False),
        sa.Column("b_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "audience", "a_id", "b_id"],
            ["pairs.team_id", "pairs.audience", "pairs.a_id", "pairs.b_id"],
            name=op.f("fk_deals_team_id_audience_a_id_b_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_deals_team_id")),
        sa.PrimaryKeyConstraint("team_id", "audience", "id", name=op.f("pk_deals")),
    )
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.create_index("ix_deals_a", ["team_id", "a_id"], unique=False)
        batch_op.create_index("ix_deals_b", ["team_id", "b_id"], unique=False)
        batch_op.create_index("ix_deals_pair", ["team_id", "audience", "a_id", "b_id"], unique=False)

    op.create_table(
        "postings",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("message_ts", sa.String(length=64), nullable=False),
        sa.Column("thread_ts", sa.String(length=64), nullable=True),
        sa.Column("user_id", sa.String(length=64), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_link", sa.Boolean(), nullable=False),
        sa.Column("telling", sa.String(length=24), nullable=False),
        sa.Column("reply_ts", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id", "article_id"],
            ["articles.team_id", "articles.id"],
            name=op.f("fk_postings_team_id_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_postings_team_id")),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_postings")),
        sa.UniqueConstraint(
            "team_id",
            "channel_id",
            "message_ts",
            "article_id",
            name=op.f("uq_postings_team_id_channel_id_message_ts_article_id"),
        ),
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index("ix_postings_article", ["team_id", "article_id"], unique=False)

    op.create_table(
        "ties",
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("target_key", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("amount", sa.String(length=80), nullable=True),
        sa.Column("currency", sa.String(length=8), nullable=True),
        sa.Column("date", sa.String(length=16), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "article_id"],
            ["articles.team_id", "articles.id"],
            name=op.f("fk_ties_team_id_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"], name=op.f("fk_ties_team_id")),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_ties")),
    )
    with op.batch_alter_table("ties", schema=None) as batch_op:
        batch_op.create_index("ix_ties_article", ["team_id", "article_id"], unique=False)
        batch_op.create_index("ix_ties_source", ["team_id", "source_key"], unique=False)
        batch_op.create_index("ix_ties_target", ["team_id", "target_key"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ties", schema=None) as batch_op:
        batch_op.drop_index("ix_ties_target")
        batch_op.drop_index("ix_ties_source")
        batch_op.drop_index("ix_ties_article")

    op.drop_table("ties")
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index("ix_postings_article")

    op.drop_table("postings")
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.drop_index("ix_deals_pair")
        batch_op.drop_index("ix_deals_b")
        batch_op.drop_index("ix_deals_a")

    op.drop_table("deals")
    with op.batch_alter_table("company_masks", schema=None) as batch_op:
        batch_op.drop_index("ix_company_masks_company")

    op.drop_table("company_masks")
    with op.batch_alter_table("company_keys", schema=None) as batch_op:
        batch_op.drop_index("ix_company_keys_key")
        batch_op.drop_index("ix_company_keys_company")

    op.drop_table("company_keys")
    with op.batch_alter_table("company_articles", schema=None) as batch_op:
        batch_op.drop_index("ix_company_articles_article")

    op.drop_table("company_articles")
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.drop_index("ix_claims_key")

    op.drop_table("claims")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_pair")
        batch_op.drop_index("ix_changes_known")

    op.drop_table("changes")
    with op.batch_alter_table("article_urls", schema=None) as batch_op:
        batch_op.drop_index("ix_article_urls_article")

    op.drop_table("article_urls")
    op.drop_table("told_changes")
    with op.batch_alter_table("seen_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seen_events_seen_at"))

    op.drop_table("seen_events")
    with op.batch_alter_table("pairs", schema=None) as batch_op:
        batch_op.drop_index("ix_pairs_b")

    op.drop_table("pairs")
    op.drop_table("messages")
    op.drop_table("digest_runs")
    op.drop_table("companies")
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_channels_digest_on"))

    op.drop_table("channels")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index("ix_articles_content")

    op.drop_table("articles")
    op.drop_table("teams")
