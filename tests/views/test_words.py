"""Kinds, statuses and levels are said in words that agree with those they speak of."""

import pytest

from bot.locale import LANGUAGES, speaking
from bot.values import DEAL_KINDS, Level, Status, TieKind
from bot.views.words import counted, either, joined, kind_words, level_word, status_word, tie_sentence


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("kind", list(TieKind))
@pytest.mark.parametrize("plural", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_status_has_a_sentence_with_both_parties(
    kind: TieKind, status: Status, plural: bool, language: str
) -> None:
    with speaking(language):
        sentence = tie_sentence(kind, status, "Aaa", "Bbb", plural=plural)
    assert sentence.count("Aaa") == sentence.count("Bbb") == 1
    assert not set("{}[]|") & set(sentence)


def test_the_source_comes_before_the_target() -> None:
    sentence = tie_sentence(TieKind.ACQUISITION, Status.COMPLETED, "Microsoft", "Inflection")
    assert sentence == "Microsoft acquired Inflection"


@pytest.mark.parametrize(("plural", "verb"), [(False, "owns"), (True, "own")])
def test_verbs_agree(plural: bool, verb: str) -> None:
    assert tie_sentence(TieKind.OWNERSHIP, Status.COMPLETED, "A", "B", plural=plural) == f"A {verb} B"


@pytest.mark.parametrize(("plural", "verb"), [(False, "es dueña"), (True, "son dueñas")])
def test_verbs_agree_in_spanish(plural: bool, verb: str) -> None:
    with speaking("es"):
        assert tie_sentence(TieKind.OWNERSHIP, Status.COMPLETED, "A", "B", plural=plural) == f"A {verb} de B"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("Oracle", "A y Oracle"),
        ("*Inflection*", "A e *Inflection*"),
        ("“Íñigo”", "A e “Íñigo”"),
        ("Hitachi", "A e Hitachi"),
        ("Hielos", "A y Hielos"),
        ("Ionos", "A y Ionos"),
    ],
)
def test_before_an_i_spanish_says_e(last: str, said: str) -> None:
    with speaking("es"):
        assert joined(["A", last]) == said
    assert joined(["A", last]) == f"A and {last}"


@pytest.mark.parametrize(
    ("last", "said"), [("Oracle", "A u Oracle"), ("HOCHTIEF", "A u HOCHTIEF"), ("B", "A o B")]
)
def test_before_an_o_spanish_says_u(last: str, said: str) -> None:
    with speaking("es"):
        assert either(["A", last]) == said


def test_a_name_with_braces_is_a_name() -> None:
    sentence = tie_sentence(TieKind.MERGER, Status.COMPLETED, "{b} [is|are]", "{0}")
    assert sentence == "{b} [is|are] and {0} merged"


@pytest.mark.parametrize(
    ("kind", "word"), [(TieKind.ACQUISITION, "completed"), (TieKind.SUPPLY, "in force"), (None, "completed")]
)
def test_what_stands_is_in_force_and_what_is_done_completed(kind: TieKind | None, word: str) -> None:
    assert status_word(Status.COMPLETED, kind) == word


@pytest.mark.parametrize("kind", sorted(DEAL_KINDS))
def test_every_kind_of_deal_has_a_plural(kind: TieKind) -> None:
    assert kind_words(kind) != kind.value


def test_every_level_has_a_word() -> None:
    assert len({level_word(level) for level in Level}) == len(Level)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B and 2 others"),
    ],
)
def test_names_are_enumerated(names: list[str], text: str) -> None:
    assert joined(names) == text


def test_names_to_choose_from_are_enumerated() -> None:
    assert either(["A", "B", "C"]) == "A, B or C"


@pytest.mark.parametrize(("count", "text"), [(0, "0 deals"), (1, "1 deal"), (2, "2 deals")])
def test_numbers_agree_with_their_nouns(count: int, text: str) -> None:
    assert counted(count, "deal", "deals") == text
