"""What people share becomes postings of articles, durable before Slack gets its answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.errors import LinkRefused
from bot.jobs import Priority
from bot.locale import _
from bot.reading.links import canonical_url
from bot.services import Services
from bot.services.work import add_note, add_read, add_refresh, add_take_back, add_take_back_lost, add_tell
from bot.settings import Settings
from bot.values import Audience
from bot.views.actions import Target
from bot.views.reading import Pasted
from storage import articles, channels, events, postings
from storage.engine import Session, transaction
from storage.postings import Captured

MAX_LINKS = 5  # of one message; the rest is said to be left out


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMessage:
    """A message as its event tells it, without its text. `version_ts` orders the edits of one message."""

    team_id: str
    channel_id: str
    audience: Audience  # UNKNOWN when the event does not say
    message_ts: str
    version_ts: str | None  # None for a message as it was first posted
    thread_ts: str | None
    user_id: str | None
    from_bot: bool
    links: tuple[str, ...]


def capture_refusal(settings: Settings, audience: Audience) -> str | None:
    """Why links posted in a channel with these readers are not read; None when they are."""
    if audience is Audience.PRIVATE and not settings.private_channels:
        return _(
            "I read nothing in private channels: whoever runs me has not switched that on. Commands work "
            "here, and “Save article” in a message's menu saves the one that you choose."
        )
    if audience is Audience.SHARED and not settings.shared_channels:
        return _(
            "Another organisation reads this channel, so I read nothing that is posted here: whoever runs me "
            "has not switched that on."
        )
    return None


def capture_message(services: Services, event_id: str, message: SharedMessage) -> None:
    """Record what a new or edited message shares and enqueue the reading; the same event again is nothing."""
    now = services.now()
    with transaction(services.engine) as session:
        if not events.claim_event(session, team_id=message.team_id, event_id=event_id, now=now):
            return
        channel = channels.get_channel(session, team_id=message.team_id, channel_id=message.channel_id)
        if message.audience not in (Audience.UNKNOWN, channel.audience):
            _remember_audience(services, session, message)
            channel = replace(channel, audience=message.audience)
        if capture_refusal(services.settings, channel.audience) is not None:
            return
        if message.from_bot and not channel.capture_bots:
            return
        urls = readable(message.links)
        if not urls and message.version_ts is None:
            return
        _record(services, session, message, urls)
        if len(urls) > MAX_LINKS:
            add_note(services, session, message.team_id, message.channel_id, message.message_ts)


def capture_deletion(
    services: Services, event_id: str, *, team_id: str, channel_id: str, message_ts: str
) -> None:
    """Drop what a deleted message shared; what only it supported is withdrawn, and our reply deleted."""
    with transaction(services.engine) as session:
        if not events.claim_event(session, team_id=team_id, event_id=event_id, now=services.now()):
            return
        gone = postings.delete_message(session, team_id=team_id, channel_id=channel_id, message_ts=message_ts)
        _withdraw(services, session, (team_id, channel_id, message_ts), gone)
        add_refresh(services, session, team_id, gone.changed, event_id)


def save_message(services: Services, request_id: str, message: SharedMessage) -> int:
    """Save the links of a message on a person's request, also a bot's; gives how many links it has."""
    urls = readable(message.links)
    if urls:
        with transaction(services.engine) as session:
            if events.claim_event(session, team_id=message.team_id, event_id=request_id, now=services.now()):
                _record(services, session, message, urls)
    return len(urls)


def paste_text(services: Services, team_id: str, user_id: str, target: Target, pasted: Pasted) -> None:
    """Take the text of an article from a person, for the link that could not be read."""
    now = services.now()
    with transaction(services.engine) as session:
        article_id = articles.add_text(
            session,
            team_id=team_id,
            article_id=target.article_id,
            title=pasted.title,
            text=pasted.text,
            channel_id=target.channel_id,
            message_ts=target.message_ts,
            user_id=user_id,
            now=now,
        )
        add_read(services, session, team_id, article_id, because=f"pasted:{now.isoformat()}")


def read_again(services: Services, team_id: str, target: Target, *, because: str) -> None:
    """Try a page that could not be read once more."""
    with transaction(services.engine) as session:
        if articles.reopen(
            session,
            team_id=team_id,
            article_id=target.article_id,
            channel_id=target.channel_id,
            message_ts=target.message_ts,
        ):
            add_read(services, session, team_id, target.article_id, because=because)


def _record(services: Services, session: Session, message: SharedMessage, urls: tuple[str, ...]) -> None:
    captured = record_message(services, session, message, urls)
    because = f"{message.channel_id}:{message.message_ts}:{message.version_ts or ''}"
    for article_id in captured.new_articles:
        add_read(services, session, message.team_id, article_id, because=because)
    for posting_id in captured.known:
        add_tell(services, session, message.team_id, posting_id, because=because)
    _withdraw(services, session, (message.team_id, message.channel_id, message.message_ts), captured)
    add_refresh(services, session, message.team_id, captured.changed, because)


def _withdraw(services: Services, session: Session, place: tuple[str, str, str], captured: Captured) -> None:
    """Take back what we said of what a message (team, channel, ts) shares no more."""
    team_id, channel_id, message_ts = place
    for reply_ts in captured.replies:
        add_take_back(services, session, team_id, channel_id, reply_ts)
    for posting_id in captured.unnoted:
        add_take_back_lost(services, session, team_id, channel_id, message_ts, posting_id)


def record_message(
    services: Services, session: Session, message: SharedMessage, urls: tuple[str, ...]
) -> Captured:
    """Keep what a message shares, of its canonical `urls` the first few; nothing is enqueued."""
    return postings.record_links(
        session,
        team_id=message.team_id,
        channel_id=message.channel_id,
        message_ts=message.message_ts,
        edited_ts=message.version_ts,
        thread_ts=message.thread_ts,
        user_id=message.user_id,
        urls=urls[:MAX_LINKS],
        now=services.now(),
    )


def readable(links: Iterable[str]) -> tuple[str, ...]:
    """The canonical forms of what can be an address at all, once each, in order."""
    found: dict[str, None] = {}
    for link in links:
        try:
            found[canonical_url(link)] = None
        except LinkRefused:
            continue
    return tuple(found)


def _remember_audience(services: Services, session: Session, message: SharedMessage) -> None:
    if channels.remember_audience(
        session, team_id=message.team_id, channel_id=message.channel_id, audience=message.audience
    ):
        shared = postings.articles_of_channel(session, team_id=message.team_id, channel_id=message.channel_id)
        because = f"audience:{message.message_ts}"
        add_refresh(services, session, message.team_id, shared, because, Priority.LATER)
