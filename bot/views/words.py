"""Kinds, statuses and levels in words. Sentences take the parties ready formatted."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bot.counting import many as at_most
from bot.locale import N_, _, ngettext, pgettext, supported
from bot.values import DEAL_KINDS, Level, Status, TieKind

_RUMORED, _ANNOUNCED, _COMPLETED, _ENDED, _DENIED = Status

# {a} is the source, {b} the target, {both} the two enumerated.
# [is|are] agrees with the source, in translations too.
_SENTENCES: Mapping[TieKind, Mapping[Status, str]] = {
    TieKind.ACQUISITION: {
        _RUMORED: N_("{a} may acquire {b}"),
        _ANNOUNCED: N_("{a} [is|are] to acquire {b}"),
        _COMPLETED: N_("{a} acquired {b}"),
        _ENDED: N_("{a}’s acquisition of {b} is off"),
        _DENIED: N_("{a}’s acquisition of {b} was denied"),
    },
    TieKind.MERGER: {
        _RUMORED: N_("{both} may merge"),
        _ANNOUNCED: N_("{both} are to merge"),
        _COMPLETED: N_("{both} merged"),
        _ENDED: N_("The merger of {both} is off"),
        _DENIED: N_("A merger of {both} was denied"),
    },
    TieKind.INVESTMENT: {
        _RUMORED: N_("{a} may invest in {b}"),
        _ANNOUNCED: N_("{a} [is|are] to invest in {b}"),
        _COMPLETED: N_("{a} invested in {b}"),
        _ENDED: N_("{a}’s investment in {b} ended"),
        _DENIED: N_("{a}’s investment in {b} was denied"),
    },
    TieKind.PARTNERSHIP: {
        _RUMORED: N_("{both} may become partners"),
        _ANNOUNCED: N_("{both} are to be partners"),
        _COMPLETED: N_("{both} are partners"),
        _ENDED: N_("{both} are partners no more"),
        _DENIED: N_("A partnership of {both} was denied"),
    },
    TieKind.SUPPLY: {
        _RUMORED: N_("{a} may supply {b}"),
        _ANNOUNCED: N_("{a} [supplies|supply] {b} (announced)"),
        _COMPLETED: N_("{a} [supplies|supply] {b}"),
        _ENDED: N_("{a} no longer [supplies|supply] {b}"),
        _DENIED: N_("That {a} [supplies|supply] {b} was denied"),
    },
    TieKind.LICENSING: {
        _RUMORED: N_("{a} may license to {b}"),
        _ANNOUNCED: N_("{a} [licenses|license] to {b} (announced)"),
        _COMPLETED: N_("{a} [licenses|license] to {b}"),
        _ENDED: N_("{a} no longer [licenses|license] to {b}"),
        _DENIED: N_("That {a} [licenses|license] to {b} was denied"),
    },
    TieKind.FINANCING: {
        _RUMORED: N_("{a} may lend to {b}"),
        _ANNOUNCED: N_("{a} [is|are] to lend to {b}"),
        _COMPLETED: N_("{a} lent to {b}"),
        _ENDED: N_("{a}’s financing of {b} ended"),
        _DENIED: N_("{a}’s financing of {b} was denied"),
    },
    TieKind.OWNERSHIP: {
        _RUMORED: N_("{a} may own {b}"),
        _ANNOUNCED: N_("{a} [is|are] to own {b}"),
        _COMPLETED: N_("{a} [owns|own] {b}"),
        _ENDED: N_("{a} no longer [owns|own] {b}"),
        _DENIED: N_("That {a} [owns|own] {b} was denied"),
    },
    TieKind.DEPENDENCY: {
        _RUMORED: N_("{a} may depend on {b}"),
        _ANNOUNCED: N_("{a} [is|are] to depend on {b}"),
        _COMPLETED: N_("{a} [depends|depend] on {b}"),
        _ENDED: N_("{a} no longer [depends|depend] on {b}"),
        _DENIED: N_("That {a} [depends|depend] on {b} was denied"),
    },
    TieKind.COMPETITION: {
        _RUMORED: N_("{both} may compete"),
        _ANNOUNCED: N_("{both} are to compete"),
        _COMPLETED: N_("{both} compete"),
        _ENDED: N_("{both} no longer compete"),
        _DENIED: N_("That {both} compete was denied"),
    },
    TieKind.DISPUTE: {
        _RUMORED: N_("{both} may be in dispute"),
        _ANNOUNCED: N_("A dispute between {both} is announced"),
        _COMPLETED: N_("{both} are in dispute"),
        _ENDED: N_("The dispute between {both} ended"),
        _DENIED: N_("A dispute between {both} was denied"),
    },
    TieKind.LITIGATION: {
        _RUMORED: N_("{a} may take legal action against {b}"),
        _ANNOUNCED: N_("{a} [is|are] to take legal action against {b}"),
        _COMPLETED: N_("{a} [is|are] taking legal action against {b}"),
        _ENDED: N_("{a}’s legal action against {b} ended"),
        _DENIED: N_("{a}’s legal action against {b} was denied"),
    },
}
_AGREEING = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")
_STATUSES = {
    Status.RUMORED: N_("rumoured"),
    Status.ANNOUNCED: N_("announced"),
    Status.COMPLETED: N_("completed"),
    Status.ENDED: N_("ended"),
    Status.DENIED: N_("denied"),
}
# A standing tie is not something that gets completed.
_STANDING = frozenset(TieKind) - DEAL_KINDS | {TieKind.PARTNERSHIP, TieKind.SUPPLY, TieKind.LICENSING}
_LEVELS = {
    Level.BROKEN: N_("broken"),
    Level.STRAINED: N_("strained"),
    Level.NEUTRAL: N_("neutral"),
    Level.COOPERATING: N_("cooperating"),
    Level.ALLIED: N_("allied"),
}
# Before these Spanish says "e" and "u" for "y" and "o".
_I_SOUND = re.compile(r"h?i(?![aeou])")
_O_SOUND = re.compile(r"h?o|8")


def tie_sentence(kind: TieKind, status: Status, source: str, target: str, *, plural: bool = False) -> str:
    """What two companies are to each other, without a full stop: "Microsoft acquired Inflection".

    `plural` says that `source` enumerates several.
    """
    sentence = _AGREEING.sub(lambda forms: forms[2 if plural else 1], _(_SENTENCES[kind][status]))
    return sentence.format(a=source, b=target, both=joined([source, target]))


def status_word(status: Status, kind: TieKind | None = None) -> str:
    """A status in one word: "rumoured"; a standing tie that holds is "in force"."""
    return _("in force") if status is Status.COMPLETED and kind in _STANDING else _(_STATUSES[status])


def plural_status_word(status: Status) -> str:
    """A status as it is said of several deals."""
    return {
        Status.RUMORED: pgettext("deals", "rumoured"),
        Status.ANNOUNCED: pgettext("deals", "announced"),
        Status.COMPLETED: pgettext("deals", "completed"),
        Status.ENDED: pgettext("deals", "ended"),
        Status.DENIED: pgettext("deals", "denied"),
    }[status]


def level_word(level: Level) -> str:
    """A level in one word: "strained"."""
    return _(_LEVELS[level])


def joined(names: Sequence[str], *, most: int = 3) -> str:
    """Names as one enumerates them: "A", "A and B", "A, B and 4 others"."""
    if len(names) > most:
        rest = len(names) - (most - 1)
        others = ngettext("{names} and {count} other", "{names} and {count} others", rest)
        return others.format(names=", ".join(names[: most - 1]), count=rest)
    if len(names) < 2:
        return "".join(names)
    if _I_SOUND.match(_heard(names[-1])):
        pattern = pgettext("before the sound i", "{names} and {last}")
    else:
        pattern = _("{names} and {last}")
    return pattern.format(names=", ".join(names[:-1]), last=names[-1])


def either(names: Sequence[str]) -> str:
    """Names to choose from: "A", "A or B", "A, B or C"."""
    if len(names) < 2:
        return "".join(names)
    if _O_SOUND.match(_heard(names[-1])):
        pattern = pgettext("before the sound o", "{names} or {last}")
    else:
        pattern = _("{names} or {last}")
    return pattern.format(names=", ".join(names[:-1]), last=names[-1])


def _heard(name: str) -> str:
    """A name as it begins when it is read aloud: lower case, without markup, quotes and accents."""
    folded = unicodedata.normalize("NFKD", name[:40].casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)).lstrip(" *_~`“”\"'‘’«»(")


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: "1 deal", "12 deals"; the nouns are found and translated like `ngettext`'s."""
    return f"{at_most(count)} {ngettext(one, many, count)}"


_LANGUAGES = {"en": N_("English"), "es": N_("Spanish")}


def language_word(language: str | None) -> str:
    """A language in the language that is spoken: "Spanish"."""
    return _(_LANGUAGES[supported(language)])


_KINDS = {
    TieKind.ACQUISITION: N_("acquisitions"),
    TieKind.MERGER: N_("mergers"),
    TieKind.INVESTMENT: N_("investments"),
    TieKind.PARTNERSHIP: N_("partnerships"),
    TieKind.SUPPLY: N_("supply contracts"),
    TieKind.LICENSING: N_("licences"),
    TieKind.FINANCING: N_("loans and credit"),
}


_KIND = {
    TieKind.ACQUISITION: N_("acquisition"),
    TieKind.MERGER: N_("merger"),
    TieKind.INVESTMENT: N_("investment"),
    TieKind.PARTNERSHIP: N_("partnership"),
    TieKind.SUPPLY: N_("supply contract"),
    TieKind.LICENSING: N_("licence"),
    TieKind.FINANCING: N_("loan"),
    TieKind.OWNERSHIP: N_("ownership"),
    TieKind.DEPENDENCY: N_("dependency"),
    TieKind.COMPETITION: N_("rivalry"),
    TieKind.DISPUTE: N_("dispute"),
    TieKind.LITIGATION: N_("lawsuit"),
}


def kind_word(kind: TieKind) -> str:
    """A kind in one word: "acquisition"."""
    return _(_KIND[kind])


def kind_words(kind: TieKind) -> str:
    """A kind of deal in the plural: "acquisitions"."""
    return _(_KINDS[kind]) if kind in _KINDS else kind.value
