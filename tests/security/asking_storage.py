"""Every function of the storage that works on a session, with arguments for it, found by looking."""

import importlib
import inspect
import pkgutil
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

import storage
from bot.digest.schedule import DEFAULT_SCHEDULE
from bot.digest.watching import Tier
from bot.relationships.corrections import FactSaid, Verdict
from bot.values import Audience
from storage import companies, corrections, derived_companies, postings, record, ties, watches
from storage.alerts import AlertState
from storage.corrections import NewCorrection
from storage.engine import Session
from storage.file_posts import FileState
from storage.people import Person
from storage.record import DealFilter
from storage.schema import RunState, TeamRow
from storage.stated import Statements
from storage.tables import METADATA
from storage.tellings import CorrectedCompany, CorrectedTelling
from storage.watches import Named, ReaderSettings
from tests.factories import NOW, PUBLIC, SECRET, Desk, make_extraction, make_page, make_tie, ts
from tests.storage.test_teams import ONE, QUESTION

Function = Callable[..., Any]
TEXT = "Alpha"
_PLACE = re.compile(r" at 0x[0-9a-f]+")  # where in memory something lies


def functions() -> dict[str, Function]:
    """Every public function that works on a session, as "module.name"."""
    modules = [
        importlib.import_module(f"storage.{found.name}")
        for found in pkgutil.iter_modules(storage.__path__)
        if not found.ispkg
    ]
    return {
        f"{module.__name__.removeprefix('storage.')}.{name}": function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "session" in inspect.signature(function).parameters
    }


def arguments_of(desk: Desk) -> Mapping[str, Any]:
    """By the names of parameters: what is there in a team that `fill` filled."""
    session = desk.session
    own: dict[str, Any] = {"team_id": desk.team_id}
    article_id = next(iter(postings.articles_of_channel(session, **own, channel_id=PUBLIC)))
    tie_ids = tuple(ties.ties_of(session, **own, article_id=article_id))
    known = companies.find_companies(session, **own, channel_id=SECRET, name="Alpha")
    gamma = companies.find_companies(session, **own, channel_id=SECRET, name="Gamma")
    a_id, b_id = sorted((known[0].id, gamma[0].id))
    [pair] = list(record.iter_pairs(session, **own, channel_id=PUBLIC))[:1]
    change = record.changes(session, **own, channel_id=PUBLIC)[0]
    ours = derived_companies.load_companies(
        session, **own, audience="", company_ids=derived_companies.ids_of(session, **own, audience="")
    )
    batch = corrections.history(session, **own, channel_id=PUBLIC)[0]
    [posting] = postings.visible_postings(session, **own, channel_id=PUBLIC, article_id=article_id)[:1]
    [watched] = watches.watches_of(session, **own, reader_id=PUBLIC)
    tie = make_tie("Alpha", "Gamma")
    return {
        **_values(),
        "article_id": article_id,
        "article_ids": [article_id],
        "tie_ids": tie_ids,
        "company_id": known[0].id,
        "company_ids": [a_id, b_id],
        "ids": [a_id, b_id],
        "a_id": a_id,
        "b_id": b_id,
        "pair": (pair.a_id, pair.b_id),
        "record": pair,
        "before": ours,
        "after": {},
        "company_of": dict(zip(("alpha", "gamma"), (a_id, b_id), strict=True)),
        "deal_id": record.deals(session, **own, channel_id=PUBLIC, filter=DealFilter(), limit=1).deals[0].id,
        "change_id": change.id,
        "change_ids": [change.id],
        "corrected": CorrectedCompany(batch_id="batch", undone=False, corrected_at=NOW, corrected_by="U1"),
        "telling": CorrectedTelling(
            told=change,
            now=None,
            origins=frozenset(tie_ids),
            batch_id=batch.batch_id,
            corrected_at=NOW,
            corrected_by="U1",
        ),
        "batch_id": batch.batch_id,
        "posting_id": posting.id,
        "watch_id": watched.id,
        "corrections": [NewCorrection(said=FactSaid(Verdict.RIGHT, tie), scope="", article_id=article_id)],
        "extraction": make_extraction(tie),
    }


def _values() -> Mapping[str, Any]:
    return {
        "user_id": "U1",
        "reader_id": PUBLIC,
        "place_id": PUBLIC,
        "conversation_id": "D1",
        "audience": "",
        "message_ts": ts(1),
        "edited_ts": ts(9),
        "thread_ts": None,
        "by_link": True,
        "url": ONE,
        "urls": [ONE],
        "named": [Named("Alpha", "alpha")],
        "name": TEXT,
        "names": [TEXT],
        "keys": {"alpha", "gamma"},
        "forms": {(TEXT, TEXT)},
        "apart_from": [],
        "words": "",
        "title": "Another title",
        "text": "Another text.",
        "page": make_page("One more text."),
        "now": NOW,
        "since": NOW,
        "limit": 9,
        "at_once": 9,
        "filter": DealFilter(),
        "code": "robots",
        "key": "chart",
        "batch": "b1",
        "period_key": "2026-W10",
        "event_id": "E1",
        "request_id": "R1",
        "on": True,
        "useful": True,
        "dead": True,
        "language": "es",
        "schedule": DEFAULT_SCHEDULE,
        "settings": ReaderSettings(),
        "tier": Tier.DIGEST,
        "question": QUESTION,
        "row": TeamRow,
        "person": Person("U1", "fr", "UTC", NOW, full_member=True),
        "enterprise_id": "E0ORG",
    }


# Where a name means something else.
_OTHERWISE: Mapping[str, Mapping[str, Any]] = {
    "alerts.mark_alerts": {"state": AlertState.TOLD},
    "articles.find_article": {"named": ONE},
    "channels.remember_audience": {"audience": Audience.PRIVATE},
    "digests.mark_digest": {"state": RunState.POSTED},
    "file_posts.mark_file": {"state": FileState.POSTED},
    "postings.mark_told": {"reply_ts": ts(9)},
}


@dataclass(frozen=True)
class Outcome:
    """What came of a call, and how the rows of all other teams were then."""

    found: str
    others: str | None  # None after an error, and where nobody looked


def call(
    function: Function,
    session: Session,
    arguments: Mapping[str, Any],
    *,
    team_id: str,
    channel_id: str,
    look: bool = False,
) -> Outcome:
    """Call a function for a team and a channel; nothing of it stays. An error is an outcome too.

    The rows of the others are only looked at where that is wanted: it takes longer than the call.
    """
    name = f"{function.__module__.removeprefix('storage.')}.{function.__name__}"
    given: dict[str, Any] = {**arguments, **_OTHERWISE.get(name, {}), "session": session}
    given |= {"team_id": team_id, "channel_id": channel_id}
    parameters = inspect.signature(function).parameters.values()
    if any(parameter.name == "statements" for parameter in parameters):
        given["statements"] = Statements(session, team_id=team_id, channel_id=channel_id)
    needed = [
        each.name
        for each in parameters
        if each.default is inspect.Parameter.empty and each.kind is not each.VAR_KEYWORD
    ]
    given |= {each.name: 9 for each in parameters if each.annotation is int and each.name not in given}
    # Of something known it takes several.
    given |= {each: [given[each[:-1]]] for each in needed if each not in given and each[:-1] in given}
    unknown = [each for each in needed if each not in given]
    assert not unknown, f"tests/security/asking_storage.py has no value for {unknown} of storage.{name}"
    positional = [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    named = {each: given[each] for each in needed if each not in positional}
    savepoint, others = session.begin_nested(), None
    try:
        found = function(*(given[each] for each in positional), **named)
        outcome = _PLACE.sub("", repr(tuple(found) if isinstance(found, Iterator) else found))
        session.flush()
    except Exception as error:  # noqa: BLE001 - told as it is
        outcome = f"{type(error).__name__} {getattr(error, 'code', '')}"
    else:
        others = dump(session, except_of=team_id) if look else None
    savepoint.rollback()
    session.expire_all()
    return Outcome(outcome, others)


def dump(session: Session, *, except_of: str) -> str:
    """All rows of all other teams, as the driver gives them: it is asked hundreds of times."""
    driver: sqlite3.Connection = session.connection().connection.driver_connection  # type: ignore[assignment]
    return repr([sorted(map(repr, driver.execute(query, {"team": except_of}))) for query in _queries()])


@cache
def _queries() -> Sequence[str]:
    """What finds the rows of all teams but one in each table."""
    tables = [table for table in METADATA.sorted_tables if "team_id" in table.c]
    return [str(select(table).where(table.c.team_id != bindparam("team"))) for table in tables]
