"""The upper half of the network: a window is read once, and any pairs of it beside what was kept of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
FAR = -1e4  # what keeps a token from being attended to


@dataclass(frozen=True, slots=True)
class Place:
    """A question, by its number, as token indexes of one window."""

    question: int
    first: tuple[int, ...]
    second: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadWindow:
    """What the network makes of a window; without what was kept of it, it is read anew for its pairs."""

    states: Floats  # of the middle layer: (tokens, hidden)
    tags: Floats  # logits: (tokens, 5)
    kept: Floats | None  # keys and values of each upper layer: (2 * layers, heads, tokens, hidden / heads)


class Upper:
    """Runs the upper half, by a session of ONNX Runtime."""

    def __init__(self, session: Any) -> None:
        self._session = session
        layers, _, heads, _, size = session.get_inputs()[3].shape
        self._nothing = np.zeros((layers, 1, heads, 0, size), np.float32)

    def windows(self, states: Sequence[Floats]) -> list[ReadWindow]:
        """What it makes of each window's states, (tokens, hidden) each."""
        longest = max(map(len, states))
        width = longest + longest % 2  # the network's tokens are even in number
        inputs = np.zeros((len(states), width, states[0].shape[1]), np.float32)
        bias = np.full((len(states), width, width), FAR, np.float32)
        for row, state in enumerate(states):
            inputs[row, : len(state)] = state
            bias[row, :, : len(state)] = 0.0
        kept = np.repeat(self._nothing, len(states), axis=1)
        tags, _, _, made = self._run(inputs, np.zeros((len(states), width, 2), np.float32), bias, kept)
        return [
            ReadWindow(state, tags[row, : len(state)], made[:, row, :, : len(state)].copy())
            for row, state in enumerate(states)
        ]

    def pairs(self, asked: Sequence[tuple[ReadWindow, Sequence[Place]]]) -> tuple[Floats, Floats]:
        """Logits of classes and statuses of each window's places: (windows, pairs, ...)."""
        width = max(len(read.states) for read, _ in asked)
        pairs = max(len(places) for _, places in asked)
        inputs = np.zeros((len(asked), 2 * pairs, asked[0][0].states.shape[1]), np.float32)
        layers, _, heads, _, size = self._nothing.shape
        kept = np.zeros((layers, len(asked), heads, width, size), np.float32)
        bias = np.full((len(asked), 2 * pairs, width + 2 * pairs), FAR, np.float32)
        for row, (read, places) in enumerate(asked):
            state = read.states
            kept[:, row, :, : len(state)] = self.windows([state])[0].kept if read.kept is None else read.kept
            bias[row, :, : len(state)] = 0.0
            for column, place in enumerate(places):
                inputs[row, 2 * column] = state[list(place.first)].mean(axis=0)
                inputs[row, 2 * column + 1] = state[list(place.second)].mean(axis=0)
        bias[:, :, width:] += -FAR * np.kron(np.eye(pairs, dtype=np.float32), np.ones((2, 2), np.float32))
        ends = np.tile(np.eye(2, dtype=np.float32), (len(asked), pairs, 1))
        _, classes, statuses, _ = self._run(inputs, ends, bias, kept)
        return classes, statuses

    def _run(self, states: Floats, ends: Floats, bias: Floats, kept: Floats) -> list[Floats]:
        found: list[Floats] = self._session.run(
            None, {"states": states, "ends": ends, "bias": bias, "kept": kept}
        )
        return found
