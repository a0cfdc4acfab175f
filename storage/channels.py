"""What a channel chose, and who may learn what it holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.digest.schedule import DEFAULT_SCHEDULE, Schedule
from bot.digest.wishes import EVERYTHING, Wishes
from bot.values import Audience
from storage.by_key import row_by_key
from storage.engine import Session
from storage.inserting import insert_new
from storage.schema import ChannelRow
from storage.teams import lock_team
from storage.withholding import withhold_channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel; `digest_since` is when the digest was first switched on, `digest_by` who last changed it.

    `language` is what is spoken in it ("es"), None when nobody chose.
    """

    team_id: str
    channel_id: str
    audience: Audience
    capture_bots: bool = False
    digest_on: bool = False
    schedule: Schedule = DEFAULT_SCHEDULE
    digest_since: datetime | None = None
    language: str | None = None
    digest_by: str | None = None
    wishes: Wishes = EVERYTHING


def get_channel(session: Session, *, team_id: str, channel_id: str) -> Channel:
    """The channel; one never heard of has an unknown audience. "", the shell, is the team's own."""
    row = row_by_key(session, ChannelRow, team_id=team_id, channel_id=channel_id)
    if row is not None:
        return _channel(row)
    audience = Audience.UNKNOWN if channel_id else Audience.PUBLIC
    return Channel(team_id=team_id, channel_id=channel_id, audience=audience)


def remember_audience(session: Session, *, team_id: str, channel_id: str, audience: Audience) -> bool:
    """Keep who reads in a channel; tell whether that changed for postings that are there already.

    A channel that is public no more is withheld at once; `bot.services.record.refresh` of its articles
    then derives again what everybody may still see.
    """
    if get_channel(session, team_id=team_id, channel_id=channel_id).audience is audience:
        return False
    row = _row(session, team_id, channel_id)
    before = Audience(row.audience)
    row.audience = audience
    session.flush()
    if before is Audience.PUBLIC and audience is not Audience.PUBLIC:
        withhold_channel(session, team_id=team_id, channel_id=channel_id)
    return (before is Audience.PUBLIC) != (audience is Audience.PUBLIC)


def meet_channel(session: Session, *, team_id: str, channel_id: str) -> Channel:
    """The channel, kept from now on if it was not."""
    return _channel(_row(session, team_id, channel_id))


def set_capture_bots(session: Session, *, team_id: str, channel_id: str, on: bool) -> None:
    """Choose whether links in messages of bots are captured."""
    _row(session, team_id, channel_id).capture_bots = on
    session.flush()


def set_language(session: Session, *, team_id: str, channel_id: str, language: str) -> None:
    """Choose the language of what is posted in a channel."""
    _row(session, team_id, channel_id).language = language
    session.flush()


def set_digest(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    on: bool,
    schedule: Schedule,
    now: datetime,
    wishes: Wishes = EVERYTHING,
    user_id: str | None = None,
) -> None:
    """Switch the weekly digest on or off, and choose its time and what it tells."""
    row = _row(session, team_id, channel_id)
    row.followed_only, row.minimum, row.sure_only = wishes.followed_only, wishes.minimum, wishes.sure_only
    row.say_quiet, row.digest_by = wishes.say_quiet, user_id
    if on and not row.digest_on:
        row.digest_since = now
    row.digest_on = on
    row.weekday, row.hour, row.minute = schedule.weekday, schedule.hour, schedule.minute
    row.timezone = schedule.timezone
    session.flush()


def has_own_digest(session: Session, *, team_id: str, user_id: str) -> bool:
    """Whether a person gets a digest in a direct conversation: the channel is of the person who wanted it."""
    own = select(ChannelRow.channel_id).where(
        ChannelRow.team_id == team_id,
        ChannelRow.digest_by == user_id,
        ChannelRow.digest_on,
        ChannelRow.channel_id.startswith("D"),
    )
    return session.scalars(own).first() is not None


def digest_channels(session: Session) -> tuple[Channel, ...]:
    """Every channel of every team that gets a digest: the clock's only read across teams."""
    rows = session.scalars(select(ChannelRow).where(ChannelRow.digest_on)).all()
    return tuple(sorted(map(_channel, rows), key=lambda found: (found.team_id, found.channel_id)))


def channels_to_ask_about(session: Session, *, team_id: str) -> tuple[Channel, ...]:
    """The channels of a team that are held to be public, or of which nobody has told who reads in them."""
    asked = ChannelRow.audience.in_((Audience.PUBLIC, Audience.UNKNOWN))
    rows = session.scalars(select(ChannelRow).where(ChannelRow.team_id == team_id, asked)).all()
    return tuple(sorted(map(_channel, rows), key=lambda found: found.channel_id))


def _row(session: Session, team_id: str, channel_id: str) -> ChannelRow:
    lock_team(session, team_id=team_id)
    unknown = get_channel(session, team_id=team_id, channel_id=channel_id)
    insert_new(
        session,
        ChannelRow,
        team_id=team_id,
        channel_id=channel_id,
        audience=unknown.audience,
        capture_bots=False,
        digest_on=False,
        weekday=unknown.schedule.weekday,
        hour=unknown.schedule.hour,
        minute=unknown.schedule.minute,
        timezone=unknown.schedule.timezone,
        digest_since=None,
        language=None,
    )
    return session.get_one(ChannelRow, (team_id, channel_id), populate_existing=True)


def _channel(row: ChannelRow) -> Channel:
    return Channel(
        team_id=row.team_id,
        channel_id=row.channel_id,
        audience=Audience(row.audience),
        capture_bots=row.capture_bots,
        digest_on=row.digest_on,
        schedule=Schedule(row.weekday, row.hour, row.minute, row.timezone),
        digest_since=row.digest_since,
        language=row.language,
        digest_by=row.digest_by,
        wishes=Wishes(row.followed_only, row.minimum, row.sure_only, row.say_quiet),
    )
