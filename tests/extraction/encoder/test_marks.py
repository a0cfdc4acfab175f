"""Sentences with marks in the place of names."""

from bot.extraction.encoder.marks import Mark, MarkedSpan, MarkedText, masked

TEXT = "Aldea sells tiles. Its parent Bruma (once part of Cima) bought Dunar from Cima."
SENTENCE = (19, len(TEXT))


def _span(words: str, mark: Mark, *, noun: bool = False, after: int = 0) -> MarkedSpan:
    start = TEXT.index(words, after)
    return MarkedSpan(start, start + len(words), mark, noun)


def _masked(*spans: MarkedSpan) -> MarkedText:
    return masked(TEXT, [(0, 18), SENTENCE], spans)


def _marks(made: MarkedText) -> set[str]:
    return {made.text[a:b] for a, b in made.first} | {made.text[a:b] for a, b in made.second}


def test_names_give_way_to_marks() -> None:
    made = _masked(_span("Bruma", Mark.FIRST), _span("Dunar", Mark.SECOND), _span("Aldea", Mark.OTHER))
    assert made.text == "@ sells tiles.\nIts parent § (once part of Cima) bought # from Cima.\n"


def test_every_mark_of_the_two_is_known_by_its_place() -> None:
    made = _masked(
        _span("Dunar", Mark.FIRST), _span("Cima", Mark.SECOND), _span("Cima", Mark.SECOND, after=60)
    )
    assert (len(made.first), len(made.second), _marks(made)) == (1, 2, {"§", "#"})


def test_a_mark_stands_apart_from_the_signs_around_it() -> None:
    text = "(Bruma)-owned"
    assert masked(text, [(0, len(text))], [MarkedSpan(1, 6, Mark.FIRST)]).text == "( § )-owned\n"


def test_of_a_noun_the_words_are_kept() -> None:
    made = _masked(_span("Its parent", Mark.FIRST, noun=True), _span("Dunar", Mark.SECOND))
    assert "Its parent § Bruma (once" in made.text


def test_a_noun_that_stands_for_both_has_both_marks() -> None:
    made = _masked(_span("Its parent", Mark.FIRST, noun=True), _span("Its parent", Mark.SECOND, noun=True))
    assert "Its parent § # Bruma" in made.text


def test_of_names_that_overlap_the_longer_counts() -> None:
    made = _masked(_span("Bruma", Mark.FIRST), _span("Bruma (once part of Cima)", Mark.SECOND))
    assert (made.first, "parent # bought" in made.text) == ((), True)


def test_a_name_outside_of_the_sentences_is_left_out() -> None:
    made = masked(TEXT, [SENTENCE], [_span("Aldea", Mark.FIRST)])
    assert made.first == ()
    assert made.text == TEXT[19:] + "\n"


def test_the_sentences_are_known_by_their_places() -> None:
    made = _masked(_span("Bruma", Mark.FIRST))
    assert [made.text[a:b][:3] for a, b in made.cuts] == ["Ald", "Its"]
