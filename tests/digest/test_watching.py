"""Which of several watches decides about a change."""

import pytest

from bot.digest.watching import Follows, Tier, louder
from bot.values import TieKind
from tests.digest.making import changes
from tests.relationships.factory import report

[DEAL] = changes(report(TieKind.ACQUISITION, source="a", target="b"))
NOW, DIGEST, SILENT = Tier.NOW, Tier.DIGEST, Tier.SILENT
PAIR = frozenset({"a", "b"})


@pytest.mark.parametrize(
    ("follows", "tier"),
    [
        (Follows(), None),
        (Follows({"c": NOW}), None),
        (Follows({"a": NOW}), NOW),
        (Follows({"b": DIGEST}), DIGEST),
        (Follows({"a": SILENT, "b": NOW}), NOW),
        (Follows({"a": DIGEST, "b": SILENT}), DIGEST),
        (Follows({}, {PAIR: NOW}), NOW),
        (Follows({}, {frozenset({"a", "c"}): NOW}), None),
        (Follows({"a": NOW}, {PAIR: SILENT}), SILENT),
        (Follows({"a": SILENT, "b": SILENT}, {PAIR: DIGEST}), DIGEST),
    ],
)
def test_a_pair_decides_before_its_companies_and_the_louder_company_of_two(
    follows: Follows, tier: Tier | None
) -> None:
    assert follows.tier_of(DEAL) is tier


def test_two_watches_that_come_to_mean_one_company_make_the_louder() -> None:
    assert louder(None, SILENT) is SILENT
    assert louder(NOW, DIGEST) is NOW
    assert louder(SILENT, DIGEST) is DIGEST
