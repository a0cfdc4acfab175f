"""Who may see a channel, asked of Slack where no event tells.

A channel may be made private, or shared with another organisation, without a message in it.
"""

import logging
from collections.abc import Collection

from slack_sdk import WebClient

from bot.errors import SlackGone
from bot.services import Services, record
from bot.services.lenses import keys_said
from bot.services.work import add_recheck
from bot.slack import find_audience
from bot.values import Audience
from storage import channels, corrections, evidence, postings
from storage.engine import Session, snapshot, transaction

_log = logging.getLogger(__name__)


def learn_audience(services: Services, client: WebClient, team_id: str, channel_id: str) -> None:
    """Ask who can see a channel that no event told about, so that public facts don't stay hidden.

    Raises RetryLater.
    """
    with snapshot(services.engine) as session:
        known = channels.get_channel(session, team_id=team_id, channel_id=channel_id).audience
    if known is Audience.UNKNOWN:
        ask_again(services, client, team_id, channel_id)


def recheck_audiences(services: Services, team_id: str) -> None:
    """Ask again of every channel held to be public, or unknown; hide what is public no more.

    Raises RetryLater.
    """
    with snapshot(services.engine) as session:
        asked = channels.channels_to_ask_about(session, team_id=team_id)
    for channel in asked:
        ask_again(services, services.slack(team_id), team_id, channel.channel_id)


def recheck_sources(services: Services, team_id: str, tie_ids: Collection[str]) -> None:
    """Ask again of the public channels that some ties come from, before what they say is posted elsewhere.

    Raises RetryLater.
    """
    with snapshot(services.engine) as session:
        asked = evidence.public_sources(session, team_id=team_id, tie_ids=tie_ids)
    for channel_id in asked:
        ask_again(services, services.slack(team_id), team_id, channel_id)


def enqueue_recheck(services: Services, team_id: str) -> None:
    """Enqueue `recheck_audiences`, once an hour."""
    with transaction(services.engine) as session:
        add_recheck(services, session, team_id, f"{services.now():%Y-%m-%dT%H}")


def ask_again(services: Services, client: WebClient, team_id: str, channel_id: str) -> None:
    """Ask who can see a channel now; what Slack does not tell stays as it was. Raises RetryLater."""
    try:
        audience = find_audience(client, channel_id)
    except SlackGone as gone:
        _log.warning("Slack does not tell who sees %s: %s", channel_id, gone.code)
        return
    with transaction(services.engine) as session:
        take_audience(session, team_id=team_id, channel_id=channel_id, audience=audience)


def take_audience(session: Session, *, team_id: str, channel_id: str, audience: Audience) -> None:
    """Keep who can see a channel, and bring the record up to date when that changes what is public."""
    if channels.remember_audience(session, team_id=team_id, channel_id=channel_id, audience=audience):
        shared = postings.articles_of_channel(session, team_id=team_id, channel_id=channel_id)
        known = corrections.known_in(session, team_id=team_id, channel_id=channel_id)
        record.refresh(
            session,
            team_id=team_id,
            article_ids={*shared, *(row.article_id for row in known if row.article_id)},
            keys=frozenset[str]().union(*(keys_said(row.said) for row in known)),
        )
