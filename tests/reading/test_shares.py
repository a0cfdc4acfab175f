"""Each has a share of its own, and no more."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from bot.reading.shares import Shares

PATIENCE = 60.0  # seconds


def test_of_one_only_so_many_go_on_and_others_are_not_kept_waiting() -> None:
    shares, gate = Shares(2), Event()

    def hold(whose: str, inside: Event) -> None:
        with shares.one_of(whose):
            inside.set()
            assert gate.wait(PATIENCE)

    held: list[Future[None]] = []
    with ThreadPoolExecutor(4) as threads:
        first, second, third, other = (Event() for _ in range(4))
        held += [threads.submit(hold, "many", inside) for inside in (first, second)]
        assert first.wait(PATIENCE)
        assert second.wait(PATIENCE)
        held += [threads.submit(hold, "many", third), threads.submit(hold, "other", other)]
        assert other.wait(PATIENCE)
        assert not third.is_set()
        gate.set()
        for each in held:
            each.result(PATIENCE)
    assert third.is_set()


def test_a_place_is_free_again_after_an_error() -> None:
    shares = Shares(1)
    with pytest.raises(KeyError), shares.one_of("one"):
        raise KeyError
    with shares.one_of("one"):
        pass


def test_those_who_want_nothing_are_forgotten() -> None:
    shares = Shares(1)
    with shares.one_of("one"):
        assert list(shares._shares) == ["one"]
    assert not shares._shares
