"""Where articles were shared, and whether those who see it there were told.

Who posts an article while it is pending is told by its reader at the end, who posts it after it was read is
in `Captured.known`: its row is locked from being looked at until the posting is there. So what is captured
waits neither for other messages nor for what the team's lock is held for, which may take a while.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select, update

from bot.values import Posting
from storage.addresses import open_url
from storage.engine import Session
from storage.hashing import id_of
from storage.inserting import insert_new
from storage.messages import Version, accept_version, remember_deletion
from storage.schema import ArticleState, PostingRow, TellingState
from storage.teams import hold_team
from storage.visibility import posting_is_visible


@dataclass(frozen=True, slots=True)
class Captured:
    """What a message brought, or took along when it went.

    `new_articles` are to be read. `known` are postings of articles that have been read, not told yet.
    `changed` are articles, read already or no longer posted here, whose audience may be another now.
    `replies` are the stamps of our replies to what is shared here no more; to the postings `unnoted` a
    reply may stand that nobody has noted yet.
    """

    new_articles: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    unnoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """A posting to be told; `again` when an earlier try may have told it before it broke off."""

    channel_id: str
    message_ts: str
    again: bool


def record_links(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    message_ts: str,
    edited_ts: str | None,
    thread_ts: str | None,
    user_id: str | None,
    urls: Sequence[str],
    now: datetime,
) -> Captured:
    """Keep what the given version of a message links to, and drop what it no longer does.

    `urls` are canonical. The same version again changes nothing; an older one, or one of a deleted
    message, is ignored. Raises StorageError for a team that is not installed.
    """
    hold_team(session, team_id=team_id)
    key = {"team_id": team_id, "channel_id": channel_id, "message_ts": message_ts}
    version = accept_version(session, **key, edited_ts=edited_ts)
    if version is Version.STALE:
        return Captured()
    is_first = version is Version.FIRST
    there = {} if is_first else {row.article_id: row for row in _of_message(session, **key, lock=True)}
    new: list[str] = []
    known: list[str] = []
    changed: list[str] = []
    wanted: set[str] = set()
    # Whoever locks several articles does so in the same order.
    opened = {url: open_url(session, team_id=team_id, url=url, now=now) for url in sorted(set(urls))}
    for article_id, article in map(opened.__getitem__, dict.fromkeys(urls)):
        if article_id in wanted:
            continue
        wanted.add(article_id)
        posting = there.get(article_id)
        if posting is None:
            posting_id = add_posting(
                session,
                **key,
                article_id=article_id,
                thread_ts=thread_ts,
                user_id=user_id,
                by_link=True,
                now=now,
            )
            untold = True
            if article is None:
                new.append(article_id)
            elif article.state == ArticleState.FAILED:
                article.state, article.code = ArticleState.PENDING, None
                new.append(article_id)
            elif article.state == ArticleState.READ:
                changed.append(article_id)
        else:
            posting_id, untold = posting.id, posting.telling == TellingState.UNTOLD
        if article is not None and article.state == ArticleState.READ and untold:
            known.append(posting_id)
    gone = _drop(session, [row for row in there.values() if row.by_link and row.article_id not in wanted])
    return replace(gone, new_articles=tuple(new), known=tuple(known), changed=(*changed, *gone.changed))


def add_posting(
    session: Session,
    *,
    team_id: str,
    article_id: str,
    channel_id: str,
    message_ts: str,
    thread_ts: str | None,
    user_id: str | None,
    by_link: bool,
    now: datetime,
) -> str:
    """Keep that a message shares an article, once; gives the posting's id.

    `by_link` postings go when an edit removes the link.
    """
    key = {"channel_id": channel_id, "message_ts": message_ts, "article_id": article_id}
    posting_id = id_of("posting", *key.values())
    is_new = insert_new(
        session,
        PostingRow,
        team_id=team_id,
        id=posting_id,
        **key,
        thread_ts=thread_ts,
        user_id=user_id,
        posted_at=_time_of(message_ts) or now,
        by_link=by_link,
        telling=TellingState.UNTOLD,
    )
    if is_new:
        return posting_id
    row = session.scalars(select(PostingRow).filter_by(team_id=team_id, **key)).one()
    if not by_link:
        # A text given to be read beside its own link is to be told, also when the link could not be read.
        row.telling = TellingState.UNTOLD
        session.flush()
    return row.id


def delete_message(session: Session, *, team_id: str, channel_id: str, message_ts: str) -> Captured:
    """Drop all that a message shared, for good."""
    hold_team(session, team_id=team_id)
    key = {"team_id": team_id, "channel_id": channel_id, "message_ts": message_ts}
    remember_deletion(session, **key)
    return _drop(session, _of_message(session, **key, lock=True))


def _drop(session: Session, rows: Sequence[PostingRow]) -> Captured:
    rows = sorted(rows, key=lambda row: row.article_id)
    for row in rows:
        session.delete(row)
    session.flush()
    return Captured(
        changed=tuple(row.article_id for row in rows),
        replies=tuple(row.reply_ts for row in rows if row.reply_ts),
        unnoted=tuple(row.id for row in rows if row.telling == TellingState.TELLING),
    )


def get_posting(session: Session, *, team_id: str, posting_id: str) -> Posting | None:
    """A posting, whoever may see it; None when it was withdrawn."""
    row = session.get(PostingRow, (team_id, posting_id))
    return None if row is None else _posting(row)


def visible_postings(
    session: Session, *, team_id: str, channel_id: str, article_id: str
) -> tuple[Posting, ...]:
    """Where a reader in the channel sees that an article was shared, earliest first."""
    chosen = select(PostingRow).where(
        PostingRow.article_id == article_id, posting_is_visible(team_id, channel_id)
    )
    found = map(_posting, session.scalars(chosen))
    return tuple(sorted(found, key=lambda posting: (posting.posted_at, posting.id)))


def articles_of_channel(session: Session, *, team_id: str, channel_id: str) -> tuple[str, ...]:
    """The articles shared in a channel, by id: what to refresh when its audience changes."""
    chosen = select(PostingRow.article_id).where(
        PostingRow.team_id == team_id, PostingRow.channel_id == channel_id
    )
    return tuple(sorted(session.scalars(chosen.distinct())))


def untold_postings(session: Session, *, team_id: str, article_id: str) -> tuple[Posting, ...]:
    """The postings of an article that were not told yet, or only perhaps, earliest first."""
    chosen = select(PostingRow).where(
        PostingRow.team_id == team_id,
        PostingRow.article_id == article_id,
        PostingRow.telling != TellingState.TOLD,
    )
    found = map(_posting, session.scalars(chosen))
    return tuple(sorted(found, key=lambda posting: (posting.posted_at, posting.id)))


def mark_telling(session: Session, *, team_id: str, posting_id: str) -> Telling | None:
    """Begin to tell a posting; None when it was told, or is no longer there."""
    hold_team(session, team_id=team_id)
    row = session.get(PostingRow, (team_id, posting_id), with_for_update=True)
    if row is None or row.telling == TellingState.TOLD:
        return None
    again = row.telling == TellingState.TELLING
    row.telling = TellingState.TELLING
    session.flush()
    return Telling(channel_id=row.channel_id, message_ts=row.message_ts, again=again)


def mark_told(session: Session, *, team_id: str, posting_id: str, reply_ts: str | None) -> bool:
    """Keep that a posting was told, and the reply if there was something to say; False when it is gone."""
    row = session.get(PostingRow, (team_id, posting_id), with_for_update=True)
    if row is None:
        return False
    row.telling, row.reply_ts = TellingState.TOLD, reply_ts or row.reply_ts
    session.flush()
    return True


def forget_told(session: Session, *, team_id: str, article_id: str, channel_id: str, message_ts: str) -> None:
    """Have a posting told once more."""
    for row in _of_message(session, team_id, channel_id, message_ts, lock=True):
        if row.article_id == article_id:
            row.telling = TellingState.UNTOLD
    session.flush()


def forget_all_told(session: Session, *, team_id: str, article_id: str) -> None:
    """Have all postings of an article told once more."""
    session.execute(
        update(PostingRow)
        .where(PostingRow.team_id == team_id, PostingRow.article_id == article_id)
        .values(telling=TellingState.UNTOLD)
    )


def postings_of_message(
    session: Session, *, team_id: str, channel_id: str, message_ts: str
) -> tuple[Posting, ...]:
    """What a message shares, by id."""
    rows = _of_message(session, team_id, channel_id, message_ts)
    return tuple(sorted(map(_posting, rows), key=lambda posting: posting.id))


def _of_message(
    session: Session, team_id: str, channel_id: str, message_ts: str, *, lock: bool = False
) -> Sequence[PostingRow]:
    chosen = select(PostingRow).where(
        PostingRow.team_id == team_id,
        PostingRow.channel_id == channel_id,
        PostingRow.message_ts == message_ts,
    )
    if lock:
        chosen = chosen.order_by(PostingRow.id).with_for_update()
    return session.scalars(chosen.execution_options(populate_existing=True)).all()


def _time_of(message_ts: str) -> datetime | None:
    """When Slack says a message was posted: its ts is the seconds since 1970."""
    try:
        return datetime.fromtimestamp(float(message_ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _posting(row: PostingRow) -> Posting:
    return Posting(
        id=row.id,
        team_id=row.team_id,
        article_id=row.article_id,
        channel_id=row.channel_id,
        message_ts=row.message_ts,
        thread_ts=row.thread_ts,
        user_id=row.user_id,
        posted_at=row.posted_at,
    )
