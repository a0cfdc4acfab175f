"""Scores the reader against labelled news: strict on kind, pair and direction, from text to ties.

The labels are in `labels/`: offsets into passages that are not part of this project, found beside it (the
guide is docs/labelling.md). A name counts as found when any of its labelled forms has the same key; a
labelled tie marked doubtful is neither asked for nor held against the reader.

    .venv/bin/python -m tests.gate.scoring dev             # or test, which is for reports only
    .venv/bin/python -m tests.gate.scoring dev --update    # raise the floors to what is reached now
"""

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.extraction.candidates import tie_key
from bot.extraction.pipeline import Reader
from bot.names import name_key
from bot.values import Extraction, Tie, TieKind
from training.corpus import labels_of

TEXTS = Path(__file__).parents[3] / "shared" / "data"
LABELS = Path(__file__).parent / "labels"
FLOORS = Path(__file__).parent / "floors.json"
LANGUAGES = ("en", "es", "fr")
SLACK = 0.02  # how far below a score its floor is set: libraries' numerics differ from machine to machine
CEILING = "false_on_empty"  # the one figure of which less is better
Json = Mapping[str, Any]


@dataclass
class Score:
    """Counts of one language; rates are 0 where there is nothing to count."""

    found: Counter[str] = field(default_factory=Counter)

    def rate(self, right: str, wrong: str) -> float:
        """Share of `right` in both."""
        total = self.found[right] + self.found[wrong]
        return self.found[right] / total if total else 0.0

    @property
    def figures(self) -> dict[str, float]:
        """Everything that is reported."""
        precision, recall = self.rate("tie", "false tie"), self.rate("tie", "missed tie")
        name_precision, name_recall = self.rate("name", "false name"), self.rate("name", "missed name")
        return {
            "precision": precision,
            "recall": recall,
            "f1": _f1(precision, recall),
            "companies_f1": _f1(name_precision, name_recall),
            "status": self.rate("status", "wrong status"),
            "amounts": self.rate("amount", "wrong amount"),
            "false_on_empty": float(self.found["false on empty"]),
        }


def score(part: str, reader: Reader) -> dict[str, Score]:
    """The scores of a part ("dev" or "test") by language and kind of tie, and of all under "all"."""
    scores: dict[str, Score] = defaultdict(Score)
    for label, passage in labelled(part):
        extraction = reader.extract(passage["text"], title=passage.get("title"))
        counts, kinds = _count(label, passage["text"], extraction)
        scores[label["lang"]].found += counts
        scores["all"].found += counts
        for kind, of_kind in kinds.items():
            scores[kind].found += of_kind
    return dict(scores)


def labels_hash(part: str) -> str:
    """What a floor is bound to: floors of other labels say nothing."""
    return hashlib.sha256((LABELS / f"{part}.jsonl").read_bytes()).hexdigest()


def below_floor(scores: Mapping[str, Score], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """One line for each figure that is below its floor; `false_on_empty` has a ceiling instead."""
    return [
        f"{group} {figure} {_figure(scores, group, figure):.3f}, floor {floor}"
        for group, figures in floors.items()
        for figure, floor in figures.items()
        if (_figure(scores, group, figure) > floor) == (figure == CEILING)
        and _figure(scores, group, figure) != floor
    ]


def raised(
    floors: Mapping[str, Mapping[str, float]], scores: Mapping[str, Score]
) -> dict[str, dict[str, float]]:
    """The floors at what is reached now, a little slack aside; none is ever lowered (no ceiling raised)."""
    made: dict[str, dict[str, float]] = {group: dict(figures) for group, figures in floors.items()}
    for group, found in scores.items():
        figures = found.figures if group in ("all", *LANGUAGES) else {"f1": found.figures["f1"]}
        for figure, value in figures.items():
            held = made.setdefault(group, {})
            if figure == CEILING:
                held[figure] = min(held.get(figure, value), value)
            else:
                held[figure] = max(held.get(figure, 0.0), round(max(0.0, value - SLACK), 2))
    return made


def _figure(scores: Mapping[str, Score], group: str, figure: str) -> float:
    return scores[group].figures[figure] if group in scores else 0.0


def labelled(part: str) -> Iterator[tuple[Json, Json]]:
    """Every label with its passage; raises ValueError when a passage is not the one that was labelled."""
    passages = {
        row["id"]: row
        for lang in LANGUAGES
        for row in map(json.loads, (TEXTS / f"news-{lang}.jsonl").read_text(encoding="utf-8").splitlines())
    }
    for label in map(json.loads, (LABELS / f"{part}.jsonl").read_text().splitlines()):
        passage = passages[label["id"]]
        if not hashlib.sha256(passage["text"].encode()).hexdigest().startswith(label["sha256"]):
            raise ValueError(f"{label['id']} is not the passage that was labelled")
        yield label, passage


def _count(label: Json, text: str, found: Extraction) -> tuple[Counter[str], dict[str, Counter[str]]]:
    forms: dict[str, str] = {}
    for number, spans in enumerate(label["companies"]):
        for start, end in spans:
            forms.setdefault(name_key(text[start:end]), str(number))
    labels = labels_of(found.companies, forms)

    def known(name: str) -> str:
        return labels.get(name, f"?{name}")

    said = {known(company.name) for company in found.companies}
    wanted_names = {str(number) for number in range(len(label["companies"]))}
    ties = {tie_key(tie.kind, known(tie.source), known(tie.target)): tie for tie in found.ties}
    wanted = {_key(tie): tie for tie in label["ties"]}
    doubtful = {_key(tie) for tie in label["doubtful"]}
    false = ties.keys() - wanted.keys() - doubtful
    counts = Counter(
        {
            "name": len(said & wanted_names),
            "false name": len(said - wanted_names),
            "missed name": len(wanted_names - said),
            "tie": len(ties.keys() & wanted.keys()),
            "false tie": len(false),
            "missed tie": len(wanted.keys() - ties.keys()),
            "false on empty": 0 if wanted else len(false),
            "unproven": sum(text[t.evidence.start : t.evidence.end] != t.evidence.text for t in found.ties),
        }
    )
    for key in ties.keys() & wanted.keys():
        counts.update(_slots(ties[key], wanted[key]))
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for what, keys in (
        ("tie", ties.keys() & wanted.keys()),
        ("false tie", false),
        ("missed tie", wanted.keys() - ties.keys()),
    ):
        for kind, _, _ in keys:
            kinds[kind][what] += 1
    return counts, kinds


def _slots(tie: Tie, wanted: Json) -> Iterator[str]:
    yield "status" if tie.status == wanted["status"] else "wrong status"
    if wanted["amount"] is not None or tie.money is not None:
        right = tie.money is not None and tie.money.amount == wanted["amount"]
        yield "amount" if right else "wrong amount"


def _key(tie: Json) -> tuple[TieKind, str, str]:
    return tie_key(TieKind(tie["kind"]), str(tie["source"]), str(tie["target"]))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main(arguments: list[str]) -> int:
    """Print the scores of the part that is named, and what is below its floor; 1 when something is."""
    part = next((a for a in arguments if not a.startswith("-")), "dev")
    scores = score(part, Reader())
    for group, result in sorted(scores.items(), key=lambda s: (s[0] not in ("all", *LANGUAGES), s[0])):
        figures = result.figures
        names = figures if group in ("all", *LANGUAGES) else ("precision", "recall", "f1")
        print(group, " ".join(f"{name} {figures[name]:.2f}" for name in names))  # noqa: T201
    if part != "dev":
        return 0
    held = json.loads(FLOORS.read_text())
    if "--update" in arguments:
        held = {"labels": labels_hash(part), "floors": raised(held["floors"], scores)}
        FLOORS.write_text(json.dumps(held, indent=1) + "\n")
    if held["labels"] != labels_hash(part):
        print("The labels are not those that the floors are for; see --update.")  # noqa: T201
        return 1
    below = below_floor(scores, held["floors"])
    print("\n".join(["Below the floor:", *below]) if below else "No figure is below its floor.")  # noqa: T201
    return int(bool(below))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
