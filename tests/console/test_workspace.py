from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.faults import Faults, Pace
from bot.console.tickets import ReplyAddress, TicketRefused, Tickets
from bot.console.times import StageClock, moment_of, stamp_after
from bot.console.values import ChannelKind
from bot.console.workspace import Workspace
from tests.console.conftest import START


def test_time_stamps_have_sixteen_digits_and_name_their_time() -> None:
    assert stamp_after(START, None) == "1740992400.000100"
    assert moment_of("1740992400.000100").replace(microsecond=0) == START


@given(st.integers(0, 2**33), st.integers(0, 2**33))
def test_a_time_stamp_is_later_than_the_last_even_when_the_clock_goes_back(first: int, then: int) -> None:
    last = stamp_after(START + timedelta(seconds=first // 1000), None)
    assert stamp_after(START + timedelta(seconds=then // 1000), last) > last


def test_many_writers_get_different_time_stamps(workspace: Workspace) -> None:
    with ThreadPoolExecutor(8) as pool:
        stamps = list(pool.map(lambda _: workspace.post("deals-watch", "ana", "x").ts, range(200)))
    assert len(set(stamps)) == 200


def test_the_same_second_in_two_channels_may_have_one_stamp(workspace: Workspace) -> None:
    assert workspace.post("lobby", "ana", "x").ts == workspace.post("board", "ana", "x").ts


def test_waiting_ends_when_something_changes(workspace: Workspace) -> None:
    thread = Thread(target=lambda: workspace.post("deals-watch", "ana", "x"))
    thread.start()
    assert workspace.wait(lambda: workspace.messages("deals-watch"))
    thread.join()


def test_waiting_in_vain_ends(workspace: Workspace) -> None:
    assert not workspace.wait(lambda: False, timeout=0.01)


@pytest.mark.parametrize("name", ["nobody", "U9999999999"])
def test_strangers_are_a_key_error(workspace: Workspace, name: str) -> None:
    with pytest.raises(KeyError):
        workspace.user(name)


def test_a_direct_channel_is_made_once(workspace: Workspace) -> None:
    first = workspace.direct_channel("ana")
    assert (workspace.direct_channel("ana"), workspace.channel(first).kind) == (first, ChannelKind.DIRECT)


def test_an_unreacted_emoji_is_gone(workspace: Workspace) -> None:
    ts = workspace.post("deals-watch", "ana", "x").ts
    workspace.react("deals-watch", ts, "tom", "eyes")
    workspace.unreact("deals-watch", ts, "tom", "eyes")
    assert workspace.message("deals-watch", ts).reactions == ()


def test_a_ticket_is_refused_with_slacks_word_for_it(clock: StageClock) -> None:
    tickets = Tickets(clock)
    key = tickets.address(ReplyAddress(channel="C1", user="U1"))
    for _ in range(5):
        tickets.use_address(key)
    with pytest.raises(TicketRefused) as caught:
        tickets.use_address(key)
    assert (caught.value.code, tickets.uses(key)) == ("used_url", 5)


def test_faults_are_met_in_order_and_once() -> None:
    faults = Faults()
    faults.fail_next("auth.test", "one", times=2)
    faults.fail_next("auth.test", "two")
    met = [faults.take("auth.test") for _ in range(4)]
    assert [fault and fault.error for fault in met] == ["one", "one", "two", None]


def test_a_channels_pace_is_its_own() -> None:
    pace = Pace(lambda: 0.0, burst=1)
    assert [pace.wait_for("C1"), pace.wait_for("C1"), pace.wait_for("C2")] == [0, 1, 0]
