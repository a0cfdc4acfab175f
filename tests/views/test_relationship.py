"""What /relationship shows: the present level, what made it, how it came about, bonds and deals."""

from dataclasses import replace

import pytest

from bot.answers import BondLine, RelationshipAnswer, StateLine, Suggestion
from bot.values import Bond, Level, Status, StatusStep, TieKind
from bot.views.actions import State
from bot.views.limits import problems
from bot.views.relationship import MAX_BONDS, MAX_DEALS, render
from bot.views.timeline import EVENTS_A_PAGE
from tests.views.making import BOUGHT, JULY, JUNE, MICROSOFT, OPENAI, buttons, deal_line, shown, source

FRICTION = "Este nivel de fricción pone en evidencia la relación."
DEPENDS = Bond(
    kind=TieKind.DEPENDENCY,
    source_id=OPENAI.id,
    target_id=MICROSOFT.id,
    status=Status.COMPLETED,
    first_seen=JUNE,
    last_seen=JUNE,
    tie_ids=("t3",),
)
STRAINED = StateLine(Level.STRAINED, JULY, (source("t2", text=FRICTION),))
ALLIED = StateLine(Level.ALLIED, JUNE, (source("t1"),))


def answer(**changes: object) -> RelationshipAnswer:
    values: dict[str, object] = {
        "a": OPENAI,
        "b": MICROSOFT,
        "text": '"#2b" "#1a"',
        "level": Level.STRAINED,
        "states": (STRAINED, ALLIED),
        "deals": (deal_line(),),
        "bonds": (BondLine(DEPENDS, OPENAI, MICROSOFT, (source("t3"),)),),
    }
    return RelationshipAnswer(**(values | changes))  # type: ignore[arg-type]


def test_the_level_comes_first_with_what_it_was_before_and_why() -> None:
    text = shown(render(answer()))
    assert text.startswith("*OpenAI – Microsoft*: *strained* since 1 Jul 2024 (before: allied)")
    assert f"> “{FRICTION}”" in text


def test_the_timeline_is_dated_and_proved() -> None:
    text = shown(render(answer()))
    where = "(<https://elpais.com/costuras|El País>, 14 Jun 2024)"
    assert f"15 Jun 2024  *allied* – “{BOUGHT}” {where}" in text


def test_the_timeline_tells_levels_deals_and_bonds_the_last_first() -> None:
    told = [
        line.split("  ")[1].split(" – ")[0] for line in shown(render(answer())).splitlines() if "  " in line
    ]
    assert told == [
        "*strained*",
        "*allied*",
        "*OpenAI* depends on *Microsoft*",
        "*Microsoft* acquired *Inflection* · $650 m",
    ]


def test_what_moved_the_level_twice_on_one_day_ends_with_how_it_stands() -> None:
    text = shown(render(answer(states=(STRAINED, replace(ALLIED, since=JULY)))))
    assert text.index("1 Jul 2024  *strained*") < text.index("1 Jul 2024  *allied*")


def test_every_step_of_a_deal_is_told_in_the_words_of_its_time() -> None:
    steps = (
        StatusStep(Status.RUMORED, JUNE, JUNE, ("t1",)),
        StatusStep(Status.COMPLETED, JULY, JULY, ("t2",)),
    )
    line = deal_line(source("t2", text=FRICTION), source("t1"), history=steps)
    text = shown(render(answer(states=(), bonds=(), deals=(line,), level=Level.ALLIED)))
    assert f"1 Jul 2024  *Microsoft* acquired *Inflection* – “{FRICTION}”" in text
    assert f"15 Jun 2024  *Microsoft* may acquire *Inflection* · $650 m – “{BOUGHT}”" in text


def test_a_single_event_needs_no_timeline() -> None:
    assert "Timeline" not in shown(render(answer(states=(STRAINED,), deals=(), bonds=())))


def test_a_long_timeline_is_paged() -> None:
    many = answer(states=(STRAINED, ALLIED) * EVENTS_A_PAGE)
    first, last = render(many), render(replace(many, page=9))
    assert "*Timeline, page 1 of 3*" in shown(first)
    assert "*Timeline, page 3 of 3*" in shown(last)
    assert "Besides deals" not in shown(last)
    assert buttons(first)["Next"] == State("/relationship", '"#2b" "#1a"', 1)
    assert buttons(last)["Previous"] == State("/relationship", '"#2b" "#1a"', 1)
    assert problems(last) == []


def test_a_level_that_faded_says_what_it_was() -> None:
    text = shown(render(answer(level=Level.NEUTRAL, states=(ALLIED,))))
    assert "*neutral*; was allied from 15 Jun 2024, nothing new since" in text


def test_a_level_without_a_state_stands_alone() -> None:
    assert shown(render(answer(level=Level.NEUTRAL, states=()))).startswith(
        "*OpenAI – Microsoft*: *neutral*\n"
    )


def test_bonds_and_deals_are_listed() -> None:
    text = shown(render(answer()))
    assert "*OpenAI* depends on *Microsoft* · first reported 15 Jun 2024 · <https" in text
    assert text.count(f"> “{BOUGHT}”") == 2
    assert "*Microsoft* acquired *Inflection* · $650 m" in text


@pytest.mark.parametrize("count", [MAX_DEALS, MAX_DEALS + 1])
def test_only_some_deals_are_listed_and_the_others_counted(count: int) -> None:
    text = shown(render(answer(deals=(deal_line(),) * count)))
    assert ("and 1 more deal" in text) is (count > MAX_DEALS)
    assert text.partition("*Timeline")[0].count("acquired") == MAX_DEALS


def test_many_bonds_are_counted() -> None:
    bond = answer().bonds[0]
    message = render(answer(states=(STRAINED, ALLIED) * 5, bonds=(bond,) * (MAX_BONDS + 2)))
    assert "and 2 more" in shown(message)
    assert problems(message) == []


def test_buttons_lead_to_their_deals_and_share_the_answer() -> None:
    assert buttons(render(answer())) == {
        "Their deals": State("/deals", '"#2b" "#1a"'),
        "Chart in channel": State("/relationship", '"#2b" "#1a" chart'),
        "Share in channel": State("/relationship", '"#2b" "#1a"'),
    }


def test_a_shared_answer_has_no_buttons() -> None:
    assert not buttons(render(answer(), shared_by="U012AB3CD"))


def test_nothing_known_leads_to_what_is_known() -> None:
    partners = (Suggestion("Microsoft – Inflection", "", '"#1a" "#3c"'),)
    message = render(answer(level=None, states=(), deals=(), bonds=(), partners=partners))
    assert "nothing posted so far tells how they stand" in message.text
    assert buttons(message) == {"Microsoft – Inflection": State("/relationship", '"#1a" "#3c"')}


def test_a_screen_reader_hears_it_all() -> None:
    text = render(answer()).text
    assert "OpenAI – Microsoft: strained since 1 Jul 2024 (before: allied)." in text
    assert FRICTION in text
    assert "15 Jun 2024: allied." in text
    assert "OpenAI depends on Microsoft." in text
    assert "*" not in text
