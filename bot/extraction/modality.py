"""Where a tie stands: rumored, announced, completed, ended or denied, or not said at all.

Read from the trigger's tense, the words that govern it (agreed to, is in talks to, denied that it will) and the
words right around it (proposed, possible, failed).
"""

import re
from typing import TYPE_CHECKING

from bot.extraction.frames import Frame, Lexicon
from bot.extraction.syntax import Parse
from bot.values import Status, TieKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_ORDER = ("denied", "ended", "rumored", "announced", "completed")
_MODAL_RUMOR = frozenset({"could", "may", "might", "would"})


def status_of(parse: Parse, trigger: "Token", frame: Frame, *, noun: bool) -> Status | None:
    """The status of what the trigger says, None when it is not said (negated, asked, supposed)."""
    if _is_asked(parse, trigger) or _is_supposed(parse, trigger):
        return None
    if any(parse.lexicon.words["option"] & {g.token.lower_} for g in parse.governors(trigger)):
        return None
    found = _signs(parse, trigger, noun=noun)
    negated = _is_negated(parse, trigger)
    if negated:
        return Status.DENIED if "denied" in found and False else _when_negated(found)
    for name in _ORDER:
        if name in found:
            return _settle(name, frame, noun=noun)
    return _by_tense(parse, trigger, frame, noun=noun)


def is_tensed(parse: Parse, trigger: "Token", *, noun: bool) -> bool:
    """Whether the words around a trigger say its status."""
    return not noun or bool(_signs(parse, trigger, noun=noun))


def _when_negated(found: set[str]) -> Status | None:
    return Status.DENIED if "rumored" in found else None


def _settle(name: str, frame: Frame, *, noun: bool) -> Status | None:
    if noun and name == "announced" and frame.kind is TieKind.LITIGATION:
        return Status.COMPLETED  # a suit that was announced or presented has been filed
    if frame.standing and name == "announced":
        return None if frame.kind is TieKind.OWNERSHIP else Status.COMPLETED
    return Status(name)


def _signs(parse: Parse, trigger: "Token", *, noun: bool) -> set[str]:
    """The statuses that governing and neighbouring words speak for."""
    lexicon = parse.lexicon
    found: set[str] = set()
    for governor in parse.governors(trigger):
        if governor.link == "after":
            break
        if governor.link == "and":
            if _is_finite(parse, trigger):
                break
            continue
        word = parse.word(governor.token)
        status = lexicon.status_of(word, noun=not parse.is_verb(governor.token))
        if status == "rumored" and governor.link == "subject" and not parse.is_passive(governor.token):
            status = None  # "the alliance shows signs of wear" is no rumour of an alliance
        if status and status != "neutral":
            found.add(_refine(parse, governor.token, status, noun=noun))
        found |= _helpers(parse, governor.token)
        if status == "neutral" and any(
            role == "obj" and lexicon.status_of(t.lower_, noun=True) == "ended"
            for role, t in parse.roles(governor.token)
        ):
            found.add("ended")  # "puso fin a la compra"
        if governor.link == "subject" and not status:
            break
    found |= _helpers(parse, trigger)
    start, end = _window(parse, trigger, noun=noun)
    around = parse.masked.text[start:end]
    for name in ("rumored", "announced", "ended", "denied"):
        if lexicon.cues[name].search(around):
            found.add(name)
    return found


def _is_finite(parse: Parse, token: "Token") -> bool:
    """Whether a verb has a tense of its own, so that a coordinated verb's modality does not reach it."""
    if not parse.is_verb(token):
        return True
    if parse.lexicon.lang == "en":
        own = any(c.dep_ in ("aux", "auxpass") for c in token.children)
        return own or token.tag_ in ("VBD", "VBZ", "VBP")
    tense = parse.lexicon.tense
    return not any(tense[t].fullmatch(token.lower_) for t in ("infinitive", "participle", "gerund"))


def _refine(parse: Parse, governor: "Token", status: str, *, noun: bool) -> str:
    """A negated ending or denial, and a rumour word in the future, are not what they are alone."""
    if status == "ended" and any(c.lower_ in parse.lexicon.words["negation"] for c in governor.children):
        return "announced"
    if status == "denied" and noun and parse.lexicon.lang == "en":
        return "denied"
    return status


def _helpers(parse: Parse, token: "Token") -> set[str]:
    """What the auxiliaries and the tense of one verb say."""
    lexicon = parse.lexicon
    found: set[str] = set()
    for child in token.children:
        if child.dep_.split(":")[0] in ("aux", "cop") and child.dep_ != "auxpass":
            if lexicon.lang == "en" and child.lower_ in _MODAL_RUMOR:
                found.add("rumored")
            elif lexicon.lang == "en" and child.lower_ in ("will", "'ll", "shall"):
                found.add("announced")
            elif lexicon.lang != "en":
                found |= _form(parse, child.lower_)
                status = lexicon.status_of(child.lower_, noun=False)
                if status in ("rumored", "announced", "ended"):
                    found.add(status)
    if parse.is_verb(token):
        found |= _form(parse, token.lower_)
    return found


def _form(parse: Parse, word: str) -> set[str]:
    tense = parse.lexicon.tense
    if _ends(tense["conditional"].pattern, word):
        return {"rumored"}
    if _ends(tense["future"].pattern, word):
        return {"announced"}
    return set()


def _ends(pattern: str, word: str) -> bool:
    return re.fullmatch(rf".*(?:{pattern})", word) is not None


def _window(parse: Parse, trigger: "Token", *, noun: bool) -> tuple[int, int]:
    """The text right before the trigger: within its noun phrase for a noun, up to its subject for a verb."""
    left = trigger.i
    for _ in range(3 if noun else 8):
        if left == 0:
            break
        before = parse.doc[left - 1]
        if before.is_punct or parse.slot_at(before):
            break
        left -= 1
    return parse.doc[left].idx, trigger.idx + len(trigger.text)


def _is_negated(parse: Parse, trigger: "Token") -> bool:
    words = parse.lexicon.words["negation"]
    heads = [trigger, *(g.token for g in parse.governors(trigger) if g.link in ("clause", "object"))]
    for head in heads[:3]:
        for child in head.children:
            if child.lower_ in words and child.i < head.i + 2 and head.i - child.i < 6:
                return True
    if trigger.i > 0 and parse.doc[trigger.i - 1].lower_ in words:
        return True
    return False


def _is_asked(parse: Parse, trigger: "Token") -> bool:
    text = parse.masked.text
    question = text.find("?", trigger.idx)
    if question < 0:
        return False
    opening = text.rfind("¿", 0, trigger.idx)
    if parse.lexicon.lang == "es":
        return opening >= 0 and text.find("?", opening) >= trigger.idx
    return not any(mark in text[trigger.idx : question] for mark in (":", ";"))


def _is_supposed(parse: Parse, trigger: "Token") -> bool:
    """ "If X buys Y ...": the trigger stands in a condition."""
    before = parse.masked.text[: trigger.idx]
    clause = before[max(before.rfind(mark) for mark in ",;:") + 1 :]
    if parse.lexicon.cues["hypothetical"].match(clause.lstrip(" ¿") + " ") and clause.strip():
        return True
    heads = [trigger, *(g.token for g in parse.governors(trigger) if g.link != "subject")]
    condition = parse.lexicon.words["condition"]
    return any(c.dep_ == "mark" and c.lower_ in condition for head in heads[:3] for c in head.children)


def _by_tense(parse: Parse, trigger: "Token", frame: Frame, *, noun: bool) -> Status:
    """The status of a bare trigger: a past or standing fact is completed, the rest announced."""
    if frame.status is not None:
        return frame.status
    if frame.standing or noun:
        return Status.COMPLETED
    if parse.lexicon.lang == "en":
        if trigger.tag_ in ("VBD", "VBN"):
            return Status.COMPLETED
        if trigger.tag_ in ("VBG",):
            helper = any(c.dep_ == "aux" and c.lower_ in ("is", "are", "'s") for c in trigger.children)
            return Status.ANNOUNCED if helper else Status.COMPLETED
    elif parse.lexicon.tense["past"].fullmatch(trigger.lower_) or parse.is_participle(trigger):
        return Status.COMPLETED
    elif parse.lexicon.tense["gerund"].fullmatch(trigger.lower_):
        return Status.COMPLETED
    if frame.kind.value in ("acquisition", "merger", "investment"):
        return Status.ANNOUNCED
    return Status.COMPLETED


def settle_text(text: str, start: int, end: int, lexicon: Lexicon) -> Status | None:
    """The status of a standing fact told by the words at start..end, None when asked, supposed or negated."""
    sentence_end = text.find("?", end)
    if sentence_end >= 0 and (lexicon.lang != "es" or text.rfind("¿", 0, start) >= 0):
        return None
    matched = text[start:end]
    words = set(matched.lower().split())
    if words & lexicon.words["negation"]:
        return None
    clause = text[max(text.rfind(mark, 0, start) for mark in ",;:") + 1 : start]
    if lexicon.cues["hypothetical"].match(clause.lstrip()):
        return None
    if lexicon.cues["rumored"].search(matched):
        return Status.RUMORED
    return Status.COMPLETED
