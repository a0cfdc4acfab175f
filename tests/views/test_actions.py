"""What a button carries comes back as it was, and nonsense is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.views.actions import (
    Opinion,
    State,
    Target,
    WatchChoice,
    read_opinion,
    read_state,
    read_target,
    read_watch_choice,
    write_opinion,
    write_state,
    write_target,
    write_watch_choice,
)

ANY = st.text(st.characters(exclude_categories=["Cs"]))


@given(ANY, ANY, st.integers(0, 10**6))
def test_a_state_comes_back(command: str, text: str, page: int) -> None:
    state = State(command, text, page)
    assert read_state(write_state(state)) == state


@given(ANY, ANY, ANY)
def test_a_target_comes_back(article_id: str, channel_id: str, message_ts: str) -> None:
    target = Target(article_id, channel_id, message_ts)
    assert read_target(write_target(target)) == target


@given(ANY, ANY, st.booleans(), st.integers(0, 99))
def test_an_opinion_and_a_choice_come_back(period: str, line: str, useful: bool, page: int) -> None:
    opinion, choice = Opinion(period, line, useful), WatchChoice(period, line, page)
    assert read_opinion(write_opinion(opinion)) == opinion
    assert read_watch_choice(write_watch_choice(choice)) == choice


@pytest.mark.parametrize(
    "value", ["", "x", "{}", "[]", "[1,2,3]", '["a","b"]', '["a","b",-1]', '["a","b","c","d"]', "[" * 100_000]
)
def test_nonsense_is_refused_in_words(value: str) -> None:
    with pytest.raises(UserError, match="out of date"):
        read_state(value)
    with pytest.raises(UserError, match="out of date"):
        read_target(value)
    with pytest.raises(UserError, match="out of date"):
        read_watch_choice(value)
    with pytest.raises(UserError, match="out of date"):
        read_opinion(value)
