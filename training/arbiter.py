"""Fit what a tie's confidence is made of: `python -m training.arbiter`, after training.

The reader reads the development labels and the written passages in `held/`, which the network is not trained
on. Every tie that rules or network suggest there is right or wrong by its label; a logistic regression on its
signs says how often such a tie is right.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.extraction.arbiter import Signs, confidence, features
from bot.extraction.candidates import Candidate, tie_key
from bot.extraction.encoder.model import WEIGHTS
from bot.extraction.pipeline import Reader
from bot.names import name_key
from bot.values import CompanyName, TieKind
from training.corpus import Passage, labelled, labels_of, written

HERE = Path(__file__).parent
TEXTS = HERE.parents[1] / "shared" / "data"
DEVELOPMENT = HERE.parent / "tests" / "gate" / "labels" / "dev.jsonl"
PENALTY = 2.0  # on the squares of the weights; keeps what is rare near 0
FOLDS = 4
STEPS = 25  # more than it takes


@dataclass(frozen=True)
class Example:
    """What speaks for a tie that a sentence suggests, and whether the article, by number, states it."""

    signs: Signs
    right: bool
    article: int = 0


class Considers(Protocol):
    """The part of the reader that is asked."""

    def consider(self, text: str, *, lang: str) -> tuple[Sequence[CompanyName], Sequence[Candidate]]:
        """The companies of a text and every tie that was considered."""


def examples(reader: Considers, passages: Sequence[Passage]) -> Iterator[Example]:
    """Everything suggested; what the labels hold doubtful is left out."""
    for number, passage in enumerate(passages):
        names, considered = reader.consider(passage.text, lang=passage.lang)
        known = _labelled(names, passage)
        wanted = {tie_key(TieKind(t.kind), t.source, t.target) for t in passage.ties if not t.doubtful}
        doubtful = {tie_key(TieKind(t.kind), t.source, t.target) for t in passage.ties if t.doubtful}
        for c in considered:
            found = tie_key(c.kind, *(known.get(n, f"?{n}") for n in (c.source, c.target)))
            if c.signs is not None and (found in wanted or found not in doubtful):
                yield Example(c.signs, found in wanted, number)


def _labelled(names: Sequence[CompanyName], passage: Passage) -> dict[str, str]:
    """The label of each company that the reader names, by any of its forms."""
    forms: dict[str, str] = {}
    for sentence in passage.sentences:
        for mention in sentence.mentions:
            if not mention.role:
                forms.setdefault(name_key(sentence.text[mention.start : mention.end]), mention.company)
    return labels_of(names, forms)


def fit(found: Sequence[Example]) -> dict[str, float]:
    """The weights of the features under which the examples are likeliest, by Newton's method."""
    rows = [features(e.signs) for e in found]
    names = sorted({name for row in rows for name in row})
    inputs = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    right = np.array([e.right for e in found], dtype=float)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        told = 1.0 / (1.0 + np.exp(-inputs @ weights))
        slope = inputs.T @ (told - right) + PENALTY * weights
        bend = (inputs.T * (told * (1.0 - told))) @ inputs + PENALTY * np.eye(len(names))
        weights -= np.linalg.solve(bend, slope)
    return {name: round(weight, 4) for name, weight in zip(names, weights.tolist(), strict=True)}


def calibration(found: Sequence[Example]) -> Iterator[str]:
    """Lines: for each tenth of confidence the share of ties that are right, by weights fitted on the rest.

    The articles are dealt into FOLDS parts.
    """
    told: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = fit([e for e in found if e.article % FOLDS != fold])
        told += [(confidence(e.signs, weights), e.right) for e in found if e.article % FOLDS == fold]
    for low in range(10):
        mine = [right for sure, right in told if min(9, int(sure * 10)) == low]
        share = sum(mine) / max(1, len(mine))
        yield f"{low / 10:.1f} to {(low + 1) / 10:.1f}: {share:.2f} of {len(mine)} right"


def main() -> None:
    """Fit, write beside the network's weights, and say what each confidence is worth."""
    target = WEIGHTS / "arbiter.json"
    if not target.exists():
        write(target, {})  # the signs do not hang on it
    found = list(examples(Reader(), [*written(HERE / "held"), *labelled(DEVELOPMENT, TEXTS)]))
    write(target, fit(found))
    for line in calibration(found):
        sys.stdout.write(line + "\n")


def write(path: Path, weights: Mapping[str, float]) -> None:
    """Write the weights as JSON."""
    path.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
