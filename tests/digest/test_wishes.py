"""What a channel wants its digest to tell, and what it follows comes first."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.digest.digest import Digest, build_digest
from bot.digest.watching import NOTHING, Follows, Tier
from bot.digest.wishes import EVERYTHING, Wishes
from bot.values import ChangeType, Report
from tests.digest.making import WEEK, K, changes
from tests.relationships.factory import report

BIG = report(K.ACQUISITION, source="big", target="prey", amount=900)
SMALL = report(K.ACQUISITION, source="small", target="fry", amount=5)
SILENT_ON_MONEY = report(K.ACQUISITION, source="shy", target="coy")
ALL = (BIG, SMALL, SILENT_ON_MONEY)


def told(*reports: Report, wishes: Wishes = EVERYTHING, follows: Follows = NOTHING, limit: int = 9) -> Digest:
    return build_digest(changes(*reports), told=(), period=WEEK, limit=limit, wishes=wishes, follows=follows)


def sources(digest: Digest) -> list[str]:
    return [change.source_id or "" for line in digest.lines for change in line.changes]


def following(company: str, tier: Tier) -> Follows:
    return Follows({company: tier})


def test_without_wishes_all_is_told() -> None:
    assert sorted(sources(told(*ALL))) == ["big", "shy", "small"]


@pytest.mark.parametrize(
    ("minimum", "left"), [("5", ["big", "shy", "small"]), ("5.01", ["big", "shy"]), ("901", ["shy"])]
)
def test_smaller_amounts_are_left_out_and_unknown_ones_stay(minimum: str, left: list[str]) -> None:
    assert sorted(sources(told(*ALL, wishes=Wishes(minimum=Decimal(minimum))))) == left


@pytest.mark.parametrize("tier", [Tier.NOW, Tier.DIGEST])
def test_what_is_followed_comes_first_however_small_it_is(tier: Tier) -> None:
    digest = told(*ALL, wishes=Wishes(minimum=Decimal(100)), follows=following("fry", tier))
    assert sources(digest)[0] == "small"
    assert [line.followed for line in digest.lines] == [True, False, False]


def test_what_is_followed_is_the_last_to_be_left_out() -> None:
    assert sources(told(*ALL, follows=following("small", Tier.DIGEST), limit=1)) == ["small"]


def test_what_is_followed_silently_is_not_told() -> None:
    assert "big" not in sources(told(*ALL, follows=following("big", Tier.SILENT)))


def test_only_what_is_followed_is_told_when_that_is_wanted() -> None:
    only = Wishes(followed_only=True)
    assert sources(told(*ALL, wishes=only, follows=following("prey", Tier.DIGEST))) == ["big"]
    assert told(*ALL, wishes=only).is_empty


def test_what_may_be_wrong_is_left_out_when_that_is_wanted() -> None:
    doubtful = [replace(change, confidence=0.59) for change in changes(BIG)]
    sure = [replace(change, confidence=0.6) for change in changes(SMALL)]
    digest = build_digest([*doubtful, *sure], told=(), period=WEEK, limit=9, wishes=Wishes(sure_only=True))
    assert sources(digest) == ["small"]


def test_a_correction_is_always_told() -> None:
    [change] = changes(SMALL)
    corrected = replace(change, type=ChangeType.CORRECTED, confidence=0.1)
    strict = Wishes(followed_only=True, minimum=Decimal(10**9), sure_only=True)
    assert strict.wants(corrected, Tier.SILENT)


def test_a_followed_line_and_another_are_not_told_as_one() -> None:
    """They would be: two rumours about one company."""
    rumours = [report(K.INVESTMENT, source=name, target="prey") for name in ("alpha", "beta")]
    assert len(told(*rumours).lines) == 1
    assert len(told(*rumours, follows=following("alpha", Tier.NOW)).lines) == 2
