"""What people ask in plain words, as the command they might have typed, which the parser reads then. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.digest.watching import Tier
from bot.errors import UserError
from bot.locale import _
from bot.queries import Command, digest_query
from bot.query_dates import weekdays
from bot.query_files import FileKind
from bot.query_filters import Filters
from bot.query_names import tidy
from bot.query_words import fold
from bot.spoken_sentence import Known, Sentence, bare, read_sentence
from bot.spoken_words import (
    ARTICLES,
    CHANGES,
    CHART,
    CSV,
    DEALS,
    DIGEST,
    HELLO,
    HELP,
    HELP_PHRASES,
    MAP,
    OFF,
    ON,
    RELATIONSHIP,
    STILL,
    THANKS,
    TURN,
    UNWATCH,
    WATCH,
)
from bot.values import DEAL_KINDS, TieKind

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
# A link that shows its address; one that Slack made of "booking.com" shows a name.
_LINK = re.compile(r"<https?://[^<>|]*(?:\|https?://[^<>]*)?>|(?<![<|])\bhttps?://[^\s<>]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """A question as a command: `text` is what would be typed after it."""

    command: Command
    text: str


class Chat(StrEnum):
    """What asks for nothing that the record holds."""

    NOTHING = "nothing"  # no words at all
    HELLO = "hello"
    THANKS = "thanks"
    HELP = "help"
    UNCLEAR = "unclear"


def hear(text: str, *, today: date, known: Known) -> Heard | Chat:
    """The command that a sentence means; raises UserError when it is too long to be a question."""
    tidied = tidy(_LINK.sub(" ", _CODE.sub(" ", text)))
    said = [word for word in (fold(bare(each)) for each in tidied.split()) if word]
    if not said:
        return Chat.HELP if "?" in tidied else Chat.NOTHING
    if " ".join(said) in HELP_PHRASES or set(said) <= HELP:
        return Chat.HELP
    if set(said) <= HELLO:
        return Chat.HELLO
    if set(said) <= THANKS:
        return Chat.THANKS
    first, _space, rest = tidied.partition(" ")
    typed = next((command for command in Command if command == first.casefold()), None)
    return Heard(typed, rest) if typed else _understood(read_sentence(tidied, today=today, known=known))


def _understood(sentence: Sentence) -> Heard | Chat:
    names, kind = sentence.all_names(), _deal_kind(sentence)
    if sentence.says(WATCH):
        return Heard(Command.WATCH, _watch(sentence))
    if sentence.says(DIGEST) and not sentence.names:
        return Heard(Command.DIGEST, _digest_action(sentence))
    if sentence.says(ARTICLES):
        return Heard(Command.ARTICLES, _search(sentence))
    if file := _file(sentence, len(names)):
        command, kind_of_file = file
        filters = replace(sentence.filters, kind=kind) if command is Command.DEALS else Filters()
        return Heard(command, f"{_written(names, filters)} {kind_of_file}".strip())
    narrowed = sentence.says(DEALS) or bool(sentence.filters) or bool(DEAL_KINDS & {*sentence.kinds})
    lasting = len(names) == 2 and sentence.says(STILL) and not (sentence.filters or sentence.says(DEALS))
    if sentence.says(RELATIONSHIP) or lasting or (len(names) == 2 and not narrowed):
        return Heard(Command.RELATIONSHIP, _written(names, sentence.filters))
    if len(names) == 1 and not narrowed:
        return Heard(Command.COMPANY, _written(names, Filters()))
    if names or narrowed or sentence.kinds:
        bond = None if names else next(iter(sentence.kinds), None)
        return Heard(Command.DEALS, _written(names, replace(sentence.filters, kind=kind or bond)))
    return Heard(Command.DIGEST, "preview") if sentence.says(CHANGES) else Chat.UNCLEAR


def _file(sentence: Sentence, names: int) -> tuple[Command, FileKind] | None:
    """The command that posts the picture or the table that is asked for, if one is."""
    if sentence.says(CSV):
        return Command.DEALS, FileKind.CSV
    if names == 1 and sentence.says(MAP):
        return Command.COMPANY, FileKind.MAP
    if names and sentence.says(CHART):
        return (Command.COMPANY if names == 1 else Command.RELATIONSHIP), FileKind.CHART
    return None


def _watch(sentence: Sentence) -> str:
    """Whom to follow and how, or to follow no more; "" asks what is followed."""
    shown = [f'"{name}"' for name in sentence.all_names()]
    if not shown:
        return ""
    tier = next((tier for tier in Tier if sentence.says({tier})), "")
    return " ".join(["off", *shown] if sentence.says(UNWATCH) else [", ".join(shown), tier]).strip()


def _digest_action(sentence: Sentence) -> str:
    """What to do about the digest; nothing but showing it, unless that is said."""
    typed = sentence.after(DIGEST)
    if digest_query(typed):
        return typed
    if day := sentence.tail(weekdays()):
        return f"when {day}"
    if sentence.says(OFF):
        return "off"
    return "on" if sentence.says(ON) or (sentence.says(TURN) and sentence.says({"on"})) else "preview"


def _deal_kind(sentence: Sentence) -> TieKind | None:
    """The one kind of deal that is asked for; None when several are, as they can't be told apart."""
    typed = {sentence.filters.kind} - {None}
    kinds = typed or set(sentence.kinds) & DEAL_KINDS
    return next(iter(kinds)) if len(kinds) == 1 else None


def _search(sentence: Sentence) -> str:
    if sentence.filters:
        raise UserError(
            _("Articles are listed newest first, and take no filters. Ask for them by words alone.")
        )
    return sentence.content(ARTICLES)


def _written(names: list[str], filters: Filters) -> str:
    """The text of a command. A single name stays bare, as it may turn out to be two."""
    bare_name = len(names) == 1 and names[0].isalnum()
    shown = names if bare_name else [f'"{name}"' for name in names]
    return " ".join([*shown, *filters.words()])
