"""Scores the reader against labelled news: strict on kind, pair and direction, from text to ties.

The labels are in `labels/`: offsets into passages that are not part of this project, found beside it (the
guide is docs/labelling.md). A name counts as found when any of its labelled forms has the same key; a
labelled tie marked doubtful is neither asked for nor held against the reader.

    .venv/bin/python -m tests.gate.scoring dev     # or test, which is for reports only
"""

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.extraction.pipeline import Reader
from bot.names import name_key
from bot.values import SYMMETRIC_KINDS, Extraction, Tie

TEXTS = Path(__file__).parents[3] / "shared" / "data"
LABELS = Path(__file__).parent / "labels"
LANGUAGES = ("en", "es", "fr")
Json = Mapping[str, Any]
TieKey = tuple[str, str, str]


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
    """The scores of a part ("dev" or "test") by language, and of all together under "all"."""
    scores: dict[str, Score] = defaultdict(Score)
    for label, passage in labelled(part):
        counts = _count(label, passage["text"], reader.extract(passage["text"], title=passage.get("title")))
        scores[label["lang"]].found += counts
        scores["all"].found += counts
    return dict(scores)


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


def _count(label: Json, text: str, found: Extraction) -> Counter[str]:
    forms: dict[str, int] = {}
    for number, spans in enumerate(label["companies"]):
        for start, end in spans:
            forms.setdefault(name_key(text[start:end]), number)
    names = {form: company for company in found.companies for form in (company.name, *company.aliases)}

    def known(name: str) -> str:
        company = names.get(name)
        all_forms = (name, company.name, *company.aliases) if company else (name,)
        return next((str(forms[key]) for form in all_forms if (key := name_key(form)) in forms), f"?{name}")

    said = {known(company.name) for company in found.companies}
    wanted_names = {str(number) for number in range(len(label["companies"]))}
    ties = {_key(tie.kind, known(tie.source), known(tie.target)): tie for tie in found.ties}
    wanted = {_key(tie["kind"], str(tie["source"]), str(tie["target"])): tie for tie in label["ties"]}
    doubtful = {_key(tie["kind"], str(tie["source"]), str(tie["target"])) for tie in label["doubtful"]}
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
        }
    )
    for key in ties.keys() & wanted.keys():
        counts.update(_slots(ties[key], wanted[key]))
    return counts


def _slots(tie: Tie, wanted: Json) -> Iterator[str]:
    yield "status" if tie.status == wanted["status"] else "wrong status"
    if wanted["amount"] is not None or tie.money is not None:
        right = tie.money is not None and tie.money.amount == wanted["amount"]
        yield "amount" if right else "wrong amount"


def _key(kind: str, source: str, target: str) -> TieKey:
    if kind in SYMMETRIC_KINDS:
        source, target = sorted((source, target))
    return str(kind), source, target


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    """Print the scores of the part named on the command line."""
    for lang, result in sorted(score(sys.argv[1] if sys.argv[1:] else "dev", Reader()).items()):
        print(lang, " ".join(f"{name} {value:.2f}" for name, value in result.figures.items()))  # noqa: T201


if __name__ == "__main__":
    main()
