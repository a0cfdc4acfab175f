"""From lines to paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.lines import is_wrapped, paragraphs_in, paragraphs_of

WRAPPED = [
    "Corvane said on Monday that it had bought a rival in the city of",
    "Lyon for four million euros, and that it would keep the whole of",
    "its staff.",
]


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([], []),
        (["one line"], ["one line"]),
        (WRAPPED, [" ".join(WRAPPED)]),
        ([*WRAPPED, *WRAPPED], [" ".join(WRAPPED)] * 2),  # a short last line ends its paragraph
        ([*WRAPPED, "", "A head", "", *WRAPPED], [" ".join(WRAPPED), "A head", " ".join(WRAPPED)]),
        (["A head", *WRAPPED], ["A head", " ".join(WRAPPED)]),
        (["the acqui-", "sition"], ["the acquisition"]),
        (["the adqui\u2010", "sición"], ["the adquisición"]),
        (["a deal worth €4-", "million"], ["a deal worth €4- million"]),
        (["the firm Rolls-", "Royce"], ["the firm Rolls- Royce"]),
        (
            ["terms of the deal are:", "• cash", "• shares of the buyer"],
            ["terms of the deal are:", "• cash", "• shares of the buyer"],
        ),
    ],
)
def test_lines_become_paragraphs(lines: list[str], paragraphs: list[str]) -> None:
    assert list(paragraphs_of(lines)) == paragraphs


@given(st.lists(st.text("ab Z.-", max_size=12).map(str.strip), max_size=20))
def test_no_letter_is_lost(lines: list[str]) -> None:
    joined = "".join(paragraphs_of(lines))
    assert [c for c in joined if c.isalpha()] == [c for c in "".join(lines) if c.isalpha()]


@pytest.mark.parametrize(
    ("lines", "wrapped"),
    [
        (WRAPPED, True),
        (["One paragraph.", "Another one."], False),
        (["x" * 300, "y" * 200], False),
        (["Corvane Limited", "Brumal Holding", "Tessel Energy"], False),
        (["one"], False),
    ],
)
def test_wrapped_lines_are_told_from_paragraphs_of_one_line(lines: list[str], wrapped: bool) -> None:
    assert is_wrapped(lines) is wrapped


def test_a_block_of_two_lines_is_wrapped_where_the_text_is() -> None:
    prose = [
        "The firm told its shareholders on the first day of the week that it",
        "will keep the staff of the rival which it bought two years ago, and",
        "that it may sell some of its plants to whoever is ready to pay more",
        "for them.",
    ]
    short = [
        "Brumal sued a maker of soups over a licence in the month of May. Aldea",
        "Group will not pay, it said.",
    ]
    listed = ["Corvane Limited", "Brumal Holding"]
    text = "\n\n".join("\n".join(block) for block in (prose, short, listed))
    assert paragraphs_in(text) == [" ".join(prose), " ".join(short), *listed]


def test_lines_of_their_own_stay_apart_where_nothing_is_wrapped() -> None:
    assert paragraphs_in("Corvane buys Brumal\nAldea loses\n\nThe end.") == [
        "Corvane buys Brumal",
        "Aldea loses",
        "The end.",
    ]
