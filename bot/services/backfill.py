"""Messages from before Seams was there: kept and read like others, told to nobody."""

from bot.services import Services
from bot.services.audiences import take_audience
from bot.services.capture import SharedMessage, readable, record_message
from bot.services.work import add_recheck
from bot.values import Audience
from storage import channels, postings
from storage.engine import transaction


def keep_channel(services: Services, *, team_id: str, channel_id: str, audience: Audience) -> None:
    """Keep a channel, and who could see it where nothing better is known.

    With `Audience.UNKNOWN` its facts stay hidden until Slack has been asked.
    """
    with transaction(services.engine) as session:
        known = channels.meet_channel(session, team_id=team_id, channel_id=channel_id).audience
        if known is Audience.UNKNOWN:
            take_audience(session, team_id=team_id, channel_id=channel_id, audience=audience)


def keep_message(services: Services, message: SharedMessage) -> tuple[str, ...]:
    """Keep what an old message shares; gives its articles. The same message again adds nothing.

    A bot's message counts where its channel captures bots.
    """
    urls = readable(message.links)
    if not urls:  # most messages of an export
        return ()
    place = {
        "team_id": message.team_id,
        "channel_id": message.channel_id,
        "message_ts": message.message_ts,
    }
    with transaction(services.engine) as session:
        channel = channels.get_channel(session, team_id=message.team_id, channel_id=message.channel_id)
        if message.from_bot and not channel.capture_bots:
            return ()
        before = {posting.id for posting in postings.postings_of_message(session, **place)}
        record_message(services, session, message, urls)
        there = postings.postings_of_message(session, **place)
        for posting in there:
            if posting.id not in before:
                postings.mark_told(session, team_id=message.team_id, posting_id=posting.id, reply_ts=None)
    return tuple(dict.fromkeys(posting.article_id for posting in there))


def ask_about_channels(services: Services, team_id: str, *, because: str) -> None:
    """Have a worker ask Slack who can see the team's channels; `because` tells one wish from the next."""
    with transaction(services.engine) as session:
        add_recheck(services, session, team_id, because)
