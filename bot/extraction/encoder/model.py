"""The trained network, run by ONNX Runtime: names in a text, and what it says of two companies.

The network has two halves. The lower reads each window of text once. The upper reads what the lower made of
it twice: alone, for the names, and then beside two further tokens for each pair that is asked about.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.extraction.encoder.classes import IN_NAME, IN_ROLE, NAME, ROLE, SAME, STATUSES
from bot.extraction.encoder.marks import MarkedText
from bot.extraction.encoder.names import NameSpan
from bot.extraction.encoder.tokens import CharSpan, Vocabulary, Window
from bot.values import Status

WEIGHTS = Path(__file__).parent / "weights"
BATCH = 8  # windows
MAX_PAIRS = 64  # of one window in one run
SURE = 0.5  # of being inside of a name
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Question:
    """Where a text speaks of two companies, the earlier one first, and where the sentence starts."""

    at: int
    first: tuple[CharSpan, ...]
    second: tuple[CharSpan, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The probability of each of `classes.CLASSES`, of both being the same; the likeliest status."""

    classes: tuple[float, ...]
    same: float
    status: Status


@dataclass(frozen=True, slots=True)
class Place:
    """A question as token indexes of one window."""

    question: int
    first: tuple[int, ...]
    second: tuple[int, ...]


class EncoderModel:
    """Loads the network when first asked; holds no state beside it. Not for two threads at once."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._folder / "vocabulary.json")

    @cached_property
    def _lower(self) -> Any:
        return _session(self._folder / "lower.onnx")

    @cached_property
    def _upper(self) -> Any:
        return _session(self._folder / "upper.onnx")

    @cached_property
    def arbiter(self) -> dict[str, float]:
        """The weights of what speaks for a tie (`bot.extraction.arbiter`)."""
        found: dict[str, float] = json.loads((self._folder / "arbiter.json").read_text())
        return found

    def encode(self, text: str, sentences: Sequence[CharSpan]) -> "EncodedText":
        """Run the lower half over a text that is cut into sentences."""
        windows = self._vocabulary.windows(text, sentences)
        return EncodedText(self, text, tuple(windows), tuple(self._states(windows)))

    def ask_marked(self, texts: Sequence[MarkedText]) -> list[Told | None]:
        """What each text's last sentence says of its two marks; None where no window holds both."""
        asked = [
            (number, window, place)
            for number, text in enumerate(texts)
            for window in self._vocabulary.windows(text.text, text.cuts)
            for (place,) in _places(window, [Question(text.cuts[-1][0], text.first, text.second)])
        ]
        states = self._states([window for _, window, _ in asked])
        told: list[Told | None] = [None] * len(texts)
        for chosen in _batches([len(state) for state in states]):
            _, classes, statuses = self.upper([(states[i], [asked[i][2]]) for i in chosen])
            for row, i in enumerate(chosen):
                told[asked[i][0]] = _told(classes[row, 0], statuses[row, 0])
        return told

    def _states(self, windows: Sequence[Window]) -> list[Floats]:
        """What the lower half makes of each window."""
        states: list[Floats] = [np.empty((0, 0), np.float32)] * len(windows)
        for chosen in _batches([len(w.ids) for w in windows]):
            ids = np.full(
                (len(chosen), max(len(windows[i].ids) for i in chosen)), self._vocabulary.pad, np.int64
            )
            for row, i in enumerate(chosen):
                ids[row, : len(windows[i].ids)] = windows[i].ids
            mask = (ids != self._vocabulary.pad).astype(np.float32)
            (found,) = self._lower.run(None, {"ids": ids, "mask": mask})
            for row, i in enumerate(chosen):
                states[i] = found[row, : len(windows[i].ids)]
        return states

    def upper(self, asked: Sequence[tuple[Floats, Sequence[Place]]]) -> tuple[Floats, Floats, Floats]:
        """Logits of tags, classes and statuses for windows of states and the pairs of each."""
        width = max(len(state) for state, _ in asked)
        pairs = max(1, *(len(places) for _, places in asked))
        states = np.zeros((len(asked), width, asked[0][0].shape[1]), np.float32)
        mask = np.zeros((len(asked), width), np.float32)
        first, second = (np.zeros((len(asked), pairs, width), np.float32) for _ in range(2))
        for row, (state, places) in enumerate(asked):
            states[row, : len(state)] = state
            mask[row, : len(state)] = 1.0
            for column, place in enumerate(places):
                first[row, column, list(place.first)] = 1.0 / len(place.first)
                second[row, column, list(place.second)] = 1.0 / len(place.second)
        tags, classes, statuses = self._upper.run(
            None, {"states": states, "mask": mask, "first": first, "second": second}
        )
        return tags, classes, statuses


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A text's windows and what the lower half made of each, ready to be asked."""

    model: EncoderModel
    text: str
    windows: tuple[Window, ...]
    states: tuple[Floats, ...]  # (tokens, hidden) each

    def names(self) -> list[NameSpan]:
        """The names and roles in the text's order."""
        found: list[NameSpan] = []
        for chosen in _batches([len(w.ids) for w in self.windows]):
            tags, _, _ = self.model.upper([(self.states[i], ()) for i in chosen])
            for row, i in enumerate(chosen):
                window = self.windows[i]
                spans = _names(window, self.text, _softmax(tags[row, : len(window.ids)]))
                found += [n for n in spans if window.own[0] <= n.start < window.own[1]]
        return sorted(found, key=lambda n: n.start)

    def ask(self, questions: Sequence[Question]) -> list[Told | None]:
        """What the text says of each two companies; None where they don't stand in one window."""
        told: list[Told | None] = [None] * len(questions)
        asked = [(i, places) for i, w in enumerate(self.windows) for places in _places(w, questions)]
        order = sorted(asked, key=lambda a: (len(self.windows[a[0]].ids), len(a[1])))
        for at in range(0, len(order), BATCH):
            chosen = order[at : at + BATCH]
            _, classes, statuses = self.model.upper([(self.states[i], places) for i, places in chosen])
            for row, (_, places) in enumerate(chosen):
                for column, place in enumerate(places):
                    told[place.question] = _told(classes[row, column], statuses[row, column])
        return told


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # there are as many readers as the host has cores for them
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _told(classes: Floats, statuses: Floats) -> Told:
    """The answer of one pair's logits."""
    sure = (1.0 / (1.0 + np.exp(-classes))).tolist()
    return Told(tuple(sure[:SAME]), sure[SAME], Status(STATUSES[int(statuses.argmax())]))


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indexes in batches of similar length."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    for at in range(0, len(order), BATCH):
        yield order[at : at + BATCH]


def _places(window: Window, questions: Sequence[Question]) -> Iterator[list[Place]]:
    """The questions that this window answers, so many at a time as one run takes."""
    places = []
    for number, question in enumerate(questions):
        if window.own[0] <= question.at < window.own[1]:
            first, second = window.tokens(question.first), window.tokens(question.second)
            if first and second:
                places.append(Place(number, first, second))
    for at in range(0, len(places), MAX_PAIRS):
        yield places[at : at + MAX_PAIRS]


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def _names(window: Window, text: str, probabilities: Floats) -> Iterator[NameSpan]:
    """Runs of words that are rather inside of a name or role; a word that begins one starts a new run."""
    words = _words(window, text)
    for columns, role in (([NAME, IN_NAME], False), ([ROLE, IN_ROLE], True)):
        found = probabilities[:, columns]
        run: list[tuple[int, int]] = []
        for start, end in words:
            within = found[start:end].sum(axis=1).mean() >= SURE
            if run and (not within or found[start, 0] > found[start, 1]):
                yield _span(window, found, run, role)
                run = []
            if within:
                run.append((start, end))
        if run:
            yield _span(window, found, run, role)


def _span(window: Window, found: Floats, run: Sequence[tuple[int, int]], role: bool) -> NameSpan:
    start, end = run[0][0], run[-1][1]
    sure = float(found[start:end].sum(axis=1).mean())
    return NameSpan(window.spans[start][0], window.spans[end - 1][1], sure, role)


def _words(window: Window, text: str) -> list[tuple[int, int]]:
    """The tokens of each word, half-open: pieces between which a letter or digit meets another."""
    words: list[tuple[int, int]] = []
    for i in range(1, len(window.ids) - 1):
        start = window.spans[i][0]
        if words and window.spans[i - 1][1] == start > 0 and text[start - 1 : start + 1].isalnum():
            words[-1] = (words[-1][0], i + 1)
        else:
            words.append((i, i + 1))
    return words
