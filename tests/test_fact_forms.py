"""What a filled-in form changes, and what of it can't be read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.correction_answers import Fact, Form
from bot.errors import UserError
from bot.fact_forms import Edits, FormRefused, prefilled, read_edits, write_amount
from bot.fact_refs import FactRef
from bot.query_words import read_amount
from bot.relationships.corrections import Edit
from bot.values import Money, Status, TieKind

TODAY = date(2026, 11, 16)
FACT = Fact(
    ref=FactRef(deal_id="1f"),
    kind=TieKind.ACQUISITION,
    source="Microsoft",
    target="Inflection",
    status=Status.COMPLETED,
    money=Money(Decimal(650_000_000), "USD"),
    date="2024-03",
    tie_ids=("early", "late"),
    present_ids=frozenset({"late"}),
    sources=(),
)
FORM = prefilled(FACT)


def find(typed: str) -> str:
    if typed == "Santander":
        raise UserError("That may be several companies.")
    return {"msft": "Microsoft"}.get(typed, typed)


def edits(fact: Fact = FACT, **changes: object) -> Edits:
    return read_edits(fact, FORM, replace(FORM, **changes), find, TODAY)  # type: ignore[arg-type]


def test_an_untouched_form_changes_nothing() -> None:
    assert not edits()


@pytest.mark.parametrize(
    ("changes", "edit"),
    [
        ({"amount": "1,5 bn"}, Edit(money=(Money(Decimal(1_500_000_000), "USD"),))),
        ({"amount": "€2m"}, Edit(money=(Money(Decimal(2_000_000), "EUR"),))),
        ({"currency": "eur"}, Edit(money=(Money(Decimal(650_000_000), "EUR"),))),
        ({"amount": ""}, Edit(money=())),
        ({"date": "15/6/2024"}, Edit(date="2024-06-15")),
        ({"date": "june 2024"}, Edit(date="2024-06")),
        ({"date": "2023"}, Edit(date="2023")),
        ({"date": ""}, Edit(date="")),
        ({"kind": TieKind.INVESTMENT}, Edit(kind=TieKind.INVESTMENT)),
        ({"kind": TieKind.MERGER}, Edit(kind=TieKind.MERGER, source="Microsoft", target="Inflection")),
        ({"swapped": True}, Edit(source="Inflection", target="Microsoft")),
        ({"target": "OpenAI"}, Edit(source="Microsoft", target="OpenAI")),
    ],
)
def test_what_was_changed_is_changed_and_nothing_else(changes: dict[str, object], edit: Edit) -> None:
    assert edits(FACT, **changes).everywhere == edit


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "a lot"}, "amount"),
        ({"currency": "XQQ"}, "currency"),
        ({"amount": "€2m", "currency": "GBP"}, "currency"),
        ({"date": "soon"}, "date"),
        ({"date": "30d"}, "date"),
        ({"date": "2099-01-01"}, "date"),
        ({"date": "2026-11-18"}, "date"),
        ({"date": "december 2026", "status": Status.ENDED}, "date"),
        ({"source": "Santander"}, "source"),
        ({"source": "???"}, "source"),
        ({"target": "msft"}, "target"),
    ],
)
def test_what_can_not_be_read_is_told_under_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(FormRefused) as refused:
        edits(FACT, **changes)
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "2099", "status": Status.ANNOUNCED},
        {"date": "2099-01-01", "status": Status.RUMORED},
        {"date": "2026-11-17"},  # where the person is it may be tomorrow already
        {"date": "2026"},
    ],
)
def test_what_is_to_come_and_what_may_have_come_can_be_dated(changes: dict[str, object]) -> None:
    assert edits(FACT, **changes).everywhere.date == changes["date"]


def test_what_is_dated_in_the_future_has_not_been_completed() -> None:
    planned = replace(FACT, status=Status.ANNOUNCED, date="2027")
    form = prefilled(planned)
    with pytest.raises(FormRefused) as refused:
        read_edits(planned, form, replace(form, status=Status.COMPLETED), find, TODAY)
    assert list(refused.value.errors) == ["date"]


def test_where_sources_disagree_the_amount_in_the_form_settles_it() -> None:
    assert edits(replace(FACT, disputed=True)).everywhere == Edit(money=(FACT.money,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "early"),
    [(Status.ANNOUNCED, None), (Status.ENDED, None), (Status.RUMORED, Status.RUMORED)],
)
def test_an_earlier_step_stays_where_the_new_status_may_follow_it(
    status: Status, early: Status | None
) -> None:
    before = {"early": Status.RUMORED, "late": Status.COMPLETED}
    changed = edits(status=status).of(FACT, before)
    assert (changed["early"].status, changed["late"].status) == (early, status)


@given(st.integers(1, 10**14))
def test_an_amount_in_the_form_is_read_as_it_was(amount: int) -> None:
    assert read_amount(write_amount(Money(Decimal(amount), None))) == Money(Decimal(amount), None)


def test_an_absurd_amount_stands_as_its_digits() -> None:
    assert write_amount(Money(Decimal("503797659256939030175804012269404160"), None)).startswith(
        "50379765925693"
    )


def test_a_form_without_amount_and_date_is_empty_there() -> None:
    form = prefilled(replace(FACT, money=None, date=None))
    assert (form.amount, form.currency, form.date) == ("", "", "")
    assert isinstance(form, Form)
