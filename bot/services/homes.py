"""App Home: what one person sees there, and what they may have forgotten."""

from dataclasses import replace
from datetime import timedelta

from bot.answers import AmbiguousName, DigestAnswer, UnknownName
from bot.counting import MOST_LATEST
from bot.digest.digest import LOOK_BACK, build_digest
from bot.digest.schedule import Period, next_run
from bot.digest.watching import Tier
from bot.errors import UserError
from bot.home import CHANNELS_SHOWN, Held, Home, HomeChannel
from bot.locale import _
from bot.queries import Command, parse
from bot.query_watch import WatchAction, WatchQuery
from bot.reader_mode import ReaderMode
from bot.services import Services, members
from bot.services.answers import digest_answer
from bot.services.correction_history import find_history
from bot.services.direct import remember_conversation
from bot.services.followed import WatchReader, watch_list
from bot.services.watching import watch
from bot.values import Audience
from bot.watch_answers import UnknownToFollow
from storage import channels, overview, privacy, queues, record, tellings
from storage.channels import Channel
from storage.digest_pauses import paused_digests
from storage.engine import Session, snapshot, transaction
from storage.overview import Captured

LATEST = 10
_READ = 2 * MOST_LATEST  # several changes make one line
_PUBLIC = ""  # the reader who knows what everybody may know


def home_of(services: Services, *, team_id: str, user_id: str, conversation_id: str = "") -> Home:
    """What a person sees: what everybody in the workspace may know, as Home is in no channel.

    `conversation_id` is the conversation beside it, where Slack says which it is.
    """
    second_reader = services.settings.reader is not ReaderMode.BUILTIN
    if not members.is_full_member(services, team_id=team_id, user_id=user_id):
        return Home(facts=False, second_reader=second_reader)
    remember_conversation(services, team_id, user_id, conversation_id)
    with snapshot(services.engine) as session:
        captured = {
            each.channel_id: each
            for each in overview.captured_in_public(session, team_id=team_id, counted=CHANNELS_SHOWN)
        }
        digests = {each.channel_id: each for each in overview.public_digests(session, team_id=team_id)}
        paused = {each.channel_id: each.code for each in paused_digests(session, team_id=team_id)}
        places = list(dict.fromkeys([*captured, *digests]))
        return Home(
            facts=True,
            second_reader=second_reader,
            channels=tuple(
                _channel(services, p, captured.get(p), digests.get(p), paused.get(p)) for p in places
            ),
            articles=overview.articles_in_public(session, team_id=team_id),
            latest=_latest(services, session, team_id),
            watching=watch_list(session, WatchReader(team_id, user_id)),
            corrections=find_history(session, "", team_id=team_id, channel_id=_PUBLIC),
            awaiting=sum(
                len(count(session, team_id=team_id, channel_id=channel_id))
                for channel_id in digests
                for count in (tellings.corrected_tellings, tellings.corrected_companies)
            ),
        )


def _channel(
    services: Services,
    channel_id: str,
    captured: Captured | None,
    channel: Channel | None,
    paused: str | None,
) -> HomeChannel:
    return HomeChannel(
        channel_id=channel_id,
        articles=captured.articles if captured else 0,
        last_at=captured.last_at if captured else None,
        schedule=channel.schedule if channel else None,
        next_run=next_run(channel.schedule, services.now()) if channel else None,
        paused=paused,
    )


def _latest(services: Services, session: Session, team_id: str) -> DigestAnswer:
    """The last changes, told as a digest tells them but the newest first."""
    now = services.now()
    changes = record.changes(
        session, team_id=team_id, channel_id=_PUBLIC, known_since=now - LOOK_BACK, latest=_READ
    )
    # Slack's clock may be ahead of ours: what was just learnt belongs to it.
    end = max([now, *(change.known_at for change in changes)]) + timedelta(seconds=1)
    digest = build_digest(changes, told=(), period=Period("home", now - LOOK_BACK, end), limit=_READ)
    newest = sorted(digest.lines, key=lambda line: line.lead.known_at, reverse=True)
    left_out = max(0, len(newest) - LATEST) if len(changes) < _READ else MOST_LATEST + 1
    shown = replace(digest, lines=tuple(newest[:LATEST]), omitted=left_out)
    return digest_answer(session, team_id=team_id, channel_id=_PUBLIC, digest=shown)


def is_open(services: Services, *, team_id: str, channel_id: str) -> bool:
    """Whether everybody in the workspace may know a channel, as far as is known."""
    with snapshot(services.engine) as session:
        known = channels.get_channel(session, team_id=team_id, channel_id=channel_id)
    return known.audience is Audience.PUBLIC


def follow(services: Services, team_id: str, user_id: str, *, typed: str, tier: Tier) -> None:
    """Have a person follow one company or two; raises UserError when it is not clear whom."""
    members.refuse_guests(services, team_id=team_id, user_id=user_id)
    query = parse(Command.WATCH, typed, today=services.now().date())
    if not isinstance(query, WatchQuery) or query.action is not WatchAction.FOLLOW:
        raise UserError(_("Type the name of a company, or two with a comma between them."), code="no_name")
    wish = replace(query, tier=query.tier or tier)
    match watch(services, WatchReader(team_id, user_id), wish, user_id=user_id):
        case UnknownToFollow(unknown):
            raise UserError(_meant(unknown), code="unknown_name")
        case AmbiguousName(name=name, choices=several):
            labels = ", ".join(choice.label for choice in several)
            raise UserError(
                _("“{name}” may be several companies: {choices}. Type more of the name.").format(
                    name=name, choices=labels
                ),
                code="ambiguous_name",
            )


def _meant(unknown: UnknownName) -> str:
    names = ", ".join(f"“{name}”" for name in unknown.names)
    said = _("Nothing posted so far names {names}.").format(names=names)
    labels = ", ".join(suggestion.label for suggestion in unknown.suggestions)
    meant = _("Did you mean {choices}?").format(choices=labels) if labels else ""
    anyway = _("To follow it all the same, type new: before the name.")
    return " ".join(filter(None, [said, meant, anyway]))


def held_of(services: Services, *, team_id: str, user_id: str) -> Held:
    """How much of what is stored refers to a person."""
    with snapshot(services.engine) as session:
        return privacy.held_of(session, team_id=team_id, user_id=user_id)


def forget_person(services: Services, *, team_id: str, user_id: str) -> None:
    """Delete what is a person's own, and take their name off what they shared."""
    with transaction(services.engine) as session:
        privacy.forget_person(session, team_id=team_id, user_id=user_id)
    services.outbox.forget(queues.naming(services.engine, team_id=team_id, user_id=user_id))
