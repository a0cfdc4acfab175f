"""Tells readers at once what changed about companies they follow: once each, in one message for a burst.

What a reading brings to light waits as a row for each reader; once a minute the clock has each reader told
what waits, unless it is quiet there or the day's cap is reached. Whether a change still holds, is still
wanted and was not told otherwise is looked at when it is told.
"""

import logging
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digest.digest import LOOK_BACK, Digest, build_digest
from bot.digest.quiet import day_began
from bot.digest.schedule import Period
from bot.digest.watching import Tier
from bot.errors import SlackGone
from bot.jobs import RetryLater
from bot.names import name_key
from bot.services import Services, members
from bot.services.answers import digest_answer
from bot.services.audiences import ask_again
from bot.services.corrected import corrected_changes, forget_told
from bot.services.direct import tell_person
from bot.services.followed import WatchReader, follows_of, of_reader, zone_of_channel
from bot.services.languages import posted_in, spoken_to
from bot.services.lenses import keys_said
from bot.services.work import add_alert
from bot.slack import post_once
from bot.values import Audience, Change
from bot.views import alert as alert_view
from bot.watch_answers import Alert
from storage import (
    alerts,
    channels,
    company_keys,
    corrections,
    digests,
    evidence,
    record,
    ties,
    watches,
)
from storage.alerts import AlertState
from storage.engine import Session, snapshot, transaction

FRESH = timedelta(days=1)
"""How long after its posting a change is worth telling at once: what old messages say is no news."""
MAX_LINES = 10  # of one message

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Day:
    """A reader's day: how much may still be told in it, and whether it is quiet now."""

    left: int
    cap: int
    quiet: bool


def note_changes(services: Services, session: Session, team_id: str, article_ids: Iterable[str]) -> None:
    """Let what some articles changed just now wait for those who follow it and want to hear at once."""
    articles = frozenset(article_ids)
    said = {
        tie_id: tie
        for each in articles
        for tie_id, tie in ties.ties_of(session, team_id=team_id, article_id=each).items()
    }
    names = {name_key(name) for tie in said.values() for name in (tie.source, tie.target)}
    for correction in corrections.of_articles(session, team_id=team_id, article_ids=articles):
        names |= keys_said(correction.said)
    keys = company_keys.keys_beside(session, team_id=team_id, keys=names)
    now = services.now()
    news: dict[str, tuple[Change, ...]] = {}
    for reader_id in watches.readers_of(session, team_id=team_id, keys=keys):
        reader = WatchReader(team_id, reader_id)
        if reader.scope not in news:
            found = record.changes(session, team_id=team_id, channel_id=reader.scope, known_since=now - FRESH)
            news[reader.scope] = tuple(each for each in found if not said.keys().isdisjoint(each.tie_ids))
        follows = follows_of(session, reader)
        wanted = [each.id for each in news[reader.scope] if follows.tier_of(each) is Tier.NOW]
        alerts.add_alerts(session, **of_reader(reader), change_ids=wanted, now=now)


def enqueue_due(services: Services) -> None:
    """Enqueue a message for each reader for whom something waits and who may be told now; twice is once."""
    now = services.now()
    with snapshot(services.engine) as session:
        waiting = [WatchReader(each.team_id, each.reader_id) for each in alerts.readers_waiting(session)]
        due = [reader for reader in waiting if (day := _day_of(session, reader, now)).left and not day.quiet]
    for reader in due:
        with transaction(services.engine) as session:
            add_alert(services, session, reader.team_id, reader.reader_id, f"{now:%Y-%m-%dT%H:%MZ}")


def tell_reader(services: Services, team_id: str, reader_id: str, batch: str) -> None:
    """Tell a reader what waits, in one message; raises RetryLater while Slack is down.

    A person who is a guest by now is told nothing any more.
    """
    reader = WatchReader(team_id, reader_id)
    may_know = True
    if reader.is_person:
        said = members.standing(services, team_id=team_id, user_id=reader_id)
        if said is None:
            raise RetryLater("Slack does not say who follows")
        may_know = said
        speaking_to = spoken_to(services, team_id=team_id, user_id=reader_id)
    else:
        speaking_to = posted_in(services, team_id=team_id, channel_id=reader_id)
        with suppress(SlackGone):
            ask_again(services, services.slack(team_id), team_id, reader_id)
    with speaking_to:
        _tell(services, reader, batch, may_know=may_know)


def _tell(services: Services, reader: WatchReader, batch: str, *, may_know: bool) -> None:
    team_id, reader_id, now = reader.team_id, reader.reader_id, services.now()
    with transaction(services.engine) as session:
        claimed, again = alerts.claim_batch(session, **of_reader(reader), batch=batch)
        if not claimed:
            return
        channel = channels.get_channel(session, team_id=team_id, channel_id=reader_id)
        if not may_know or channel.audience is Audience.SHARED:
            _settle(session, reader, claimed, AlertState.DROPPED, now)
            return
        day = _day_of(session, reader, now)
        if not again and (day.quiet or not day.left):
            alerts.release_batch(session, **of_reader(reader), batch=batch)
            return
        digest = _news(session, reader, claimed, now, limit=min(MAX_LINES, max(1, day.left)))
        if not digest.lines:
            _settle(session, reader, claimed, AlertState.DROPPED, now)
            return
        told = digest_answer(session, team_id=team_id, channel_id=reader.scope, digest=digest)
        reached = day.cap if len(digest.lines) >= day.left else None
        message = alert_view.render(Alert(told, reader.is_person, reached))
    try:
        client, key = services.slack(team_id), f"alert:{reader_id}:{batch}"
        if reader.is_person:
            tell_person(services, client, team_id, reader_id, message, key=key, again=again)
        else:
            post_once(client, channel_id=reader_id, message=message, key=key, may_be_posted=again)
    except SlackGone as gone:
        _log.warning("%s can't be told what it follows: %s", reader_id, gone.code)
        with transaction(services.engine) as session:
            _settle(session, reader, claimed, AlertState.DROPPED, now)
        return
    with transaction(services.engine) as session:
        _keep_told(session, reader, claimed, digest, now)


def _news(
    session: Session, reader: WatchReader, claimed: Collection[str], now: datetime, *, limit: int
) -> Digest:
    """What of the claimed changes is to be told: it holds, is wanted, and was not told here otherwise."""
    told = digests.told_changes(session, team_id=reader.team_id, channel_id=reader.reader_id)
    follows = follows_of(session, reader)
    found = [
        change
        for change in record.changes(
            session, team_id=reader.team_id, channel_id=reader.scope, known_since=now - LOOK_BACK
        )
        if change.id in claimed and follows.tier_of(change) is Tier.NOW
    ]
    answered = _told_in_threads(session, reader, found)
    fresh = [change for change in found if change.id not in answered]
    # Who was told at once is told at once that it is otherwise, whatever is followed by now.
    corrected = corrected_changes(session, team_id=reader.team_id, channel_id=reader.reader_id)
    fresh += [change for change in corrected if change.id in claimed]
    since = min([now, *(change.known_at for change in fresh)])
    # Slack's clock may be ahead of ours: what was just learnt is told all the same.
    until = max([now, *(change.known_at for change in fresh)]) + timedelta(seconds=1)
    return build_digest(fresh, told=told, period=Period("now", since, until), limit=limit)


def _told_in_threads(session: Session, reader: WatchReader, found: Collection[Change]) -> frozenset[str]:
    """The changes whose article was posted in the reader's own channel, where the thread tells it."""
    if reader.is_person:
        return frozenset()
    lines = evidence.evidence(
        session,
        team_id=reader.team_id,
        channel_id=reader.scope,
        tie_ids=[tie_id for change in found for tie_id in change.tie_ids],
    )
    article_of = {tie_id: line.article_id for tie_id, line in lines.items()}
    answered = alerts.answered_here(
        session,
        team_id=reader.team_id,
        channel_id=reader.reader_id,
        article_ids=frozenset(article_of.values()),
    )
    return frozenset(
        change.id for change in found if any(article_of.get(tie_id) in answered for tie_id in change.tie_ids)
    )


def _keep_told(
    session: Session, reader: WatchReader, claimed: Collection[str], digest: Digest, now: datetime
) -> None:
    """Count the lines for the day's cap, and keep the digest from telling them to the same reader again."""
    leads = {line.lead.id for line in digest.lines}
    _settle(session, reader, set(claimed) - digest.change_ids, AlertState.DROPPED, now)
    _settle(session, reader, digest.change_ids - leads, AlertState.BESIDE, now)
    _settle(session, reader, leads, AlertState.TOLD, now)
    digests.mark_told(
        session,
        team_id=reader.team_id,
        channel_id=reader.reader_id,
        change_ids=digest.change_ids,
        now=now,
    )
    forget_told(session, team_id=reader.team_id, channel_id=reader.reader_id, change_ids=digest.change_ids)


def _settle(
    session: Session, reader: WatchReader, change_ids: Collection[str], state: AlertState, now: datetime
) -> None:
    alerts.mark_alerts(session, **of_reader(reader), change_ids=change_ids, state=state, now=now)


def _day_of(session: Session, reader: WatchReader, now: datetime) -> _Day:
    settings = watches.get_reader(session, **of_reader(reader))
    zone = settings.timezone or zone_of_channel(session, reader)
    told = alerts.count_told(session, **of_reader(reader), since=day_began(now, zone))
    quiet = settings.quiet is not None and settings.quiet.holds(now, zone)
    return _Day(max(0, settings.cap - told), settings.cap, quiet)
