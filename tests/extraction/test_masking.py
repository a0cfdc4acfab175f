"""Masked sentences lead back to the article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.masking import mask
from bot.extraction.mentions import Mention, MentionKind
from bot.extraction.sentences import Span


def _mention(text: str, name: str, company: str | None = None) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), company or name, MentionKind.NAME)


def test_a_bracket_that_only_repeats_a_name_goes() -> None:
    text = "Tan & Tan Pty Ltd (Tan) proposes to acquire Lumen Bay (the Acquisition)."
    mentions = [
        _mention(text, "Tan & Tan Pty Ltd", "Tan"),
        Mention(19, 22, "Tan", MentionKind.NAME),
        _mention(text, "Lumen Bay"),
    ]
    masked = mask(text, Span(0, len(text)), mentions, (), "en")
    assert masked.text == "Boeing proposes to acquire Intel."


def test_a_bracket_that_names_others_stays_apart_from_the_list() -> None:
    text = "Grupo Faro (Alba, Boreal y Cobalto) creció."
    mentions = [_mention(text, name) for name in ("Grupo Faro", "Alba", "Boreal", "Cobalto")]
    masked = mask(text, Span(0, len(text)), mentions, (), "es")
    assert masked.text == "Repsol – Endesa, Iberdrola y Nokia – creció."


def test_a_company_keeps_its_stand_in() -> None:
    text = "Alba compró Boreal y Alba creció."
    mentions = [
        _mention(text, "Alba"),
        _mention(text, "Boreal"),
        Mention(21, 25, "Alba", MentionKind.NAME),
    ]
    masked = mask(text, Span(0, len(text)), mentions, (), "es")
    assert masked.text == "Repsol compró Endesa y Repsol creció."


@pytest.mark.parametrize("word", ["compró", "creció", "Boreal"])
def test_an_offset_leads_back_to_the_same_word(word: str) -> None:
    text = "Fin. Alba S.A. (antes Faro) compró Boreal y creció."
    span = Span(5, len(text))
    masked = mask(text, span, [_mention(text, "Alba S.A."), _mention(text, "Boreal")], (), "es")
    shown = "Endesa" if word == "Boreal" else word
    assert text[masked.origin(masked.text.index(shown)) :].startswith(word)


@given(st.text(max_size=60), st.data())
def test_offsets_stay_inside_the_sentence(text: str, choice: st.DataObject) -> None:
    start = choice.draw(st.integers(0, len(text)))
    end = choice.draw(st.integers(start, len(text)))
    mentions = [Mention(start, end, "Alba", MentionKind.NAME)] if end > start else []
    masked = mask(text, Span(0, len(text)), mentions, (), "es")
    assert all(0 <= masked.origin(at) <= len(text) for at in range(len(masked.text) + 1))
