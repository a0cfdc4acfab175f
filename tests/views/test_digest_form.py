"""The modal of a channel's digest: it shows what is chosen, and reads back what a person chooses."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.elements import view_values
from bot.digest.schedule import DEFAULT_SCHEDULE, Schedule
from bot.digest.settings import DigestSettings, Saved
from bot.digest.wishes import Wishes
from bot.views.digest_form import (
    MINIMUM,
    OTHER_ZONE,
    TIME,
    FormErrors,
    amount_typed,
    read_form,
    render_form,
    render_preview,
    render_saved,
)
from bot.views.limits import view_problems
from bot.views.message import Message
from bot.views.zones import COMMON_ZONES

MADRID = Schedule(0, 9, 0, "Europe/Madrid")
PLAIN = DigestSettings(False, MADRID)


def typed(settings: DigestSettings, **filled: object) -> dict[str, Any]:
    """The submitted form of these settings, with some fields filled in otherwise."""
    view = render_form(settings, metadata="here")
    return view | {"state": {"values": view_values(view["blocks"], filled)}}


def wrong(**filled: object) -> dict[str, str]:
    with pytest.raises(FormErrors) as caught:
        read_form(typed(PLAIN, **filled), MADRID)
    return caught.value.fields


SETTINGS = st.builds(
    DigestSettings,
    st.booleans(),
    st.builds(
        Schedule, st.integers(0, 6), st.integers(0, 23), st.integers(0, 59), st.sampled_from(COMMON_ZONES)
    ),
    st.builds(
        Wishes,
        st.booleans(),
        st.none() | st.integers(1, 10**15).map(Decimal),
        st.booleans(),
        st.booleans(),
    ),
    st.sampled_from(["en", "es"]),
)


@given(SETTINGS)
def test_what_the_form_shows_is_what_it_reads(settings: DigestSettings) -> None:
    assert view_problems(render_form(settings, metadata="x" * 3000)) == []
    assert read_form(typed(settings), DEFAULT_SCHEDULE) == settings


def test_a_zone_that_is_in_no_menu_is_shown_first() -> None:
    view = render_form(DigestSettings(True, Schedule(0, 9, 0, "Asia/Almaty")), metadata="")
    [menu] = [b["element"] for b in view["blocks"] if b.get("block_id") == "zone"]
    assert menu["initial_option"]["value"] == menu["options"][0]["value"] == "Asia/Almaty"


@pytest.mark.parametrize(("written", "zone"), [("almaty", "Asia/Almaty"), ("new york", "America/New_York")])
def test_another_zone_goes_before_the_menu(written: str, zone: str) -> None:
    assert read_form(typed(PLAIN, **{OTHER_ZONE: written}), MADRID).schedule.timezone == zone


@pytest.mark.parametrize(
    ("written", "minimum"), [("100M", 10**8), ("1.5bn", 1_500_000_000), ("50000", 50_000), ("", None)]
)
def test_an_amount_is_read_as_people_write_it(written: str, minimum: int | None) -> None:
    expected = None if minimum is None else Decimal(minimum)
    assert read_form(typed(PLAIN, **{MINIMUM: written}), MADRID).wishes.minimum == expected


def test_each_field_says_what_is_wrong_with_it() -> None:
    found = wrong(**{OTHER_ZONE: "Atlantis", MINIMUM: "much", TIME: "24:00"})
    assert set(found) == {OTHER_ZONE, MINIMUM, TIME}
    assert "Atlantis".lower() in found[OTHER_ZONE]


@pytest.mark.parametrize(
    ("clock", "taken"), [("00:00", True), ("23:59", True), ("23:60", False), ("x", False)]
)
def test_a_time_goes_from_midnight_to_a_minute_before(clock: str, taken: bool) -> None:
    if taken:
        assert f"{read_form(typed(PLAIN, **{TIME: clock}), MADRID).schedule.hour:02}" == clock[:2]
    else:
        assert TIME in wrong(**{TIME: clock})


@pytest.mark.parametrize("amount", [Decimal(10**8), Decimal(1_500_000), Decimal(12345), Decimal(10**16)])
def test_an_amount_is_shown_as_it_can_be_typed_again(amount: Decimal) -> None:
    assert read_form(typed(PLAIN, **{MINIMUM: amount_typed(amount)}), MADRID).wishes.minimum == amount


@pytest.mark.parametrize(
    ("saved", "said"),
    [
        (Saved(PLAIN), None),
        (Saved(PLAIN, nothing_followed=True), "`/watch microsoft`"),
        (Saved(PLAIN, changed_meanwhile=True), "were changed while you had them open"),
        (Saved(PLAIN, changed_meanwhile=True, overruled="U012AB3CD"), "<@U012AB3CD> changed"),
    ],
)
def test_what_was_saved_is_said_and_who_was_overruled(saved: Saved, said: str | None) -> None:
    view = render_saved(saved, next_run=None)
    assert view_problems(view) == []
    assert len(view["blocks"]) == (2 if said else 1)
    assert said is None or said in view["blocks"][1]["text"]["text"]


def test_a_preview_takes_a_whole_digest() -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    assert view_problems(render_preview(Message("x", (section,) * 50))) == []


def test_a_preview_has_no_buttons_as_nothing_could_answer_them() -> None:
    row = {"type": "actions", "elements": [{"type": "button"}]}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
    assert render_preview(Message("x", (section, row)))["blocks"] == [section]
