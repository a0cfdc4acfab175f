"""What each reader follows, as its names mean today, and who follows a company. All of it only reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.digest.watching import Follows, Tier, louder
from bot.values import Audience
from bot.watch_answers import WATCHES_A_PAGE, Watched, WatchList
from storage import channels, companies, reports, watches
from storage.engine import Session
from storage.watches import Named, Watch

_DIRECT = "D"  # what the ids of direct conversations begin with
_PEOPLE = ("U", "W")


@dataclass(frozen=True, slots=True)
class WatchReader:
    """For whom something is followed: a channel, or a person, by id."""

    team_id: str
    reader_id: str

    @property
    def is_person(self) -> bool:
        """Whether it is a person, who reads in a direct conversation."""
        return self.reader_id.startswith(_PEOPLE)

    @property
    def scope(self) -> str:
        """The channel whose knowledge the reader may have: a person is told what everybody may know."""
        return "" if self.is_person else self.reader_id


@dataclass(frozen=True, slots=True)
class Follower:
    """A reader that follows a company; `with_name` where only what it has to do with another one."""

    reader_id: str
    tier: Tier
    with_name: str | None = None


def reader_at(team_id: str, channel_id: str, user_id: str) -> WatchReader:
    """For whom somebody follows: the channel they are in; themselves in a direct conversation or on Home."""
    person = not channel_id or channel_id.startswith(_DIRECT)
    return WatchReader(team_id, user_id if person else channel_id)


def watch_list(session: Session, reader: WatchReader, *, page: int = 0) -> WatchList:
    """A page of what a reader follows, and how it wants to be told."""
    found = watches.watches_of(session, **of_reader(reader))
    settings = watches.get_reader(session, **of_reader(reader))
    pages = max(1, -(-len(found) // WATCHES_A_PAGE))
    page = min(page, pages - 1)
    shown = found[page * WATCHES_A_PAGE : (page + 1) * WATCHES_A_PAGE]
    return WatchList(
        watched=watched_of(session, reader, shown),
        total=len(found),
        page=page,
        pages=pages,
        person=reader.is_person,
        quiet=settings.quiet,
        timezone=settings.timezone or zone_of_channel(session, reader),
        cap=settings.cap,
        digest_on=digest_on(session, reader),
    )


def follows_of(session: Session, reader: WatchReader) -> Follows:
    """What a reader follows, by the ids that the names mean today where the reader reads."""
    found = watches.watches_of(session, **of_reader(reader))
    company_of = resolved(session, reader.team_id, reader.scope, found)
    singles: dict[str, Tier] = {}
    pairs: dict[frozenset[str], Tier] = {}
    for each in found:
        ids = frozenset(company_of[named.key] for named in each.named if named.key in company_of)
        if len(each.named) == 1 and ids:
            [company_id] = ids
            singles[company_id] = louder(singles.get(company_id), each.tier)
        elif len(ids) == 2:
            pairs[ids] = louder(pairs.get(ids), each.tier)
    return Follows(singles, pairs)


def who_follows(
    session: Session, *, team_id: str, channel_id: str, company_id: str, user_id: str | None = None
) -> tuple[Follower, ...]:
    """Who follows a company, as far as somebody asking in a channel may know it.

    That is public channels, the channel itself and, when `user_id` is given, that person: give it only where
    nobody else reads the answer.
    """
    found = watches.all_watches(session, team_id=team_id)
    company_of = resolved(session, team_id, channel_id, found)
    followers = []
    for each in found:
        ids = [company_of.get(named.key) for named in each.named]
        if company_id not in ids or not _may_be_named(session, team_id, each.reader_id, channel_id, user_id):
            continue
        others = [n.name for n, other in zip(each.named, ids, strict=True) if other != company_id]
        followers.append(Follower(each.reader_id, each.tier, others[0] if others else None))
    return tuple(followers)


def _may_be_named(
    session: Session, team_id: str, reader_id: str, channel_id: str, user_id: str | None
) -> bool:
    if reader_id in (channel_id, user_id):
        return True
    known = channels.get_channel(session, team_id=team_id, channel_id=reader_id)
    return known.audience is Audience.PUBLIC


def zone_of_channel(session: Session, reader: WatchReader, *, default: str = "UTC") -> str:
    """The time zone of the channel's digest; the default where no digest was ever wanted."""
    channel = channels.get_channel(session, team_id=reader.team_id, channel_id=reader.reader_id)
    return channel.schedule.timezone if channel.digest_since else default


def digest_on(session: Session, reader: WatchReader) -> bool:
    """Whether a reader gets a digest."""
    if reader.is_person:
        return channels.has_own_digest(session, team_id=reader.team_id, user_id=reader.reader_id)
    return channels.get_channel(session, team_id=reader.team_id, channel_id=reader.reader_id).digest_on


def watched_of(session: Session, reader: WatchReader, found: Sequence[Watch]) -> tuple[Watched, ...]:
    """What is followed, by its present names."""
    company_of = resolved(session, reader.team_id, reader.scope, found)
    known = companies.get_companies(
        session, team_id=reader.team_id, channel_id=reader.scope, ids=company_of.values()
    )

    def called(named: Named) -> str:
        company = known.get(company_of.get(named.key, ""))
        return company.name if company else named.name

    return tuple(
        Watched(
            each.id,
            tuple(map(called, each.named)),
            each.tier,
            known=all(company_of.get(named.key, "") in known for named in each.named),
        )
        for each in found
    )


def resolved(session: Session, team_id: str, scope: str, found: Iterable[Watch]) -> Mapping[str, str]:
    """The company of each key that is followed, as somebody who reads in `scope` knows it."""
    keys = {named.key for each in found for named in each.named}
    return reports.resolve_keys(session, team_id=team_id, channel_id=scope, keys=keys)


def of_reader(reader: WatchReader) -> dict[str, str]:
    """The reader as the storage's functions take it."""
    return {"team_id": reader.team_id, "reader_id": reader.reader_id}
