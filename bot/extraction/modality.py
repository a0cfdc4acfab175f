"""Where a tie stands: rumored, announced, completed, ended or denied, or not said at all.

Read from the trigger's tense, the words that govern it (agreed to, is in talks to, denied that it will) and
the words right around it (proposed, possible, failed).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.extraction.frames import Lexicon
from bot.extraction.sequel import EVENTS, told_around
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
_DONE_WHEN_TOLD = frozenset({"round"})  # a round is announced when the money is there
_TENSE_SIGNS = (("conditional", "rumored"), ("future", "announced"))
_CLAUSES = ("advcl", "acl", "relcl", "xcomp", "ccomp", "csubj")
_PREDICATES = ("acomp", "attr", "oprd", "xcomp")
_NOUN_WINDOW, _VERB_WINDOW = 3, 8  # tokens before a trigger that may qualify it
_NEGATION_REACH = 6  # tokens
_REFUSAL, _REFUSED = 40, 8  # characters before and behind a trigger in which it is said that it won't be


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a tie stands; `worded` when words beside the trigger's own tense say so."""

    status: Status
    worded: bool


def stand_of(parse: Parse, trigger: Trigger) -> Stand | None:
    """Where what a trigger says stands, None when it is not said (negated, asked, supposed, advised)."""
    token = trigger.token
    if _is_asked(parse, token) or _is_supposed(parse, token):
        return None
    if any(g.token.lower_ in parse.lexicon.words["option"] for g in parse.governors(token)):
        return None
    signs = _signs(parse, trigger)
    if _is_negated(parse, token):
        # "has no intention of buying" answers a rumour, "will not buy" too; "did not buy" tells nothing.
        answers = "rumored" in signs or _is_refused(parse, trigger)
        return Stand(Status.DENIED, worded=True) if answers else None
    strongest = next((name for name in _STRONGEST_FIRST if name in signs), None)
    status = _by_tense(parse, trigger) if strongest is None else _settle(strongest, trigger)
    return None if status is None else Stand(status, worded=bool(signs))


def _cued(parse: Parse, trigger: Trigger) -> set[str]:
    """The statuses that words beside the trigger speak for."""
    around = _around(parse, trigger)
    found = {name for name in _CUES if parse.lexicon.cues[name].search(around)}
    if trigger.noun and parse.lexicon.cues["instance"].search(parse.masked.text[: trigger.token.idx]):
        found.add("completed")  # "other ways, such as the purchase of X": what is cited as one is there
    return found


def _settle(name: str, trigger: Trigger) -> Status | None:
    frame = trigger.frame
    if trigger.noun and name == "announced" and frame.kind is TieKind.LITIGATION:
        return Status.COMPLETED  # a suit that was announced or presented has been filed
    if frame.standing and name == "announced":
        return None if frame.kind is TieKind.OWNERSHIP else Status.COMPLETED
    if trigger.noun and name == "denied" and frame.kind is TieKind.LITIGATION:
        return Status.ENDED  # a suit that is dismissed
    return Status(name)


def _signs(parse: Parse, trigger: Trigger) -> set[str]:
    """The statuses that governing and neighbouring words speak for."""
    found: set[str] = set()
    token = trigger.token
    over = _is_over(parse, token)
    done = not trigger.noun and (over or _is_past(parse, token))
    for governor in parse.governors(token):
        if governor.link == "after" or (governor.link == "and" and _is_finite(parse, token)):
            break
        if governor.link == "and":
            continue
        status = _governor_status(parse, governor, trigger.frame.kind)
        if status == "ended" and trigger.frame.kind in EVENTS and _is_sought(parse, governor.token):
            found.add("announced")  # "sued to block the purchase", "the purchase could be blocked"
            continue
        if _only_tells(parse, governor) and (done or trigger.frame.id in _DONE_WHEN_TOLD):
            status = "completed"
        if status and status != "neutral":
            found.add(status)
        found |= _helpers(parse, governor.token)
        if governor.link == "subject" and not status:
            break
        done |= status == "completed"
    found |= _helpers(parse, token)
    found |= _cued(parse, trigger)
    text, end = parse.masked.text, token.idx + len(token.text)
    if trigger.frame.kind in EVENTS:
        found.update(told_around(text, token.idx, end, parse.lexicon, noun=trigger.noun))
    if over:
        found.discard("announced")  # "announced having bought": what is announced is over
    return found


def _only_tells(parse: Parse, governor: Governor) -> bool:
    """ "announced": what is over when it is told is no plan."""
    return parse.lexicon.governors["told"].fullmatch(governor.token.lower_) is not None


def _is_over(parse: Parse, token: "Token") -> bool:
    """Whether a verb is a perfect infinitive ("to have bought", "haber comprado") or "acaba de comprar"."""
    helpers = {child.lower_ for child in token.children if child.dep_.split(":")[0] in ("aux", "mark")}
    helpers.add(token.doc[token.i - 1].lower_ if token.i else "")
    perfect = bool(helpers & {"haber", "avoir"}) or helpers >= {"to", "have"}
    return perfect or parse.lexicon.cues["just_done"].search(parse.masked.text[: token.idx]) is not None


def _governor_status(parse: Parse, governor: Governor, kind: TieKind) -> str | None:
    """What one governing word does to the status of what it governs."""
    token = governor.token
    verbal = parse.is_verb(token) or parse.is_participle(token)
    status = parse.lexicon.status_of(parse.word(token), noun=not verbal)
    idle = status == "rumored" or (status == "ended" and parse.has_object(token))
    if idle and governor.link == "subject" and not parse.is_passive(token):
        return None  # "the alliance shows signs of wear" is no rumour, "la fusión dejará despidos" no end
    if status == "neutral" and any(
        (child.pos_ == "NOUN" or child.i == token.i + 1)
        and child.i > token.i
        and not parse.preposition(child)
        and parse.lexicon.status_of(child.lower_, noun=True) == "ended"
        for child in token.children
    ):
        return "ended"  # "puso fin a la compra"
    if status is None and governor.link == "subject":
        status = _predicate(parse, token)
    if status == "completed" and kind in EVENTS and _is_to_come(parse, token):
        return "announced"  # "expects to close the purchase"
    negated = any(parse.denies(c) for c in token.children)
    if negated and status == "ended" and kind not in EVENTS:
        return "completed"  # a partnership that has not ended goes on; a purchase not dropped is still a plan
    return "announced" if negated and status in ("ended", "completed") else status


def _predicate(parse: Parse, token: "Token") -> str | None:
    """What is said of a subject: "is subject to approval", "remains pending"."""
    said = (parse.lexicon.status_of(c.lower_, noun=True) for c in token.children if c.dep_ in _PREDICATES)
    return next((status for status in said if status), None)


def _is_sought(parse: Parse, token: "Token") -> bool:
    """Whether somebody only asks or threatens that something be done, or it may come about."""
    if "rumored" in _helpers(parse, token):
        return True
    base = token.dep_.split(":")[0]
    return base in _CLAUSES and parse.lexicon.governors["asked"].fullmatch(token.head.lower_) is not None


def _is_to_come(parse: Parse, token: "Token") -> bool:
    """Whether a verb is an infinitive that nothing says to be over ("tras cerrar", "logró cerrar")."""
    infinitive = parse.is_infinitive(token) or any(c.tag_ == "TO" for c in token.children)
    if not infinitive or parse.is_circumstance(token) or _is_over(parse, token):
        return False
    above = parse.governors(token)[:1]
    return not any(parse.lexicon.status_of(g.token.lower_, noun=False) == "neutral" for g in above)


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
        if child.dep_.split(":")[0] not in ("aux", "auxpass", "cop"):
            continue
        if parse.lexicon.lang == "en":
            if child.lower_ in _RUMOR_HELPERS:
                found.add("rumored")
            elif child.lower_ in _FUTURE_HELPERS or child.lower_ == "being":
                found.add("announced")  # "is being bought"
            continue
        found |= _tense_sign(parse.lexicon, child.lower_)
        status = parse.lexicon.status_of(child.lower_, noun=False)
        if status in ("rumored", "announced", "ended"):
            found.add(status)
    return found | _tense_sign(parse.lexicon, token.lower_) if parse.is_verb(token) else found


def _tense_sign(lexicon: Lexicon, word: str) -> set[str]:
    """A conditional is hearsay in the press, a future is a plan."""
    return next(({sign} for name, sign in _TENSE_SIGNS if lexicon.is_tense(name, word)), set())


def _around(parse: Parse, trigger: Trigger) -> str:
    """The text right before a trigger: in its noun phrase for a noun, up to its subject for a verb."""
    token = trigger.token
    left = token.i
    for _ in range(_NOUN_WINDOW if trigger.noun else _VERB_WINDOW):
        before = parse.doc[left - 1] if left else None
        if before is None or (before.is_punct and before.text != "-") or parse.slot_at(before):
            break
        left -= 1
    return parse.masked.text[parse.doc[left].idx : token.idx + len(token.text)]


def _is_negated(parse: Parse, token: "Token") -> bool:
    if token.i > 0 and parse.denies(parse.doc[token.i - 1]):
        return True
    heads = [token, *(g.token for g in parse.governors(token) if g.link in ("clause", "object"))][:3]
    return any(
        parse.denies(child) and child.i < head.i + 2 and head.i - child.i < _NEGATION_REACH
        for head in heads
        for child in head.children
    )


def _is_refused(parse: Parse, trigger: Trigger) -> bool:
    """Whether somebody says that a deal will not come about ("will not buy", "ne rachètera pas")."""
    if trigger.frame.kind not in EVENTS:
        return False
    start, end = trigger.token.idx, trigger.token.idx + len(trigger.token.text)
    told = parse.masked.text[max(0, start - _REFUSAL) : end + _REFUSED]
    return parse.lexicon.cues["will_not"].search(told) is not None


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
    if frame.standing or trigger.noun or frame.kind not in EVENTS or _is_past(parse, token):
        return Status.COMPLETED
    if any(g.link == "after" for g in parse.governors(token)[:1]) and not _is_ahead(token):
        return Status.COMPLETED  # "tras comprar Y, X creció"
    return Status.COMPLETED if _is_dated(parse, token) or _is_over(parse, token) else Status.ANNOUNCED


def _is_dated(parse: Parse, token: "Token") -> bool:
    """Whether a year says when: the present tense of "in 2003 X buys Y" tells history."""
    text, end = parse.masked.text, token.idx + len(token.text)
    start = max(text.rfind(mark, 0, token.idx) for mark in ".;:") + 1
    year = parse.lexicon.cues["year"]
    return any(year.match(part.lstrip()) for part in (text[start : token.idx], text[end:]))


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
