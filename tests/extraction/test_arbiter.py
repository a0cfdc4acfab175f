"""How sure a tie is by its signs."""

import pytest

from bot.extraction.arbiter import BELIEVED, Signs, confidence, features
from bot.values import TieKind

SIGNS = Signs(kind=TieKind.SUPPLY, rule=None, network=0.9)
WEIGHTS = {"network odds": 1.0}


def test_without_weights_nothing_is_known() -> None:
    assert confidence(SIGNS, {}) == 0.5


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.9])
def test_with_the_network_s_odds_alone_its_probability_stands(probability: float) -> None:
    signs = Signs(kind=TieKind.SUPPLY, rule=None, network=probability)
    assert confidence(signs, WEIGHTS) == pytest.approx(probability, abs=0.001)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_certainty_is_bounded(probability: float) -> None:
    signs = Signs(kind=TieKind.SUPPLY, rule=None, network=probability)
    assert 0.0 < confidence(signs, WEIGHTS) < 1.0


def test_what_was_not_asked_is_no_feature() -> None:
    named = set(features(Signs(kind=TieKind.SUPPLY, rule=0.8, network=None)))
    assert not named & {"network", "network odds", "rival odds", "same odds", "both odds"}


def test_a_kind_has_a_weight_of_its_own() -> None:
    weights = {"kind merger": -9.0}
    merger = Signs(kind=TieKind.MERGER, rule=None, network=0.9)
    assert confidence(merger, weights) < confidence(SIGNS, weights)


def test_a_rule_keeps_most_of_its_word_where_all_else_speaks_against_it() -> None:
    doubted = Signs(kind=TieKind.SUPPLY, rule=0.8, network=0.0)
    assert confidence(doubted, WEIGHTS) == pytest.approx(0.8 * BELIEVED)


def test_the_network_makes_a_rule_surer() -> None:
    both = Signs(kind=TieKind.SUPPLY, rule=0.8, network=0.9)
    assert confidence(both, WEIGHTS) == pytest.approx(0.9, abs=0.001)
