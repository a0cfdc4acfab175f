"""Who bought a company and sold it on owns it no longer."""

import pytest

from bot.extraction.candidates import Candidate
from bot.extraction.resale import former_owners
from bot.extraction.sentences import Span
from bot.values import Status, TieKind

TEXT = "Tessel was bought by Nortia in 2004 and sold to Marlow in 2009."


def _bought(
    source: str, text: str = TEXT, status: Status = Status.COMPLETED, confidence: float = 0.8
) -> Candidate:
    end = text.index(source) + len(source)
    return Candidate(
        kind=TieKind.ACQUISITION,
        source=source,
        target="Tessel",
        status=status,
        confidence=confidence,
        rule="en.rule",
        sentence=Span(0, len(text)),
        trigger=0,
        near=(0, end),
    )


def test_the_first_buyers_ownership_has_ended() -> None:
    (tie,) = former_owners([_bought("Nortia"), _bought("Marlow", confidence=0.7)], TEXT, "en")
    assert (tie.kind, tie.source, tie.target) == (TieKind.OWNERSHIP, "Nortia", "Tessel")
    assert tie.status is Status.ENDED
    assert tie.confidence < 0.7


@pytest.mark.parametrize(
    "second",
    [_bought("Marlow", status=Status.RUMORED), _bought("Marlow", confidence=0.3)],
    ids=["a rumour", "hardly heard"],
)
def test_a_sale_that_is_not_told_ends_nothing(second: Candidate) -> None:
    assert former_owners([_bought("Nortia"), second], TEXT, "en") == []


def test_two_buyers_without_a_sale_are_no_resale() -> None:
    text = "Tessel was bought by Nortia in 2004, together with Marlow."
    assert former_owners([_bought("Nortia", text), _bought("Marlow", text)], text, "en") == []
