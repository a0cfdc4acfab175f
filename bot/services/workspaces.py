"""Workspaces come and go: what is kept when one installs Seams, and that nothing is left when it leaves."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from slack_sdk.oauth.installation_store import Installation

from bot.connecting import open_store
from bot.errors import SlackGone
from bot.services import Services
from bot.services.greetings import welcome_installer
from bot.services.work import add_look
from bot.slack import identify
from storage import installs, teams
from storage.engine import snapshot, transaction
from storage.installing import InstallationStore
from storage.installs import Install

# What Slack says of the token of a workspace that removed Seams, or is closed.
REVOKED = frozenset({"account_inactive", "token_revoked"})
DEAD_KEPT = timedelta(days=30)
BITE = 1000  # rows, with what rests on them

_log = logging.getLogger(__name__)


def install(services: Services, store: InstallationStore, installation: Installation) -> None:
    """Keep an installation, first or later; an organisation's workspaces come at their first request."""
    now = services.now()
    with transaction(services.engine) as session:
        if installation.team_id is not None:
            teams.remember_team(
                session,
                team_id=installation.team_id,
                name=installation.team_name,
                bot_user_id=installation.bot_user_id,
            )
            installs.remember_install(
                session,
                team_id=installation.team_id,
                enterprise_id=installation.enterprise_id,
                user_id=installation.user_id,
                now=now,
            )
        else:
            for known in _of_organisation(installs.list_installs(session), installation.enterprise_id):
                installs.remember_install(
                    session,
                    team_id=known.team_id,
                    enterprise_id=known.enterprise_id,
                    org_wide=True,
                    user_id=installation.user_id,
                    now=now,
                )
    store.save(installation)
    if installation.team_id is not None:
        welcome_installer(services, installation.team_id, installation.user_id)
    _log.info("installed in %s", installation.team_id or installation.enterprise_id)


def leave(services: Services, *, team_id: str, before: datetime) -> None:
    """Forget a workspace that removed Seams, and only it: tokens, record, settings, and what was to be done.

    Nothing happens when it installed Seams again after `before`, the time of the event that says so: Slack
    repeats events, and sends two of each removal in either order.
    """
    more = True
    while more:
        # In bites: others write to the same database, and a large record takes minutes to delete.
        with transaction(services.engine) as session:
            known = installs.get_install(session, team_id=team_id)
            if known is not None and _is_newer(known, before):
                _log.info("%s was installed again after it left", team_id)
                return
            more = teams.purge_some(session, team_id=team_id, most=BITE)
            if not more:
                teams.purge_team(session, team_id=team_id)
    services.outbox.drop_team(team_id)
    _log.info("everything of %s was deleted", team_id)


def enqueue_looks(services: Services, team_ids: Iterable[str]) -> None:
    """Have all tokens looked at, once a day. That of the only workspace is the operator's own to mend."""
    if not services.settings.many_workspaces:
        return
    for team_id in team_ids:
        with transaction(services.engine) as session:
            add_look(services, session, team_id, f"{services.now():%Y-%m-%d}")


def look_at_token(services: Services, team_id: str) -> None:
    """See whether a workspace's token still lives: the word of its removal may have been lost.

    A workspace whose token was dead for a month is forgotten as if the word had come. Raises RetryLater.
    """
    try:
        identify(services.slack(team_id))
        dead = False
    except SlackGone as gone:
        if gone.code not in REVOKED:
            return
        dead = True
    now = services.now()
    with transaction(services.engine) as session:
        since = installs.mark_token(session, team_id=team_id, dead=dead, now=now)
    if since is None:
        return
    _log.warning("the token of %s is dead since %s; in 30 days all of it is deleted", team_id, since.date())
    if now - since >= DEAD_KEPT:
        _leave_with_organisation(services, team_id, now)


def leave_organisation(services: Services, *, enterprise_id: str, before: datetime) -> None:
    """Forget an organisation that removed Seams: its token, and all workspaces that came with it."""
    with snapshot(services.engine) as session:
        known = _of_organisation(installs.list_installs(session), enterprise_id)
    if any(_is_newer(install, before) for install in known):
        _log.info("%s was installed again after it left", enterprise_id)
        return
    if services.settings.many_workspaces:
        store = open_store(services.settings, services.engine)
        store.delete_all(enterprise_id=enterprise_id, team_id=None)
    for install in known:
        leave(services, team_id=install.team_id, before=before)


def _leave_with_organisation(services: Services, team_id: str, now: datetime) -> None:
    """A token of an organisation that is dead is so for all of its workspaces."""
    with snapshot(services.engine) as session:
        known = installs.get_install(session, team_id=team_id)
    if known is not None and known.org_wide and known.enterprise_id:
        leave_organisation(services, enterprise_id=known.enterprise_id, before=now)
    else:
        leave(services, team_id=team_id, before=now)


def _is_newer(install: Install, moment: datetime) -> bool:
    """Whether it was installed after a moment that Slack tells in whole seconds."""
    return install.good_since.replace(microsecond=0) > moment


def _of_organisation(known: tuple[Install, ...], enterprise_id: str | None) -> tuple[Install, ...]:
    return tuple(install for install in known if install.org_wide and install.enterprise_id == enterprise_id)
