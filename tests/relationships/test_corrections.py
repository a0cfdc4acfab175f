"""Corrections are laid over ties by their numbers alone, and leave everything else as it is."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.relationships.corrections import (
    PERSON_RULE,
    Edit,
    FactCorrection,
    FactSaid,
    Verdict,
    evidence_mark,
    neighbours,
    origin_id,
    state_ties,
)
from bot.values import Evidence, Status, Tie, TieKind
from tests.factories import make_tie, usd

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TIE = make_tie("Corvane", "Tessel", TieKind.ACQUISITION, money=usd(650))


def correct(number: int, verdict: Verdict, origin: Tie = TIE, edit: Edit | None = None) -> FactCorrection:
    said = FactSaid(verdict, origin, (), edit or Edit())
    return FactCorrection(number=number, made_at=NOW, user_id="U1", article_id="A", said=said)


def effective(ties: list[Tie], *corrections: FactCorrection) -> list[Tie]:
    return [stated.tie for stated in state_ties(ties, corrections)]


def moved(tie: Tie, by: int = 100, text: str | None = None) -> Tie:
    """The same tie as a reader finds it that cuts the text otherwise."""
    said = text or tie.evidence.text
    start = tie.evidence.start + by
    return replace(tie, evidence=Evidence(said, start, start + len(said)))


def place(tie: Tie) -> tuple[int, int]:
    return tie.evidence.start, tie.evidence.end


def test_without_corrections_the_ties_are_the_readers() -> None:
    assert effective([TIE]) == [TIE]


def test_right_makes_it_sure() -> None:
    (tie,) = effective([replace(TIE, confidence=0.3)], correct(1, Verdict.RIGHT))
    assert (tie.confidence, tie.rule) == (1.0, PERSON_RULE)


@pytest.mark.parametrize("verdict", [Verdict.RIGHT, Verdict.EDIT])
def test_what_stands_stays_without_the_reader(verdict: Verdict) -> None:
    assert [tie.evidence for tie in effective([], correct(1, verdict))] == [TIE.evidence]


@pytest.mark.parametrize(
    "found",
    [moved(TIE), moved(TIE, text="Tessel was bought by Corvane."), replace(TIE, source="CORVANE Inc.")],
    ids=["elsewhere", "in another sentence", "in another spelling"],
)
def test_what_is_wrong_stays_away_however_it_is_found_again(found: Tie) -> None:
    assert effective([found], correct(1, Verdict.WRONG)) == []


def test_a_second_deal_of_the_same_two_is_not_meant() -> None:
    second = moved(TIE, text="Corvane also bought Tessel's arms.")
    said = FactSaid(Verdict.WRONG, TIE, neighbours(TIE, state_ties([TIE, second], [])))
    correction = replace(correct(1, Verdict.WRONG), said=said)
    assert effective([TIE, second], correction) == [second]
    assert effective([second], correction) == [second]


def test_another_amount_in_another_sentence_is_another_deal() -> None:
    other = replace(moved(TIE, text="It paid $5 in 2019."), money=usd(5))
    assert effective([other], correct(1, Verdict.WRONG)) == [other]


def test_of_each_field_the_last_word_counts() -> None:
    first = correct(1, Verdict.EDIT, edit=Edit(status=Status.ANNOUNCED, date="2024"))
    second = correct(2, Verdict.EDIT, edit=Edit(status=Status.ENDED))
    (tie,) = effective([TIE], second, first)
    assert (tie.status, tie.date, tie.money) == (Status.ENDED, "2024", usd(650))


def test_an_edit_can_take_amount_and_date_away() -> None:
    (tie,) = effective([replace(TIE, date="2024")], correct(1, Verdict.EDIT, edit=Edit(money=(), date="")))
    assert (tie.money, tie.date) == (None, None)


@pytest.mark.parametrize(
    ("verdicts", "there"),
    [
        ([Verdict.WRONG, Verdict.RIGHT], True),
        ([Verdict.RIGHT, Verdict.WRONG], False),
        ([Verdict.WRONG, Verdict.EDIT], True),
    ],
)
def test_the_last_word_says_whether_it_is_there(verdicts: list[Verdict], there: bool) -> None:
    corrections = [correct(number, verdict) for number, verdict in enumerate(verdicts)]
    assert bool(effective([TIE], *corrections)) is there


def test_what_is_edited_into_what_was_found_too_is_one() -> None:
    found = replace(TIE, kind=TieKind.INVESTMENT)
    (tie,) = effective([TIE, found], correct(1, Verdict.EDIT, edit=Edit(kind=TieKind.INVESTMENT)))
    assert tie.rule == PERSON_RULE


def test_a_correction_knows_its_origin_whatever_became_of_it() -> None:
    (stated,) = state_ties([TIE], [correct(1, Verdict.EDIT, edit=Edit(target="Halyard"))])
    assert origin_id("A", stated.origin) == origin_id("A", moved(TIE))


def test_spacing_makes_no_other_sentence() -> None:
    assert evidence_mark(TIE) == evidence_mark(moved(TIE, text=TIE.evidence.text.replace(" ", "\n  ")))


NAMES = st.sampled_from(["Alpha", "Beta", "Gamma"])
TIES = st.builds(
    make_tie,
    NAMES,
    NAMES,
    st.sampled_from([TieKind.ACQUISITION, TieKind.MERGER]),
    money=st.sampled_from([None, usd(1)]),
    start=st.sampled_from([0, 50]),
)
EDITS = st.builds(
    Edit,
    kind=st.none() | st.sampled_from([TieKind.ACQUISITION, TieKind.DISPUTE]),
    target=st.none() | NAMES,
    status=st.none() | st.sampled_from(list(Status)),
    money=st.sampled_from([None, (), (usd(2),)]),
)
SAYINGS = st.lists(st.tuples(st.sampled_from(list(Verdict)), TIES, EDITS), max_size=6).map(
    lambda said: [correct(n, verdict, tie, edit) for n, (verdict, tie, edit) in enumerate(said)]
)
READ = st.lists(
    TIES, max_size=5, unique_by=lambda tie: (tie.kind, tie.source, tie.target, tie.evidence.start)
)


@given(READ, SAYINGS, st.randoms(use_true_random=False))
def test_the_order_in_which_corrections_come_does_not_matter(
    ties: list[Tie], corrections: list[FactCorrection], random: Random
) -> None:
    shuffled = list(corrections)
    random.shuffle(shuffled)
    assert state_ties(ties, shuffled) == state_ties(ties, corrections)


@given(READ, SAYINGS)
def test_a_correction_touches_nothing_that_it_does_not_speak_of(
    ties: list[Tie], corrections: list[FactCorrection]
) -> None:
    claims = {
        (c.said.origin.kind, *sorted((c.said.origin.source, c.said.origin.target))) for c in corrections
    }
    # Where two ties stand at one place of an article they quote the same text, which drawn ones need not.
    made = {place(stated.tie) for stated in state_ties(ties, corrections) if stated.by}
    apart = [
        tie
        for tie in ties
        if (tie.kind, *sorted((tie.source, tie.target))) not in claims and place(tie) not in made
    ]
    assert [tie for tie in apart if tie not in effective(ties, *corrections)] == []


@given(READ, TIES, TIES, EDITS, EDITS)
def test_corrections_of_unrelated_ties_can_be_made_in_either_order(
    ties: list[Tie], one: Tie, other: Tie, edit: Edit, second: Edit
) -> None:
    one, other = replace(one, kind=TieKind.SUPPLY), replace(other, kind=TieKind.FINANCING)
    edit, second = replace(edit, kind=None), replace(second, kind=None)
    there = [correct(1, Verdict.EDIT, one, edit), correct(2, Verdict.EDIT, other, second)]
    back = [correct(2, Verdict.EDIT, one, edit), correct(1, Verdict.EDIT, other, second)]
    assert sorted(map(repr, effective(ties, *there))) == sorted(map(repr, effective(ties, *back)))
