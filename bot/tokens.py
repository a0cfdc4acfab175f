"""The tokens of installed workspaces, refreshed in time: https://docs.slack.dev/authentication/using-token-rotation

A refresh token can be used once. Of two processes that use one at once, Slack refuses the second; that one
then finds the first one's tokens in the database, or goes on with its own, which is good for two hours yet.
"""

import logging
import time
from http import HTTPStatus
from threading import Lock

from slack_sdk.errors import SlackClientError, SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation import TokenRotator

from bot import outcomes
from bot.jobs import RetryLater
from storage.installing import InstallationStore

EARLY_MINUTES = 120  # before a token expires it is refreshed

_log = logging.getLogger(__name__)


class Tokens:
    """Gives each workspace's bot with a token that works."""

    def __init__(self, store: InstallationStore, rotator: TokenRotator) -> None:
        """Read from `store`, refresh with `rotator`."""
        self._store, self._rotator = store, rotator
        self._lock = Lock()  # of the threads of this process, one refreshes

    def bot_of(self, team_id: str, *, enterprise_id: str | None) -> Bot | None:
        """The bot of a workspace, its own or its organisation's; None when none is installed.

        Raises RetryLater when its token expired and can't be refreshed now, StorageError when it is sealed
        with another key.
        """
        bot = self._store.find_bot_of_team(team_id, enterprise_id=enterprise_id)
        if bot is None or not _is_due(bot):
            return bot
        with self._lock:
            bot = self._store.find_bot_of_team(team_id, enterprise_id=enterprise_id)
            return self._refreshed(team_id, bot) if bot is not None and _is_due(bot) else bot

    def _refreshed(self, team_id: str, bot: Bot) -> Bot:
        try:
            fresh = self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=EARLY_MINUTES)
        except (SlackTokenRotationError, SlackClientError, OSError, ValueError) as error:
            return self._despite(error, team_id, bot)
        if fresh is None:
            return bot
        self._store.renew_bot(fresh)
        _log.info("the token of %s was refreshed", team_id)
        return fresh

    def _despite(self, error: Exception, team_id: str, bot: Bot) -> Bot:
        """What another process refreshed meanwhile, else the present token while it lasts."""
        now = self._store.find_bot_of_team(team_id, enterprise_id=bot.enterprise_id)
        if now is not None and now.bot_refresh_token != bot.bot_refresh_token:
            return now
        if (bot.bot_token_expires_at or 0) > time.time():
            _log.warning("the token of %s could not be refreshed yet: %s", team_id, type(error).__name__)
            return bot
        raise RetryLater(
            f"the token of {team_id} expired and can't be refreshed ({type(error).__name__}); if that stays, "
            "it has to be installed again",
            seconds=outcomes.HOLD_SECONDS if _is_refused(error) else None,
            growing=True,
        ) from None


def _is_refused(error: Exception) -> bool:
    """Whether Slack itself said no, and is not merely away."""
    if not isinstance(error, SlackTokenRotationError):
        return False
    return int(error.api_error.response.status_code) < HTTPStatus.INTERNAL_SERVER_ERROR


def _is_due(bot: Bot) -> bool:
    expires_at = bot.bot_token_expires_at
    return expires_at is not None and expires_at <= time.time() + EARLY_MINUTES * 60
