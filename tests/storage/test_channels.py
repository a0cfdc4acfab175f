from datetime import timedelta

import pytest

from bot.digest.schedule import DEFAULT_SCHEDULE, Schedule
from bot.values import Audience
from storage import channels, companies, record
from storage.channels import Channel
from storage.record import DealFilter
from tests.factories import NOW, OTHER_TEAM, PUBLIC, SECRET, TEAM, Desk, make_tie

MADRID = Schedule(weekday=2, hour=8, minute=30, timezone="Europe/Madrid")


def get(desk: Desk, channel_id: str) -> Channel:
    return channels.get_channel(desk.session, team_id=TEAM, channel_id=channel_id)


def remember(desk: Desk, channel_id: str, audience: Audience) -> bool:
    return channels.remember_audience(desk.session, team_id=TEAM, channel_id=channel_id, audience=audience)


def switch(desk: Desk, on: bool, schedule: Schedule = MADRID, days: int = 0) -> None:
    channels.set_digest(
        desk.session,
        team_id=TEAM,
        channel_id=PUBLIC,
        on=on,
        schedule=schedule,
        now=NOW + timedelta(days=days),
    )


def test_channel_never_heard_of_is_not_taken_for_public(desk: Desk) -> None:
    assert get(desk, "C-new") == Channel(team_id=TEAM, channel_id="C-new", audience=Audience.UNKNOWN)


def test_shell_counts_as_public(desk: Desk) -> None:
    desk.share(make_tie(), channel_id="")
    page = record.deals(desk.session, team_id=TEAM, channel_id=PUBLIC, filter=DealFilter(), limit=9)
    assert page.total == 1


def test_same_audience_again_is_no_change(desk: Desk) -> None:
    assert not remember(desk, PUBLIC, Audience.PUBLIC)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (Audience.PUBLIC, Audience.PRIVATE, True),
        (Audience.PUBLIC, Audience.SHARED, True),
        (Audience.PUBLIC, Audience.UNKNOWN, True),
        (Audience.PRIVATE, Audience.PUBLIC, True),
        (Audience.UNKNOWN, Audience.PUBLIC, True),
        (Audience.PRIVATE, Audience.SHARED, False),
        (Audience.UNKNOWN, Audience.PRIVATE, False),
    ],
)
def test_only_what_opens_or_closes_a_channel_changes_what_others_see(
    desk: Desk, before: Audience, after: Audience, changed: bool
) -> None:
    remember(desk, "C-x", before)
    assert remember(desk, "C-x", after) is changed
    assert get(desk, "C-x").audience is after


@pytest.mark.parametrize("reader", ["", "C-elsewhere", SECRET])
def test_channel_that_closes_is_withheld_at_once(desk: Desk, reader: str) -> None:
    """Before anything is derived again: whoever asks in between must not see it."""
    desk.share(make_tie())
    desk.share(make_tie("Microsoft", "Inflection"), url="https://news.example/2", channel_id=SECRET)
    remember(desk, PUBLIC, Audience.PRIVATE)
    found = companies.find_companies(desk.session, team_id=TEAM, channel_id=reader, name="OpenAI")
    changes = record.changes(desk.session, team_id=TEAM, channel_id=reader)
    assert (found, changes) == ((), ())


def test_choices_are_kept(desk: Desk) -> None:
    channels.set_capture_bots(desk.session, team_id=TEAM, channel_id=PUBLIC, on=True)
    switch(desk, True)
    assert get(desk, PUBLIC) == Channel(
        team_id=TEAM,
        channel_id=PUBLIC,
        audience=Audience.PUBLIC,
        capture_bots=True,
        digest_on=True,
        schedule=MADRID,
        digest_since=NOW,
    )


def test_moving_the_digest_does_not_begin_it_anew(desk: Desk) -> None:
    switch(desk, True)
    switch(desk, True, DEFAULT_SCHEDULE, days=3)
    assert (get(desk, PUBLIC).digest_since, get(desk, PUBLIC).schedule) == (NOW, DEFAULT_SCHEDULE)


def test_digest_switched_on_again_begins_anew(desk: Desk) -> None:
    switch(desk, True)
    switch(desk, False)
    switch(desk, True, days=30)
    assert get(desk, PUBLIC).digest_since == NOW + timedelta(days=30)


def test_a_channel_keeps_its_language(desk: Desk) -> None:
    assert get(desk, PUBLIC).language is None
    channels.set_language(desk.session, team_id=TEAM, channel_id=PUBLIC, language="es")
    switch(desk, True)
    assert get(desk, PUBLIC).language == "es"


def test_clock_sees_the_channels_of_all_teams_that_want_a_digest(desk: Desk) -> None:
    Desk(desk.session, OTHER_TEAM).open()
    switch(desk, True)
    channels.set_digest(
        desk.session, team_id=OTHER_TEAM, channel_id=SECRET, on=True, schedule=MADRID, now=NOW
    )
    found = channels.digest_channels(desk.session)
    assert [(channel.team_id, channel.channel_id) for channel in found] == [
        (TEAM, PUBLIC),
        (OTHER_TEAM, SECRET),
    ]
