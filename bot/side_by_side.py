"""The same work for many things, some at a time."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def side_by_side(
    work: Callable[[Thing], Result], things: Iterable[Thing], *, threads: int
) -> Iterator[Result]:
    """The results in the things' order, `threads` of them in the making; what raises ends it all."""
    with ThreadPoolExecutor(threads) as pool:
        try:
            yield from pool.map(work, things)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
