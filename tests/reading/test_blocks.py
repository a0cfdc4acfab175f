"""Which blocks of a page are the article's own."""

import pytest

from bot.reading.blocks import join_broken, own_paragraphs
from bot.reading.phrases import load_phrases

STORY = "Corvane bought a rival in Lyon on Monday, for four million euros."


def own(*blocks: str, title: str = "", links: frozenset[str] = frozenset()) -> tuple[str, ...]:
    return own_paragraphs(blocks, title=title, links=links, phrases=load_phrases())


@pytest.mark.parametrize(
    "line",
    [
        *(
            "By Rohan Mehta",
            "BY ROHAN MEHTA",
            "By Rohan Mehta and Ana de la Torre",
            "Por Maite Olano | Pamplona",
        ),
        *("Par Claire Jossic, à Nantes", "Escrito por Eduardo Ruiz", "By Jo O’Neill, Industry Editor"),
    ],
)
def test_bylines_go(line: str) -> None:
    assert own(line, STORY) == (STORY,)


@pytest.mark.parametrize(
    "line", ["By the sea", "Por qué Iberluz vende", "Par ailleurs", "By Monday the deal was off."]
)
def test_heads_that_begin_like_bylines_stay(line: str) -> None:
    assert own(line, STORY) == (line, STORY)


def test_the_title_goes_however_it_is_cased() -> None:
    assert own("CORVANE GROWS", STORY, title="Corvane grows") == (STORY,)


def test_menu_entries_go_and_linked_sentences_stay() -> None:
    links = frozenset({"Economía", "Another story of the day", STORY})
    assert own("Economía", "Another story of the day", STORY, links=links) == (STORY,)


def test_a_paragraph_comes_once_and_short_lines_may_come_again() -> None:
    assert own(STORY, "Yes.", STORY, "Yes.") == (STORY, "Yes.", "Yes.")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["it bought", "a rival."], ["it bought a rival."]),
        (["it bought.", "a rival"], ["it bought.", "a rival"]),
        (["A head", "Then a text."], ["A head", "Then a text."]),
        (["it said (", "ella dijo)"], ["it said ( ella dijo)"]),
        ([], []),
    ],
)
def test_halves_of_a_sentence_meet(lines: list[str], joined: list[str]) -> None:
    assert join_broken(lines) == joined
