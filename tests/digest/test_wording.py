import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.schedule import Schedule, describe, parse_schedule
from bot.errors import UserError

CURRENT = Schedule(2, 18, 30, "America/Bogota")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("monday 9:00 Europe/Madrid", "Mondays 09:00, Europe/Madrid"),
        ("Europe/Madrid 09:00 monday", "Mondays 09:00, Europe/Madrid"),
        ("lunes 9", "Mondays 09:00, America/Bogota"),
        ("los sábados a las 9:30", "Saturdays 09:30, America/Bogota"),
        ("every Friday at 9pm", "Fridays 21:00, America/Bogota"),
        ("miércoles", "Wednesdays 18:30, America/Bogota"),
        ("MIE", "Wednesdays 18:30, America/Bogota"),
        ("mar.", "Tuesdays 18:30, America/Bogota"),
        ("dom 0", "Sundays 00:00, America/Bogota"),
        ("thurs, 7", "Thursdays 07:00, America/Bogota"),
        ("9am", "Wednesdays 09:00, America/Bogota"),
        ("9 a. m.", "Wednesdays 09:00, America/Bogota"),
        ("12am", "Wednesdays 00:00, America/Bogota"),
        ("12 pm", "Wednesdays 12:00, America/Bogota"),
        ("17h", "Wednesdays 17:00, America/Bogota"),
        ("17h30", "Wednesdays 17:30, America/Bogota"),
        ("europe/madrid", "Wednesdays 18:30, Europe/Madrid"),
        ("AMERICA/NEW_YORK", "Wednesdays 18:30, America/New_York"),
        ("utc", "Wednesdays 18:30, UTC"),
        ("Auckland", "Wednesdays 18:30, Pacific/Auckland"),
    ],
)
def test_schedule_is_read_as_people_type_it(text: str, expected: str) -> None:
    assert describe(parse_schedule(text, CURRENT)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "at the",
        "someday",
        "monday tuesday",
        "9:00 10:00",
        "utc Europe/Madrid",
        "25:00",
        "9:60",
        "13pm",
        "0am",
        "-9",
        "Europe/Atlantis",
        "../../etc/passwd",
        "/etc/localtime",
        "Factory",
        "utc+2",
        "<!channel>",
    ],
)
def test_nonsense_is_answered_with_what_to_type(text: str) -> None:
    with pytest.raises(UserError, match=r"[Tt]ype"):
        parse_schedule(text, CURRENT)


def test_city_of_two_zones_is_asked_about() -> None:
    with pytest.raises(UserError, match="America/Argentina/Buenos_Aires, America/Buenos_Aires"):
        parse_schedule("buenos_aires", CURRENT)


def test_answer_does_not_repeat_endless_input() -> None:
    with pytest.raises(UserError) as refused:
        parse_schedule("x" * 10_000, CURRENT)
    assert len(refused.value.message) < 300


@given(st.text(max_size=40))
def test_any_text_is_a_schedule_or_a_user_error(text: str) -> None:
    try:
        schedule = parse_schedule(text, CURRENT)
    except UserError:
        return
    assert 0 <= schedule.weekday <= 6
    assert 0 <= schedule.hour <= 23
    assert 0 <= schedule.minute <= 59
