"""The weekly digest of a channel: when it is due, what it says, and posting it once."""

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfoNotFoundError

from bot.digest.digest import LOOK_BACK, Digest, build_digest
from bot.digest.schedule import Period, latest_period
from bot.digest.wishes import Wishes
from bot.errors import SlackGone, UserError
from bot.jobs import RetryLater
from bot.locale import _, speaking
from bot.services import Services, pauses
from bot.services.answers import digest_answer
from bot.services.audiences import ask_again, recheck_sources
from bot.services.corrected import corrected_changes, forget_told
from bot.services.followed import WatchReader, follows_of
from bot.services.work import add_digest
from bot.slack import is_member, post_once
from bot.values import Audience, Change
from bot.views import digest as digest_view
from bot.views.feedback import FeedbackButtons
from storage import channels, digest_pauses, digests, events, record
from storage.channels import Channel
from storage.digests import RunState
from storage.engine import Session, snapshot, transaction

WEEK = timedelta(days=7)
MAX_LINES = 15
NOW_PREFIX = "now-"

_log = logging.getLogger(__name__)


def refuse_outsiders(services: Services, *, team_id: str, channel_id: str) -> None:
    """Raise UserError for a channel that another organisation reads: it would learn what this team knows."""
    with suppress(SlackGone, RetryLater):
        ask_again(services, services.slack(team_id), team_id, channel_id)
    with snapshot(services.engine) as session:
        audience = channels.get_channel(session, team_id=team_id, channel_id=channel_id).audience
    if audience is Audience.SHARED:
        raise UserError(
            _(
                "Another organisation reads this channel, and would learn what your own channels know. "
                "Ask for it in a channel of your own."
            ),
            code="shared_channel",
        )


def preview(services: Services, *, team_id: str, channel_id: str) -> Digest:
    """What the digest would say now, told to nobody."""
    return _preview(services, team_id, channel_id, None, again=False)


def try_out(services: Services, *, team_id: str, channel_id: str, wishes: Wishes) -> tuple[Digest, bool]:
    """What the digest would say now with these wishes; and whether it is what was told already.

    Where nothing is new the last week is shown once more: else nobody could see what their wishes do.
    """
    digest = _preview(services, team_id, channel_id, wishes, again=False)
    if not digest.is_empty:
        return digest, False
    once_more = _preview(services, team_id, channel_id, wishes, again=True)
    return once_more, not once_more.is_empty


def _preview(
    services: Services, team_id: str, channel_id: str, wishes: Wishes | None, *, again: bool
) -> Digest:
    now = services.now()
    period = Period("preview", now - WEEK, now)
    with snapshot(services.engine) as session:
        channel = channels.get_channel(session, team_id=team_id, channel_id=channel_id)
        wanted = channel if wishes is None else replace(channel, wishes=wishes)
        return _build(session, wanted, period, again=again)


def post_now(services: Services, *, team_id: str, channel_id: str, request_id: str) -> None:
    """Have the digest posted now, once for a request; the next weekly one tells only what is new after it.

    Raises UserError.
    """
    refuse_outsiders(services, team_id=team_id, channel_id=channel_id)
    require_member(services, team_id, channel_id, "/digest now")
    now = services.now()
    with transaction(services.engine) as session:
        if events.claim_request(session, team_id=team_id, request_id=request_id, now=now):
            add_digest(services, session, team_id, channel_id, f"{NOW_PREFIX}{now.isoformat()}")


def enqueue_due(services: Services) -> None:
    """Enqueue every digest whose time has come, also one that came while nothing ran; twice is once."""
    now = services.now()
    with snapshot(services.engine) as session:
        subscribed = channels.digest_channels(session)
    due = [(channel, period) for channel in subscribed if (period := _due_period(channel, now)) is not None]
    for channel, period in due:
        with transaction(services.engine) as session:
            add_digest(services, session, channel.team_id, channel.channel_id, period.key)


def post_digest(services: Services, team_id: str, channel_id: str, period_key: str) -> None:
    """Post the digest of a period unless it has been; raises RetryLater while Slack is down."""
    with suppress(SlackGone):
        _see_who_may_know(services, team_id, channel_id)
    mark = partial(digests.mark_digest, team_id=team_id, channel_id=channel_id, period_key=period_key)
    with transaction(services.engine) as session:
        run = digests.claim_digest(
            session, team_id=team_id, channel_id=channel_id, period_key=period_key, now=services.now()
        )
        if run.state in (RunState.POSTED, RunState.FAILED, RunState.SKIPPED):
            return
        wanted = period_key.startswith(NOW_PREFIX) or _is_on(session, team_id, channel_id)
        if run.state is RunState.CLAIMED and not wanted:
            mark(session, state=RunState.SKIPPED, code="switched_off")
            return
        channel = channels.get_channel(session, team_id=team_id, channel_id=channel_id)
        if channel.audience is Audience.SHARED:
            mark(session, state=RunState.SKIPPED, code="shared_channel")
            return
        period = Period(period_key, run.claimed_at - WEEK, run.claimed_at)
        digest = _build(session, channel, period)
        if digest.is_empty and not channel.wishes.say_quiet and not period_key.startswith(NOW_PREFIX):
            mark(session, state=RunState.SKIPPED, code="quiet_week")
            return
        mark(session, state=RunState.POSTING)
        answer = digest_answer(session, team_id=team_id, channel_id=channel_id, digest=digest)
        with speaking(channel.language):
            message = digest_view.render(answer, feedback=FeedbackButtons(period_key))
    try:
        posted = post_once(
            services.slack(team_id),
            channel_id=channel_id,
            message=message,
            key=f"digest:{channel_id}:{period_key}",
            may_be_posted=run.state is RunState.POSTING,
        )
    except SlackGone as gone:
        _log.warning("the digest of %s can't be posted: %s", channel_id, gone.code)
        with transaction(services.engine) as session:
            mark(session, state=RunState.FAILED, code=gone.code)
            pauses.pause(services, session, team_id=team_id, channel_id=channel_id, code=gone.code)
        return
    with transaction(services.engine) as session:
        mark(session, state=RunState.POSTED, message_ts=posted.ts)
        digest_pauses.resume_digest(session, team_id=team_id, channel_id=channel_id)
        for told_id in _told_ids(channel):
            digests.mark_told(
                session,
                team_id=team_id,
                channel_id=told_id,
                change_ids=digest.change_ids,
                now=run.claimed_at,
            )
            forget_told(session, team_id=team_id, channel_id=told_id, change_ids=digest.change_ids)


def _see_who_may_know(services: Services, team_id: str, channel_id: str) -> None:
    """Ask who sees the channel, and those from which the digest would tell: one may be private by now."""
    ask_again(services, services.slack(team_id), team_id, channel_id)
    told = preview(services, team_id=team_id, channel_id=channel_id)
    changes = [change for line in told.lines for change in (*line.changes, *line.folded)]
    recheck_sources(services, team_id, {tie_id for change in changes for tie_id in change.tie_ids})


def _is_on(session: Session, team_id: str, channel_id: str) -> bool:
    return channels.get_channel(session, team_id=team_id, channel_id=channel_id).digest_on


def _build(session: Session, channel: Channel, period: Period, *, again: bool = False) -> Digest:
    """The digest of a channel; `again` with all that was learnt in the period, be it told already."""
    changes: tuple[Change, ...] = record.changes(
        session,
        team_id=channel.team_id,
        channel_id=channel.channel_id,
        known_since=period.start if again else period.end - LOOK_BACK,
        known_before=period.end,
    )
    for told_id in _told_ids(channel):
        changes += corrected_changes(session, team_id=channel.team_id, channel_id=told_id)
    # What is told later than it is learnt, and is old news by then, is not looked at.
    since = period.end - LOOK_BACK - WEEK
    told = [
        digests.told_changes(session, team_id=channel.team_id, channel_id=each, since=since)
        for each in _told_ids(channel)
    ]
    digest = build_digest(
        changes,
        told=frozenset() if again else frozenset().union(*told),
        period=period,
        limit=MAX_LINES,
        wishes=channel.wishes,
        follows=follows_of(session, WatchReader(channel.team_id, _told_ids(channel)[-1])),
    )
    learnt = [change.known_at for line in digest.lines for change in line.changes]
    # After a pause it tells of more than a week, and says so.
    return replace(digest, period=replace(period, start=min([period.start, *learnt])))


def _told_ids(channel: Channel) -> tuple[str, ...]:
    """Under which ids it is kept what the channel was told; the last one is the reader that follows there.

    A direct conversation has one reader, the person who wanted its digest, who is told at once as such.
    """
    own = channel.channel_id.startswith("D") and channel.digest_by
    return (channel.channel_id, channel.digest_by) if own and channel.digest_by else (channel.channel_id,)


def _due_period(channel: Channel, now: datetime) -> Period | None:
    try:
        period = latest_period(channel.schedule, now)
    except ZoneInfoNotFoundError:
        _log.error("the time zone of the digest of %s is not known on this machine", channel.channel_id)
        return None
    begun = channel.digest_since is not None and channel.digest_since < period.end
    return period if begun else None


def require_member(services: Services, team_id: str, channel_id: str, command: str) -> None:
    """Raise UserError where nothing could be posted; when Slack does not answer, hope for the best."""
    try:
        member = is_member(services.slack(team_id), channel_id)
    except (SlackGone, RetryLater):
        return
    if not member:
        raise UserError(
            _(
                "I am not in this channel, so I can't post to it. Type /invite @Seams first, then {command}"
            ).format(command=command),
            code="not_in_channel",
        )
