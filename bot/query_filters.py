"""The filters of /deals: type:, status:, since:, until:, min: (and with:, which names a company)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.errors import UserError
from bot.locale import N_, _, pgettext
from bot.query_dates import read_period
from bot.query_names import Mark, Token
from bot.query_words import fold, read_amount, read_kind, read_status
from bot.values import DEAL_KINDS, Money, Status, TieKind

Fields = dict[str, list[Token]]

_MAX_VALUE_WORDS = 6
_KEYS = {
    "with": "with con avec",
    "type": "type types tipo kind clase",
    "status": "status state estado estatus statut",
    "since": "since from after desde depuis",
    "until": "until before to hasta antes avant",
    "min": "min minimum minimo over amount importe",
}
_EXAMPLE = N_("/deals microsoft with:openai type:investment status:rumored since:2024 min:100M")
_TYPES = N_("acquisition, merger, investment, partnership, supply, licensing or financing")
_DATES = N_("a date such as 2024, 2024-06, 2024-06-15, june, 30d, 4w or “last month”")
_ALLOWED = {
    "type": (_TYPES, N_("/deals microsoft type:acquisition")),
    "status": (N_("rumored, announced, completed, ended or denied"), N_("/deals openai status:rumored")),
    "since": (_DATES, N_("/deals microsoft since:2024-06")),
    "until": (_DATES, N_("/deals microsoft until:2023")),
    "min": (N_("an amount such as 500000, 100M, 1.5bn or €650m"), N_("/deals microsoft min:100M")),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list of deals; None lets everything through. Days are inclusive."""

    kind: TieKind | None = None
    status: Status | None = None
    since: date | None = None
    until: date | None = None
    minimum: Money | None = None

    def __bool__(self) -> bool:
        """Whether anything is narrowed at all."""
        return any((self.kind, self.status, self.since, self.until, self.minimum))

    def words(self) -> list[str]:
        """Each filter as it is typed."""
        minimum = self.minimum
        values = {
            "type": self.kind,
            "status": self.status,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "min": minimum and f"{minimum.amount:f}{(minimum.currency or '').lower()}",
        }
        return [f"{key}:{value}" for key, value in values.items() if value]


def field_word(key: str) -> str:
    """A filter as it is called in the language that is spoken: "type", "tipo"."""
    called = {
        "with": pgettext("filter", "with"),
        "type": pgettext("filter", "type"),
        "status": pgettext("filter", "status"),
        "since": pgettext("filter", "since"),
        "until": pgettext("filter", "until"),
        "min": pgettext("filter", "min"),
    }
    return called.get(key, key)


def split_fields(pieces: Iterable[Token]) -> tuple[list[Token], Fields]:
    """The tokens before any filter, and those after each filter; raises UserError for an unknown filter."""
    names: list[Token] = []
    fields: Fields = {}
    current = names
    for piece in pieces:
        if piece.mark is not Mark.KEY:
            current.append(piece)
            continue
        key = next((key for key, words in _KEYS.items() if fold(piece.text) in words.split()), None)
        if key is None:
            raise UserError(
                _(
                    "I don't know the filter “{key}:”. Use with:, type:, status:, since:, until: or min:, "
                    "as in {example}. A name that holds a colon goes in quotes."
                ).format(key=piece.text, example=_(_EXAMPLE)),
                code="unknown_filter",
            )
        if key in fields:
            raise UserError(
                _("Give {key}: only once, as in {example}").format(key=field_word(key), example=_(_EXAMPLE)),
                code="repeated_filter",
            )
        current = fields[key] = []
    return names, fields


def first_filter(tidied: str) -> str:
    """The first filter that is typed in a text, with its value right behind it; "" when there is none."""
    names = "|".join(word for words in _KEYS.values() for word in words.split())
    typed = re.search(rf"(?<!\S)({names}):(?=\S)", fold(tidied))
    return typed[1] if typed else ""


def narrow(filters: Filters, key: str, pieces: list[Token], today: date) -> tuple[Filters, list[Token]]:
    """The filters with the value that the longest run of words makes, and the words after it."""
    longest = 1 if pieces and pieces[0].mark is Mark.QUOTED else min(len(pieces), _MAX_VALUE_WORDS)
    for count in range(longest, 0, -1):
        narrowed = _narrowed(filters, key, " ".join(piece.text for piece in pieces[:count]), today)
        if narrowed is not None:
            return narrowed, pieces[count:]
    allowed, example = _ALLOWED[key]
    if pieces:
        said = _("I can't read “{value}” after {key}:. It takes {allowed}, as in {example}")
    else:
        said = _("Nothing stands after {key}:. It takes {allowed}, as in {example}")
    value = pieces[0].text if pieces else ""
    raise UserError(
        said.format(value=value, key=field_word(key), allowed=_(allowed), example=_(example)),
        code="bad_filter_value",
    )


def _narrowed(filters: Filters, key: str, text: str, today: date) -> Filters | None:
    if key == "type":
        kind = read_kind(text)
        return None if kind is None else replace(filters, kind=kind)
    if key == "status":
        status = read_status(text)
        return None if status is None else replace(filters, status=status)
    if key == "min":
        minimum = read_amount(text)
        return None if minimum is None else replace(filters, minimum=minimum)
    period = read_period(text, today)
    if period is None:
        return None
    return replace(filters, since=period[0]) if key == "since" else replace(filters, until=period[1])


def check(filters: Filters) -> None:
    """Raise UserError for filters that nothing can pass."""
    if filters.kind and filters.kind not in DEAL_KINDS:
        raise UserError(
            _("“{kind}” is no kind of deal; /relationship A B shows it. Types of deals: {types}.").format(
                kind=filters.kind, types=_(_TYPES)
            ),
            code="not_a_deal_kind",
        )
    if filters.since and filters.until and filters.since > filters.until:
        raise UserError(
            _("since: ({since}) lies after until: ({until}). Swap them.").format(
                since=filters.since, until=filters.until
            ),
            code="empty_period",
        )
