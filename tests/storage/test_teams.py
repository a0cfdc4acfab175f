from collections.abc import Callable

import pytest
from sqlalchemy import event, func, insert, select

from bot.digest.watching import Tier
from bot.errors import StorageError
from bot.relationships.corrections import Edit, Verdict
from bot.services import correcting
from bot.values import Audience, CompanyName
from storage import (
    alerts,
    articles,
    channels,
    digest_pauses,
    digests,
    events,
    feedback,
    file_posts,
    greetings,
    installs,
    people,
    postings,
    questions,
    record,
    teams,
    tellings,
    ties,
    watches,
)
from storage.engine import Engine, Session, transaction
from storage.people import Person
from storage.questions import Waiting
from storage.tables import METADATA
from storage.teams import Team
from storage.tellings import CorrectedCompany
from storage.watches import Named, ReaderSettings
from tests.factories import NOW, OTHER_TEAM, PUBLIC, SECRET, TEAM, Desk, make_page, make_tie

ONE, TWO = "https://news.example/1", "https://news.example/2"

QUESTION = Waiting(
    channel_id=PUBLIC, message_ts="1.0", thread_ts=None, user_id="U1", asks="hello", text="", with_links=False
)


def fill(desk: Desk) -> None:
    """Put a row in every table there is."""
    article_id = desk.share(make_tie("Alpha", "Gamma"), url=ONE, page=make_page("One."))
    desk.share(make_tie("Alpha Group", "Gamma"), url=TWO, page=make_page("Two."))
    desk.share(
        make_tie("Alpha", "Gamma"),
        url="https://news.example/3",
        channel_id=SECRET,
        companies=(CompanyName("Alpha", ("Alpha Group",)),),  # joins what is two companies in public
        page=make_page("Three."),
    )
    where = {"team_id": desk.team_id, "channel_id": PUBLIC}
    events.claim_event(desk.session, team_id=desk.team_id, event_id="E1", now=NOW)
    digests.claim_digest(desk.session, **where, period_key="2026-W10", now=NOW)
    digests.mark_told(desk.session, **where, change_ids=["change"], now=NOW)
    greetings.claim_greeting(desk.session, team_id=desk.team_id, place_id=PUBLIC, now=NOW)
    questions.add_question(desk.session, team_id=desk.team_id, question=QUESTION, now=NOW)
    people.remember_person(desk.session, team_id=desk.team_id, person=Person("U1", "es-ES", None, NOW))
    reader = {"team_id": desk.team_id, "reader_id": PUBLIC}
    alpha = [Named("Alpha", "alpha")]
    watches.follow(desk.session, **reader, named=alpha, tier=Tier.NOW, user_id=None, now=NOW)
    watches.set_reader(desk.session, **reader, settings=ReaderSettings())
    alerts.add_alerts(desk.session, **reader, change_ids=["change"], now=NOW)
    told = [change.id for change in record.changes(desk.session, team_id=desk.team_id, channel_id=PUBLIC)]
    digests.mark_told(desk.session, **where, change_ids=told, now=NOW)
    (tie_id,) = ties.ties_of(desk.session, team_id=desk.team_id, article_id=article_id)
    person = correcting.Corrector(**where, user_id="U1", at=NOW)
    correcting.correct_facts(desk.session, person, {tie_id: (Verdict.EDIT, Edit(date="2024", money=()))})
    correcting.correct_facts(desk.session, person, {tie_id: (Verdict.WRONG, Edit())})
    hidden = CorrectedCompany(batch_id="hide", undone=False, corrected_at=NOW, corrected_by="U1")
    tellings.note_company(desk.session, **where, corrected=hidden)
    people.remember_person(desk.session, team_id=desk.team_id, person=Person("U1", "es", "UTC", NOW))
    file_posts.claim_file(desk.session, team_id=desk.team_id, key="chart", now=NOW)
    digest_pauses.pause_digest(desk.session, **where, code="is_archived", now=NOW)
    installs.remember_install(desk.session, team_id=desk.team_id, now=NOW)
    for name in ("slack_bots", "slack_installations"):
        values = {"client_id": "1.2", "app_id": "A1", "team_id": desk.team_id, "is_enterprise_install": False}
        installer = {"user_id": "U1"} if name == "slack_installations" else {}
        desk.session.execute(insert(METADATA.tables[name]).values(values | installer))
    feedback.press(
        desk.session, **where, period_key="2026-W10", change_id="", user_id="U1", useful=True, now=NOW
    )


def rows(session: Session, team_id: str) -> dict[str, int]:
    return {
        name: session.scalar(select(func.count()).select_from(table).where(table.c.team_id == team_id)) or 0
        for name, table in METADATA.tables.items()
        if "team_id" in table.c
    }


def test_team_is_remembered_and_brought_up_to_date(desk: Desk) -> None:
    teams.remember_team(desk.session, team_id=TEAM, name="New name", url="https://t.slack.example/")
    assert teams.get_team(desk.session, team_id=TEAM) == Team(
        team_id=TEAM, name="New name", url="https://t.slack.example/", bot_user_id=None
    )


def test_team_never_heard_of_is_none(desk: Desk) -> None:
    assert teams.get_team(desk.session, team_id="T-gone") is None


def test_teams_are_listed_by_id(desk: Desk) -> None:
    teams.remember_team(desk.session, team_id="T0")
    assert [team.team_id for team in teams.list_teams(desk.session)] == ["T0", TEAM]


def test_purge_leaves_no_row_in_any_table_and_other_teams_alone(desk: Desk) -> None:
    other = Desk(desk.session, OTHER_TEAM).open()
    for each in (desk, other):
        fill(each)
    before = rows(desk.session, OTHER_TEAM)
    teams.purge_team(desk.session, team_id=TEAM)
    assert set(rows(desk.session, TEAM).values()) == {0}
    assert rows(desk.session, OTHER_TEAM) == before


def test_the_purge_test_has_rows_in_every_table(desk: Desk) -> None:
    fill(desk)
    assert [name for name, count in rows(desk.session, TEAM).items() if not count] == []


def test_purging_twice_or_a_stranger_is_nothing(desk: Desk) -> None:
    teams.purge_team(desk.session, team_id=TEAM)
    teams.purge_team(desk.session, team_id=TEAM)
    teams.purge_team(desk.session, team_id="T-gone")
    assert teams.list_teams(desk.session) == ()


def test_reinstalled_team_starts_clean(desk: Desk) -> None:
    fill(desk)
    teams.purge_team(desk.session, team_id=TEAM)
    desk.open()
    assert articles.article_ids(desk.session, team_id=TEAM) == ()
    assert desk.post(ONE).new_articles


@pytest.mark.parametrize("late", ["event", "links", "audience", "refresh"])
def test_nothing_is_stored_for_a_team_that_left(desk: Desk, late: str) -> None:
    gone = Desk(desk.session, "T-gone")
    writes: dict[str, Callable[[], object]] = {
        "event": lambda: events.claim_event(desk.session, team_id="T-gone", event_id="E1", now=NOW),
        "links": lambda: gone.post(ONE),
        "audience": lambda: channels.remember_audience(
            desk.session, team_id="T-gone", channel_id=PUBLIC, audience=Audience.PUBLIC
        ),
        "refresh": lambda: gone.refresh("article"),
    }
    with pytest.raises(StorageError) as refusal:
        writes[late]()
    assert refusal.value.code == "unknown_team"


def test_telling_and_marking_for_a_team_that_left_is_quiet(desk: Desk) -> None:
    postings.mark_told(desk.session, team_id="T-gone", posting_id="posting", reply_ts=None)
    assert postings.untold_postings(desk.session, team_id="T-gone", article_id="article") == ()


def test_a_record_goes_in_bites_and_that_of_others_stays(desk: Desk) -> None:
    fill(desk)
    other = Desk(desk.session, OTHER_TEAM).open()
    kept = other.share(make_tie(), url=ONE)
    bites = 0
    while teams.purge_some(desk.session, team_id=TEAM, most=1):
        bites += 1
    assert bites > 3
    assert articles.article_ids(desk.session, team_id=TEAM) == ()
    assert articles.article_ids(desk.session, team_id=OTHER_TEAM) == (kept,)
    teams.purge_team(desk.session, team_id=TEAM)
    assert teams.get_team(desk.session, team_id=TEAM) is None


def test_a_team_whose_event_was_taken_is_held_without_asking_for_it(engine: Engine) -> None:
    with transaction(engine) as session:
        teams.remember_team(session, team_id=TEAM)
    asked: list[str] = []
    with transaction(engine) as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *args: asked.append(args[2]))
        events.claim_event(session, team_id=TEAM, event_id="E1", now=NOW)
        teams.hold_team(session, team_id=TEAM)
    assert not any("FROM teams" in statement for statement in asked)
