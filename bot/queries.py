"""What people type after a command, as values. Pure: it knows no companies, only words.

`parse(command, text, today=...)` gives a query, or Help for an empty text; it raises UserError, and nothing
else, for a text that asks what can't be asked. `write(query)` is the text of a query with settled names.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.errors import UserError
from bot.locale import N_, _
from bot.query_dates import weekdays
from bot.query_files import FileKind, split_file
from bot.query_filters import Fields, Filters, check, field_word, first_filter, narrow, split_fields
from bot.query_names import Reading, Token, readings, tidy, tokens
from bot.query_watch import WatchQuery, read_watch
from bot.query_words import fold

_HELP = frozenset({"help", "ayuda", "aide", "?", "-h", "--help", "/?", "usage"})


class Command(StrEnum):
    """The commands whose text is read here."""

    DEALS = "/deals"
    COMPANY = "/company"
    RELATIONSHIP = "/relationship"
    ARTICLES = "/articles"
    DIGEST = "/digest"
    WATCH = "/watch"


@dataclass(frozen=True, slots=True)
class Help:
    """Somebody asks how a command is used."""

    command: Command


@dataclass(frozen=True, slots=True)
class DealsQuery:
    """Deals of one company, between two, or of all when `readings` is empty, as a `file` if one is named."""

    readings: tuple[Reading, ...]
    filters: Filters = field(default_factory=Filters)
    file: FileKind | None = None


@dataclass(frozen=True, slots=True)
class CompanyQuery:
    """One company; `file` asks for a picture of it instead of its card."""

    readings: tuple[Reading, ...]
    file: FileKind | None = None


@dataclass(frozen=True, slots=True)
class RelationshipQuery:
    """The relationship of two companies; a reading of one name is kept to say whose partner is missing."""

    readings: tuple[Reading, ...]
    file: FileKind | None = None


@dataclass(frozen=True, slots=True)
class ArticlesQuery:
    """The articles that hold these words, or the latest when there are none."""

    words: str


class DigestAction(StrEnum):
    """What to do about the channel's digest."""

    PREVIEW = "preview"
    NOW = "now"
    ON = "on"
    OFF = "off"
    WHEN = "when"
    LANGUAGE = "language"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class DigestQuery:
    """An action on the channel's digest; `schedule` is what was said about day and hour, if anything.

    `language` is the one that was named for what is posted in the channel.
    """

    action: DigestAction
    schedule: str = ""
    language: str = ""


Query = DealsQuery | CompanyQuery | RelationshipQuery | ArticlesQuery | DigestQuery | WatchQuery | Help


def parse(command: Command, text: str, *, today: date) -> Query:
    """Read a command's text; `today` is the reader's, for "since:june" or "30d". Raises UserError."""
    tidied = tidy(text)
    if not tidied and command is Command.ARTICLES:
        return ArticlesQuery("")
    if command is Command.WATCH and fold(tidied) not in _HELP:
        return read_watch(tidied)
    if not tidied or fold(tidied) in _HELP:
        return Help(command)
    if command is Command.ARTICLES:
        _refuse_filters(tidied)
        return ArticlesQuery(tidied.replace('"', ""))
    if command is Command.DIGEST:
        return _digest(tidied)
    pieces, file = split_file(tokens(tidied), _FILES[command])
    names, fields = split_fields(pieces)
    if command is Command.RELATIONSHIP:
        return replace(_relationship(names, fields), file=file)
    if command is Command.COMPANY:
        return CompanyQuery(_one_company(names, fields), file)
    query = replace(_deals(names, fields, today), file=file)
    return query if query.readings or query.filters or file else Help(command)


def _refuse_filters(words: str) -> None:
    """Raise UserError for words in which a filter is typed: searching for "since:2024" would find nothing."""
    typed = first_filter(words)
    if typed:
        raise UserError(
            _(
                "/articles takes words or a name and no filter “{key}:”. The newest come first: "
                "/articles inflection"
            ).format(key=typed),
            code="unknown_filter",
        )


_FILES = {
    Command.DEALS: frozenset({FileKind.CSV}),
    Command.COMPANY: frozenset({FileKind.CHART, FileKind.MAP}),
    Command.RELATIONSHIP: frozenset({FileKind.CHART}),
}


def write(query: DealsQuery | CompanyQuery | RelationshipQuery) -> str:
    """The canonical text of a query with settled names: its first reading in quotes, filters, file."""
    words = ['"{}"'.format(name.replace('"', "'")) for name in (query.readings[0] if query.readings else ())]
    if isinstance(query, DealsQuery):
        words += query.filters.words()
    return " ".join([*words, query.file] if query.file else words)


def _deals(names: list[Token], fields: Fields, today: date) -> DealsQuery:
    others = fields.pop("with", None)
    filters = Filters()
    for key, pieces in fields.items():
        filters, rest = narrow(filters, key, pieces, today)
        names = names + rest
    check(filters)
    return DealsQuery(readings(names) if others is None else _with(names, others), filters)


def _with(names: list[Token], others: list[Token]) -> tuple[Reading, ...]:
    """`with:` makes two names: what stands before it and what follows, up to the next filter."""
    if not others:
        raise UserError(_("Say with whom: /deals microsoft with:openai"), code="empty_filter")
    if not names:
        found = readings(others)
        return tuple(reading for reading in found if len(reading) == 2) or found
    return ((_one_name(names), _one_name(others)),)


def _one_name(pieces: list[Token]) -> str:
    whole = next((reading[0] for reading in readings(pieces) if len(reading) == 1), None)
    if whole is None:
        raise UserError(
            _("Name one company on each side: /deals microsoft with:openai"), code="too_many_names"
        )
    return whole


def _one_company(names: list[Token], fields: Fields) -> tuple[Reading, ...]:
    if fields:
        key = next(iter(fields))
        raise UserError(
            _("/company takes no {key}: filter. Say one name: /company microsoft").format(
                key=field_word(key)
            ),
            code="unknown_filter",
        )
    found = tuple(reading for reading in readings(names) if len(reading) == 1)
    if not found:
        raise UserError(
            _("/company shows one company. How two stand to each other: /relationship openai microsoft"),
            code="too_many_names",
        )
    return found


_TWO_NAMES = N_("/relationship shows how two companies stand. Name both: /relationship openai microsoft")


def _relationship(names: list[Token], fields: Fields) -> RelationshipQuery:
    others = fields.pop("with", None)
    if fields:
        key = next(iter(fields))
        said = _("/relationship takes no filter “{key}:”.").format(key=field_word(key))
        raise UserError(f"{said} {_(_TWO_NAMES)}", code="unknown_filter")
    found = readings(names) if others is None else _with(names, others)
    if not any(len(reading) == 2 for reading in found):
        raise UserError(_(_TWO_NAMES), code="one_name")
    return RelationshipQuery(tuple(r for r in found if len(r) == 2) + tuple(r for r in found if len(r) == 1))


_ACTIONS = {
    DigestAction.PREVIEW: "preview previa vista test show ver apercu",
    DigestAction.NOW: "now ahora post send enviar publicar maintenant",
    DigestAction.ON: "on start subscribe enable activar encender si oui activer",
    DigestAction.OFF: "off stop unsubscribe disable desactivar parar pause pausar no desactiver",
    DigestAction.WHEN: "when cuando schedule time horario hora set quand",
    DigestAction.SETTINGS: "settings setting config configure setup ajustes configurar opciones preferencias",
    DigestAction.LANGUAGE: "language lang idioma lengua langue",
}


def digest_query(text: str) -> DigestQuery | None:
    """The action on the digest with which a tidied text begins, None when it begins with none."""
    first, _space, rest = (
        text.replace(":", ": ", 1).partition(" ") if text.startswith("when:") else text.partition(" ")
    )
    word = fold(first).strip(":.,!")
    if word in weekdays():
        return DigestQuery(DigestAction.WHEN, text)
    for action, words in _ACTIONS.items():
        if word in words.split():
            if action is DigestAction.LANGUAGE:
                return DigestQuery(action, language=rest.strip())
            takes = action in (DigestAction.WHEN, DigestAction.ON)
            return DigestQuery(action, rest.strip() if takes else "")
    return None


def _digest(text: str) -> DigestQuery:
    query = digest_query(text)
    if query is not None:
        return query
    first = text.partition(" ")[0]
    raise UserError(
        _(
            "I don't know “/digest {word}”. Use /digest settings, preview, now, on, off, when or language, "
            "as in /digest when monday 9:00 Europe/Madrid"
        ).format(word=first),
        code="unknown_action",
    )
