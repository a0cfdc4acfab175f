"""What must be true in the end, looked up in the database and in the stand-in workspace."""

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import select

from bot.console.values import Message
from bot.console.workspace import Workspace
from bot.jobs import Outbox
from bot.reading.links import canonical_url
from bot.services import record
from bot.services.set_aside import KILLED
from bot.values import ChangeType
from storage.alerts import AlertState
from storage.companies import find_companies
from storage.engine import Engine, Session, snapshot, transaction
from storage.record import changes
from storage.schema import ArticleRow, ArticleState, DigestRunRow, PostingRow, RunState, TellingState
from storage.tables import METADATA
from storage.ties import ties_of
from storage.watch_tables import AlertRow
from tests.chaos.life import FOLLOWED, Book, Life

_SETTLED = {RunState.POSTED, RunState.SKIPPED}


def innocent(engine: Engine, book: Book) -> frozenset[str]:
    """The articles that were set aside though nothing is wrong with them: their readers were killed."""
    poisonous = {canonical_url(url) for url in book.poisonous}
    with snapshot(engine) as session:
        aside = session.scalars(select(ArticleRow).where(ArticleRow.code == KILLED)).all()
    return frozenset(article.id for article in aside if article.url not in poisonous)


def faults(engine: Engine, life: Life, calls: Counter[str], retried: frozenset[str]) -> list[str]:
    """Everything that is not as it must be, in words.

    `calls` are the keys of all posts that Slack took; `retried` are articles that an operator had read again.
    """
    book, workspace = life.book, life.workspace
    found = [f"posted {number} times: {key}" for key, number in calls.items() if number > 1]
    if book.taken_without_database:
        found.append(f"acknowledged while there was no database: {book.taken_without_database}")
    with snapshot(engine) as session:
        found += _of_messages(session, book, workspace)
        found += _of_replies(session, workspace, retried)
        found += _of_alerts(session, life)
        found += _of_digests(session, life)
    return [*found, *_of_rebuild(engine, workspace.team_id)]


def still_open(engine: Engine) -> int:
    """How many jobs wait or run."""
    outbox = Outbox(engine)
    left = outbox.pending()
    outbox.close()
    return left


def key_of(message: Message) -> str:
    """The key that a post of Seams's carries, or ""."""
    payload = (message.metadata or {}).get("event_payload") or {}
    return str(payload.get("key", ""))


def _of_messages(session: Session, book: Book, workspace: Workspace) -> Iterator[str]:
    """Every acknowledged message has its postings, read or set aside, and nothing more."""
    rows = session.scalars(select(PostingRow)).all()
    articles = {row.id: row for row in session.scalars(select(ArticleRow))}
    there: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        there.setdefault((row.channel_id, row.message_ts), set()).add(str(articles[row.article_id].url))
    poisonous = {canonical_url(url) for url in book.poisonous}
    for posted in book.posted:
        if not posted.certain:
            continue
        wanted = {canonical_url(link) for link in posted.links}
        known = there.get((posted.channel, posted.ts), set())
        if known != wanted:
            yield f"{posted.channel} {posted.ts}: {len(wanted)} links, {len(known)} postings"
    for article in articles.values():
        state = ArticleState.FAILED if article.url in poisonous else ArticleState.READ
        if article.state != state:
            yield f"article {article.id} is {article.state} ({article.code}), not {state}"


def _of_replies(session: Session, workspace: Workspace, retried: frozenset[str]) -> Iterator[str]:
    """Every posting was told, with one reply where there is something to say; none stands alone.

    What was retried has two: that it could not be read, and what it says. Where a message went and its
    deletion was refused for good, Seams can't know, and Slack may have taken its reply or not.
    """
    rows = session.scalars(select(PostingRow)).all()
    for row in rows:
        place = f"{row.channel_id} {row.message_ts}"
        if row.telling != TellingState.TOLD:
            yield f"{place}: posting {row.id} is {row.telling}"
        replies = _thread(workspace, row.channel_id, row.message_ts)
        mine = [each for each in replies if key_of(each).split(":")[1:2] == [row.id]]
        if row.message_ts not in {each.ts for each in workspace.messages(row.channel_id)}:
            continue
        says = ties_of(session, team_id=row.team_id, article_id=row.article_id)
        if says and len(mine) != 1 + (row.article_id in retried):
            yield f"{place}: {len(mine)} replies to posting {row.id}"
    known = {(row.channel_id, row.message_ts) for row in rows}
    for channel in workspace.channels():
        for message in workspace.messages(channel.id):
            if message.is_reply and key_of(message) and (channel.id, message.thread_ts) not in known:
                yield f"{channel.id} {message.thread_ts}: a reply stands under a message that is gone"


def _thread(workspace: Workspace, channel: str, ts: str) -> tuple[Message, ...]:
    return tuple(each for each in workspace.messages(channel) if each.thread_ts == ts and each.ts != ts)


def _of_alerts(session: Session, life: Life) -> Iterator[str]:
    """Every change of a followed company was told once, or is told of no more."""
    rows = session.scalars(select(AlertRow)).all()
    team_id = life.workspace.team_id
    named = find_companies(session, team_id=team_id, channel_id=life.watchers[0], name=FOLLOWED)
    followed = [company.id for company in named]
    for row in rows:
        if row.state in (AlertState.WAITING, AlertState.TELLING):
            yield f"alert {row.change_id} to {row.reader_id} is {row.state}"
    for reader in life.watchers:
        keys = Counter(key_of(message) for message in life.workspace.messages(reader))
        told = {row.batch for row in rows if row.reader_id == reader and row.state == AlertState.TOLD}
        for batch in told:
            if keys[f"alert:{reader}:{batch}"] != 1:
                yield f"alert {batch} stands {keys[f'alert:{reader}:{batch}']} times in {reader}"
        known = {row.change_id for row in rows if row.reader_id == reader}
        for change in changes(session, team_id=team_id, channel_id=reader, company_ids=followed):
            if change.type is ChangeType.NEW_DEAL and change.id not in known:
                yield f"change {change.id} was not told to {reader}"


def _of_digests(session: Session, life: Life) -> Iterator[str]:
    """Every digest that was due was posted once."""
    runs = session.scalars(select(DigestRunRow)).all()
    for run in runs:
        if run.state not in _SETTLED:
            yield f"digest {run.channel_id} {run.period_key} is {run.state} ({run.code})"
        keys = [key_of(message) for message in life.workspace.messages(run.channel_id)]
        stands = keys.count(f"digest:{run.channel_id}:{run.period_key}")
        if stands != (run.state == RunState.POSTED):
            yield f"digest {run.channel_id} {run.period_key} stands {stands} times"
    for channel in life.digests:
        if channel not in {run.channel_id for run in runs}:
            yield f"no digest came to {channel}"


def _of_rebuild(engine: Engine, team_id: str) -> Iterator[str]:
    """What was derived step by step is what is derived at once."""
    with transaction(engine) as session:
        before = _derived(session)
        record.rebuild(session, team_id=team_id)
        after = _derived(session)
    for name, rows in before.items():
        if rows != after[name]:
            yield f"{name}: {len(rows)} rows, {len(after[name])} when rebuilt, or not the same"


def _derived(session: Session) -> Mapping[str, list[str]]:
    return {
        name: sorted(repr(tuple(row)) for row in session.execute(select(table)))
        for name, table in METADATA.tables.items()
        if "audience" in table.c and name != "channels"
    }
