"""What a channel, or a person, follows: by name, so that it outlives a company's id.

A name that nobody posted about yet can be followed too: it is looked up anew whenever something is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers import AmbiguousName, UnknownName
from bot.digest.watching import Tier
from bot.errors import UserError
from bot.locale import _
from bot.names import name_key
from bot.queries import Command
from bot.query_names import Reading
from bot.query_watch import WatchAction, WatchQuery, write_watch
from bot.services import Services
from bot.services.digests import refuse_outsiders, require_member
from bot.services.followed import (
    WatchReader,
    digest_on,
    of_reader,
    resolved,
    watch_list,
    watched_of,
    zone_of_channel,
)
from bot.services.languages import time_zone_of
from bot.services.resolving import ID_MARK, Resolver, name_by_id, resolve_any
from bot.values import Company
from bot.watch_answers import Following, Unfollowed, UnknownToFollow, WatchAnswer
from storage import reports, watches
from storage.engine import Session, snapshot, transaction
from storage.ties import MAX_NAME
from storage.watches import Named, Watch


def watch(
    services: Services, reader: WatchReader, query: WatchQuery, *, user_id: str, page: int = 0
) -> WatchAnswer:
    """Do what a /watch command asks; raises UserError when that can't be."""
    if query.action is WatchAction.FOLLOW:
        return _follow(services, reader, query, user_id)
    if query.action is WatchAction.STOP:
        return _stop(services, reader, query)
    if query.action is WatchAction.QUIET and query.quiet is not None:
        _set_quiet(services, reader, query, user_id)
    if query.action is WatchAction.CAP and query.cap is not None:
        with transaction(services.engine) as session:
            before = watches.get_reader(session, **of_reader(reader))
            watches.set_reader(session, **of_reader(reader), settings=replace(before, cap=query.cap))
    with snapshot(services.engine) as session:
        return watch_list(session, reader, page=page)


def change_tier(services: Services, reader: WatchReader, watch_id: str, tier: Tier) -> None:
    """Have a reader hear sooner or later of what it follows; raises UserError when it can't be told."""
    if tier is Tier.NOW:
        _require_reach(services, reader)
    with transaction(services.engine) as session:
        watches.set_tier(session, **of_reader(reader), watch_id=watch_id, tier=tier)


def stop_watching(services: Services, reader: WatchReader, watch_id: str) -> None:
    """Follow something no more; what is followed no more already is fine."""
    with transaction(services.engine) as session:
        watches.unfollow(session, **of_reader(reader), watch_id=watch_id)


def _follow(services: Services, reader: WatchReader, query: WatchQuery, user_id: str) -> WatchAnswer:
    with snapshot(services.engine) as session:
        chosen = _choose(session, reader, query)
    if not isinstance(chosen, tuple):
        return chosen
    if not reader.is_person:
        refuse_outsiders(services, team_id=reader.team_id, channel_id=reader.reader_id)
    with transaction(services.engine) as session:
        before = _same(session, reader, chosen)
    tier = query.tier or (before.tier if before else Tier.NOW)
    if tier is Tier.NOW:
        _require_reach(services, reader)
    with transaction(services.engine) as session:
        kept = watches.follow(
            session,
            **of_reader(reader),
            named=before.named if before else chosen,
            tier=tier,
            user_id=user_id,
            now=services.now(),
        )
        [watched] = watched_of(session, reader, [kept])
        return Following(
            watched=watched,
            before=before.tier if before else None,
            person=reader.is_person,
            digest_on=digest_on(session, reader),
        )


def _choose(
    session: Session, reader: WatchReader, query: WatchQuery
) -> tuple[Named, ...] | UnknownToFollow | AmbiguousName:
    """What is to be followed, or what the person has to say first."""
    resolver = Resolver(session, reader.team_id, reader.scope)
    if query.as_typed:
        return _as_typed(session, resolver, query.readings[0])

    def written(named: Sequence[Company]) -> str:
        return write_watch(query, tuple(map(name_by_id, named)))

    found = resolve_any(resolver, query.readings, Command.WATCH, written)
    if isinstance(found, AmbiguousName):
        return found
    if isinstance(found, UnknownName):
        if len(query.readings) == 1 and not found.suggestions:
            return _as_typed(session, resolver, query.readings[0])
        return UnknownToFollow(found, tuple(_anyway(resolver, query)))
    return tuple(_named(session, resolver, company) for company in found)


def _anyway(resolver: Resolver, query: WatchQuery) -> Iterable[tuple[str, str]]:
    """What may be followed although it is not known: the whole name, and pairs with a known half."""
    typed = replace(query, as_typed=True)
    for reading in query.readings:
        if len(reading) == 1 or len(query.readings) == 1 or any(map(resolver.find, reading)):
            yield " – ".join(reading), write_watch(typed, reading)


def _as_typed(session: Session, resolver: Resolver, reading: Reading) -> tuple[Named, ...]:
    found = []
    for name in reading:
        known = resolver.find(name)
        if len(known) == 1:
            found.append(_named(session, resolver, known[0]))
        elif name.startswith(ID_MARK):
            raise UserError(_("That company is not known here any more."), code="company_gone")
        elif name_key(name) and len(name) <= MAX_NAME:
            found.append(Named(name, name_key(name)))
        else:
            raise UserError(_("That is no company's name."), code="no_name")
    return tuple({named.key: named for named in found}.values())


def _named(session: Session, resolver: Resolver, company: Company) -> Named:
    """A company by the key of its name, or the smallest one when its name is no key of its own."""
    keys = reports.keys_of_companies(
        session, team_id=resolver.team_id, channel_id=resolver.channel_id, company_ids=[company.id]
    )
    key = name_key(company.name)
    return Named(company.name, key if key in keys or not keys else min(keys))


def _same(session: Session, reader: WatchReader, named: Sequence[Named]) -> Watch | None:
    """The watch that follows just this already, be it under another name."""
    found = watches.watches_of(session, **of_reader(reader))
    keys = {each.key for each in named}
    company_of = dict(resolved(session, reader.team_id, reader.scope, found))
    company_of |= reports.resolve_keys(session, team_id=reader.team_id, channel_id=reader.scope, keys=keys)

    def meaning(parts: Iterable[Named]) -> frozenset[str]:
        return frozenset(company_of.get(part.key, f"?{part.key}") for part in parts)

    return next((each for each in found if meaning(each.named) == meaning(named)), None)


def _stop(services: Services, reader: WatchReader, query: WatchQuery) -> Unfollowed:
    with transaction(services.engine) as session:
        resolver = Resolver(session, reader.team_id, reader.scope)
        for reading in query.readings:
            for named in _meanings(session, resolver, reading):
                same = _same(session, reader, named)
                if same is not None:
                    [watched] = watched_of(session, reader, [same])
                    watches.unfollow(session, **of_reader(reader), watch_id=same.id)
                    return Unfollowed(watched.names, reader.is_person)
    name = " – ".join(query.readings[0])
    said = _("{name} is not followed here. /watch lists what is.").format(name=name)
    raise UserError(said, code="not_followed")


def _meanings(session: Session, resolver: Resolver, reading: Reading) -> Iterable[tuple[Named, ...]]:
    """What a person may mean to stop: the name as it was typed then, or the company that it is today."""
    if all(map(name_key, reading)):
        yield tuple(Named(name, name_key(name)) for name in reading)
    known = [resolver.find(name) for name in reading]
    if all(len(found) == 1 for found in known):
        yield tuple(_named(session, resolver, found[0]) for found in known)


def _set_quiet(services: Services, reader: WatchReader, query: WatchQuery, user_id: str) -> None:
    wish = query.quiet
    if wish is None:
        return
    with snapshot(services.engine) as session:
        before = watches.get_reader(session, **of_reader(reader))
        zone = wish.timezone or before.timezone or zone_of_channel(session, reader, default="")
    zone = zone or time_zone_of(services, team_id=reader.team_id, user_id=user_id) or "UTC"
    with transaction(services.engine) as session:
        after = replace(before, quiet=wish.hours, timezone=zone)
        watches.set_reader(session, **of_reader(reader), settings=after)


def _require_reach(services: Services, reader: WatchReader) -> None:
    if not reader.is_person:
        require_member(services, reader.team_id, reader.reader_id, Command.WATCH)
