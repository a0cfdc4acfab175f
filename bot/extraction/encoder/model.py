"""The trained network, run by ONNX Runtime: names in a text, and what it says of two companies.

The network has two halves. Both read each window of text once, for the names; for each pair that is asked
about the upper half reads two further tokens beside what it kept of their window.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from bot.extraction.encoder.classes import IN_NAME, IN_ROLE, NAME, ROLE, SAME, STATUSES
from bot.extraction.encoder.marks import MarkedText
from bot.extraction.encoder.names import NameSpan
from bot.extraction.encoder.tokens import CharSpan, Vocabulary, Window
from bot.extraction.encoder.upper import Floats, Place, ReadWindow, Upper
from bot.values import Status

WEIGHTS = Path(__file__).parent / "weights"
BATCH = 8  # windows
MAX_PAIRS = 64  # of one window in one run
KEPT = 18  # windows of a text, some 3,000 words, of which is kept what pairs need: 4.7 MB each
SURE = 0.5  # of being inside of a name


@dataclass(frozen=True, slots=True)
class Question:
    """Where a text speaks of two companies, the earlier one first, and where the sentence starts."""

    at: int
    first: tuple[CharSpan, ...]
    second: tuple[CharSpan, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The probability of each of `classes.CLASSES`, of both being the same; the likeliest status and its."""

    classes: tuple[float, ...]
    same: float
    status: Status
    status_sure: float


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
    def upper(self) -> Upper:
        """The upper half."""
        return Upper(_session(self._folder / "upper.onnx"))

    @cached_property
    def arbiter(self) -> dict[str, float]:
        """The weights of what speaks for a tie (`bot.extraction.arbiter`)."""
        found: dict[str, float] = json.loads((self._folder / "arbiter.json").read_text())
        return found

    def encode(self, text: str, sentences: Sequence[CharSpan]) -> "EncodedText":
        """Read a text that is cut into sentences."""
        windows = self._vocabulary.windows(text, sentences)
        read = sorted(self._read(windows), key=lambda found: found[0])
        return EncodedText(self, text, tuple(windows), tuple(found for _, found in read))

    def ask_marked(self, texts: Sequence[MarkedText]) -> list[Told | None]:
        """What each text's last sentence says of its two marks; None where no window holds both."""
        asked = [
            (number, window, places)
            for number, text in enumerate(texts)
            for window in self._vocabulary.windows(text.text, text.cuts)
            for places in _places(window, [Question(text.cuts[-1][0], text.first, text.second)])
        ]
        told: list[Told | None] = [None] * len(texts)
        for at in range(0, len(asked), KEPT):
            some = asked[at : at + KEPT]
            read = list(self._read([window for _, window, _ in some]))
            answers = self.answers([(found, some[i][2]) for i, found in read])
            for (i, _), (answer,) in zip(read, answers, strict=True):
                told[some[i][0]] = answer
        return told

    def _read(self, windows: Sequence[Window]) -> Iterator[tuple[int, ReadWindow]]:
        """What both halves make of each window, by its number; of the first KEPT all that pairs need."""
        for chosen in _batches([len(w.ids) for w in windows]):
            states = self._states([windows[i] for i in chosen])
            for i, found in zip(chosen, self.upper.windows(states), strict=True):
                yield i, found if i < KEPT else replace(found, kept=None)

    def _states(self, windows: Sequence[Window]) -> list[Floats]:
        """What the lower half makes of each window."""
        ids = np.full((len(windows), max(len(w.ids) for w in windows)), self._vocabulary.pad, np.int64)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
        mask = (ids != self._vocabulary.pad).astype(np.float32)
        (found,) = self._lower.run(None, {"ids": ids, "mask": mask})
        return [found[row, : len(window.ids)] for row, window in enumerate(windows)]

    def answers(self, asked: Sequence[tuple[ReadWindow, Sequence[Place]]]) -> Iterator[list[Told]]:
        """What is told of each window's places, in their order."""
        for at in range(0, len(asked), BATCH):
            chosen = asked[at : at + BATCH]
            classes, statuses = self.upper.pairs(chosen)
            for row, (_, places) in enumerate(chosen):
                yield [_told(classes[row, column], statuses[row, column]) for column in range(len(places))]


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A text's windows and what the network made of each, ready to be asked."""

    model: EncoderModel
    text: str
    windows: tuple[Window, ...]
    read: tuple[ReadWindow, ...]

    def names(self) -> list[NameSpan]:
        """The names and roles in the text's order."""
        found: list[NameSpan] = []
        for window, read in zip(self.windows, self.read, strict=True):
            spans = _names(window, self.text, _softmax(read.tags))
            found += [n for n in spans if window.own[0] <= n.start < window.own[1]]
        return sorted(found, key=lambda n: n.start)

    def ask(self, questions: Sequence[Question]) -> list[Told | None]:
        """What the text says of each two companies; None where they don't stand in one window."""
        told: list[Told | None] = [None] * len(questions)
        asked = [
            (read, places)
            for window, read in zip(self.windows, self.read, strict=True)
            for places in _places(window, questions)
        ]
        asked.sort(key=lambda a: (len(a[0].states), len(a[1])))
        for (_, places), answers in zip(asked, self.model.answers(asked), strict=True):
            for place, answer in zip(places, answers, strict=True):
                told[place.question] = answer
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
    likely = int(statuses.argmax())
    return Told(
        tuple(sure[:SAME]), sure[SAME], Status(STATUSES[likely]), float(_softmax(statuses[None])[0, likely])
    )


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
