"""The written passages are sound, and become the samples that their labels say."""

from pathlib import Path

import pytest

from training.checking import problems
from training.corpus import Mention, Stated, blocks, written

TRAINING = Path(__file__).parents[2] / "training"
FILES = sorted((*TRAINING.glob("passages/*.txt"), *TRAINING.glob("held/*.txt")))
ONE = """# en wire
H [Aldea|A] buys
[Aldea|A] bought [Bruma|B] from [the bank|C*].
= acq c A>B 5 USD s2
= own? e C>B s2
"""


def _read(folder: Path, text: str) -> list[Stated]:
    (folder / "one.txt").write_text(text, encoding="utf-8")
    (passage,) = written(folder)
    return list(passage.ties)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_written_passage_keeps_to_the_form(path: Path) -> None:
    assert list(problems(path.read_text(encoding="utf-8"))) == []


def test_no_passage_is_both_trained_on_and_held_out() -> None:
    trained, held = (
        {
            "\n".join(b[1:])
            for f in TRAINING.glob(f"{folder}/*.txt")
            for b in blocks(f.read_text(encoding="utf-8"))
        }
        for folder in ("passages", "held")
    )
    assert trained.isdisjoint(held)


def test_marks_become_offsets(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ONE, encoding="utf-8")
    (passage,) = written(tmp_path)
    sentence = passage.sentences[1]
    assert sentence.text == "Aldea bought Bruma from the bank."
    assert sentence.mentions == (Mention(0, 5, "A"), Mention(13, 18, "B"), Mention(24, 32, "C", role=True))


def test_ties_keep_kind_status_direction_and_sentence(tmp_path: Path) -> None:
    assert _read(tmp_path, ONE)[0] == Stated("acquisition", "completed", "A", "B", 1)


def test_a_question_mark_makes_a_tie_doubtful(tmp_path: Path) -> None:
    assert _read(tmp_path, ONE)[1] == Stated("ownership", "ended", "C", "B", 1, doubtful=True)


@pytest.mark.parametrize(
    "line",
    [
        "= acq c A>A s2",
        "= buy c A>B s2",
        "= acq c A>B s9",
        "= acq c A>D s2",
        "[Aldea|A bought",
    ],
)
def test_a_fault_is_named(line: str) -> None:
    assert list(problems(ONE + line))


def test_a_sound_passage_has_no_fault() -> None:
    assert list(problems(ONE)) == []


def test_a_blank_line_parts_passages() -> None:
    assert len(list(blocks(f"{ONE}\n\n{ONE}"))) == 2
