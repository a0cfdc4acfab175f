"""Digests whose channel takes nothing: told once to who wanted them, and taken up again by themselves."""

import logging
from datetime import datetime

from bot.errors import SlackGone
from bot.outcomes import Act, outcome
from bot.services import Services, languages
from bot.services.direct import tell_person
from bot.services.work import add_digest_again, add_pause_note, add_resume
from bot.slack import can_post
from bot.views import pauses as view
from storage import channels, digest_pauses, digests
from storage.digest_pauses import DigestPause
from storage.engine import Session, snapshot, transaction

_log = logging.getLogger(__name__)


def pause(services: Services, session: Session, *, team_id: str, channel_id: str, code: str) -> None:
    """Keep why a channel's digest can't be posted, if something can mend it; tell who wanted it, once."""
    if outcome(code).act is not Act.PAUSE:
        return
    if not channels.get_channel(session, team_id=team_id, channel_id=channel_id).digest_on:
        return
    now = services.now()
    if digest_pauses.pause_digest(session, team_id=team_id, channel_id=channel_id, code=code, now=now):
        add_pause_note(services, session, team_id, channel_id, because=f"{code}:{now.isoformat()}")


def pause_of(services: Services, *, team_id: str, channel_id: str) -> DigestPause | None:
    """Why the digest of a channel does not come; None when it does."""
    with snapshot(services.engine) as session:
        return digest_pauses.digest_pause(session, team_id=team_id, channel_id=channel_id)


def tell_pause(services: Services, team_id: str, channel_id: str, _because: str) -> None:
    """Tell who switched a digest on why it does not come; raises RetryLater while Slack is down."""
    found = pause_of(services, team_id=team_id, channel_id=channel_id)
    if found is None or found.user_id is None:
        return
    with languages.spoken_to(services, team_id=team_id, user_id=found.user_id):
        message = view.render_pause(channel_id, found.code)
    try:
        key = f"pause:{channel_id}:{found.since.isoformat()}"
        tell_person(services, services.slack(team_id), team_id, found.user_id, message, key=key, again=True)
    except SlackGone as gone:
        _log.warning("nobody was told that the digest of %s is paused: %s", channel_id, gone.code)


def enqueue_resume(services: Services, team_id: str, because: str) -> None:
    """Have it looked whether paused digests can be posted again; nothing where none is paused."""
    with transaction(services.engine) as session:
        if digest_pauses.paused_digests(session, team_id=team_id):
            add_resume(services, session, team_id, because)


def resume(services: Services, team_id: str, _because: str) -> None:
    """Take up the digests of channels that can be posted to again. Raises RetryLater while Slack is down."""
    with snapshot(services.engine) as session:
        paused = digest_pauses.paused_digests(session, team_id=team_id)
    for each in paused:
        try:
            if can_post(services.slack(team_id), each.channel_id):
                _take_up(services, team_id, each, services.now())
        except SlackGone as gone:
            _log.info("the digest of %s stays paused: %s", each.channel_id, gone.code)


def _take_up(services: Services, team_id: str, paused: DigestPause, now: datetime) -> None:
    place = {"team_id": team_id, "channel_id": paused.channel_id}
    with transaction(services.engine) as session:
        if not digest_pauses.resume_digest(session, **place):
            return
        period_key = digests.reopen_failed(session, **place)
        if period_key is not None:
            add_digest_again(services, session, **place, period=period_key, because=now.isoformat())
    _log.info("the digest of %s is taken up again", paused.channel_id)
