"""The weekly digest of a channel: its settings, when it is due, and posting it once."""

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfoNotFoundError

from bot.digest.digest import LOOK_BACK, Digest, build_digest
from bot.digest.schedule import DEFAULT_SCHEDULE, Period, Schedule, latest_period, parse_schedule
from bot.errors import SlackGone, UserError
from bot.jobs import RetryLater
from bot.locale import _, speaking
from bot.services import Services, languages, pauses
from bot.services.answers import digest_answer
from bot.services.audiences import ask_again
from bot.services.work import add_digest
from bot.slack import is_member, post_once
from bot.values import Audience, Change
from bot.views import digest as digest_view
from storage import channels, digest_pauses, digests, record
from storage.channels import Channel
from storage.digests import RunState
from storage.engine import Session, snapshot, transaction

WEEK = timedelta(days=7)
MAX_LINES = 15
NOW_PREFIX = "now-"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """Whether a channel gets the digest, and when; `paused` is Slack's code for why it can't be posted."""

    on: bool
    schedule: Schedule
    paused: str | None = None


def settings_of(services: Services, *, team_id: str, channel_id: str) -> DigestSettings:
    """The digest settings of a channel."""
    with snapshot(services.engine) as session:
        channel = channels.get_channel(session, team_id=team_id, channel_id=channel_id)
        pause = digest_pauses.digest_pause(session, team_id=team_id, channel_id=channel_id)
    return DigestSettings(channel.digest_on, channel.schedule, pause.code if pause else None)


def change_settings(
    services: Services, *, team_id: str, channel_id: str, user_id: str, on: bool | None, when: str | None
) -> DigestSettings:
    """Switch the digest of a channel on or off, or move it; raises UserError when that can't be.

    A channel that never chose a time gets Monday 09:00 where the person who switches it on lives.
    """
    before = settings_of(services, team_id=team_id, channel_id=channel_id)
    if on:
        refuse_outsiders(services, team_id=team_id, channel_id=channel_id)
        require_member(services, team_id, channel_id, "/digest on")
    schedule = before.schedule
    if not before.on and schedule == DEFAULT_SCHEDULE:
        zone = languages.time_zone_of(services, team_id=team_id, user_id=user_id)
        schedule = replace(schedule, timezone=zone or schedule.timezone)
    if when is not None:
        schedule = parse_schedule(when, schedule)
    after = DigestSettings(before.on if on is None else on, schedule)
    with transaction(services.engine) as session:
        channels.set_digest(
            session,
            team_id=team_id,
            channel_id=channel_id,
            on=after.on,
            schedule=after.schedule,
            now=services.now(),
        )
        if on:
            digest_pauses.remember_subscriber(
                session, team_id=team_id, channel_id=channel_id, user_id=user_id
            )
    return after


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
    now = services.now()
    with snapshot(services.engine) as session:
        return _build(session, team_id, channel_id, Period("preview", now - WEEK, now))


def post_now(services: Services, *, team_id: str, channel_id: str) -> None:
    """Have the digest posted now; the next weekly one tells only what is new after it. Raises UserError."""
    refuse_outsiders(services, team_id=team_id, channel_id=channel_id)
    require_member(services, team_id, channel_id, "/digest now")
    period = f"{NOW_PREFIX}{services.now().isoformat()}"
    with transaction(services.engine) as session:
        add_digest(services, session, team_id, channel_id, period)


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
        ask_again(services, services.slack(team_id), team_id, channel_id)
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
        mark(session, state=RunState.POSTING)
        period = Period(period_key, run.claimed_at - WEEK, run.claimed_at)
        digest = _build(session, team_id, channel_id, period)
        answer = digest_answer(session, team_id=team_id, channel_id=channel_id, digest=digest)
        with speaking(channel.language):
            message = digest_view.render(answer)
    try:
        message_ts = post_once(
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
        mark(session, state=RunState.POSTED, message_ts=message_ts)
        digest_pauses.resume_digest(session, team_id=team_id, channel_id=channel_id)
        digests.mark_told(
            session,
            team_id=team_id,
            channel_id=channel_id,
            change_ids=digest.change_ids,
            now=run.claimed_at,
        )


def _is_on(session: Session, team_id: str, channel_id: str) -> bool:
    return channels.get_channel(session, team_id=team_id, channel_id=channel_id).digest_on


def _build(session: Session, team_id: str, channel_id: str, period: Period) -> Digest:
    changes: tuple[Change, ...] = record.changes(
        session,
        team_id=team_id,
        channel_id=channel_id,
        known_since=period.end - LOOK_BACK,
        known_before=period.end,
    )
    told = digests.told_changes(session, team_id=team_id, channel_id=channel_id)
    digest = build_digest(changes, told=told, period=period, limit=MAX_LINES)
    learnt = [change.known_at for line in digest.lines for change in line.changes]
    # After a pause it tells of more than a week, and says so.
    return replace(digest, period=replace(period, start=min([period.start, *learnt])))


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
