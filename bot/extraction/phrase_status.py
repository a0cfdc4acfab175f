"""Where a tie stands that a wording tells: what the wording says itself, and the words around it."""

import re
from typing import TYPE_CHECKING

from bot.extraction.frames import Lexicon
from bot.extraction.phrase_sides import Sides
from bot.extraction.sequel import EVENTS, told_around
from bot.values import Status, TieKind

if TYPE_CHECKING:
    from bot.extraction.phrases import Phrase

_CUES = (("denied", Status.DENIED), ("ended", Status.ENDED), ("rumored", Status.RUMORED))
_OPENING = 4  # words from the company on, in which the verb of a wording stands
_FIRST_WORD = re.compile(r"\w+")
_AHEAD = re.compile(r"\b(?:will|would|to\s+be|being|ser(?:á|án)?|être|seront|sera)\b")
_SUM = re.compile(r"(?<![§\d])\d")  # who "will not pay 5 billion for Y" may pay 4
_QUOTES = ' "“”‘«»'
_BEFORE = 40  # characters before a wording that may deny or suppose it


def phrase_status(
    phrase: "Phrase", match: re.Match[str], start: int, words: Lexicon, sides: Sides
) -> Status | None:
    """What the wording and the words around it say; None when asked, supposed or negated."""
    coded = match.string
    if "?" in coded[match.end() :] or "¿" in coded[:start]:
        return None
    told = coded[start : match.end()]
    clause = coded[max(coded.rfind(mark, 0, start) for mark in ",;:") + 1 : start]
    if words.cues["hypothetical"].match(clause.lstrip(_QUOTES)):
        return None
    if phrase.firm:
        return phrase.status
    beside = _beside(phrase, match, start, words)
    for cue, status in _CUES:
        if cue in beside:
            return status
    if words.denies(told):
        refused = phrase.kind in EVENTS and words.cues["will_not"].search(told)
        return Status.DENIED if refused and not _SUM.search(told) else None
    if phrase.status is not None:
        return phrase.status
    if sides.unsettled.search(coded[start : match.start()]):
        return Status.RUMORED
    planned = phrase.present or "announced" in beside or _is_planned(phrase, match, start, words)
    return Status.ANNOUNCED if planned else Status.COMPLETED


def _beside(phrase: "Phrase", match: re.Match[str], start: int, words: Lexicon) -> set[str]:
    """The statuses that the words of the match and those around it speak for."""
    coded = match.string
    told, lead = coded[start : match.end()], coded[max(0, start - _BEFORE) : start]
    found = {cue for cue, _ in _CUES if words.cues[cue].search(told)}
    if words.cues["denied"].search(lead):
        found.add("denied")
    if phrase.kind in EVENTS:
        begun = any(mark[0] == "S" for mark in phrase.marks)  # at its verb, with a clause to itself
        found |= told_around(coded, match.start(), match.end(), words, noun=not begun)
    return found


def _is_planned(phrase: "Phrase", match: re.Match[str], start: int, words: Lexicon) -> bool:
    """Whether tense or verb say that it is yet to be completed."""
    told = match.string[start : match.end()]
    verbs = re.findall(r"\w+", told)[:12]
    if any(words.is_tense("future", verb) for verb in verbs):
        return True
    if phrase.kind is TieKind.ACQUISITION and _AHEAD.search(told):
        return True
    first = _FIRST_WORD.match(match.string, match.start())
    # "has signed a contract to supply": the auxiliary stands before the word that tells.
    opening = {first.group() if first else "", *verbs[:_OPENING]}
    signed = any(words.governors["announced"].fullmatch(word) for word in opening)
    signed &= phrase.kind not in (TieKind.LITIGATION, TieKind.OWNERSHIP)
    announced = signed or words.cues["announced"].search(told) is not None
    return announced and not words.cues["told_over"].search(told)


def settle_text(text: str, start: int, end: int, lexicon: Lexicon) -> Status | None:
    """The status of a standing fact told by the words at start..end, None when asked, supposed or negated."""
    asked = text.find("?", end) >= 0
    if asked and (lexicon.lang != "es" or text.rfind("¿", 0, start) >= 0):
        return None
    told = text[start:end]
    clause = text[max(text.rfind(mark, 0, start) for mark in ",;:") + 1 : start]
    if lexicon.cues["hypothetical"].match(clause.lstrip()):
        return None
    if lexicon.denies(told):
        return None
    return Status.RUMORED if lexicon.cues["rumored"].search(told) else Status.COMPLETED
