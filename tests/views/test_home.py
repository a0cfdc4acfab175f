"""App Home keeps Slack's limits whatever a workspace holds, and shows a guest nothing of it."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.correction_answers import History, HistoryLine
from bot.counting import MOST_IN_CHANNEL
from bot.digest.quiet import QuietHours
from bot.digest.schedule import DEFAULT_SCHEDULE
from bot.digest.watching import Tier
from bot.home import CHANNELS_SHOWN, Held, Home, HomeChannel
from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.views import follow, held, home
from bot.views.limits import view_problems
from bot.watch_answers import Watched, WatchList
from tests.views.making import DIGEST_ANSWERS, JUNE, TEXTS, injected
from tests.views.test_any_content import patient

NEXT = datetime(2024, 6, 17, 9, tzinfo=UTC)


def channel(number: int, **changes: object) -> HomeChannel:
    values: dict[str, object] = {
        "channel_id": f"C{number:09d}",
        "articles": 12,
        "last_at": JUNE,
        "schedule": None,
        "next_run": None,
    }
    return HomeChannel(**(values | changes))  # type: ignore[arg-type]


def watching(*watched: Watched, total: int | None = None) -> WatchList:
    return WatchList(
        watched=watched,
        total=len(watched) if total is None else total,
        page=0,
        pages=1,
        person=True,
        quiet=QuietHours(22 * 60, 8 * 60),
        timezone="Europe/Madrid",
        cap=10,
        digest_on=False,
    )


def full(**changes: object) -> Home:
    values: dict[str, object] = {
        "facts": True,
        "second_reader": False,
        "watching": watching(),
        "articles": 12,
    }
    return Home(**(values | changes))  # type: ignore[arg-type]


def corrected(batch_id: str, *, undone: bool = False) -> HistoryLine:
    return HistoryLine(
        batch_id=batch_id,
        said=CompanySaid(CompanyVerdict.HIDE, ("microsoft",), "Microsoft"),
        count=1,
        made_at=JUNE,
        user_id="U012AB3CD",
        undone_at=JUNE if undone else None,
        undone_by=None,
    )


def shown(rendered: object) -> str:
    return json.dumps(rendered, ensure_ascii=False)


@pytest.mark.parametrize("count", [0, 1, CHANNELS_SHOWN, CHANNELS_SHOWN + 1, 200])
def test_any_number_of_channels_fits(count: int) -> None:
    view = home.render(full(channels=tuple(map(channel, range(count)))))
    assert view_problems(view) == []
    assert shown(view).count("<#C") == min(count, CHANNELS_SHOWN)


def test_channels_that_are_left_out_are_counted() -> None:
    view = home.render(full(channels=tuple(map(channel, range(CHANNELS_SHOWN + 3)))))
    assert "And 3 more channels." in shown(view)


def test_a_channel_says_what_it_holds_and_when_its_digest_comes() -> None:
    line = channel(1, schedule=DEFAULT_SCHEDULE, next_run=NEXT)
    text = shown(home.render(full(channels=(line,))))
    assert "<#C000000001>: 12 articles, the last on 15 Jun 2024, digest on Mondays at 09:00 (UTC)" in text
    assert "next on 17 Jun" in text


def test_the_digest_of_each_channel_can_be_set_but_not_of_the_shell() -> None:
    places = (channel(1), channel(2, channel_id=""))
    buttons = [
        block["accessory"]["value"]
        for block in home.render(full(channels=places))["blocks"]
        if block.get("accessory", {}).get("action_id", "").startswith("home_digest")
    ]
    assert buttons == ["C000000001"]


def test_a_digest_that_cannot_be_posted_says_why_and_what_brings_it_back() -> None:
    line = channel(1, schedule=DEFAULT_SCHEDULE, next_run=NEXT, paused="not_in_channel")
    text = shown(home.render(full(channels=(line,))))
    assert "can't be posted for now" in text
    assert "/invite @Seams" in text
    assert "next on" not in text


def test_first_steps_stand_first_and_only_until_something_was_read() -> None:
    assert home.render(full(articles=0))["blocks"][0]["text"]["text"] == "First steps"
    assert "First steps" not in shown(home.render(full(articles=1)))


def test_a_guest_sees_how_to_ask_and_what_is_kept_but_no_fact() -> None:
    view = home.render(Home(facts=False, second_reader=False, channels=(channel(1),), articles=3))
    assert view_problems(view) == []
    assert "<#C" not in shown(view)
    assert {"How to ask", "Privacy"} <= {block["text"]["text"] for block in view["blocks"] if "text" in block}


def test_what_is_followed_can_be_changed_in_place() -> None:
    followed = Watched("w1", ("OpenAI", "Microsoft"), Tier.NOW)
    view = home.render(full(watching=watching(followed, total=12)))
    assert "OpenAI – Microsoft" in shown(view)
    assert "home_tier:1" in shown(view)
    assert "And 11 more." in shown(view)


@pytest.mark.parametrize(
    ("second_reader", "says"), [(True, "language model"), (False, "stays on the server")]
)
def test_it_says_where_articles_go(second_reader: bool, says: str) -> None:
    assert says in shown(home.render(full(second_reader=second_reader)))


def test_no_more_than_the_last_corrections_are_listed_and_those_that_stand_can_be_undone() -> None:
    lines = [corrected(f"b{number}", undone=number == 1) for number in range(9)]
    view = home.render(full(corrections=History(about="", lines=tuple(lines)), awaiting=2))
    assert view_problems(view) == []
    values = [
        block["accessory"]["value"]
        for block in view["blocks"]
        if block.get("accessory", {}).get("action_id", "").startswith("home_undo")
    ]
    assert values == ["b0", "b2", "b3", "b4"]
    assert "2 of what digests told were corrected" in shown(view)


def test_the_modal_that_follows_keeps_the_limits_and_reads_back_what_was_chosen() -> None:
    view = follow.follow_modal()
    assert view_problems(view) == []
    chosen = {
        "follow_name": {"value": {"value": "OpenAI"}},
        "follow_tier": {"value": {"selected_option": {"value": "silent"}}},
    }
    assert follow.read_follow({"state": {"values": chosen}}) == follow.Wish("OpenAI", Tier.SILENT)


@pytest.mark.parametrize("view", [{}, {"state": None}, {"state": {"values": {"follow_tier": {}}}}])
def test_a_modal_that_says_nothing_follows_nobody(view: dict[str, object]) -> None:
    assert follow.read_follow(view) == follow.Wish("", Tier.NOW)


WATCHED = st.builds(
    Watched,
    watch_id=st.just("a" * 40),
    names=st.lists(TEXTS, min_size=1, max_size=2).map(tuple),
    tier=st.sampled_from(Tier),
    known=st.booleans(),
)


@patient
@given(DIGEST_ANSWERS, st.lists(WATCHED, max_size=10), st.integers(0, 200))
def test_homes_are_sound(latest: object, watched: list[Watched], channels: int) -> None:
    found = full(latest=latest, watching=watching(*watched), channels=tuple(map(channel, range(channels))))
    view = home.render(found)
    assert view_problems(view) + injected(view) == []


@pytest.mark.parametrize("counts", [(1, 0, 0, 0, 0), (0, 2, 0, 0, 0), (3, 2, 1, 4, 5)])
def test_what_is_held_can_be_deleted(counts: tuple[int, ...]) -> None:
    postings, watches, set_up, corrections, opinions = counts
    found = Held(
        postings=postings, watches=watches, set_up=set_up, corrections=corrections, opinions=opinions
    )
    view = held.render(found)
    assert view_problems(view) == []
    assert view["submit"]["text"] == "Delete"
    assert all(f"{count} " in shown(view) for count in counts if count)


def test_where_nothing_is_held_there_is_nothing_to_delete() -> None:
    view = held.render(Held(postings=0, watches=0, set_up=0, corrections=0, opinions=0))
    assert view_problems(view) == []
    assert "submit" not in view


def test_more_articles_than_are_counted_have_a_plus() -> None:
    assert f"{MOST_IN_CHANNEL}+ articles read" in shown(home.render(full(articles=MOST_IN_CHANNEL + 1)))
    assert f"{MOST_IN_CHANNEL} articles read" in shown(home.render(full(articles=MOST_IN_CHANNEL)))
