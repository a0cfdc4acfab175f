"""A person can be forgotten: nothing anywhere holds their id, and nobody else loses anything."""

import pytest
from sqlalchemy import String, cast, func, select

from bot.digest.schedule import DEFAULT_SCHEDULE
from bot.digest.watching import Tier
from bot.home import Held
from storage import (
    channels,
    digest_pauses,
    feedback,
    greetings,
    installs,
    people,
    privacy,
    questions,
    watches,
)
from storage.correction_tables import CorrectedCompanyRow, CorrectedTellingRow, CorrectionRow
from storage.people import Person
from storage.questions import Waiting
from storage.schema import ToldChangeRow
from storage.tables import METADATA
from storage.watches import Named, ReaderSettings
from tests.factories import NOW, OTHER_TEAM, PUBLIC, SECRET, TEAM, Desk, make_tie

ANA, TOM = "U1", "U2"
# Slack's library keeps who installed the app beside the token that it got for it.
OURS = [
    table
    for table in METADATA.tables.values()
    if "team_id" in table.c and not table.name.startswith("slack_")
]


def live(desk: Desk, user_id: str) -> None:
    """Everything that a person can leave behind."""
    team_id, session = desk.team_id, desk.session
    desk.post(f"https://news.example/{user_id}", user_id=user_id)
    desk.post(f"https://news.example/{user_id}", user_id=user_id, channel_id=SECRET)
    for reader_id in (user_id, f"C{user_id}"):
        watches.follow(
            session,
            team_id=team_id,
            reader_id=reader_id,
            named=[Named("Alpha", "alpha")],
            tier=Tier.NOW,
            user_id=user_id,
            now=NOW,
        )
    watches.set_reader(session, team_id=team_id, reader_id=user_id, settings=ReaderSettings())
    people.remember_person(session, team_id=team_id, person=Person(user_id, "es", None, NOW))
    greetings.claim_greeting(session, team_id=team_id, place_id=user_id, now=NOW)
    asked = Waiting(
        channel_id=PUBLIC, message_ts=f"1.{user_id[1]}", thread_ts=None, user_id=user_id,
        asks="/deals", text="alpha", with_links=False,
    )  # fmt: skip
    channels.set_digest(
        session,
        team_id=team_id,
        channel_id=f"C{user_id}",
        on=True,
        schedule=DEFAULT_SCHEDULE,
        now=NOW,
        user_id=user_id,
    )
    feedback.press(
        session,
        team_id=team_id,
        channel_id=PUBLIC,
        period_key="2026-W10",
        change_id="",
        user_id=user_id,
        useful=True,
        now=NOW,
    )
    digest_pauses.remember_subscriber(session, team_id=team_id, channel_id=f"C{user_id}", user_id=user_id)
    for row in (
        CorrectionRow(
            number=int(user_id[1]), batch_id="b", made_at=NOW, user_id=user_id, channel_id=PUBLIC, scope="",
            kind="wrong", article_id=None, said="{}", undone_at=NOW, undone_by=user_id, team_id=team_id,
        ),
        CorrectedTellingRow(
            channel_id=PUBLIC, change_id=f"of {user_id}", told="{}", now=None, origins="[]", batch_id="b",
            corrected_at=NOW, corrected_by=user_id, team_id=team_id,
        ),
        CorrectedTellingRow(
            channel_id=user_id, change_id="told at once", told="{}", now=None, origins="[]", batch_id="b",
            corrected_at=NOW, corrected_by="", team_id=team_id,
        ),
        CorrectedCompanyRow(
            channel_id=user_id, batch_id="b", undone=False, corrected_at=NOW, corrected_by=user_id,
            team_id=team_id,
        ),
        ToldChangeRow(channel_id=user_id, change_id="told at once", told_at=NOW, team_id=team_id),
    ):  # fmt: skip
        session.add(row)
    session.flush()
    questions.add_question(session, team_id=team_id, question=asked, now=NOW)


def traces(desk: Desk, user_id: str) -> set[str]:
    """The columns of the team's tables that hold a person's id."""
    found = set()
    for table in OURS:
        for column in table.columns:
            chosen = select(func.count()).where(
                table.c.team_id == desk.team_id, cast(column, String) == user_id
            )
            if desk.session.scalar(chosen):
                found.add(f"{table.name}.{column.name}")
    return found


@pytest.fixture
def lived(desk: Desk) -> Desk:
    for user_id in (ANA, TOM):
        live(desk, user_id)
    return desk


def test_nothing_holds_a_forgotten_person(lived: Desk) -> None:
    before = traces(lived, TOM)
    assert traces(lived, ANA) == before
    installs.remember_install(lived.session, team_id=TEAM, user_id=ANA, now=NOW)
    privacy.forget_person(lived.session, team_id=TEAM, user_id=ANA)
    assert traces(lived, ANA) == set()
    assert traces(lived, TOM) == before


def test_every_column_that_can_hold_a_person_is_looked_at(lived: Desk) -> None:
    """Else the test above would prove nothing."""
    columns = {
        f"{table.name}.{column.name}"
        for table in OURS
        for column in table.columns
        if column.name in ("user_id", "made_by", "digest_by", "by_user", "corrected_by", "undone_by")
    }
    assert columns - {"installs.user_id"} <= traces(lived, ANA)


def test_what_is_held_is_counted(lived: Desk) -> None:
    assert privacy.held_of(lived.session, team_id=TEAM, user_id=ANA) == Held(
        postings=2, watches=1, set_up=2, corrections=1, opinions=1
    )
    privacy.forget_person(lived.session, team_id=TEAM, user_id=ANA)
    assert not privacy.held_of(lived.session, team_id=TEAM, user_id=ANA)


def test_the_facts_stay(desk: Desk) -> None:
    article_id = desk.share(make_tie(), url="https://news.example/1")
    privacy.forget_person(desk.session, team_id=TEAM, user_id=ANA)
    assert traces(desk, article_id)


def test_the_same_person_in_another_team_is_another(lived: Desk) -> None:
    other = Desk(lived.session, OTHER_TEAM).open()
    live(other, ANA)
    before = traces(other, ANA)
    privacy.forget_person(lived.session, team_id=TEAM, user_id=ANA)
    assert traces(other, ANA) == before
