"""The form in which a fact is edited: how it is filled at first, and what was changed in it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from babel.numbers import is_currency

from bot.correction_answers import Fact, Form
from bot.errors import UserError
from bot.locale import N_, _
from bot.names import name_key
from bot.query_dates import read_period
from bot.query_words import read_amount
from bot.relationships.corrections import Edit
from bot.relationships.history import DEAL_MOVES
from bot.values import SYMMETRIC_KINDS, Money, Status

MAX_NAME = 200  # characters, as `storage.ties` keeps them
SOURCE, TARGET, AMOUNT, CURRENCY, DATE = "source", "target", "amount", "currency", "date"
_PAST = (Status.COMPLETED, Status.ENDED)
_UNITS = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
_WRITTEN_OUT = Decimal(10) ** 17  # from which on an amount is absurd, and stands as its digits
_BAD_AMOUNT = N_("I can't read that. Write 650m, 1.5bn or 13000000, or leave it empty.")
_NOT_YET = N_(
    "That is still to come, and what is completed or has ended can't be. Write an earlier date, "
    "leave it empty, or choose another status."
)
_BAD_DATE = N_("I can't read that. Write 2024, 2024-06 or 2024-06-15, or leave it empty.")

Find = Callable[[str], str]
"""The name of the company that a typed name means; raises UserError when it may mean several."""


class FormRefused(UserError):
    """What was filled in can't be taken; `errors` says why, by field."""

    code = "bad_form"

    def __init__(self, errors: Mapping[str, str]) -> None:
        """Keep what to say under each field."""
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Edits:
    """What was changed: in every tie, and beside that in those that say how the fact stands now."""

    everywhere: Edit
    status: Status | None

    def __bool__(self) -> bool:
        """Whether anything was changed."""
        return bool(self.everywhere) or self.status is not None

    def of(self, fact: Fact, statuses: Mapping[str, Status]) -> dict[str, Edit]:
        """The edit of each tie; `statuses` are theirs before.

        A tie that told an earlier step keeps its status where the new one may follow on it.
        """
        edits = {}
        for tie_id in fact.tie_ids:
            edit = self.everywhere
            earlier = tie_id not in fact.present_ids
            before = statuses.get(tie_id)
            may_precede = before is not None and self.status in DEAL_MOVES[before]
            if self.status is not None and not (earlier and may_precede):
                edit = replace(edit, status=self.status)
            edits[tie_id] = edit
        return edits


def prefilled(fact: Fact) -> Form:
    """The form as it is opened."""
    return Form(
        kind=fact.kind,
        source=fact.source,
        target=fact.target,
        swapped=False,
        status=fact.status,
        amount=write_amount(fact.money) if fact.money else "",
        currency=(fact.money.currency or "") if fact.money else "",
        date=fact.date or "",
    )


def write_amount(money: Money) -> str:
    """An amount as `read_amount` reads it: "13bn", "650m", "1234567"."""
    for unit, word in _UNITS:
        if unit <= money.amount < _WRITTEN_OUT and (money.amount * 1000) % unit == 0:
            return f"{_digits(money.amount / unit)}{word}"
    return _digits(money.amount)


def read_edits(fact: Fact, before: Form, after: Form, find: Find, today: date) -> Edits:
    """What a person changed from `before`, the form as it was opened; raises FormRefused."""
    errors: dict[str, str] = {}
    source = _party(SOURCE, fact.source, before.source, after.source, find, errors)
    target = _party(TARGET, fact.target, before.target, after.target, find, errors)
    money = _money(before, after, errors, settle=fact.disputed)
    day = _date(before, after, today, errors)
    if DATE not in errors and _is_to_come(before, after, fact.date if day is None else day, today):
        errors[DATE] = _(_NOT_YET)
    if not errors and name_key(source) == name_key(target):
        errors[TARGET] = _("Both names mean {company}. Name two companies.").format(company=source)
    if errors:
        raise FormRefused(errors)
    directed = (before.kind in SYMMETRIC_KINDS) != (after.kind in SYMMETRIC_KINDS)
    renamed = (source, target) != (fact.source, fact.target) or after.swapped or directed
    if after.swapped:
        source, target = target, source
    edit = Edit(
        kind=after.kind if after.kind is not before.kind else None,
        source=source if renamed else None,
        target=target if renamed else None,
        money=money,
        date=day,
    )
    return Edits(edit, after.status if after.status is not before.status else None)


def _party(field: str, known: str, before: str, after: str, find: Find, errors: dict[str, str]) -> str:
    typed = " ".join(after.split())
    if typed == " ".join(before.split()):
        return known
    if not name_key(typed) or len(typed) > MAX_NAME:
        errors[field] = _("That is no company's name.")
        return typed
    try:
        return find(typed)
    except UserError as error:
        errors[field] = error.message
        return typed


def _money(before: Form, after: Form, errors: dict[str, str], *, settle: bool) -> tuple[Money, ...] | None:
    amount, currency = after.amount.strip(), after.currency.strip().upper()
    same = (amount, currency) == (before.amount.strip(), before.currency.strip().upper())
    if same and not settle:
        return None
    if not amount:
        return ()
    money = read_amount(amount)
    if money is None:
        errors[AMOUNT] = _(_BAD_AMOUNT)
        return None
    if currency and not is_currency(currency):
        errors[CURRENCY] = _("I don't know that currency. Write its code: USD, EUR, MXN.")
    elif currency and money.currency and currency != before.currency and currency != money.currency:
        errors[CURRENCY] = _("The amount says {currency}.").format(currency=money.currency)
    # A sign that was typed beside the amount counts before a code that merely stood there.
    return (Money(money.amount, money.currency or currency or None),)


def _date(before: Form, after: Form, today: date, errors: dict[str, str]) -> str | None:
    typed = after.date.strip()
    if typed == before.date.strip():
        return None
    if not typed:
        return ""
    period = read_period(typed, today)
    day = _precision(*period) if period else None
    if day is None:
        errors[DATE] = _(_BAD_DATE)
    return day


def _is_to_come(before: Form, after: Form, day: str | None, today: date) -> bool:
    """Whether a person says that something happened which can't have yet."""
    if (before.date.strip(), before.status) == (after.date.strip(), after.status):
        return False  # what the articles say stands as they say it
    # Today is that of UTC: where the person is it may be tomorrow.
    tomorrow = (today + timedelta(days=1)).isoformat()
    return after.status in _PAST and day is not None and day > tomorrow[: len(day)]


def _precision(first: date, last: date) -> str | None:
    """A day, a month or a year in ISO 8601; None for any other time."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if (first.month, last.month, first.year) == (1, 12, last.year):
            return f"{first:%Y}"
    return None


def _digits(number: Decimal) -> str:
    return format(number.normalize(), "f")
