"""What people type after /watch."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.quiet import QuietHours, QuietWish
from bot.digest.watching import Tier
from bot.errors import UserError
from bot.queries import Command, parse
from bot.query_watch import WatchAction, WatchQuery, write_watch

TODAY = date(2026, 11, 22)
FOLLOW, STOP = WatchAction.FOLLOW, WatchAction.STOP


def read(text: str) -> WatchQuery:
    query = parse(Command.WATCH, text, today=TODAY)
    assert isinstance(query, WatchQuery)
    return query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", WatchQuery(WatchAction.LIST)),
        ("list", WatchQuery(WatchAction.LIST)),
        ("Lista", WatchQuery(WatchAction.LIST)),
        ("microsoft", WatchQuery(FOLLOW, (("microsoft",),))),
        ("microsoft now", WatchQuery(FOLLOW, (("microsoft",),), Tier.NOW)),
        ("microsoft ahora", WatchQuery(FOLLOW, (("microsoft",),), Tier.NOW)),
        ("microsoft resumen", WatchQuery(FOLLOW, (("microsoft",),), Tier.DIGEST)),
        ("microsoft SILENCIO", WatchQuery(FOLLOW, (("microsoft",),), Tier.SILENT)),
        ("openai, microsoft digest", WatchQuery(FOLLOW, (("openai", "microsoft"),), Tier.DIGEST)),
        ("“Banco Santander” silent", WatchQuery(FOLLOW, (("Banco Santander",),), Tier.SILENT)),
        ("now", WatchQuery(FOLLOW, (("now",),))),
        ('"now"', WatchQuery(FOLLOW, (("now",),))),
        ('"list"', WatchQuery(FOLLOW, (("list",),))),
        ('new:"Nueva Co" now', WatchQuery(FOLLOW, (("Nueva Co",),), Tier.NOW, as_typed=True)),
        ("off microsoft", WatchQuery(STOP, (("microsoft",),))),
        ("quitar openai, microsoft", WatchQuery(STOP, (("openai", "microsoft"),))),
        ("quiet 22-8", WatchQuery(WatchAction.QUIET, quiet=QuietWish(QuietHours(1320, 480)))),
        ("silencio off", WatchQuery(WatchAction.QUIET, quiet=QuietWish(None))),
        ("cap 5", WatchQuery(WatchAction.CAP, cap=5)),
        ("tope 100", WatchQuery(WatchAction.CAP, cap=100)),
        ("cap gemini", WatchQuery(FOLLOW, (("cap gemini",), ("cap", "gemini")))),
    ],
)
def test_a_wish_is_read(text: str, query: WatchQuery) -> None:
    assert read(text) == query


@pytest.mark.parametrize(
    "text",
    [
        "off",
        "cap",
        "cap 0",
        "cap 101",
        "quiet",
        "quiet noon",
        "silencio noche",
        "a, b, c",
        "new:",
        "type:merger a",
    ],
)
def test_what_is_no_wish_is_refused_with_what_to_type(text: str) -> None:
    with pytest.raises(UserError):
        read(text)


@pytest.mark.parametrize(
    "text",
    ["microsoft now", "openai, microsoft", 'new:"Nueva Co" digest', "off microsoft", 'new:"a", "b" now'],
)
def test_what_is_written_reads_the_same(text: str) -> None:
    query = read(text)
    again = read(write_watch(query, query.readings[0]))
    assert (again.action, again.readings[0], again.tier, again.as_typed) == (
        query.action,
        query.readings[0],
        query.tier,
        query.as_typed,
    )


@given(st.text())
def test_whatever_is_typed_is_a_wish_help_or_refused(text: str) -> None:
    with suppress(UserError):
        parse(Command.WATCH, text, today=TODAY)
