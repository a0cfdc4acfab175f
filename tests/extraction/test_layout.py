"""Texts as they are given and as they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.layout import laid_out
from bot.extraction.pipeline import Reader
from bot.values import Evidence

MAIL = """   Nortia, the maker of pumps from Lyon, said on Monday that it had
bought Tessel Energy for $12 million in cash, and that it would keep
the staff.

   Marlow Foods sued Corvane Limited over the recipe of a soup, which
it says was copied.
"""


def test_wrapped_lines_are_read_as_paragraphs() -> None:
    first, second = laid_out(MAIL).text.split("\n\n")
    assert first.endswith(
        "that it had bought Tessel Energy for $12 million in cash, and that it would keep the staff."
    )
    assert second.startswith("Marlow Foods sued")


@pytest.mark.parametrize("kept", ["", "One line.", "A head\n\nNortia bought Tessel.\n\nIt paid 4 million."])
def test_an_article_as_it_is_kept_stays_as_it_is(kept: str) -> None:
    assert laid_out(kept).text == kept


@given(st.text("ab Z.-\n\t\u00a0"))
def test_every_character_remembers_where_it_stood(text: str) -> None:
    layout = laid_out(text)
    stood = [text[at] for at, c in zip(layout.origins, layout.text, strict=True) if not c.isspace()]
    assert stood == [c for c in layout.text if not c.isspace()]


def test_evidence_is_quoted_as_it_was_given() -> None:
    layout = laid_out(MAIL)
    start = layout.text.index("Marlow")
    quoted = layout.quoted(Evidence(layout.text[start:], start, len(layout.text)))
    assert quoted.text == MAIL[quoted.start : quoted.end] == MAIL[MAIL.index("Marlow") :].rstrip()


def test_a_tie_across_a_line_end_is_told(reader: Reader) -> None:
    (bought,) = (t for t in reader.extract(MAIL).ties if t.kind == "acquisition")
    assert (bought.source, bought.target) == ("Nortia", "Tessel Energy")
    assert bought.evidence.text == MAIL[bought.evidence.start : bought.evidence.end]
