"""Two teams with identical content: whatever is asked of one, nothing of the other's comes."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from bot.digest.quiet import QuietHours
from bot.digest.watching import Tier
from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.relationships.corrections import FactSaid, Verdict
from bot.services import record as refreshing
from bot.values import Audience, CompanyName
from storage import (
    alerts,
    articles,
    channels,
    claims,
    companies,
    corrections,
    derived_companies,
    derived_pairs,
    digest_pauses,
    digests,
    events,
    evidence,
    feedback,
    file_posts,
    greetings,
    installs,
    people,
    postings,
    questions,
    record,
    reports,
    teams,
    ties,
    watches,
)
from storage.alerts import AlertState
from storage.corrections import NewCorrection
from storage.people import Person
from storage.record import DealFilter
from storage.stated import Statements
from storage.watches import Named, ReaderSettings
from tests.factories import NOW, OTHER_TEAM, PUBLIC, SECRET, TEAM, Desk, make_page, make_tie, ts, usd

MODULES = (
    alerts,
    articles,
    channels,
    claims,
    companies,
    corrections,
    derived_companies,
    derived_pairs,
    digest_pauses,
    digests,
    events,
    feedback,
    file_posts,
    greetings,
    people,
    evidence,
    installs,
    postings,
    questions,
    record,
    reports,
    ties,
    watches,
)
# The clock's sweeps and the ledger's broom are the only functions that speak of all teams at once.
OF_ALL_TEAMS = {
    "digest_channels",
    "forget_events",
    "list_installs",
    "forget_alerts",
    "readers_waiting",
    "forget_files",
    "forget_texts",
}


@dataclass
class Twin:
    """One of two teams in which the very same happened."""

    desk: Desk
    article_id: str
    tie_ids: tuple[str, ...]
    company_ids: tuple[str, ...]


def fill(desk: Desk) -> Twin:
    article_id = desk.share(make_tie(money=usd(5)), url="https://news.example/1", page=make_page("One."))
    desk.share(
        make_tie("Microsoft", "Inflection"),
        url="https://news.example/2",
        channel_id=SECRET,
        companies=(CompanyName("Microsoft", ("Redmond",)), CompanyName("Inflection")),
        page=make_page("Two."),
    )
    where = {"team_id": desk.team_id, "channel_id": PUBLIC}
    digests.mark_told(desk.session, **where, change_ids=["change"], now=NOW)
    digests.claim_digest(desk.session, **where, period_key="2026-W10", now=NOW)
    reader = {"team_id": desk.team_id, "reader_id": PUBLIC}
    followed = [Named("Microsoft", "microsoft")]
    watches.follow(desk.session, **reader, named=followed, tier=Tier.NOW, user_id="U1", now=NOW)
    watches.set_reader(desk.session, **reader, settings=ReaderSettings(QuietHours(1320, 480), "UTC", 5))
    opinion = {"period_key": "2026-W10", "change_id": "", "user_id": "U1"}
    feedback.press(desk.session, **where, **opinion, useful=True, now=NOW)
    alerts.add_alerts(desk.session, **reader, change_ids=["c1", "c2"], now=NOW)
    alerts.mark_alerts(desk.session, **reader, change_ids=["c1"], state=AlertState.TOLD, now=NOW)
    ana = Person("U1", "es-ES", "Europe/Madrid", NOW)
    people.remember_person(desk.session, team_id=desk.team_id, person=ana)
    people.remember_conversation(desk.session, team_id=desk.team_id, user_id="U1", conversation_id="D1")
    digest_pauses.pause_digest(desk.session, **where, code="is_archived", now=NOW)
    installs.remember_install(desk.session, team_id=desk.team_id, now=NOW)
    tie_ids = tuple(ties.ties_of(desk.session, team_id=desk.team_id, article_id=article_id))
    ((tie_id, tie),) = ties.ties_of(desk.session, team_id=desk.team_id, article_id=article_id).items()
    said = [
        NewCorrection(said=FactSaid(Verdict.RIGHT, tie), scope=SECRET, article_id=article_id),
        NewCorrection(said=CompanySaid(CompanyVerdict.RENAME, ("microsoft",), "Microsoft"), scope=""),
    ]
    corrections.add_corrections(
        desk.session, team_id=desk.team_id, channel_id=SECRET, corrections=said, user_id="U1", now=NOW
    )
    desk.refresh(article_id)
    tie_ids = (tie_id,)
    company_ids = tuple(
        company.id
        for name in ("Microsoft", "OpenAI", "Inflection")
        for company in companies.find_companies(
            desk.session, team_id=desk.team_id, channel_id=SECRET, name=name
        )
    )
    return Twin(desk, article_id, tie_ids, company_ids)


@pytest.fixture
def twins(desk: Desk) -> tuple[Twin, Twin]:
    return fill(desk), fill(Desk(desk.session, OTHER_TEAM).open())


def reads(twin: Twin, team_id: str) -> dict[str, Callable[[], object]]:
    """Every reading function, asked for a team about the ids of a twin, as a member of the closed channel."""
    s = twin.desk.session
    a_id, b_id = sorted(twin.company_ids[:2])
    own: dict[str, Any] = {"team_id": team_id}
    here: dict[str, Any] = {"team_id": team_id, "channel_id": SECRET}
    public: dict[str, Any] = {"team_id": team_id, "audience": ""}
    keys = {"microsoft", "openai", "inflection"}
    one_article = {twin.article_id}
    return {
        "get_article": lambda: articles.get_article(s, **own, article_id=twin.article_id),
        "find_article": lambda: articles.find_article(s, **own, named="https://news.example/1"),
        "article_state": lambda: articles.article_state(s, **own, article_id=twin.article_id),
        "article_ids": lambda: articles.article_ids(s, **own),
        "iter_articles": lambda: tuple(articles.iter_articles(s, **own)),
        "search_articles": lambda: articles.search_articles(s, **here, words="", limit=9),
        "visible_postings": lambda: postings.visible_postings(s, **here, article_id=twin.article_id),
        "untold_postings": lambda: postings.untold_postings(s, **own, article_id=twin.article_id),
        "articles_of_channel": lambda: postings.articles_of_channel(s, **here),
        "ties_of": lambda: ties.ties_of(s, **own, article_id=twin.article_id),
        "evidence": lambda: evidence.evidence(s, **here, tie_ids=twin.tie_ids),
        "history": lambda: corrections.history(s, **here),
        "company_history": lambda: corrections.company_history(s, **here, keys=keys),
        "facts": lambda: corrections.facts(s, **here),
        "about_companies": lambda: corrections.about_companies(s, **here),
        "of_closed_channels": lambda: corrections.of_closed_channels(s, **own),
        "known_in": lambda: corrections.known_in(s, **here),
        "of_articles": lambda: corrections.of_articles(s, **own, article_ids=one_article),
        "find_companies": lambda: companies.find_companies(s, **here, name="Redmond"),
        "called_so": lambda: companies.called_so(s, **here, names=["Redmond", "Nobody"]),
        "suggest_companies": lambda: companies.suggest_companies(s, **here, name="Microsfot"),
        "get_companies": lambda: companies.get_companies(s, **here, ids=twin.company_ids),
        "deals": lambda: record.deals(s, **here, filter=DealFilter(), limit=9),
        "pair_record": lambda: record.pair_record(s, **here, a_id=a_id, b_id=b_id),
        "latest_pairs": lambda: record.latest_pairs(s, **here, company_id=twin.company_ids[0], most=1)[0],
        "pairs_of": lambda: record.pairs_of(s, **here, company_id=twin.company_ids[0]),
        "pairs_among": lambda: record.pairs_among(s, **here, company_ids=twin.company_ids),
        "changes": lambda: record.changes(s, **here),
        "told_changes": lambda: digests.told_changes(s, team_id=team_id, channel_id=PUBLIC),
        "get_digest": lambda: digests.get_digest(
            s, team_id=team_id, channel_id=PUBLIC, period_key="2026-W10"
        ),
        "get_person": lambda: people.get_person(s, **own, user_id="U1"),
        "conversation_of": lambda: people.conversation_of(s, **own, user_id="U1"),
        "digest_pause": lambda: digest_pauses.digest_pause(s, team_id=team_id, channel_id=PUBLIC),
        "paused_digests": lambda: digest_pauses.paused_digests(s, **own),
        "get_install": lambda: installs.get_install(s, **own),
        "claims_touching": lambda: claims.claims_touching(s, **here, keys=keys),
        "keys_of_articles": lambda: claims.keys_of_articles(s, **own, article_ids=one_article),
        "own_articles": lambda: claims.own_articles(
            s, **here, article_ids=set(articles.article_ids(s, **own))
        ),
        "public_articles": lambda: claims.public_articles(s, **own, article_ids=one_article),
        "closed_channels": lambda: claims.closed_channels(s, **own, article_ids=(), keys=keys),
        "supported_by": lambda: derived_companies.supported_by(s, **own, article_ids=one_article),
        "found_under": lambda: derived_companies.found_under(s, **public, keys=keys),
        "load_companies": lambda: derived_companies.load_companies(s, **public, company_ids=twin.company_ids),
        "stored_pairs": lambda: derived_pairs.stored_pairs(s, **public, within=twin.company_ids),
        "audiences_with_pairs": lambda: derived_pairs.audiences_with_pairs(
            s, **own, company_ids=twin.company_ids
        ),
        "key_pairs": lambda: reports.key_pairs(Statements(s, **here), keys=keys, article_ids=()),
        "resolve_keys": lambda: reports.resolve_keys(s, **here, keys=keys),
        "keys_of_companies": lambda: reports.keys_of_companies(s, **here, company_ids=twin.company_ids),
        "count_feedback": lambda: feedback.count_feedback(s, **own),
        "count_told": lambda: alerts.count_told(s, **own, reader_id=PUBLIC, since=NOW),
        "answered_here": lambda: alerts.answered_here(
            s, team_id=team_id, channel_id=PUBLIC, article_ids=one_article
        ),
        "watches_of": lambda: watches.watches_of(s, **own, reader_id=PUBLIC),
        "all_watches": lambda: watches.all_watches(s, **own),
        "get_reader": lambda: watches.get_reader(s, **own, reader_id=PUBLIC).quiet,
        "reports_between": lambda: tuple(
            reports.reports_between(
                s,
                Statements(s, **here),
                **here,
                company_of=dict(zip(sorted(keys), twin.company_ids, strict=True)),
            )
        ),
    }


def test_reads_find_what_is_the_teams_own(twins: tuple[Twin, Twin]) -> None:
    """Else the next test would prove nothing."""
    empty = [name for name, read in reads(twins[0], TEAM).items() if not read()]
    assert empty == []


def test_identical_teams_give_identical_answers(twins: tuple[Twin, Twin]) -> None:
    one, other = ({name: read() for name, read in reads(twin, twin.desk.team_id).items()} for twin in twins)
    of_a_team = {
        "get_article",
        "find_article",
        "iter_articles",
        "visible_postings",
        "untold_postings",
        "get_digest",
        "get_install",
    }
    assert {name for name in one if one[name] != other[name]} == of_a_team


def test_nothing_of_a_purged_twin_is_found_by_its_ids(twins: tuple[Twin, Twin]) -> None:
    """Ids are equal in both teams, so only the team keeps them apart."""
    teams.purge_team(twins[0].desk.session, team_id=OTHER_TEAM)
    found = {name: read() for name, read in reads(twins[0], OTHER_TEAM).items()}
    found["search_articles"] = found["search_articles"].articles  # type: ignore[attr-defined]
    found["deals"] = found["deals"].deals  # type: ignore[attr-defined]
    assert {name for name, value in found.items() if value} == set()
    assert [name for name, read in reads(twins[0], TEAM).items() if not read()] == []


def test_what_one_team_drops_stays_with_the_other(twins: tuple[Twin, Twin]) -> None:
    one, other = twins
    before = {name: read() for name, read in reads(other, OTHER_TEAM).items()}
    one.desk.delete(ts(1))
    one.desk.delete(ts(2), SECRET)
    channels.remember_audience(one.desk.session, team_id=TEAM, channel_id=PUBLIC, audience=Audience.PRIVATE)
    refreshing.rebuild(one.desk.session, team_id=TEAM)
    assert {name: read() for name, read in reads(other, OTHER_TEAM).items()} == before
    assert articles.article_ids(one.desk.session, team_id=TEAM) == ()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_function_on_the_database_is_asked_for_one_team(module: ModuleType) -> None:
    without = {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__ == module.__name__
        and "session" in (parameters := inspect.signature(function).parameters)
        and "team_id" not in parameters
    }
    assert without <= OF_ALL_TEAMS
