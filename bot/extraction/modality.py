"""Where a tie stands: rumored, announced, completed, ended or denied, or not said at all.

Read from the trigger's tense, the words that govern it (agreed to, is in talks to, denied that it will) and
the words right around it (proposed, possible, failed).
"""

import re
from typing import TYPE_CHECKING

from bot.extraction.frames import Lexicon
from bot.extraction.syntax import Governor, Parse
from bot.extraction.triggers import Trigger
from bot.values import Status, TieKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_STRONGEST_FIRST = ("denied", "ended", "rumored", "announced", "completed")
_CUES = ("rumored", "announced", "ended", "denied")
_RUMOR_HELPERS = frozenset({"could", "may", "might"})
# "said it would buy" and "under the deal, X would buy" are futures.
_FUTURE_HELPERS = frozenset({"will", "'ll", "shall", "would"})
_AHEAD = frozenset({"before", "without", "antes", "sin", "avant", "sans"})
_EVENTS = frozenset({TieKind.ACQUISITION, TieKind.MERGER, TieKind.INVESTMENT})
_NOUN_WINDOW, _VERB_WINDOW = 3, 8  # tokens before a trigger that may qualify it
_NEGATION_REACH = 6  # tokens


def status_of(parse: Parse, trigger: Trigger) -> Status | None:
    """The status of what a trigger says, None when it is not said (negated, asked, supposed, advised)."""
    token = trigger.token
    if _is_asked(parse, token) or _is_supposed(parse, token):
        return None
    if any(g.token.lower_ in parse.lexicon.words["option"] for g in parse.governors(token)):
        return None
    signs = _signs(parse, trigger)
    if _is_negated(parse, token):
        # "has no intention of buying" answers a rumour; "did not buy" tells nothing.
        return Status.DENIED if "rumored" in signs else None
    strongest = next((name for name in _STRONGEST_FIRST if name in signs), None)
    return _by_tense(parse, trigger) if strongest is None else _settle(strongest, trigger)


def is_tensed(parse: Parse, trigger: Trigger) -> bool:
    """Whether the words around a trigger say its status."""
    return not trigger.noun or bool(_signs(parse, trigger))


def settle_text(text: str, start: int, end: int, lexicon: Lexicon) -> Status | None:
    """The status of a standing fact told by the words at start..end, None when asked, supposed or negated."""
    asked = text.find("?", end) >= 0
    if asked and (lexicon.lang != "es" or text.rfind("¿", 0, start) >= 0):
        return None
    told = text[start:end]
    clause = text[max(text.rfind(mark, 0, start) for mark in ",;:") + 1 : start]
    if lexicon.cues["hypothetical"].match(clause.lstrip()):
        return None
    if lexicon.words["negation"].intersection(told.lower().split()):
        return None
    return Status.RUMORED if lexicon.cues["rumored"].search(told) else Status.COMPLETED


def _settle(name: str, trigger: Trigger) -> Status | None:
    frame = trigger.frame
    if trigger.noun and name == "announced" and frame.kind is TieKind.LITIGATION:
        return Status.COMPLETED  # a suit that was announced or presented has been filed
    if frame.standing and name == "announced":
        return None if frame.kind is TieKind.OWNERSHIP else Status.COMPLETED
    return Status(name)


def _signs(parse: Parse, trigger: Trigger) -> set[str]:
    """The statuses that governing and neighbouring words speak for."""
    found: set[str] = set()
    for governor in parse.governors(trigger.token):
        if governor.link == "after" or (governor.link == "and" and _is_finite(parse, trigger.token)):
            break
        if governor.link == "and":
            continue
        status = _governor_status(parse, governor, trigger.frame.kind)
        if status and status != "neutral":
            found.add(status)
        found |= _helpers(parse, governor.token)
        if governor.link == "subject" and not status:
            break
    found |= _helpers(parse, trigger.token)
    around = _around(parse, trigger)
    found.update(name for name in _CUES if parse.lexicon.cues[name].search(around))
    if _is_done(trigger.token):
        found.discard("announced")  # "announced having bought": what is announced is over
    return found


def _is_done(token: "Token") -> bool:
    """Whether a verb is a perfect infinitive: "to have bought", "haber comprado", "avoir racheté"."""
    helpers = {child.lower_ for child in token.children if child.dep_.split(":")[0] in ("aux", "mark")}
    helpers.add(token.doc[token.i - 1].lower_ if token.i else "")
    return bool(helpers & {"haber", "avoir"}) or helpers >= {"to", "have"}


def _governor_status(parse: Parse, governor: Governor, kind: TieKind) -> str | None:
    """What one governing word does to the status of what it governs."""
    token = governor.token
    verbal = parse.is_verb(token) or parse.is_participle(token)
    status = parse.lexicon.status_of(parse.word(token), noun=not verbal)
    if status == "rumored" and governor.link == "subject" and not parse.is_passive(token):
        return None  # "the alliance shows signs of wear" is no rumour of an alliance
    if status == "neutral" and any(
        (child.pos_ == "NOUN" or child.i == token.i + 1)
        and child.i > token.i
        and not parse.preposition(child)
        and parse.lexicon.status_of(child.lower_, noun=True) == "ended"
        for child in token.children
    ):
        return "ended"  # "puso fin a la compra"
    negated = any(c.lower_ in parse.lexicon.words["negation"] for c in token.children)
    if negated and status == "ended" and kind not in _EVENTS:
        return "completed"  # a partnership that has not ended goes on; a purchase not dropped is still a plan
    return "announced" if negated and status in ("ended", "completed") else status


def _is_finite(parse: Parse, token: "Token") -> bool:
    """Whether a verb has a tense of its own, so that a coordinated verb's modality does not reach it."""
    if not parse.is_verb(token):
        return True
    if parse.lexicon.lang == "en":
        own = any(c.dep_ in ("aux", "auxpass") for c in token.children)
        return own or token.tag_ in ("VBD", "VBZ", "VBP")
    tense = parse.lexicon.tense
    return not any(tense[t].fullmatch(token.lower_) for t in ("infinitive", "participle", "gerund"))


def _helpers(parse: Parse, token: "Token") -> set[str]:
    """What the auxiliaries and the tense of one verb say."""
    found: set[str] = set()
    for child in token.children:
        if child.dep_.split(":")[0] not in ("aux", "cop"):
            continue
        if parse.lexicon.lang == "en":
            if child.lower_ in _RUMOR_HELPERS:
                found.add("rumored")
            elif child.lower_ in _FUTURE_HELPERS:
                found.add("announced")
            continue
        found |= _tense_sign(parse.lexicon, child.lower_)
        status = parse.lexicon.status_of(child.lower_, noun=False)
        if status in ("rumored", "announced", "ended"):
            found.add(status)
    return found | _tense_sign(parse.lexicon, token.lower_) if parse.is_verb(token) else found


def _tense_sign(lexicon: Lexicon, word: str) -> set[str]:
    """A conditional is hearsay in the press, a future is a plan."""
    for name, sign in (("conditional", "rumored"), ("future", "announced")):
        if re.fullmatch(rf".*(?:{lexicon.tense[name].pattern})", word):
            return {sign}
    return set()


def _around(parse: Parse, trigger: Trigger) -> str:
    """The text right before a trigger: in its noun phrase for a noun, up to its subject for a verb."""
    token = trigger.token
    left = token.i
    for _ in range(_NOUN_WINDOW if trigger.noun else _VERB_WINDOW):
        if left == 0 or parse.doc[left - 1].is_punct or parse.slot_at(parse.doc[left - 1]):
            break
        left -= 1
    return parse.masked.text[parse.doc[left].idx : token.idx + len(token.text)]


def _is_negated(parse: Parse, token: "Token") -> bool:
    words = parse.lexicon.words["negation"]
    if token.i > 0 and parse.doc[token.i - 1].lower_ in words:
        return True
    heads = [token, *(g.token for g in parse.governors(token) if g.link in ("clause", "object"))][:3]
    return any(
        child.lower_ in words and child.i < head.i + 2 and head.i - child.i < _NEGATION_REACH
        for head in heads
        for child in head.children
    )


def _is_asked(parse: Parse, token: "Token") -> bool:
    text = parse.masked.text
    question = text.find("?", token.idx)
    if question < 0:
        return False
    if parse.lexicon.lang == "es":
        opening = text.rfind("¿", 0, token.idx)
        return opening >= 0 and text.find("?", opening) >= token.idx
    return not any(mark in text[token.idx : question] for mark in (":", ";"))


def _is_supposed(parse: Parse, token: "Token") -> bool:
    """ "If X buys Y ...": the trigger stands in a condition."""
    before = parse.masked.text[: token.idx]
    clause = before[max(before.rfind(mark) for mark in ",;:") + 1 :].lstrip(" ¿")
    if clause and parse.lexicon.cues["hypothetical"].match(clause):
        return True
    heads = [token, *(g.token for g in parse.governors(token) if g.link != "subject")][:3]
    condition = parse.lexicon.words["condition"]
    return any(c.dep_ == "mark" and c.lower_ in condition for head in heads for c in head.children)


def _by_tense(parse: Parse, trigger: Trigger) -> Status:
    """The status of a bare trigger: a past or standing fact is completed, a deal in the present announced."""
    frame, token = trigger.frame, trigger.token
    if frame.status is not None:
        return frame.status
    if frame.standing or trigger.noun or frame.kind not in _EVENTS or _is_past(parse, token):
        return Status.COMPLETED
    if any(g.link == "after" for g in parse.governors(token)[:1]) and not _is_ahead(token):
        return Status.COMPLETED  # "tras comprar Y, X creció"
    return Status.ANNOUNCED


def _is_ahead(token: "Token") -> bool:
    """ "before buying Y": the circumstance lies ahead."""
    return any(child.lower_ in _AHEAD for child in (*token.children, token.head))


def _is_past(parse: Parse, token: "Token") -> bool:
    if parse.lexicon.lang == "en":
        helper = any(c.dep_ == "aux" and c.lower_ in ("is", "are", "'s") for c in token.children)
        return token.tag_ in ("VBD", "VBN") or (token.tag_ == "VBG" and not helper)
    tense = parse.lexicon.tense
    past = tense["past"].fullmatch(token.lower_) or tense["gerund"].fullmatch(token.lower_)
    return past is not None or parse.is_participle(token)
