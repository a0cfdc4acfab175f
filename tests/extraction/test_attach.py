"""Which tie a sum goes to."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.extraction.arbiter import Signs
from bot.extraction.attach import attach
from bot.extraction.candidates import Candidate
from bot.extraction.dates import find_days
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


def test_what_is_said_of_the_same_two_again_is_no_other_suit() -> None:
    again = replace(BRIMLY, sentence=Span(len(TEXT) + 1, len(TEXT) + 5), rule="model.pair")
    assert _sums([again, BRIMLY]) == [75_000, 75_000]


def test_the_same_office_without_its_place_brings_no_other_suit() -> None:
    again = replace(BRIMLY, source="Trade Board", sentence=Span(len(TEXT) + 1, len(TEXT) + 5))
    assert _sums([again, BRIMLY]) == [75_000, 75_000]


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
        ruled, kind=TieKind.INVESTMENT, target="Quorvane", rule="model.pair", trigger=0, near=(0, 58),
        signs=Signs(kind=TieKind.INVESTMENT, rule=None, network=0.9),
    )  # fmt: skip
    assert _sums([ruled, modelled], text) == [9_000_000, None]


DEAL = "Brimly has won an order from Tessaly."
ORDER = replace(
    BRIMLY, kind=TieKind.SUPPLY, source="Brimly", target="Tessaly", rule="en.win.verb",
    sentence=Span(0, len(DEAL)), trigger=11, near=(0, len(DEAL)),
)  # fmt: skip


def test_a_price_told_in_the_next_sentence_belongs_to_the_deal() -> None:
    assert _sums([ORDER], f"{DEAL} The order is worth $9 million.") == [9_000_000]


@pytest.mark.parametrize(
    "after",
    [
        "Its sales are $9 million.",
        "The order follows another. It is raining. They have $9 million.",
        "The order was valued at revenues of $9 million.",
        "The order was late. $9 million went to a church.",
        "The order was late.\nAnother paid for $9 million.",
        "Before the order Quorvane spent $9 million on pizza.",
    ],
)
def test_a_sum_that_the_next_sentence_does_not_give_as_a_price_is_left(after: str) -> None:
    assert _sums([ORDER], f"{DEAL} {after}") == [None]


def test_of_two_deals_none_gets_a_price_told_in_the_next_sentence() -> None:
    assert _sums([ORDER, replace(ORDER, target="Quorvane")], f"{DEAL} The order is worth $9 million.") == [
        None,
        None,
    ]


def test_a_penalty_told_before_the_suit_belongs_to_it() -> None:
    text = f"A fine of $75,000 was told to us. {SUIT}"
    later = replace(BRIMLY, sentence=Span(text.index(SUIT), len(text)))
    assert _sums([later], text) == [75_000]


def test_a_sum_before_the_suit_that_is_no_penalty_is_left() -> None:
    text = f"Tessaly raised $9 million in May. {SUIT}"
    later = replace(BRIMLY, sentence=Span(text.index(SUIT), len(text)))
    assert _sums([later], text) == [None]


def test_a_deal_with_a_sum_of_its_own_keeps_it() -> None:
    text = "Brimly has won an order for $7 million from Tessaly. The order may be worth $9 million."
    order = replace(ORDER, sentence=Span(0, text.index(" The")), near=(0, text.index(". The")))
    assert _sums([order], text) == [7_000_000]


def test_a_sum_with_words_of_a_price_goes_before_a_nearer_one_without() -> None:
    text = "Brimly, at $12 billion the largest of its trade, bought Tessaly for $9 million."
    bought = replace(
        BRIMLY, kind=TieKind.ACQUISITION, source="Brimly", target="Tessaly", rule="en.buy.verb",
        sentence=Span(0, len(text)), trigger=text.index("bought"), near=(0, text.index(" for")),
    )  # fmt: skip
    assert _sums([bought], text) == [9_000_000]


def _investors(text: str) -> list[Candidate]:
    """Two investors in Brimly, told in the last sentence of a text."""
    start = text.rindex("The")
    return [
        replace(
            BRIMLY, kind=TieKind.INVESTMENT, source=name, target="Brimly", sentence=Span(start, len(text)),
            trigger=text.index("led"), near=(text.index("led"), text.index(name) + len(name)),
        )
        for name in ("Tessaly", "Quorvane")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "size"),
    [
        ("Brimly raised $9 million.", 9_000_000),
        ("Brimly has sales of $9 million.", None),
        ("Brimly raised $9 million, after rounds of $2 million.", None),
        ("Brimly raised $9 million. Brimly has sales of $4 million.", 9_000_000),
    ],
)
def test_investors_take_the_size_of_the_round_that_they_took_part_in(before: str, size: int | None) -> None:
    text = f"{before} The round was led by Tessaly, with Quorvane."
    assert _sums(_investors(text), text) == [size, size]


def test_an_alliance_takes_no_sum_that_is_not_told_as_its_price() -> None:
    text = "The alliance of Brimly and Tessaly has received $9 million."
    allied = replace(
        ORDER, kind=TieKind.PARTNERSHIP, rule="en.partnership.phrase", sentence=Span(0, len(text))
    )
    assert _sums([allied], text) == [None]


def test_several_bought_by_one_take_each_its_own_sum() -> None:
    text = "Brimly bought Tessaly for $9 million and Quorvane for $7 million."
    found = [
        replace(
            BRIMLY, kind=TieKind.ACQUISITION, source="Brimly", target=name, trigger=7,
            sentence=Span(0, len(text)), near=(0, text.index(name) + len(name)),
        )
        for name in ("Tessaly", "Quorvane")
    ]  # fmt: skip
    assert _sums(found, text) == [9_000_000, 7_000_000]


def test_several_bought_by_one_take_each_its_own_date() -> None:
    text = "In 2010 Brimly bought Tessaly and in 2014 Quorvane."
    found = [
        replace(
            BRIMLY, kind=TieKind.ACQUISITION, source="Brimly", target=name, trigger=text.index("bought"),
            sentence=Span(0, len(text)), near=(0, text.index(name) + len(name)),
        )
        for name in ("Tessaly", "Quorvane")
    ]  # fmt: skip
    days = find_days(text, lang="en", published=None)
    assert [c.date for c in attach(found, (), days, text, "en")] == ["2010", "2014"]


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("Brimly, with sales of $9 million (€8 million), bought Tessaly.", None),
        ("Brimly made a $9 million (€8 million) bid to buy Tessaly.", 9_000_000),
        ("Brimly made a $9 million (about €8 million) bid to buy Tessaly.", 9_000_000),
        ("Brimly paid $9 million for its bank and $7 million for Tessaly.", 7_000_000),
    ],
)
def test_of_several_sums_among_the_words_of_a_tie_the_last_is_taken_but_no_conversion(
    text: str, paid: int | None
) -> None:
    bought = replace(
        BRIMLY, kind=TieKind.ACQUISITION, source="Brimly", target="Tessaly", rule="en.buy.verb",
        sentence=Span(0, len(text)), trigger=7, near=(0, text.index("Tessaly") + len("Tessaly")),
    )  # fmt: skip
    assert _sums([bought], text) == [paid]


def test_two_readings_of_the_same_two_take_the_same_sum() -> None:
    text = "Brimly paid $9 million to acquire the rest of Tessaly."
    ruled = replace(
        BRIMLY, kind=TieKind.INVESTMENT, source="Brimly", target="Tessaly", rule="en.buy.verb",
        sentence=Span(0, len(text)), trigger=text.index("acquire"), near=(0, len(text) - 1),
    )  # fmt: skip
    modelled = replace(
        ruled, kind=TieKind.ACQUISITION, rule="model.pair", trigger=0,
        signs=Signs(kind=TieKind.ACQUISITION, rule=None, network=0.9),
    )  # fmt: skip
    assert _sums([ruled, modelled], text) == [9_000_000, 9_000_000]


@pytest.mark.parametrize(
    ("after", "price"),
    [
        ("The price for the deal was $9 million.", 9_000_000),
        ("The price was $9 million.", 9_000_000),
        ("The deal surprised people in $9 million homes.", None),
    ],
)
def test_what_the_next_sentence_calls_the_price_is_it(after: str, price: int | None) -> None:
    assert _sums([ORDER], f"{DEAL} {after}") == [price]
