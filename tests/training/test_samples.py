"""Passages become windows with tags and pairs, under their own names and under others."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from tokenizers import Tokenizer

from bot.extraction.encoder.classes import CLASSES, IN_NAME, NAME, OUTSIDE, ROLE, SAME
from bot.extraction.encoder.model import WEIGHTS
from bot.extraction.encoder.tokens import Vocabulary
from bot.values import TieKind
from training.corpus import Mention, Passage, Sentence, Stated
from training.renaming import renamed
from training.samples import UNKNOWN, Pair, Sample, masked_samples, samples

FIRST = Sentence("Bruma Energy was bought by Aldea.", (Mention(0, 12, "B"), Mention(27, 32, "A")))
SECOND = Sentence("The firm sued Cima.", (Mention(0, 8, "A", role=True), Mention(14, 18, "C")))
PASSAGE = Passage(
    "en",
    (FIRST, SECOND),
    (
        Stated("acquisition", "completed", "A", "B", 0),
        Stated("litigation", "completed", "A", "C", 1, doubtful=True),
    ),
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(WEIGHTS / "vocabulary.json")


@pytest.fixture(scope="module")
def sample(vocabulary: Vocabulary) -> Sample:
    (made,) = samples([PASSAGE], vocabulary)
    return made


def _ties(pairs: Sequence[Pair]) -> list[Pair]:
    return [p for p in pairs if SAME in p.open]


def test_a_name_is_tagged_from_its_first_token_on(sample: Sample) -> None:
    first = sample.tags.index(NAME)
    assert (sample.tags[first], sample.tags[first + 1]) == (NAME, IN_NAME)


def test_a_noun_that_stands_for_a_company_is_tagged_as_such(sample: Sample) -> None:
    assert ROLE in sample.tags


def test_marks_of_begin_and_end_are_outside_of_all_names(sample: Sample) -> None:
    assert (sample.tags[0], sample.tags[-1]) == (OUTSIDE, OUTSIDE)


def test_a_passive_reads_from_the_second_to_the_first(sample: Sample) -> None:
    (index,) = _ties(sample.pairs)[0].wanted
    assert CLASSES[index] == (TieKind.ACQUISITION, False)


def test_a_doubtful_tie_is_neither_wanted_nor_unwanted(sample: Sample) -> None:
    pair = _ties(sample.pairs)[1]
    assert not pair.wanted
    assert {CLASSES[i][0] for i in pair.open if i < SAME} == {TieKind.LITIGATION}


def test_a_noun_is_held_against_every_company_named_so_far(sample: Sample) -> None:
    asked = [p for p in sample.pairs if SAME not in p.open]
    assert [SAME in p.wanted for p in asked] == [False, True, False]  # Bruma, Aldea, Cima


def test_other_names_take_the_places_of_the_names_and_leave_nouns(vocabulary: Vocabulary) -> None:
    made = renamed(PASSAGE, ["Delta", "Eco"], random.Random(1))
    assert [s.text[m.start : m.end] for s in made.sentences for m in s.mentions if m.role] == ["The firm"]
    assert "Aldea" not in made.sentences[0].text


def test_a_company_has_one_new_name_in_all_its_sentences() -> None:
    twice = Passage("en", (FIRST, FIRST), ())
    made = renamed(twice, ["Delta", "Eco"], random.Random(2))
    assert made.sentences[0] == made.sentences[1]


def _text(ids: Sequence[int]) -> str:
    tokenizer: Any = Tokenizer.from_file(str(WEIGHTS / "vocabulary.json"))
    return str(tokenizer.decode(list(ids)))


def _masked(vocabulary: Vocabulary, *, untied: bool = True) -> list[Sample]:
    return list(masked_samples([PASSAGE], vocabulary, lambda tied, _: tied or untied))


def test_each_pair_has_a_window_without_names(vocabulary: Vocabulary) -> None:
    made = _masked(vocabulary)
    assert len(made) == 3  # B and A in the first sentence; A and C in the second; B before it, and C
    assert not any(name in _text(s.ids) for s in made for name in ("Bruma", "Aldea", "Cima"))


def test_a_masked_pair_asks_at_its_marks(vocabulary: Vocabulary) -> None:
    (sample,) = _masked(vocabulary, untied=False)
    (pair,) = sample.pairs
    assert [_text([sample.ids[i] for i in of]) for of in (pair.first, pair.second)] == ["§", "#"]
    assert [CLASSES[index] for index in pair.wanted] == [(TieKind.ACQUISITION, False)]


def test_without_names_no_name_is_to_be_tagged(vocabulary: Vocabulary) -> None:
    assert {tag for s in _masked(vocabulary) for tag in s.tags} == {UNKNOWN}


def test_a_masked_pair_that_is_doubtful_is_open(vocabulary: Vocabulary) -> None:
    doubtful = _masked(vocabulary)[1]
    assert len(doubtful.pairs[0].open) == 2  # the tie, and being one company


FAR_UP = Passage(
    "en",
    (
        Sentence("Aldea fell, and so did Bruma.", (Mention(0, 5, "A"), Mention(23, 28, "B"))),
        Sentence("Aldea fell more than Dorna.", (Mention(0, 5, "A"), Mention(21, 26, "D"))),
        Sentence("Dorna closed flat.", (Mention(0, 5, "D"),)),
        Sentence("It had bought Cima in May.", (Mention(14, 18, "C"),)),
    ),
    (Stated("acquisition", "completed", "B", "C", 3),),
)


def test_a_company_named_often_further_up_is_asked_about_as_is_one_that_is_tied(
    vocabulary: Vocabulary,
) -> None:
    (made,) = samples([FAR_UP], vocabulary)
    asked = [p for p in _ties(made.pairs) if p.second == _ties(made.pairs)[-1].second]
    # Cima with Dorna of the sentence before, with Aldea, and with Bruma, which is tied to it.
    assert [bool(p.wanted) for p in asked] == [False, False, True]


def test_a_company_from_further_up_is_hidden_in_the_sentence_that_names_it_last(
    vocabulary: Vocabulary,
) -> None:
    (sample,) = masked_samples([FAR_UP], vocabulary, lambda tied, _: tied)
    text = _text(sample.ids)
    assert text.index("§") < text.index("It had bought #")
    assert "closed" not in text  # the sentence before
