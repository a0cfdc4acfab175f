"""The trained network: it answers alike however it is asked."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.extraction.encoder.classes import CLASSES, class_of
from bot.extraction.encoder.marks import Mark, MarkedSpan, MarkedText, masked
from bot.extraction.encoder.model import KEPT, WEIGHTS, EncodedText, EncoderModel, Question
from bot.values import TieKind

FIRST = "The logistics group Corvane has acquired Tessel Robotics for $650 million."
SECOND = "Analysts expected the sale."
TEXT = f"{FIRST} {SECOND}"
CUTS = [(0, len(FIRST)), (len(FIRST) + 1, len(TEXT))]
BUYER = (TEXT.index("Corvane"), TEXT.index("Corvane") + len("Corvane"))
BOUGHT = (TEXT.index("Tessel"), TEXT.index("Tessel") + len("Tessel Robotics"))
QUESTION = Question(0, (BUYER,), (BOUGHT,))


@pytest.fixture(scope="module")
def model() -> EncoderModel:
    return EncoderModel()


@pytest.fixture(scope="module")
def encoded(model: EncoderModel) -> EncodedText:
    return model.encode(TEXT, CUTS)


def test_names_are_found_where_they_stand(encoded: EncodedText) -> None:
    assert [TEXT[n.start : n.end] for n in encoded.names() if not n.role] == ["Corvane", "Tessel Robotics"]


@pytest.mark.parametrize(
    "text",
    [
        "MasOrange y Grupo Empeñat negocian con Xfera-Móviles; Quad/Graphics Perú (QGP) no participa.",
        "Dohl & Söhne, L'Oréal, AT&T and Yahoo! met Kraft-Heinz's managers in Zürich.",
        "La société Électricité d'Azur a cédé Énergies-du-Nord à Cimpor-Béton pour 3 M€.",
    ],
)
def test_no_name_begins_or_ends_inside_a_word(model: EncoderModel, text: str) -> None:
    for name in model.encode(text, [(0, len(text))]).names():
        for edge in (name.start, name.end):
            assert not text[max(0, edge - 1) : edge + 1].isalnum() or edge in (0, len(text)), name


def test_who_buys_whom_is_told_with_its_direction(encoded: EncodedText) -> None:
    (told,) = encoded.ask([QUESTION])
    assert told is not None
    assert max(range(len(CLASSES)), key=told.classes.__getitem__) == class_of("acquisition", forward=True)


def test_a_company_outside_of_the_window_gives_no_answer(encoded: EncodedText) -> None:
    assert encoded.ask([Question(0, (BUYER,), ((5_000, 5_005),))]) == [None]


def test_an_answer_hardly_depends_on_what_else_is_asked(encoded: EncodedText) -> None:
    (alone,) = encoded.ask([QUESTION])
    beside = encoded.ask([Question(0, (BOUGHT,), (BUYER,)), QUESTION])[1]
    assert alone is not None
    assert beside is not None
    assert beside.classes == pytest.approx(alone.classes, abs=0.05)  # 8-bit sums differ by batch


def test_a_window_of_which_nothing_was_kept_is_read_anew_for_its_questions(encoded: EncodedText) -> None:
    (kept,) = encoded.ask([QUESTION])
    (anew,) = replace(encoded, read=tuple(replace(r, kept=None) for r in encoded.read)).ask([QUESTION])
    assert kept is not None
    assert anew is not None
    assert anew.classes == pytest.approx(kept.classes, abs=1e-6)


def test_of_a_long_text_what_pairs_need_is_kept_of_the_first_windows_only(model: EncoderModel) -> None:
    text = f"{FIRST}\n" * 400
    encoded = model.encode(text, [(i * (len(FIRST) + 1), (i + 1) * (len(FIRST) + 1)) for i in range(400)])
    assert [read.kept is not None for read in encoded.read] == [
        number < KEPT for number in range(len(encoded.windows))
    ]
    assert len(encoded.windows) > KEPT


def test_windows_of_other_lengths_are_answered_each_as_alone(model: EncoderModel) -> None:
    filler = "Nobody at the talks would say when the papers are to be signed, or by whom. " * 13
    text = f"{TEXT} {filler}{FIRST}"
    shift = len(text) - len(FIRST)
    cuts = [*CUTS, (len(TEXT) + 1, shift - 1), (shift, len(text))]
    late = Question(shift, *(((a + shift, b + shift),) for a, b in (BUYER, BOUGHT)))
    encoded = model.encode(text, cuts)
    assert len({len(read.states) for read in encoded.read}) > 1
    both = encoded.ask([QUESTION, late])
    alone = [*encoded.ask([QUESTION]), *encoded.ask([late])]
    for one, other in zip(both, alone, strict=True):
        assert one is not None
        assert other is not None
        assert one.classes == pytest.approx(other.classes, abs=0.05)  # 8-bit sums differ by batch


def test_many_questions_of_one_window_are_all_answered(encoded: EncodedText) -> None:
    assert None not in encoded.ask([QUESTION] * 150)


def _masked_question() -> MarkedText:
    first = MarkedSpan(*BUYER, Mark.FIRST)
    return masked(TEXT, CUTS[:1], [first, MarkedSpan(*BOUGHT, Mark.SECOND)])


def test_who_buys_whom_is_told_without_the_names_too(model: EncoderModel) -> None:
    (told,) = model.ask_marked([_masked_question()])
    assert told is not None
    assert max(range(len(CLASSES)), key=told.classes.__getitem__) == class_of("acquisition", forward=True)


def test_a_masked_text_without_one_of_its_marks_gives_no_answer(model: EncoderModel) -> None:
    alone = masked(TEXT, CUTS[:1], [MarkedSpan(*BUYER, Mark.FIRST)])
    assert [told is None for told in model.ask_marked([alone, _masked_question()])] == [True, False]


def test_of_masked_texts_none_gives_no_answers(model: EncoderModel) -> None:
    assert model.ask_marked([]) == []


def test_many_masked_texts_are_answered_each_as_alone(model: EncoderModel) -> None:
    (alone,) = model.ask_marked([_masked_question()])
    assert alone is not None
    for told in model.ask_marked([_masked_question()] * 20):
        assert told is not None
        assert told.classes == pytest.approx(alone.classes, abs=0.05)  # 8-bit sums differ by batch


def test_an_empty_text_has_no_names(model: EncoderModel) -> None:
    assert model.encode("", []).names() == []


def test_the_network_s_word_has_weight_with_the_arbiter(model: EncoderModel) -> None:
    assert model.arbiter["network odds"] > 0.0
    assert {f"kind {kind}" for kind in TieKind} <= set(model.arbiter)


def test_the_weights_are_small_enough_for_the_repository() -> None:
    assert sum(f.stat().st_size for f in WEIGHTS.iterdir()) <= 45_000_000


def test_no_weight_is_kept_in_a_form_that_can_run_code() -> None:
    assert {f.suffix for f in Path(WEIGHTS).iterdir()} == {".onnx", ".json"}
