"""How a text is cut into windows of tokens."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from bot.extraction.encoder.tokens import MAX_TOKENS, Vocabulary, Window


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    """One piece a word "a", so that lengths are easy to reckon with."""
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁a", -1.0)]
    made = Tokenizer(models.Unigram(pieces, unk_id=3))
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    made.save(str(tmp_path / "vocabulary.json"))
    return Vocabulary(tmp_path / "vocabulary.json")


def _text(*lengths: int) -> tuple[str, list[tuple[int, int]]]:
    """Sentences of so many words, and where they stand."""
    text, cuts = "", []
    for length in lengths:
        sentence = " ".join(["a"] * length)
        cuts.append((len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    return text, cuts


def test_sentences_that_fit_share_a_window(vocabulary: Vocabulary) -> None:
    text, cuts = _text(3, 4)
    (window,) = vocabulary.windows(text, cuts)
    assert (len(window.ids), window.own) == (3 + 4 + 2, (0, cuts[1][1]))


def test_a_new_window_begins_with_the_sentence_before(vocabulary: Vocabulary) -> None:
    text, cuts = _text(210, 30, 60)
    first, second = vocabulary.windows(text, cuts)
    assert (len(first.ids), len(second.ids)) == (210 + 30 + 2, 30 + 60 + 2)
    assert second.own == cuts[2]


def test_every_sentence_belongs_to_exactly_one_window(vocabulary: Vocabulary) -> None:
    text, cuts = _text(*[37] * 40)
    owners = [[w for w in vocabulary.windows(text, cuts) if w.own[0] <= cut[0] < w.own[1]] for cut in cuts]
    assert all(len(owner) == 1 for owner in owners)


@pytest.mark.parametrize("lengths", [(5_000,), (100, 5_000, 100), (250, 250, 250)])
def test_no_window_is_longer_than_the_network_takes(vocabulary: Vocabulary, lengths: tuple[int, ...]) -> None:
    text, cuts = _text(*lengths)
    assert max(len(w.ids) for w in vocabulary.windows(text, cuts)) <= MAX_TOKENS


def test_a_text_without_sentences_has_no_window(vocabulary: Vocabulary) -> None:
    assert vocabulary.windows("", []) == []


def test_the_tokens_of_a_stretch_are_those_that_share_a_character_with_it(vocabulary: Vocabulary) -> None:
    text, cuts = _text(4)
    (window,) = vocabulary.windows(text, cuts)
    start, end = 2, 5  # the second and third word
    assert [text[slice(*window.spans[i])].strip() for i in window.tokens([(start, end)])] == ["a", "a"]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=8),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6)), max_size=4),
)
def test_the_tokens_of_stretches_are_those_of_a_look_at_every_token(
    steps: list[tuple[int, int]], stretches: list[tuple[int, int]]
) -> None:
    spans, at = [(0, 0)], 0
    for gap, width in steps:
        spans.append((at + gap, at + gap + width))
        at += gap + width
    window = Window(tuple(range(len(spans) + 1)), (*spans, (0, 0)), (0, at))
    asked = [(start, start + size) for start, size in stretches]
    shared = {i for i, (a, b) in enumerate(spans) for start, end in asked if b > a and a < end and b > start}
    assert window.tokens(asked) == tuple(sorted(shared))


def test_a_vocabulary_without_its_marks_is_refused(tmp_path: Path) -> None:
    Tokenizer(models.Unigram([("<unk>", 0.0)], unk_id=0)).save(str(tmp_path / "vocabulary.json"))
    with pytest.raises(ValueError, match="lacks <s>"):
        Vocabulary(tmp_path / "vocabulary.json")
