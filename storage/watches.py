"""What each reader follows, when it wants quiet, and how much it wants to be told in a day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.digest.quiet import QuietHours
from bot.digest.watching import Tier
from storage.engine import Session
from storage.hashing import id_of
from storage.inserting import insert_new
from storage.teams import lock_team
from storage.ties import in_parts
from storage.watch_tables import WatchReaderRow, WatchRow

DEFAULT_CAP = 10


@dataclass(frozen=True, slots=True)
class Named:
    """A followed company: the name by which it was chosen, and the key under which it is looked up."""

    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a reader follows: one company, or what happens between two."""

    id: str
    reader_id: str
    named: tuple[Named, ...]
    tier: Tier
    made_by: str | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """When a reader wants quiet, and how many changes it wants to be told at once in a day.

    `timezone` None: nobody has said where the reader lives.
    """

    quiet: QuietHours | None = None
    timezone: str | None = None
    cap: int = DEFAULT_CAP


def follow(
    session: Session,
    *,
    team_id: str,
    reader_id: str,
    named: Sequence[Named],
    tier: Tier,
    user_id: str | None,
    now: datetime,
) -> Watch:
    """Have a reader follow one company or a pair, or change how; raises StorageError for an unknown team."""
    lock_team(session, team_id=team_id)
    ordered = sorted(named, key=lambda each: each.key)
    first, second = ordered[0], ordered[1] if len(ordered) > 1 else None
    watch_id = id_of("watch", *(each.key for each in ordered))
    insert_new(
        session,
        WatchRow,
        team_id=team_id,
        reader_id=reader_id,
        id=watch_id,
        name=first.name,
        key=first.key,
        other_name=second.name if second else None,
        other_key=second.key if second else None,
        tier=tier,
        made_by=user_id,
        made_at=now,
    )
    row = session.get_one(WatchRow, (team_id, reader_id, watch_id), populate_existing=True)
    row.tier = tier
    session.flush()
    return _watch(row)


def set_tier(session: Session, *, team_id: str, reader_id: str, watch_id: str, tier: Tier) -> Watch | None:
    """Change how soon a reader hears of what it follows; None when it is followed no more."""
    row = session.get(WatchRow, (team_id, reader_id, watch_id), populate_existing=True)
    if row is None:
        return None
    row.tier = tier
    session.flush()
    return _watch(row)


def unfollow(session: Session, *, team_id: str, reader_id: str, watch_id: str) -> Watch | None:
    """Stop following; gives what was followed, None when nothing was."""
    row = session.get(WatchRow, (team_id, reader_id, watch_id), populate_existing=True)
    if row is None:
        return None
    watch = _watch(row)
    session.delete(row)
    session.flush()
    return watch


def watches_of(session: Session, *, team_id: str, reader_id: str) -> tuple[Watch, ...]:
    """What a reader follows, by name."""
    chosen = select(WatchRow).where(WatchRow.team_id == team_id, WatchRow.reader_id == reader_id)
    return _in_order(session.scalars(chosen))


def all_watches(session: Session, *, team_id: str) -> tuple[Watch, ...]:
    """What all readers of a team follow, by reader and name."""
    found = _in_order(session.scalars(select(WatchRow).where(WatchRow.team_id == team_id)))
    return tuple(sorted(found, key=lambda watch: watch.reader_id))


def readers_of(session: Session, *, team_id: str, keys: Collection[str]) -> tuple[str, ...]:
    """The readers that follow anything under one of some name keys, by id."""
    found: set[str] = set()
    for some in in_parts(sorted(keys)):
        for key in (WatchRow.key, WatchRow.other_key):
            found.update(
                session.scalars(select(WatchRow.reader_id).where(WatchRow.team_id == team_id, key.in_(some)))
            )
    return tuple(sorted(found))


def get_reader(session: Session, *, team_id: str, reader_id: str) -> ReaderSettings:
    """The settings of a reader; the defaults when it chose nothing."""
    row = session.get(WatchReaderRow, (team_id, reader_id))
    if row is None:
        return ReaderSettings()
    quiet = None
    if row.quiet_start is not None and row.quiet_end is not None:
        quiet = QuietHours(row.quiet_start, row.quiet_end)
    return ReaderSettings(quiet, row.timezone, row.cap)


def set_reader(session: Session, *, team_id: str, reader_id: str, settings: ReaderSettings) -> None:
    """Keep the settings of a reader."""
    lock_team(session, team_id=team_id)
    values = {
        "quiet_start": settings.quiet.start if settings.quiet else None,
        "quiet_end": settings.quiet.end if settings.quiet else None,
        "timezone": settings.timezone,
        "cap": settings.cap,
    }
    if insert_new(session, WatchReaderRow, team_id=team_id, reader_id=reader_id, **values):
        return
    row = session.get_one(WatchReaderRow, (team_id, reader_id), populate_existing=True)
    for field, value in values.items():
        setattr(row, field, value)
    session.flush()


def _in_order(rows: Iterable[WatchRow]) -> tuple[Watch, ...]:
    return tuple(sorted(map(_watch, rows), key=lambda watch: [each.name.casefold() for each in watch.named]))


def _watch(row: WatchRow) -> Watch:
    named = [Named(row.name, row.key)]
    if row.other_name is not None and row.other_key is not None:
        named.append(Named(row.other_name, row.other_key))
    return Watch(
        id=row.id,
        reader_id=row.reader_id,
        named=tuple(named),
        tier=Tier(row.tier),
        made_by=row.made_by,
        made_at=row.made_at,
    )
