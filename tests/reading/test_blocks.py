"""Which blocks of a page are the article's own."""

import pytest

from bot.reading.blocks import join_broken, own_paragraphs
from bot.reading.phrases import load_phrases

STORY = "Corvane bought a rival in Lyon on Monday, for four million euros."


def own(
    *blocks: str,
    title: str = "",
    links: frozenset[str] = frozenset(),
    authors: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    return own_paragraphs(blocks, title=title, links=links, phrases=load_phrases(), authors=authors)


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
    assert join_broken(lines, load_phrases()) == joined


def test_a_line_of_brackets_that_is_boilerplate_joins_nothing() -> None:
    lines = ["Hugo Lambrecht", "(Reportage de Hugo Lambrecht, édité par Anne Kerhuel)"]
    assert join_broken(lines, load_phrases()) == lines


@pytest.mark.parametrize("cut", ["...", "…", " [...]", ""])
def test_a_summary_that_repeats_the_lead_cut_short_goes(cut: str) -> None:
    assert own(STORY[:50].strip() + cut, STORY) == (STORY,)


@pytest.mark.parametrize(
    "summary", ["Corvane bought…", "Corvane buys a rival in Lyon for four million euros…"]
)
def test_a_summary_in_other_words_stays(summary: str) -> None:
    assert own(summary, STORY) == (summary, STORY)


def test_a_name_with_a_day_goes_and_a_name_with_anything_else_stays() -> None:
    assert own("Redacción Lanza | 21 de febrero de 2023", "Corvane | Lyon", STORY) == (
        "Corvane | Lyon",
        STORY,
    )


def test_the_author_s_name_alone_goes() -> None:
    assert own(STORY, "Hugo Lambrecht", authors=frozenset({"hugo lambrecht"})) == (STORY,)


@pytest.mark.parametrize(
    "line",
    [
        "Tom Ferrers is a senior reporter in Leeds covering robots and farms.",
        "Senior Editor. Before joining he wrote for two other papers.",
        "Es redactora de la sección de Industria. Licenciada en Periodismo por la Universidad de Lanza.",
        "Periodista especializado en energía, con más de veinte años en la profesión.",
        "Hugo Lambrecht est journaliste au service Entreprises.",
    ],
)
def test_a_line_about_the_author_goes_at_the_end_and_there_alone(line: str) -> None:
    assert own(line, STORY, line) == (line, STORY)


@pytest.mark.parametrize(
    "line",
    [
        "The reporter who wrote the story declined to say who had told him of the sale.",
        "La periodista trabajó para Corvane.",
        "Ada Wren, editor of the group's magazines, will leave in May.",
    ],
)
def test_a_last_paragraph_about_journalists_stays(line: str) -> None:
    assert own(STORY, line) == (STORY, line)


@pytest.mark.parametrize("head", ["Más noticias", "Related stories", "More from The Paper", "Les plus lus:"])
def test_a_list_of_other_stories_at_the_foot_goes(head: str) -> None:
    assert own(STORY, head, "Bluefern hires a chief of mines", "Orvik sells") == (STORY,)


def test_a_head_of_other_stories_with_a_text_below_takes_nothing_with_it() -> None:
    assert own(STORY, "Other news", "Bluefern hires", "Orvik sold its mine.") == (
        *(STORY, "Other news", "Bluefern hires", "Orvik sold its mine."),
    )
