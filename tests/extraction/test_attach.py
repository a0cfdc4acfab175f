"""Which tie a sum goes to."""

from dataclasses import replace
from decimal import Decimal

from bot.extraction.attach import attach
from bot.extraction.candidates import Candidate
from bot.extraction.mentions import Amount
from bot.extraction.money import find_amounts
from bot.extraction.sentences import Span
from bot.values import Status, TieKind

SUIT = "Brimly and Tessaly settled a case with the Fair Trade Board."
TEXT = f"{SUIT} Both agreed to pay $75,000 in civil penalties."
BRIMLY = Candidate(
    kind=TieKind.LITIGATION, source="Fair Trade Board", target="Brimly", status=Status.COMPLETED,
    confidence=0.9, rule="en.settle.verb", sentence=Span(0, len(SUIT)), trigger=19, near=(0, len(SUIT)),
)  # fmt: skip
TESSALY = replace(BRIMLY, target="Tessaly", rule="model.pair")


def _sums(found: list[Candidate], text: str = TEXT) -> list[Decimal | None]:
    amounts: list[Amount] = list(find_amounts(text, lang="en"))
    return [c.money.amount if c.money else None for c in attach(found, amounts, (), text, "en")]


def test_a_penalty_told_after_the_suit_belongs_to_it() -> None:
    assert _sums([BRIMLY]) == [75_000]


def test_all_that_are_sued_together_share_the_penalty() -> None:
    assert _sums([BRIMLY, TESSALY]) == [75_000, 75_000]


def test_of_several_suits_none_gets_a_penalty_told_apart() -> None:
    other = replace(TESSALY, sentence=Span(len(SUIT) + 1, len(SUIT) + 5))
    assert _sums([BRIMLY, other])[0] is None


def test_a_sum_after_the_suit_that_is_no_penalty_is_left() -> None:
    assert _sums([BRIMLY], f"{SUIT} Brimly has sales of $75,000 a day.") == [None]


def test_a_sum_far_from_the_suit_is_left() -> None:
    assert _sums([BRIMLY], f"{SUIT} {'Nothing else happened. ' * 20}They agreed to pay $75,000.") == [None]


def test_a_price_among_the_words_of_a_rule_is_not_the_networks() -> None:
    text = "Brimly bought Tessaly for $9 million, which upset Quorvane."
    ruled = replace(
        BRIMLY, kind=TieKind.ACQUISITION, source="Brimly", target="Tessaly", rule="en.buy.verb",
        sentence=Span(0, len(text)), trigger=7, near=(0, 21),
    )  # fmt: skip
    modelled = replace(
        ruled, kind=TieKind.INVESTMENT, target="Quorvane", rule="model.pair", trigger=0, near=(0, 58)
    )
    assert _sums([ruled, modelled], text) == [9_000_000, None]
