"""The tables of installed workspaces: Slack's SDK's own, with tokens sealed, and what we keep beside them."""

from datetime import datetime

from cryptography.fernet import MultiFernet
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import MetaData, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SLACK_ID, Base, OfTeam
from storage.sealing import SealedText

SEALED = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")


class InstallRow(OfTeam):
    """An installation in a workspace; `org_wide` when it came with its organisation's.

    `dead_since` is when its token was first seen to be revoked.
    """

    __tablename__ = "installs"
    enterprise_id: Mapped[str | None] = mapped_column(SLACK_ID)
    org_wide: Mapped[bool]
    user_id: Mapped[str | None] = mapped_column(SLACK_ID)
    good_since: Mapped[datetime]
    dead_since: Mapped[datetime | None]


class DigestPauseRow(OfTeam):
    """What stands in the way of a channel's digest, no code when nothing does, and who switched it on."""

    __tablename__ = "digest_pauses"
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    user_id: Mapped[str | None] = mapped_column(SLACK_ID)
    code: Mapped[str | None] = mapped_column(String(64))
    since: Mapped[datetime | None]


def installation_tables(metadata: MetaData, keys: MultiFernet | None) -> tuple[Table, Table]:
    """The SDK's tables of bots and of installations; without `keys` they can be created and compared only."""
    bots = SQLAlchemyInstallationStore.build_bots_table(metadata, "slack_bots")
    installations = SQLAlchemyInstallationStore.build_installations_table(metadata, "slack_installations")
    for table in (bots, installations):
        for name in SEALED:
            if name in table.c:
                table.c[name].type = SealedText(keys)
    return bots, installations


installation_tables(Base.metadata, None)
SQLAlchemyOAuthStateStore.build_oauth_states_table(
    Base.metadata, SQLAlchemyOAuthStateStore.default_table_name
)
