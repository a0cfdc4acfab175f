"""What people type after a command becomes a query, help, or an error that says what to type."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.queries import (
    ArticlesQuery,
    Command,
    DealsQuery,
    DigestAction,
    DigestQuery,
    Help,
    RelationshipQuery,
    parse,
    write,
)
from bot.query_filters import Filters
from bot.values import DEAL_KINDS, Money, Status, TieKind

TODAY = date(2026, 11, 22)  # a Sunday


def deals(text: str) -> DealsQuery:
    query = parse(Command.DEALS, text, today=TODAY)
    assert isinstance(query, DealsQuery)
    return query


def refused(command: Command, text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse(command, text, today=TODAY)
    return caught.value


@pytest.mark.parametrize("command", list(Command))
@pytest.mark.parametrize("text", ["help", " HELP ", "ayuda", "?", "--help"])
def test_help_is_understood_by_every_command(command: Command, text: str) -> None:
    assert parse(command, text, today=TODAY) == Help(command)


@pytest.mark.parametrize("command", [Command.DEALS, Command.RELATIONSHIP, Command.DIGEST])
@pytest.mark.parametrize("text", ["", "   ", "\u200b", "<@U012AB3CD>"])
def test_nothing_said_gives_help(command: Command, text: str) -> None:
    assert parse(command, text, today=TODAY) == Help(command)


@pytest.mark.parametrize("text", ['"', '""', ","])
def test_marks_without_a_name_give_help(text: str) -> None:
    assert parse(Command.DEALS, text, today=TODAY) == Help(Command.DEALS)


def test_articles_without_words_are_the_latest() -> None:
    assert parse(Command.ARTICLES, "", today=TODAY) == ArticlesQuery("")


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("microsoft", [("microsoft",)]),
        ('"Banco Santander"', [("Banco Santander",)]),
        ("“Banco Santander” openai", [("Banco Santander", "openai")]),
        ("‘Banco Santander’ L’Oréal", [("Banco Santander", "L’Oréal")]),
        ("'Banco Santander' L'Oréal", [("Banco Santander", "L'Oréal")]),
        ("«Banco Santander», openai", [("Banco Santander", "openai")]),
        ("banco santander, openai", [("banco santander", "openai")]),
        ("Alphabet, Inc.", [("Alphabet Inc.",), ("Alphabet", "Inc.")]),
        ("Alphabet, Inc., OpenAI", [("Alphabet Inc.", "OpenAI")]),
        ('"Procter & Gamble" y "Banco Santander"', [("Procter & Gamble", "Banco Santander")]),
        ("Procter &amp; Gamble", [("Procter & Gamble",), ("Procter", "Gamble")]),
        ("microsoft y openai", [("microsoft y openai",), ("microsoft", "openai")]),
        ("between microsoft and openai", [("microsoft and openai",), ("microsoft", "openai")]),
        ("openai vs. microsoft", [("openai vs. microsoft",), ("openai", "microsoft")]),
        ("openai - microsoft", [("openai - microsoft",), ("openai", "microsoft")]),
        ("Coca-Cola", [("Coca-Cola",)]),
        (
            "banco santander openai",
            [("banco santander openai",), ("banco", "santander openai"), ("banco santander", "openai")],
        ),
        ("<http://booking.com|booking.com>", [("booking.com",)]),
        ("<https://www.openai.com/index?a=1&amp;b=2>", [("openai.com",)]),
        ("https://openai.com/index", [("openai.com",)]),
        ("y", [("y",)]),
        ("with:openai microsoft", [("openai", "microsoft")]),
        ("microsoft with:banco santander", [("microsoft", "banco santander")]),
        ("microsoft con:“Banco Santander”", [("microsoft", "Banco Santander")]),
        ("banco santander with:openai type:merger", [("banco santander", "openai")]),
    ],
)
def test_names_are_read(text: str, readings: list[tuple[str, ...]]) -> None:
    assert list(deals(text).readings) == readings


@pytest.mark.parametrize("text", ["a, b, c", '"a" "b" "c"', '"a" "b", c', "a with:b, c"])
def test_more_than_two_names_are_refused(text: str) -> None:
    assert "/deals" in refused(Command.DEALS, text).message


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("type:acquisition", Filters(kind=TieKind.ACQUISITION)),
        ("type:Buy", Filters(kind=TieKind.ACQUISITION)),
        ("tipo:adquisición", Filters(kind=TieKind.ACQUISITION)),
        ("tipo:inversión", Filters(kind=TieKind.INVESTMENT)),
        ("type:joint venture", Filters(kind=TieKind.PARTNERSHIP)),
        ('type:"joint-venture"', Filters(kind=TieKind.PARTNERSHIP)),
        ("type: préstamo", Filters(kind=TieKind.FINANCING)),
        ("status:rumour", Filters(status=Status.RUMORED)),
        ("estado:en negociaciones", Filters(status=Status.RUMORED)),
        ("estado:completada", Filters(status=Status.COMPLETED)),
        ("status=denied", Filters(status=Status.DENIED)),
        ("since:2024", Filters(since=date(2024, 1, 1))),
        ("desde:2024", Filters(since=date(2024, 1, 1))),
        ("since:2024-06", Filters(since=date(2024, 6, 1))),
        ("since:15/06/2024", Filters(since=date(2024, 6, 15))),
        ("since:june", Filters(since=date(2026, 6, 1))),
        ("since:december", Filters(since=date(2025, 12, 1))),
        ("since:june 15, 2024", Filters(since=date(2024, 6, 15))),
        ("desde:15 de junio de 2024", Filters(since=date(2024, 6, 15))),
        ("since:30d", Filters(since=date(2026, 10, 23))),
        ("since:4w", Filters(since=date(2026, 10, 25))),
        ("since:3 months ago", Filters(since=date(2026, 8, 22))),
        ("desde:hace 2 semanas", Filters(since=date(2026, 11, 8))),
        ('since:"last month"', Filters(since=date(2026, 10, 1))),
        ("desde:el mes pasado", Filters(since=date(2026, 10, 1))),
        ("since:last week", Filters(since=date(2026, 11, 9))),
        ("since:q1 2024", Filters(since=date(2024, 1, 1))),
        ("until:2024", Filters(until=date(2024, 12, 31))),
        ("until:2024-02", Filters(until=date(2024, 2, 29))),
        ("hasta:hoy", Filters(until=TODAY)),
        ("min:100M", Filters(minimum=Money(Decimal(100_000_000), None))),
        ("min:1,5bn", Filters(minimum=Money(Decimal(1_500_000_000), None))),
        ("min:1,500", Filters(minimum=Money(Decimal(1500), None))),
        ("min:13,000 millones", Filters(minimum=Money(Decimal(13_000_000_000), None))),
        ("min:2 mil millones de euros", Filters(minimum=Money(Decimal(2_000_000_000), "EUR"))),
        ("min:1 billón", Filters(minimum=Money(Decimal(10**12), None))),
        ("min:1 billion", Filters(minimum=Money(Decimal(10**9), None))),
        ("min:$10bn", Filters(minimum=Money(Decimal(10**10), "USD"))),
        ("min:0.5m", Filters(minimum=Money(Decimal(500_000), None))),
    ],
)
@pytest.mark.parametrize("place", ["{} microsoft", "microsoft {}"])
def test_filters_are_read_before_and_after_the_name(place: str, text: str, filters: Filters) -> None:
    assert deals(place.format(text)) == DealsQuery((("microsoft",),), filters)


def test_several_filters_narrow_together() -> None:
    query = deals("type:buy microsoft desde:2024 hasta:2025 status:rumored min:1bn with:openai")
    expected = Filters(
        TieKind.ACQUISITION, Status.RUMORED, date(2024, 1, 1), date(2025, 12, 31), Money(Decimal(10**9), None)
    )
    assert query == DealsQuery((("microsoft", "openai"),), expected)


def test_filters_alone_ask_for_the_deals_of_all() -> None:
    assert deals("type:merger") == DealsQuery((), Filters(kind=TieKind.MERGER))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("microsoft foo:bar", "with:, type:, status:, since:, until: or min:"),
        ("microsoft type:foo", "acquisition, merger"),
        ("microsoft type:", "Nothing stands after type:"),
        ("microsoft type:dispute", "/relationship"),
        ("microsoft status:maybe", "rumored, announced"),
        ("microsoft since:31/02/2024", "2024-06"),
        ("microsoft since:99999d", "30d"),
        ("microsoft min:lots", "100M"),
        ("microsoft min:-5m", "100M"),
        ("microsoft min:0", "100M"),
        ("microsoft with:", "with:openai"),
        ("microsoft type:merger type:merger", "only once"),
        ("microsoft since:2025 until:2024", "Swap"),
        ("x" * 501, "500"),
        ("a " * 13, "quotes"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_what_can(text: str, says: str) -> None:
    assert says in refused(Command.DEALS, text).message


def test_the_longest_text_is_still_read() -> None:
    assert deals("x" * 500).readings == (("x" * 500,),)


def test_a_relationship_prefers_two_names_and_keeps_the_whole() -> None:
    query = parse(Command.RELATIONSHIP, "banco santander", today=TODAY)
    assert query == RelationshipQuery((("banco", "santander"), ("banco santander",)))


@pytest.mark.parametrize("text", ["openai", '"Banco Santander"', "openai,"])
def test_a_relationship_needs_two_names(text: str) -> None:
    assert "/relationship openai microsoft" in refused(Command.RELATIONSHIP, text).message


def test_a_relationship_takes_no_filters() -> None:
    assert "type:" in refused(Command.RELATIONSHIP, "openai microsoft type:merger").message


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("preview", DigestQuery(DigestAction.PREVIEW)),
        ("vista previa", DigestQuery(DigestAction.PREVIEW)),
        ("Ahora", DigestQuery(DigestAction.NOW)),
        ("on", DigestQuery(DigestAction.ON)),
        ("on friday 10", DigestQuery(DigestAction.ON, "friday 10")),
        ("desactivar", DigestQuery(DigestAction.OFF)),
        ("when", DigestQuery(DigestAction.WHEN)),
        ("when: monday 9:00 Europe/Madrid", DigestQuery(DigestAction.WHEN, "monday 9:00 Europe/Madrid")),
        ("lunes 9", DigestQuery(DigestAction.WHEN, "lunes 9")),
    ],
)
def test_digest_actions_are_read(text: str, query: DigestQuery) -> None:
    assert parse(Command.DIGEST, text, today=TODAY) == query


def test_an_unknown_digest_action_names_the_known_ones() -> None:
    assert "preview, now, on, off, when or language" in refused(Command.DIGEST, "sometimes").message


NAMES = st.from_regex(r"[A-Za-zÀ-ÿ0-9#&.' -]{0,20}[A-Za-z0-9]", fullmatch=True).map(
    lambda n: " ".join(n.split())
)
MINIMA = st.builds(Money, st.integers(1, 10**17).map(Decimal), st.sampled_from([None, "USD", "EUR", "MXN"]))
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(
    st.lists(NAMES, min_size=1, max_size=2),
    st.none() | st.sampled_from(sorted(DEAL_KINDS)),
    st.none() | st.sampled_from(Status),
    st.none() | st.tuples(DAYS, DAYS).map(sorted),
    st.none() | MINIMA,
)
def test_written_queries_are_read_back(
    names: list[str],
    kind: TieKind | None,
    status: Status | None,
    period: list[date] | None,
    minimum: Money | None,
) -> None:
    since, until = period or (None, None)
    query = DealsQuery((tuple(names),), Filters(kind, status, since, until, minimum))
    assert parse(Command.DEALS, write(query), today=TODAY) == query


PIECES = st.sampled_from(
    [
        "with:",
        "type:",
        "since:",
        "min:",
        "until:",
        "status:",
        '"',
        "“",
        "'",
        ",",
        "<",
        "|",
        ">",
        "&amp;",
        "y",
        "30d",
    ]
)


@given(
    st.sampled_from(Command),
    st.text() | st.lists(PIECES | st.text(max_size=8), max_size=30).map(" ".join),
    DAYS,
)
def test_no_text_raises_anything_but_a_user_error(command: Command, text: str, today: date) -> None:
    with suppress(UserError):
        parse(command, text, today=today)


@pytest.mark.parametrize("text", ["corvane since:2024", "desde:2024 corvane", "type:merger"])
def test_articles_refuse_filters_instead_of_searching_for_them(text: str) -> None:
    assert "no filter" in refused(Command.ARTICLES, text).message


@pytest.mark.parametrize("text", ["GPT-4: a review", "after: the merger", "10:30"])
def test_a_colon_in_the_words_of_an_article_is_no_filter(text: str) -> None:
    assert parse(Command.ARTICLES, text, today=TODAY) == ArticlesQuery(text)
