"""From which probability on a kind of tie is told: `python -m training.thresholds`, after training.

The reader reads the development labels and the written passages in `held/`, which are not trained on. Each
kind gets the lowest threshold at which enough of what the network tells is right; a kind with few examples
leans on what all kinds together show.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.extraction.encoder.model import WEIGHTS
from bot.extraction.explaining import ExplainedSentence
from bot.extraction.merging import tie_key
from bot.extraction.modelled import TRUST
from bot.extraction.pipeline import Reader
from bot.names import name_key
from bot.values import TieKind
from training.corpus import Passage, labelled, written

HERE = Path(__file__).parent
TEXTS = HERE.parents[1] / "shared" / "data"
DEVELOPMENT = HERE.parent / "tests" / "gate" / "labels" / "dev.jsonl"
PRECISION = 0.6  # of what the network tells beyond the rules; with the rules, .9 on the development labels
LEAN = 12.0  # how many examples of its own a kind needs to count as much as all kinds together
GRID = tuple(round(0.25 + 0.025 * i, 3) for i in range(29))  # 0.25 to 0.95
_OPEN = 0.5  # the threshold at which a candidate's confidence is the network's probability itself

Key = tuple[TieKind, str, str]


@dataclass(frozen=True)
class Told:
    """A tie that the network tells of an article, how sure it is, and whether it is right."""

    kind: str
    probability: float
    right: bool


def told(reader: Reader, passages: Sequence[Passage]) -> Iterator[Told]:
    """Everything that the network sees any sign of; what is doubtful in the labels is left out."""
    for passage in passages:
        text = "\n".join(s.text for s in passage.sentences)
        forms = {
            name_key(s.text[m.start : m.end]): m.company
            for s in passage.sentences
            for m in s.mentions
            if not m.role
        }
        wanted = {tie_key(TieKind(t.kind), t.source, t.target) for t in passage.ties if not t.doubtful}
        doubtful = {tie_key(TieKind(t.kind), t.source, t.target) for t in passage.ties if t.doubtful}
        best: dict[Key, float] = defaultdict(float)
        for kind, source, target, sure in candidates(reader.explain(text, lang=passage.lang)):
            found = tie_key(kind, *(forms.get(name_key(n), f"?{n}") for n in (source, target)))
            best[found] = max(best[found], sure)
        for found, sure in best.items():
            unknown = any(name.startswith("?") for name in found[1:])  # the tagger's fault, not the pairs'
            if found in wanted or not (unknown or found in doubtful):
                yield Told(found[0], sure, found in wanted)


def candidates(sentences: Sequence[ExplainedSentence]) -> Iterator[tuple[TieKind, str, str, float]]:
    """What the network alone suggests."""
    for sentence in sentences:
        for c in (considered.candidate for considered in sentence.considered):
            if c.rule in TRUST:
                yield c.kind, c.source, c.target, c.confidence


def choose(found: Sequence[Told]) -> dict[str, float]:
    """The threshold of every kind."""
    chosen = {}
    for kind in TieKind:
        own = [t for t in found if t.kind == kind]
        fits = [t for t in GRID if _precision(own, found, t) >= PRECISION]
        chosen[kind.value] = min(fits, default=GRID[-1])
    return chosen


def _precision(own: Sequence[Told], everything: Sequence[Told], threshold: float) -> float:
    mine, all_ = ([t for t in part if t.probability >= threshold] for part in (own, everything))
    general = sum(t.right for t in all_) / max(1, len(all_))
    return (sum(t.right for t in mine) + LEAN * general) / (len(mine) + LEAN)


def main() -> None:
    """Choose, write, and say what each threshold gives."""
    thresholds = WEIGHTS / "thresholds.json"
    write(thresholds, {kind.value: _OPEN for kind in TieKind})
    reader = Reader()
    passages = [*written(HERE / "held"), *labelled(DEVELOPMENT, TEXTS)]
    found = list(told(reader, passages))
    chosen = choose(found)
    write(thresholds, chosen)
    for kind, threshold in chosen.items():
        mine = [t for t in found if t.kind == kind]
        above = [t for t in mine if t.probability >= threshold]
        right = sum(t.right for t in above)
        sys.stdout.write(f"{kind} {threshold}: {right} of {len(above)} right, {len(mine)} considered\n")


def write(path: Path, thresholds: Mapping[str, float]) -> None:
    """Write the thresholds beside the weights."""
    path.write_text(json.dumps(thresholds, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
