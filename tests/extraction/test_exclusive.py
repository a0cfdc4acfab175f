"""What the network alone hears gives way to the ties that exclude it."""

import pytest

from bot.extraction.arbiter import Signs
from bot.extraction.candidates import Candidate
from bot.extraction.exclusive import without_excluded
from bot.extraction.sentences import Span
from bot.values import Status, TieKind

ACQUISITION, INVESTMENT, PARTNERSHIP = TieKind.ACQUISITION, TieKind.INVESTMENT, TieKind.PARTNERSHIP
COMPETITION = TieKind.COMPETITION


def _candidate(kind: TieKind, source: str, target: str, *, rule: bool, start: int = 0) -> Candidate:
    return Candidate(
        kind=kind,
        source=source,
        target=target,
        status=Status.COMPLETED,
        confidence=0.8,
        rule="en.rule" if rule else "model.pair",
        sentence=Span(start, start + 50),
        trigger=start,
        near=(start, start + 40),
        signs=Signs(kind=kind, rule=0.8 if rule else None, network=0.8),
    )


@pytest.mark.parametrize(("told", "heard"), [(ACQUISITION, INVESTMENT), (INVESTMENT, ACQUISITION)])
def test_what_a_rule_calls_a_purchase_of_all_or_a_part_is_not_the_other_too(
    told: TieKind, heard: TieKind
) -> None:
    ruled = _candidate(told, "Nortia", "Tessel", rule=True)
    found = [ruled, _candidate(heard, "Nortia", "Tessel", rule=False)]
    assert without_excluded(found) == [ruled]


def test_two_rules_may_tell_a_first_stake_and_the_purchase_of_the_rest() -> None:
    found = [_candidate(kind, "Nortia", "Tessel", rule=True) for kind in (INVESTMENT, ACQUISITION)]
    assert without_excluded(found) == found


def test_another_sentence_excludes_nothing() -> None:
    ruled = _candidate(ACQUISITION, "Nortia", "Tessel", rule=True)
    found = [ruled, _candidate(INVESTMENT, "Nortia", "Tessel", rule=False, start=60)]
    assert without_excluded(found) == found


@pytest.mark.parametrize("kind", [INVESTMENT, TieKind.FINANCING])
def test_who_together_fund_a_company_are_no_partners_by_that(kind: TieKind) -> None:
    given = [_candidate(kind, source, "Tessel", rule=False) for source in ("Nortia", "Marlow")]
    assert without_excluded([*given, _candidate(PARTNERSHIP, "Nortia", "Marlow", rule=False)]) == given


def test_partners_by_a_rule_remain_so() -> None:
    given = [_candidate(INVESTMENT, source, "Tessel", rule=False) for source in ("Nortia", "Marlow")]
    found = [*given, _candidate(PARTNERSHIP, "Nortia", "Marlow", rule=True)]
    assert without_excluded(found) == found


def test_who_buy_a_company_together_may_be_partners() -> None:
    bought = [_candidate(ACQUISITION, source, "Tessel", rule=False) for source in ("Nortia", "Marlow")]
    found = [*bought, _candidate(PARTNERSHIP, "Nortia", "Marlow", rule=False)]
    assert without_excluded(found) == found


def test_of_two_rivals_by_a_rule_nobody_else_is_the_rival_of_both() -> None:
    told = _candidate(COMPETITION, "Nortia", "Tessel", rule=True)
    heard = [_candidate(COMPETITION, "Marlow", rival, rule=False) for rival in ("Nortia", "Tessel")]
    assert without_excluded([told, *heard]) == [told]


def test_who_has_another_rival_by_a_rule_keeps_its_own() -> None:
    found = [
        _candidate(COMPETITION, "Nortia", "Tessel", rule=True),
        _candidate(COMPETITION, "Nortia", "Marlow", rule=False),
    ]
    assert without_excluded(found) == found
