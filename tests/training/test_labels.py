"""The labels of real news are sound, and are used where their texts are."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.values import Status, TieKind
from training.corpus import labelled

LABELS = Path(__file__).parents[2] / "training" / "labels"
OPEN = ("CC BY", "MIT", "Apache-2.0", "Licence Art Libre", "public domain")
TEXT = "Aldea bought Bruma. Nobody said why."
LABEL = {
    "id": "en-1",
    "lang": "en",
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest()[:16],
    "companies": [[[0, 5]], [[13, 18]]],
    "roles": [],
    "ties": [{"kind": "acquisition", "source": 0, "target": 1, "status": "completed", "evidence": [0, 19]}],
    "doubtful": [],
}


def write(folder: Path, label: dict[str, Any], text: str | None = TEXT) -> Path:
    rows = [] if text is None else [json.dumps({"id": label["id"], "text": text})]
    (folder / "news-some.jsonl").write_text("\n".join(rows), encoding="utf-8")
    path = folder / "labels.jsonl"
    path.write_text(json.dumps(label), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(LABELS.rglob("*.jsonl")), ids=lambda path: path.stem)
def test_every_label_speaks_of_its_own_companies(path: Path) -> None:
    for label in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        known = range(len(label["companies"]))
        for tie in (*label["ties"], *label["doubtful"]):
            assert {tie["source"], tie["target"]} <= set(known), label["id"]
            assert tie["source"] != tie["target"], label["id"]
            assert tie["kind"] in set(TieKind), label["id"]
            assert tie["status"] in set(Status), label["id"]
        nouns = {company for _, _, company in label["roles"]}
        assert nouns <= set(known), label["id"]


@pytest.mark.parametrize("path", sorted(LABELS.glob("elsewhere/*.jsonl")), ids=lambda path: path.stem)
def test_what_is_published_elsewhere_says_where_and_under_which_licence(path: Path) -> None:
    for label in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        assert label["licence"].startswith(OPEN), label["id"]
        assert not {"NC", "ND"} & set(re.split(r"[ -]", label["licence"])), label["id"]
        assert label["pointer"], label["id"]
        assert "text" not in label


def test_a_label_becomes_a_passage_with_its_tie(tmp_path: Path) -> None:
    (passage,) = labelled(write(tmp_path, LABEL), tmp_path)
    (tie,) = passage.ties
    assert (tie.kind, tie.source, tie.target, tie.sentence) == ("acquisition", "0", "1", 0)


def test_another_text_than_the_labelled_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="en-1"):
        list(labelled(write(tmp_path, LABEL, TEXT.replace("why", "who")), tmp_path))


def test_a_label_whose_text_is_published_elsewhere_waits_for_it(tmp_path: Path) -> None:
    path = write(tmp_path, LABEL | {"pointer": "a book"}, None)
    assert list(labelled(path, tmp_path)) == []
