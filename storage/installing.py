"""The installations of workspaces, as Slack's SDK keeps them, with their tokens sealed.

The SDK's tables and queries; what differs: tokens lie encrypted, in one place (`slack_bots`), the newest
installation replaces older ones, and a state is taken by one request only.
"""

from datetime import UTC, datetime

from cryptography.fernet import MultiFernet
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import ColumnElement, MetaData, Table, and_, delete, desc, or_, select, update

from storage.engine import Engine
from storage.workspace_tables import SEALED, installation_tables

STATE_SECONDS = 600  # from the landing page to Slack's consent page and back


class InstallationStore(SQLAlchemyInstallationStore):
    """Who installed Seams where, and with which token."""

    def __init__(self, *, client_id: str, engine: Engine, keys: MultiFernet) -> None:
        """Keep the installations of one Slack app."""
        super().__init__(client_id=client_id, engine=engine)
        self.metadata = MetaData()
        self.bots, self.installations = installation_tables(self.metadata, keys)

    def save(self, installation: Installation) -> None:
        """Keep an installation in the place of the earlier ones."""
        # Without its tokens: a copy of them would go stale at the first rotation.
        named = installation.to_dict_for_copying()
        person = Installation(**{**named, "bot_token": None, "bot_refresh_token": None})
        super().save(person)
        self.save_bot(installation.to_bot())
        with self.engine.begin() as connection:
            for table in (self.bots, self.installations):
                older = table.c.installed_at < _naive(installation.installed_at)
                connection.execute(
                    delete(table).where(
                        self._is_of(table, installation.enterprise_id, installation.team_id), older
                    )
                )

    def save_bot(self, bot: Bot) -> None:
        """Keep a bot's tokens, unless it has none."""
        if bot.bot_token:
            super().save_bot(bot)

    def find_bot_of_team(self, team_id: str, *, enterprise_id: str | None) -> Bot | None:
        """The newest bot that may act in a workspace: its own, or its organisation's."""
        c = self.bots.c
        of_organisation = and_(c.enterprise_id == enterprise_id, c.team_id.is_(None))
        wanted = c.team_id == team_id if enterprise_id is None else or_(c.team_id == team_id, of_organisation)
        chosen = select(self.bots).where(c.client_id == self.client_id, wanted)
        with self.engine.connect() as connection:
            row = connection.execute(chosen.order_by(desc(c.installed_at), desc(c.id))).mappings().first()
        return None if row is None else self.build_bot_entity(row)

    def renew_bot(self, bot: Bot) -> None:
        """Keep a bot's fresh tokens, if it is still installed; two at once leave those that live longer."""
        c = self.bots.c
        expires_at = _naive(bot.bot_token_expires_at)
        with self.engine.begin() as connection:
            connection.execute(
                update(self.bots)
                .where(
                    self._is_of(self.bots, bot.enterprise_id, bot.team_id),
                    or_(c.bot_token_expires_at.is_(None), c.bot_token_expires_at <= expires_at),
                )
                .values(
                    bot_token=bot.bot_token,
                    bot_refresh_token=bot.bot_refresh_token,
                    bot_token_expires_at=expires_at,
                )
            )

    def delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget an organisation's or a workspace's installation."""
        self.delete_bot(enterprise_id=enterprise_id, team_id=team_id)
        self.delete_installation(enterprise_id=enterprise_id, team_id=team_id)

    def seal_again(self) -> int:
        """Seal all tokens with the first key; gives how many installations there are."""
        with self.engine.begin() as connection:
            rows = connection.execute(select(self.bots)).mappings().all()
            for row in rows:
                values = {name: row[name] for name in SEALED if name in row}
                connection.execute(update(self.bots).where(self.bots.c.id == row["id"]).values(values))
        return len(rows)

    def _is_of(self, table: Table, enterprise_id: str | None, team_id: str | None) -> ColumnElement[bool]:
        c = table.c
        return and_(c.client_id == self.client_id, c.enterprise_id == enterprise_id, c.team_id == team_id)


class StateStore(SQLAlchemyOAuthStateStore):
    """The states of installations under way: each opens the way back once, for ten minutes."""

    def __init__(self, *, engine: Engine) -> None:
        """Keep them in `engine`."""
        super().__init__(expiration_seconds=STATE_SECONDS, engine=engine)

    def consume(self, state: str) -> bool:
        """Take a state; False when it is unknown, late, or was taken before, be it at the same moment."""
        c = self.oauth_states.c
        with self.engine.begin() as connection:
            taken = connection.execute(
                delete(self.oauth_states)
                .where(c.state == state, c.expire_at > datetime.now(UTC).replace(tzinfo=None))
                .returning(c.id)
            )
            return taken.first() is not None

    def forget_late(self) -> None:
        """Drop the states of those who never came back."""
        c = self.oauth_states.c
        with self.engine.begin() as connection:
            connection.execute(
                delete(self.oauth_states).where(c.expire_at < datetime.now(UTC).replace(tzinfo=None))
            )


def _naive(moment: float | None) -> datetime | None:
    """Seconds since 1970 as the SDK writes them."""
    return None if moment is None else datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)
