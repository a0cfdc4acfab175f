"""What people type after /watch: follow a company or a pair, stop, list, quiet hours, a daily cap."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.digest.quiet import QuietWish, parse_quiet
from bot.digest.watching import Tier
from bot.errors import UserError
from bot.locale import _
from bot.query_names import Mark, Reading, Token, readings, tokens
from bot.query_words import fold

MOST_A_DAY = 100


class WatchAction(StrEnum):
    """What to do about what is followed here."""

    LIST = "list"
    FOLLOW = "follow"
    STOP = "stop"
    QUIET = "quiet"
    CAP = "cap"


@dataclass(frozen=True, slots=True)
class WatchQuery:
    """A wish about what is followed; `tier` None leaves it to the default, `as_typed` takes unknown names."""

    action: WatchAction
    readings: tuple[Reading, ...] = ()
    tier: Tier | None = None
    as_typed: bool = False
    quiet: QuietWish | None = None
    cap: int | None = None


_TIERS = {
    Tier.NOW: "now ahora ya inmediato immediately instant maintenant",
    Tier.DIGEST: "digest resumen boletin semanal weekly resume",
    Tier.SILENT: "silent silencio silencioso silenciosa mute muted silently silencieux",
}
_LIST = frozenset("list lista ls listar show ver all todo todas todos liste".split())
_STOP = frozenset("off stop unwatch unfollow remove no quitar dejar parar eliminar arreter".split())
_QUIET = frozenset("quiet silencio descanso tranquilo tranquila silence".split())
_CAP = frozenset("cap limit limite tope max maximo plafond".split())
_HAS_HOURS = re.compile(
    r"\d|\b(off|no|none|nunca|never|desactivar|quitar|on|noon|midnight|night|mediodia|medianoche|noche)\b"
)
_AS_TYPED = frozenset({"new", "nuevo", "nueva"})


def read_watch(tidied: str) -> WatchQuery:
    """Read the text after /watch; an empty one lists. Raises UserError.

    A word in quotes is always a name, so that a company called "Now" can be followed.
    """
    pieces = list(tokens(tidied))
    if not pieces:
        return WatchQuery(WatchAction.LIST)
    first, rest = _verb(pieces[0]), tidied.partition(" ")[2]
    if first in _LIST and len(pieces) == 1:
        return WatchQuery(WatchAction.LIST)
    if first in _QUIET and _HAS_HOURS.search(fold(rest)):
        return WatchQuery(WatchAction.QUIET, quiet=parse_quiet(rest))
    if first in _QUIET and len(pieces) == 1:
        parse_quiet("")  # which says how it is typed
    if first in _CAP and (len(pieces) == 1 or rest.strip().isdecimal()):
        return WatchQuery(WatchAction.CAP, cap=_cap(rest.strip()))
    if first in _STOP:
        return _stop(pieces[1:])
    return _follow(pieces)


def write_watch(query: WatchQuery, names: Reading) -> str:
    """The text that asks the same of settled names."""
    written = ['"{}"'.format(name.replace('"', "'")) for name in names]
    if query.action is WatchAction.STOP:
        return " ".join(["off", *written])
    mark = "new:" if query.as_typed else ""
    return " ".join([mark + ", ".join(written), *([query.tier.value] if query.tier else [])])


def _follow(pieces: list[Token]) -> WatchQuery:
    as_typed = pieces[0].mark is Mark.KEY and pieces[0].text in _AS_TYPED
    if as_typed:
        pieces = pieces[1:]
    tier = _tier(pieces[-1]) if len(pieces) > 1 else None
    names = pieces[:-1] if tier else pieces
    for piece in names:
        if piece.mark is Mark.KEY:
            raise UserError(
                _("/watch takes names and no filters, as in /watch microsoft now"), code="unknown_filter"
            )
    found = readings(names)
    if not found:
        raise UserError(_("Say whom to follow, as in /watch microsoft now"), code="no_name")
    return WatchQuery(WatchAction.FOLLOW, found, tier, as_typed)


def _stop(names: list[Token]) -> WatchQuery:
    found = readings([piece for piece in names if piece.mark is not Mark.KEY])
    if not found:
        raise UserError(
            _("Say whom to follow no more, as in /watch off microsoft. /watch lists what is followed here."),
            code="no_name",
        )
    return WatchQuery(WatchAction.STOP, found)


def _cap(text: str) -> int:
    if not text or not 1 <= int(text[:9]) <= MOST_A_DAY:
        raise UserError(
            _("Give a number from 1 to {most}, as in /watch cap 10").format(most=MOST_A_DAY), code="cap"
        )
    return int(text)


def _verb(piece: Token) -> str:
    return fold(piece.text) if piece.mark is Mark.WORD else ""


def _tier(piece: Token) -> Tier | None:
    word = _verb(piece)
    return next((tier for tier, words in _TIERS.items() if word in words.split()), None)
