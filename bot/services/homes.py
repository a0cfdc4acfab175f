"""App Home: what one person sees there, and what they may have forgotten."""

from dataclasses import replace
from datetime import timedelta

from bot.answers import DigestAnswer
from bot.digest.digest import LOOK_BACK, build_digest
from bot.digest.schedule import Period, next_run
from bot.errors import SlackGone
from bot.home import Held, Home, HomeChannel
from bot.reader_mode import ReaderMode
from bot.services import Services
from bot.services.answers import digest_answer
from bot.services.followed import WatchReader, watch_list
from bot.slack_people import is_full_member
from storage import overview, privacy, record
from storage.channels import Channel
from storage.engine import Session, snapshot, transaction
from storage.overview import Captured

LATEST = 10
_ALL = 10_000
_PUBLIC = ""  # the reader who knows what everybody may know


def home_of(services: Services, *, team_id: str, user_id: str) -> Home:
    """What a person sees: what everybody in the workspace may know, as Home is in no channel."""
    second_reader = services.settings.reader is not ReaderMode.BUILTIN
    if not _may_know(services, team_id, user_id):
        return Home(facts=False, second_reader=second_reader)
    with snapshot(services.engine) as session:
        captured = {each.channel_id: each for each in overview.captured_in_public(session, team_id=team_id)}
        digests = {each.channel_id: each for each in overview.public_digests(session, team_id=team_id)}
        places = list(dict.fromkeys([*captured, *digests]))
        return Home(
            facts=True,
            second_reader=second_reader,
            channels=tuple(_channel(services, p, captured.get(p), digests.get(p)) for p in places),
            articles=overview.articles_in_public(session, team_id=team_id),
            latest=_latest(services, session, team_id),
            watching=watch_list(session, WatchReader(team_id, user_id)),
        )


def _may_know(services: Services, team_id: str, user_id: str) -> bool:
    try:
        return is_full_member(services.slack(team_id), user_id)
    except SlackGone:
        return False


def _channel(
    services: Services, channel_id: str, captured: Captured | None, channel: Channel | None
) -> HomeChannel:
    return HomeChannel(
        channel_id=channel_id,
        articles=captured.articles if captured else 0,
        last_at=captured.last_at if captured else None,
        schedule=channel.schedule if channel else None,
        next_run=next_run(channel.schedule, services.now()) if channel else None,
    )


def _latest(services: Services, session: Session, team_id: str) -> DigestAnswer:
    """The last changes, told as a digest tells them but the newest first."""
    now = services.now()
    changes = record.changes(session, team_id=team_id, channel_id=_PUBLIC, known_since=now - LOOK_BACK)
    # Slack's clock may be ahead of ours: what was just learnt belongs to it.
    end = max([now, *(change.known_at for change in changes)]) + timedelta(seconds=1)
    digest = build_digest(changes, told=(), period=Period("home", now - LOOK_BACK, end), limit=_ALL)
    newest = sorted(digest.lines, key=lambda line: line.lead.known_at, reverse=True)
    shown = replace(
        digest,
        lines=tuple(newest[:LATEST]),
        omitted=max(0, len(newest) - LATEST),
    )
    return digest_answer(session, team_id=team_id, channel_id=_PUBLIC, digest=shown)


def held_of(services: Services, *, team_id: str, user_id: str) -> Held:
    """How much of what is stored refers to a person."""
    with snapshot(services.engine) as session:
        return privacy.held_of(session, team_id=team_id, user_id=user_id)


def forget_person(services: Services, *, team_id: str, user_id: str) -> None:
    """Delete what is a person's own, and take their name off what they shared."""
    with transaction(services.engine) as session:
        privacy.forget_person(session, team_id=team_id, user_id=user_id)
