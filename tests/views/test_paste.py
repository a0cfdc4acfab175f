"""The modal for an article's text takes a whole article, also where a field holds 3,000 characters."""

from typing import Any

import pytest

from bot.errors import UserError
from bot.views.actions import Target, read_target
from bot.views.limits import view_problems
from bot.views.paste import PASTE_BLOCK, paste_modal, read_paste

TARGET = Target("a1", "C012AB3CD", "1718441234.567890")
SENTENCE = "Microsoft compró Inflection por 650 millones de dólares el pasado mes de marzo, dicen. "


def submitted(*parts: str | None, title: str | None = None) -> dict[str, Any]:
    """A submitted view: the text's fields in the order in which they stand in the modal."""
    fields = [block["block_id"] for block in paste_modal(TARGET)["blocks"]]
    values = dict.fromkeys(fields)
    values |= dict(zip(fields[1:], parts, strict=False)) | {fields[0]: title}
    return {"state": {"values": {field: {"value": {"value": text}} for field, text in values.items()}}}


def test_the_modal_is_one_that_slack_takes() -> None:
    view = paste_modal(TARGET)
    assert view_problems(view) == []
    assert read_target(view["private_metadata"]) == TARGET


def test_the_fields_set_no_maximum_and_hold_an_article_at_three_thousand_each() -> None:
    inputs = [block["element"] for block in paste_modal(TARGET)["blocks"] if block["element"]["multiline"]]
    assert all("max_length" not in element for element in inputs)
    assert 3000 * len(inputs) >= 8000


def test_problems_are_shown_under_a_field_that_exists() -> None:
    assert PASTE_BLOCK in [block["block_id"] for block in paste_modal(TARGET)["blocks"]]


def test_a_text_and_its_title_are_read() -> None:
    pasted = read_paste(submitted(f"  {SENTENCE}", title=" Costuras "))
    assert (pasted.title, pasted.text) == ("Costuras", SENTENCE.strip())


def test_a_title_may_be_missing() -> None:
    assert read_paste(submitted(SENTENCE)).title is None


def test_a_part_that_ends_a_sentence_ends_a_paragraph() -> None:
    assert (
        read_paste(submitted(SENTENCE, "Segundo párrafo.")).text == f"{SENTENCE.strip()}\n\nSegundo párrafo."
    )


def test_a_part_cut_in_mid_sentence_goes_on() -> None:
    half = SENTENCE + "Un comienzo que"
    assert read_paste(submitted(half, "sigue aquí.")).text == f"{half} sigue aquí."


def test_an_empty_field_between_is_skipped() -> None:
    assert read_paste(submitted(SENTENCE, None, "Fin.")).text.endswith("\n\nFin.")


@pytest.mark.parametrize("view", [submitted("Too short."), submitted(None), {}, {"state": {"values": {}}}])
def test_a_headline_is_no_article(view: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="too short"):
        read_paste(view)


def test_a_book_is_no_article() -> None:
    with pytest.raises(UserError, match="too long"):
        read_paste(submitted("x" * 200_001))
