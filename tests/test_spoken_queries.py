"""Plain words become the command that was meant, whatever stands around the names, or a short help."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.names import name_key
from bot.queries import Command, DealsQuery, RelationshipQuery, parse
from bot.query_filters import Filters
from bot.spoken_queries import Chat, Heard, hear
from bot.values import Money, Status, TieKind

TODAY = date(2026, 11, 22)  # a Sunday
RECORD = {
    name_key(name)
    for name in (
        "Microsoft", "Inflection", "OpenAI", "Telefónica", "Vodafone", "Banco Santander", "NVIDIA", "Block",
        "AT&T", "Marrow & Finch", "Order Partners", "March Capital", "Orange", "Masmovil", "BBVA", "Sabadell",
    )
}  # fmt: skip


def known(phrases: Collection[str]) -> list[str]:
    return [phrase for phrase in phrases if name_key(phrase) in RECORD]


def heard(sentence: str) -> Heard | Chat:
    return hear(sentence, today=TODAY, known=known)


def asked(sentence: str) -> object:
    """The query that the slash parser makes of a sentence."""
    meant = heard(sentence)
    assert isinstance(meant, Heard), meant
    return parse(meant.command, meant.text, today=TODAY)


def since(year: int, month: int = 1, day: int = 1) -> Filters:
    return Filters(since=date(year, month, day))


@pytest.mark.parametrize(
    ("sentence", "names", "filters"),
    [
        ("what about Inflection and Microsoft since June?", ("Inflection", "Microsoft"), since(2026, 6)),
        ("deals of Microsoft", ("Microsoft",), Filters()),
        ("<@U0BOT> Microsoft's deals, please", ("Microsoft's",), Filters()),
        ("who invested in OpenAI", ("OpenAI",), Filters(kind=TieKind.INVESTMENT)),
        ("what did Block buy?", ("Block",), Filters(kind=TieKind.ACQUISITION)),
        ("Is Microsoft buying Inflection?", ("Microsoft", "Inflection"), Filters(kind=TieKind.ACQUISITION)),
        ("Hola Seams, ¿quién invirtió en OpenAI?", ("OpenAI",), Filters(kind=TieKind.INVESTMENT)),
        ("rumours about openai", ("openai",), Filters(status=Status.RUMORED)),
        ("deals of AT&amp;T since last June", ("AT&T",), since(2026, 6)),
        ("deals of Marrow &amp; Finch", ("Marrow & Finch",), Filters()),
        ("deals of March Capital from march 2025", ("March Capital",), since(2025, 3)),
        ("deals of Order Partners", ("Order Partners",), Filters()),
        ("acquisitions or investments of OpenAI", ("OpenAI",), Filters()),
        ("deals microsoft type:acquisition since:2024", ("microsoft",),
         Filters(kind=TieKind.ACQUISITION, since=date(2024, 1, 1))),
        ("deals of NVIDIA in 2025", ("NVIDIA",), Filters(since=date(2025, 1, 1), until=date(2025, 12, 31))),
        ("deals of nvidia over $1.5bn", ("nvidia",), Filters(minimum=Money(Decimal(1_500_000_000), "USD"))),
        ("¿qué hay entre Telefónica y Vodafone desde 2024?", ("Telefónica", "Vodafone"), since(2024)),
        ("¿quién ha comprado Inflection?", ("Inflection",), Filters(kind=TieKind.ACQUISITION)),
        ("dime los acuerdos de Banco Santander desde marzo de 2025", ("Banco Santander",), since(2025, 3)),
        ("qui a racheté Inflection ?", ("Inflection",), Filters(kind=TieKind.ACQUISITION)),
        ("quels accords entre OpenAI et Vodafone depuis juin ?", ("OpenAI", "Vodafone"), since(2026, 6)),
    ],
)  # fmt: skip
def test_a_sentence_asks_for_deals(sentence: str, names: tuple[str, ...], filters: Filters) -> None:
    query = asked(sentence)
    assert isinstance(query, DealsQuery)
    assert (query.readings[0], query.filters) == (names, filters)


@pytest.mark.parametrize(
    "sentence",
    [
        "OpenAI and Microsoft",
        "Hey Seams, how are OpenAI and Microsoft?",
        "OpenAI–Microsoft",
        "openai/microsoft?",
        "relationship openai microsoft",
        "how do OpenAI and Microsoft stand?",
        "is there a dispute between OpenAI and Microsoft?",
        "¿cómo se llevan OpenAI y Microsoft?",
        "quelles sont les relations entre OpenAI et Microsoft ?",
    ],
)
def test_a_sentence_asks_how_two_stand(sentence: str) -> None:
    query = asked(sentence)
    assert isinstance(query, RelationshipQuery)
    assert [name.casefold() for name in query.readings[0]] == ["openai", "microsoft"]


@pytest.mark.parametrize(
    ("sentence", "command", "text"),
    [
        ("articles about Inflection", Command.ARTICLES, "Inflection"),
        ("noticias sobre chips en México", Command.ARTICLES, "chips México"),
        ("latest articles", Command.ARTICLES, ""),
        ("tell me about nvidia", Command.COMPANY, "nvidia"),
        ("¿qué sabemos de Banco Santander?", Command.COMPANY, '"Banco Santander"'),
        ("lawsuits of Microsoft", Command.COMPANY, "Microsoft"),
        ("a map of Microsoft, please", Command.COMPANY, "Microsoft map"),
        ("chart of OpenAI and Microsoft", Command.RELATIONSHIP, '"OpenAI" "Microsoft" chart'),
        ("deals of Vodafone since 2025 as csv", Command.DEALS, "Vodafone since:2025-01-01 csv"),
        ("watch microsoft", Command.WATCH, '"microsoft"'),
        ("please follow OpenAI and Microsoft now", Command.WATCH, '"OpenAI", "Microsoft" now'),
        ("stop watching Microsoft", Command.WATCH, 'off "Microsoft"'),
        ("deja de seguir a Vodafone", Command.WATCH, 'off "Vodafone"'),
        ("what do we watch?", Command.WATCH, ""),
        ("digest", Command.DIGEST, "preview"),
        ("¿qué hay de nuevo?", Command.DIGEST, "preview"),
        ("digest off", Command.DIGEST, "off"),
        ("turn off the digest", Command.DIGEST, "off"),
        ("el resumen los viernes a las 9", Command.DIGEST, "when viernes a las 9"),
        ("dame el resumen para mañana", Command.DIGEST, "preview"),
        ("/deals microsoft type:acquisition", Command.DEALS, "microsoft type:acquisition"),
        ("any acquisitions since June?", Command.DEALS, "type:acquisition since:2026-06-01"),
    ],
)
def test_a_sentence_asks_for_another_command(sentence: str, command: Command, text: str) -> None:
    assert heard(sentence) == Heard(command, text)


_COLLEAGUES = """
    how much did Microsoft pay for Inflection? -> /deals "Microsoft" "Inflection"
    what's new with NVIDIA? -> /company NVIDIA
    what's the latest on OpenAI and Microsoft? -> /relationship "OpenAI" "Microsoft"
    any news on Vodafone? -> /articles Vodafone
    did Microsoft buy Inflection? -> /deals "Microsoft" "Inflection" type:acquisition
    is Microsoft still a partner of OpenAI? -> /relationship "Microsoft" "OpenAI"
    is OpenAI still a customer of Microsoft? -> /relationship "OpenAI" "Microsoft"
    are OpenAI and Microsoft in court? -> /relationship "OpenAI" "Microsoft"
    is the deal between BBVA and Sabadell on track? -> /deals "BBVA" "Sabadell"
    is it true that BBVA wants to buy Sabadell? -> /deals "BBVA" "Sabadell" type:acquisition
    is Sabadell for sale? -> /company Sabadell
    who owns Inflection? -> /company Inflection
    who supplies NVIDIA? -> /deals NVIDIA type:supply
    what was the price of Inflection? -> /deals Inflection
    how are things going between BBVA and Sabadell? -> /relationship "BBVA" "Sabadell"
    ¿cuánto pagó Orange por Masmovil? -> /deals "Orange" "Masmovil"
    ¿cuánto costó Masmovil? -> /deals Masmovil
    ¿qué sabemos de Telefónica? -> /company Telefónica
    ¿sigue OpenAI con Microsoft? -> /relationship "OpenAI" "Microsoft"
    sigue OpenAI con Microsoft -> /relationship "OpenAI" "Microsoft"
    ¿sigue siendo Microsoft socia de OpenAI? -> /relationship "Microsoft" "OpenAI"
    ¿siguen siendo socios OpenAI y Microsoft? -> /relationship "OpenAI" "Microsoft"
    ¿sigue en pie la fusión de BBVA y Sabadell? -> /relationship "BBVA" "Sabadell"
    ¿quién sigue a Microsoft? -> /company Microsoft
    sigue a Microsoft -> /watch "Microsoft"
    ¿ha comprado Orange Masmovil? -> /deals "Orange" "Masmovil" type:acquisition
    ¿qué novedades hay de Telefónica y Vodafone? -> /relationship "Telefónica" "Vodafone"
    ¿cómo va la opa de BBVA sobre Sabadell? -> /deals "BBVA" "Sabadell" type:acquisition
    ¿es verdad que BBVA quiere comprar Sabadell? -> /deals "BBVA" "Sabadell" type:acquisition
    ¿en qué ha invertido NVIDIA? -> /deals NVIDIA type:investment
    quoi de neuf sur Microsoft et OpenAI ? -> /relationship "Microsoft" "OpenAI"
    combien Orange a payé Masmovil ? -> /deals "Orange" "Masmovil"
    combien Zzyzx a-t-elle payé Masmovil ? -> /deals "Zzyzx" "Masmovil"
    est-ce que Microsoft a racheté Inflection ? -> /deals "Microsoft" "Inflection" type:acquisition
    est-ce vrai que BBVA veut racheter Sabadell ? -> /deals "BBVA" "Sabadell" type:acquisition
    Orange est-il encore partenaire de Vodafone ? -> /relationship "Orange" "Vodafone"
    Microsoft et OpenAI sont-ils toujours en procès ? -> /relationship "Microsoft" "OpenAI"
    quelles sont les nouvelles d'Orange ? -> /articles Orange
    que sait-on de Telefónica ? -> /company Telefónica
    je suis curieux : que se passe-t-il chez OpenAI ? -> /company OpenAI
    suis OpenAI -> /watch "OpenAI"
    l'acquisition de Masmovil par Orange -> /deals "Masmovil" "Orange" type:acquisition
    quelles entreprises Microsoft a rachetées ? -> /deals Microsoft type:acquisition
    à quel prix Orange a racheté Masmovil ? -> /deals "Orange" "Masmovil" type:acquisition
    combien Microsoft a investi dans OpenAI ? -> /deals "Microsoft" "OpenAI" type:investment
"""


@pytest.mark.parametrize(
    ("sentence", "typed"), [row.strip().split(" -> ") for row in _COLLEAGUES.strip().splitlines()]
)
def test_what_colleagues_ask_means_a_command(sentence: str, typed: str) -> None:
    meant = heard(sentence)
    assert isinstance(meant, Heard)
    assert f"{meant.command} {meant.text}" == typed


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("deals of Microsft", "Microsft"),
        ("Microsft?", "Microsft"),
        ("deals of Microsft and openai", '"Microsft" "openai"'),
        ("deals of microsoft and zzyzx", '"microsoft" "zzyzx"'),
    ],
)
def test_a_name_that_nobody_knows_is_not_passed_over(sentence: str, text: str) -> None:
    meant = heard(sentence)
    assert isinstance(meant, Heard)
    assert meant.text == text


def test_words_around_a_known_name_are_no_names() -> None:
    assert heard("kindly tell us the gossip regarding OpenAI please") == Heard(Command.COMPANY, "OpenAI")


@pytest.mark.parametrize(
    ("sentence", "chat"),
    [
        ("", Chat.NOTHING),
        ("<@U0BOT>", Chat.NOTHING),
        ("<@U0BOT> <https://news.example/a>", Chat.NOTHING),
        ("`deals of Microsoft`", Chat.NOTHING),
        ("?", Chat.HELP),
        ("help", Chat.HELP),
        ("¿Qué puedes hacer?", Chat.HELP),
        ("hello!", Chat.HELLO),
        ("buenos días", Chat.HELLO),
        ("thanks a lot", Chat.THANKS),
        ("muchas gracias", Chat.THANKS),
        ("asdf qwer zxcv poiu lkjh", Chat.UNCLEAR),
        ("lunch anyone? the usual place at one?", Chat.UNCLEAR),
    ],
)
def test_what_asks_for_nothing(sentence: str, chat: Chat) -> None:
    assert heard(sentence) is chat


def test_a_link_that_slack_made_of_a_name_is_that_name() -> None:
    assert heard("deals of <http://booking.com|booking.com>") == Heard(Command.DEALS, '"booking.com"')


def test_articles_take_no_dates() -> None:
    with pytest.raises(UserError, match="no filters"):
        heard("articles about Inflection since June")


def test_three_companies_are_refused_as_a_command_refuses_them() -> None:
    with pytest.raises(UserError, match="more than two"):
        asked("OpenAI, Microsoft and NVIDIA")


_WORDS = st.sampled_from(
    'deals of since June Microsoft and OpenAI with type: min: 100M over " , in 2024 digest off what ¿ ? '
    "between last month articles about <@U1> en de 'x' <http://a.b|c>".split(" ")
)


@given(st.text(max_size=600) | st.lists(_WORDS, max_size=14).map(" ".join))
def test_no_sentence_breaks_the_ear(sentence: str) -> None:
    with suppress(UserError):
        meant = heard(sentence)
        if isinstance(meant, Heard):
            parse(meant.command, meant.text, today=TODAY)
