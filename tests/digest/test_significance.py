from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digest.significance import significance
from bot.relationships.reconcile import reconcile
from bot.values import Change, ChangeType, Level, Report, Status, TieKind
from tests.relationships.factory import report, usd

K, S = TieKind, Status


def only(told: Report) -> Change:
    (change,) = reconcile("microsoft", "openai", [told]).changes
    return change


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (report(K.LITIGATION), report(K.ACQUISITION)),
        (report(K.ACQUISITION), report(K.INVESTMENT)),
        (report(K.PARTNERSHIP, S.ENDED), report(K.INVESTMENT)),
        (report(K.INVESTMENT), report(K.PARTNERSHIP)),
        (report(K.PARTNERSHIP), report(K.COMPETITION)),
        (report(K.SUPPLY), report(K.ACQUISITION, S.RUMORED)),
        (report(K.SUPPLY, amount=10**9), report(K.SUPPLY, amount=10**7)),
        (report(K.SUPPLY, amount=10**7), report(K.SUPPLY)),
        (report(K.SUPPLY, confidence=0.9), report(K.SUPPLY, confidence=0.4)),
        (report(K.SUPPLY, told=50), report(K.SUPPLY, told=0, known=50)),
    ],
)
def test_what_matters_more_comes_first(more: Report, less: Report) -> None:
    assert significance(only(more)) > significance(only(less))


def test_broken_relationship_ranks_with_a_suit() -> None:
    cooled = replace(only(report(K.DISPUTE)), type=ChangeType.COOLED, kind=None, level_after=Level.BROKEN)
    assert significance(cooled) == significance(only(report(K.LITIGATION)))


def test_yen_do_not_outrank_dollars_by_their_number() -> None:
    # A thousand million yen is some ten million dollars.
    yen, dollars = (report(K.SUPPLY, amount=10**9, currency="JPY"), report(K.SUPPLY, amount=10**7))
    assert significance(only(yen)) == significance(only(dollars))


def test_correction_comes_before_everything() -> None:
    corrected = replace(only(report(K.COMPETITION)), type=ChangeType.CORRECTED)
    assert significance(corrected) > significance(only(report(K.ACQUISITION, amount=10**9)))


def test_amount_of_nothing_adds_nothing() -> None:
    told = only(report(K.SUPPLY))
    assert significance(replace(told, money=usd(0))) == significance(told)


def test_old_news_weighs_less_only_after_a_month() -> None:
    told = only(report(K.SUPPLY))
    month = replace(told, known_at=told.happened_at + timedelta(days=30))
    assert significance(month) == significance(told)
