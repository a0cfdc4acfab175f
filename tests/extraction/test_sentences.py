"""Cutting text into paragraphs and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.sentences import paragraphs, sentences


def _sentences(text: str, keep: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [text[s.start : s.end] for p in paragraphs(text) for s in sentences(text, p, keep)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uno. Dos.", ["Uno.", "Dos."]),
        ("¿Uno? ¡Dos! Tres", ["¿Uno?", "¡Dos!", "Tres"]),
        ("It cost $1.5 billion. Fine.", ["It cost $1.5 billion.", "Fine."]),
        ("The U.S. company won. It lost.", ["The U.S. company won.", "It lost."]),
        ("Mr. Smith left. He ran.", ["Mr. Smith left.", "He ran."]),
        ("One\n\nTwo", ["One", "Two"]),
        ("«Compramos.» Dijo que sí.", ["«Compramos.»", "Dijo que sí."]),
        ("- Uno", ["- Uno"]),
        ("Orla buys Yippee! for $4 million. Fine.", ["Orla buys Yippee! for $4 million.", "Fine."]),
        ("¿Quién compra? él no. Fin.", ["¿Quién compra? él no.", "Fin."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert _sentences(text) == expected


def test_a_name_is_never_cut() -> None:
    text = "El Banco S.A. Hispano creció. Fin."
    start = text.index("Banco")
    end = text.index(" creció")
    assert _sentences(text, ((start, end),)) == ["El Banco S.A. Hispano creció.", "Fin."]


@given(st.text(alphabet=".!? \nabcAB¿«»\"'()", max_size=80))
def test_sentences_keep_every_word(text: str) -> None:
    kept = "".join("".join(_sentences(text)).split())
    assert kept.replace("•", "") == "".join(text.split()).replace("•", "")
