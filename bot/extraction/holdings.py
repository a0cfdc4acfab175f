"""Shareholder lists, rounds, shares held and sales, matched on the masked words of a sentence.

Lists of names are where the parsers err most, and here the words around a list are surer than a parse.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.extraction.candidates import Candidate
from bot.extraction.frames import Lexicon, lexicon
from bot.extraction.holding_patterns import (
    OWN_SHARE,
    ROUND_WORD,
    HoldingPattern,
    holding_patterns,
    raiser_patterns,
)
from bot.extraction.masking import Masked, Slot
from bot.extraction.mentions import MentionKind
from bot.extraction.phrase_status import settle_text
from bot.extraction.relations import coded_text
from bot.extraction.shares import HALF, SHARE, SHARE_NUMBER, percent_of
from bot.values import Status, TieKind

_CODE = re.compile(r"§(\d+)§")
_SHARE_OF = re.compile(
    r"(?:(?:el|un|otro)\s+(?P<bare>"
    + SHARE_NUMBER
    + r")(?=\s+(?:del?|en)\s)|"
    + SHARE
    + r")[^§]*?§(?P<n>\d+)§",
    re.IGNORECASE,
)
_HELD_SHARE = re.compile(r"§(?P<n>\d+)§" + OWN_SHARE, re.IGNORECASE)
_PART = re.compile(
    r"\d\s?%|per ?cent|por ciento|pour cent|stake|interest|shares|particip|acciones|parts\b", re.IGNORECASE
)
_AND = re.compile(r"\b(?:and|as well as|along with|alongside|y|e|así como|además|et|ainsi|aux côtés)\b")
_FROM_CONTEXT = 0.85


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One coded sentence and what the one before spoke of."""

    masked: Masked
    coded: str
    places: list[int]
    words: Lexicon
    subject: str | None

    def slot(self, number: str) -> Slot:
        return self.masked.slots[int(number)]


@dataclass(frozen=True, slots=True)
class _Told:
    """A pair of companies with what a match says of them."""

    kind: TieKind
    source: str
    target: str
    status: Status
    factor: float = 1.0


def match_holdings(masked: Masked, lang: str, subject: str | None = None) -> list[Candidate]:
    """Every tie that such a pattern tells; `subject` is the company that the sentence before spoke of."""
    if not masked.slots:
        return []
    coded, places = coded_text(masked)
    sentence = _Sentence(masked, coded, places, lexicon(lang), subject)
    found: list[Candidate] = []
    for pattern in holding_patterns(lang):
        if pattern.name in ("round", "joined") and not ROUND_WORD[lang].search(coded):
            continue
        for match in pattern.regex.finditer(coded):
            found += [
                _candidate(pattern, match, sentence, told)
                for told in _told(pattern, match, sentence)
                if told.source != told.target
            ]
    return found


def contradicted(found: list[Candidate], held: list[Candidate]) -> list[Candidate]:
    """`found` without what a list of holders makes untrue: its company owns them, one holds another."""
    lists = [c for c in held if c.rule.split(".")[1] in ("holders", "round", "joined")]
    holders = {c.source for c in lists}
    wrong = {(c.target, c.source) for c in lists}
    wrong |= {(a, b) for a in holders for b in holders if a != b}
    kinds = (TieKind.OWNERSHIP, TieKind.INVESTMENT)
    small = {(TieKind.INVESTMENT, c.source, c.target) for c in lists if c.kind is TieKind.OWNERSHIP}
    return [
        c
        for c in found
        if c.kind not in kinds
        or ((c.source, c.target) not in wrong and (c.kind, c.source, c.target) not in small)
    ]


def _told(pattern: HoldingPattern, match: re.Match[str], sentence: _Sentence) -> Iterator[_Told]:
    status = settle_text(sentence.coded, match.start(), match.end(), sentence.words)
    if status is None:
        return
    sources = _listed(match.group("a"), sentence)
    if pattern.name == "held":
        yield from _shares(match.group("chain"), sources, status, sentence)
    elif pattern.name in ("sold", "bought"):
        yield from _sale(match, sources, sentence)
    else:
        if pattern.name == "entry":
            status = _of_verb(match, sentence.words)
        target, factor = _held(pattern, match, sentence)
        owners = _owners(match, sentence) if pattern.name == "holders" else ()
        for source in sources if target is not None else ():
            if target is not None and target not in sources:
                kind = TieKind.OWNERSHIP if source in owners else TieKind.INVESTMENT
                yield _Told(kind, source, target, status, factor)


def _owners(match: re.Match[str], sentence: _Sentence) -> list[str]:
    """Those of a list of holders beside whom more than half is written."""
    listed = [sentence.slot(n) for n in _CODE.findall(match.group("a"))]
    owners = [slot for slot in listed if slot.share is not None and slot.share > HALF]
    for held in _HELD_SHARE.finditer(sentence.coded, match.start("a")):
        slot = sentence.slot(held.group("n"))
        if slot in listed and percent_of(held.group("share")) > HALF:
            owners.append(slot)
    return [company for slot in owners for company in slot.companies]


def _shares(chain: str, sources: list[str], status: Status, sentence: _Sentence) -> Iterator[_Told]:
    """ "X holds 37% of Y and 20% of Z"."""
    for share in _SHARE_OF.finditer(chain):
        value = percent_of(share.group("share") or share.group("bare"))
        kind = TieKind.OWNERSHIP if value >= HALF else TieKind.INVESTMENT
        for target in sentence.slot(share.group("n")).companies:
            for source in sources:
                yield _Told(kind, source, target, status)


def _sale(match: re.Match[str], sources: list[str], sentence: _Sentence) -> Iterator[_Told]:
    """Who has sold the whole of a company owned it until then."""
    part = _PART.search(match.group("what")) is not None
    kind = TieKind.INVESTMENT if part else TieKind.ACQUISITION
    for target in sentence.slot(match.group("b").strip("§")).companies:
        for source in sources:
            yield _Told(kind, source, target, Status.COMPLETED)
        for seller in sentence.slot(match.group("c").strip("§")).companies if not part else ():
            yield _Told(TieKind.OWNERSHIP, seller, target, Status.ENDED, 0.95)


def _of_verb(match: re.Match[str], words: Lexicon) -> Status:
    """The status of an entry into a company's capital, from its verb and what stands before it."""
    verb, before = match.group("v").lower(), match.group()[: match.start("v") - match.start()]
    plain = words.tense["infinitive"].fullmatch(verb.split()[-1])
    if words.cues["rumored"].search(before) or words.tense["conditional"].search(verb):
        return Status.RUMORED
    governed = [words.status_of(w, noun=False) for w in re.findall(r"\w+", before.lower())]
    if plain:
        return Status.RUMORED if "rumored" in governed or "announced" not in governed else Status.ANNOUNCED
    return Status.ANNOUNCED if words.tense["future"].search(verb) else Status.COMPLETED


def _held(pattern: HoldingPattern, match: re.Match[str], sentence: _Sentence) -> tuple[str | None, float]:
    """The company that the listed ones hold or fund: named, the round's, or the last one spoken of."""
    named = match.groupdict().get("b")
    if named is not None:
        companies = sentence.slot(named.strip("§")).companies
        return (companies[0] if len(companies) == 1 else None), 1.0
    if pattern.name in ("round", "joined"):
        raiser = _raiser(match, sentence)
        if raiser is not None:
            return raiser, 1.0
    before = {
        c for n in _CODE.findall(sentence.coded[: match.start("a")]) for c in sentence.slot(n).companies
    }
    if len(before) == 1 and pattern.name == "holders":
        return before.pop(), 1.0
    return (sentence.subject, _FROM_CONTEXT) if not before else (None, 1.0)


def _raiser(match: re.Match[str], sentence: _Sentence) -> str | None:
    inside = set(_CODE.findall(match.group("a")))
    for regex in raiser_patterns(sentence.words.lang):
        for found in regex.finditer(sentence.coded):
            number = found.group("b").strip("§")
            if number not in inside and len(sentence.slot(number).companies) == 1:
                return sentence.slot(number).companies[0]
    return None


def _listed(codes: str, sentence: _Sentence) -> list[str]:
    """The companies of a list; commas alone hold no list together."""
    numbers = _CODE.findall(codes)
    if not _AND.search(codes):
        numbers = numbers[:1]
    return list(dict.fromkeys(c for n in numbers for c in sentence.slot(n).companies))


def _candidate(pattern: HoldingPattern, match: re.Match[str], sentence: _Sentence, told: _Told) -> Candidate:
    masked, places = sentence.masked, sentence.places
    involved = [s for s in masked.slots if {told.source, told.target} & set(s.companies)]
    role = any(s.kind is MentionKind.ROLE for s in involved)
    start, end = masked.origin(places[match.start()]), masked.origin(places[match.end() - 1])
    return Candidate(
        kind=told.kind,
        source=told.source,
        target=told.target,
        status=told.status,
        confidence=round(pattern.confidence * told.factor * (0.93 if role else 1.0), 3),
        rule=f"{sentence.words.lang}.{pattern.name}.pattern",
        sentence=masked.span,
        trigger=start,
        near=(start, start) if pattern.name == "joined" else (start, end),
    )
