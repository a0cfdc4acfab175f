"""Nouns that name what one company is to another ("Y, filial de X"), matched on the masked words.

These stand close to their names, so patterns on the surface are surer than the parser's attachment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.extraction.candidates import Candidate
from bot.extraction.frames import Lexicon, lexicon
from bot.extraction.masking import Masked, Slot
from bot.extraction.mentions import MentionKind
from bot.extraction.phrase_status import settle_text
from bot.extraction.relation_patterns import CONFIDENCE, RelationPattern, relation_patterns
from bot.values import Status, TieKind

# relation -> (kind, whether the holder ("of X") is the source)
_KINDS = {
    "subsidiary": (TieKind.OWNERSHIP, True),
    "parent": (TieKind.OWNERSHIP, False),
    "rival": (TieKind.COMPETITION, True),
    "partner": (TieKind.PARTNERSHIP, True),
    "supplier": (TieKind.SUPPLY, False),
    "customer": (TieKind.SUPPLY, True),
    "investor": (TieKind.INVESTMENT, False),
    "lender": (TieKind.FINANCING, False),
}
_LISTING = ("is", "owned", "its")
_MANY = re.compile(r"(?<=s)\b|(?:s|es)\b")  # "its units X and Y"
_JOINT = r"and|or|as\s+well\s+as|y|e|o|u|así\s+como|además\s+de|et|ou(?:\s+encore)?|ainsi\s+que"
_LIST = re.compile(
    rf"\s*(?:,|,?\s(?:{_JOINT}|&))\s+(?:(?:the|la|el|le|de)\s+|[dl]['’]\s*)?"
    # "of the Chilean X and of the Italian Y"; behind a comma such a one may open another clause
    rf"|\s(?:{_JOINT})\s+(?:(?:de|of)\s+)?(?:the|la|el|le)\s+[\w-]{{4,}}\s+"
)
_AND = re.compile(rf"\b(?:{_JOINT})\b|&")
_IS_PLURAL = re.compile(r"\b(?:are|were|both|son|eran|fueron|sont|étaient|ambas|ambos)\b")
_GROUP_NAME = re.compile(r"^(?:Grupo|Gruppo|Groupe)\b[^(]{0,40}\($|^[^(]{0,40}\bGroup\b[^(]{0,10}\($")
# "the investment by X in Y, through its unit Z": Y stands after a preposition and is not whose unit it is.
_IN_PLACE = re.compile(r"\b(?:in|of|with|to|for|from)\s+(?:the\s+)?$", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(
    r"\b(?:que|qu|qui|that|which|who|and|y|et|but|pero|mais|while)\b|[,;:]", re.IGNORECASE
)
_ASIDE = re.compile(r",\s+(?:which|who|que|qui)\s[^;:.]*$", re.IGNORECASE)  # "X, which owns Y, is part of Z"
_BY = re.compile(r"\s(?:by|por|par)\s", re.IGNORECASE)
_LAST = re.compile(r"§(\d+)§\s+$")
_DEFUNCT = re.compile(r"\b(?:former|ex|antigu[oa]|exfilial|ancien(?:ne)?|formerly)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Dealt:
    """A deal in somebody's unit: the one who stands beside it, and whether that one is bought from."""

    other: Slot
    start: int  # of the other, in the coded sentence
    bought: bool
    over: bool  # told in the past


def match_relations(masked: Masked, text: str, lang: str, subject: str | None = None) -> list[Candidate]:
    """Every tie that a relational noun tells; `subject` is the company that the sentence before spoke of."""
    words = lexicon(lang)
    if not any(
        re.search(rf"\b(?:{n})(?:s|es)?\b", masked.text, re.IGNORECASE) for n in words.relations.values()
    ) and not re.search(
        r"owned|controlled|backed|propiedad|controlad|participad|parte|part|member|[Gg]rupo|[Gg]roup|holding|"
        r"détenu|contrôlé|, of |, de (?:la|el) ",
        masked.text,
    ):
        return list(_bracketed(masked, text))
    coded, places = coded_text(masked)
    found: list[Candidate] = []
    for pattern in relation_patterns(lang):
        for match in pattern.regex.finditer(coded):
            found += _candidates(pattern, match, masked, coded, places, words, subject)
    return found + list(_bracketed(masked, text))


def _bracketed(masked: Masked, text: str) -> Iterator[Candidate]:
    """ "Grupo X (A, B y C)": the group owns what it lists."""
    slots = [s for s in masked.slots if not s.authority]
    for slot, first in pairwise(slots):
        name = text[masked.origin(slot.start) : masked.origin(first.start)]
        inside = _group(masked, first)
        if _GROUP_NAME.search(name) is None or len(inside) < 2 or slot.companies[0] in inside:
            continue
        for company in inside:
            yield Candidate(
                kind=TieKind.OWNERSHIP,
                source=slot.companies[0],
                target=company,
                status=Status.COMPLETED,
                confidence=0.72,
                rule="any.group.bracket",
                sentence=masked.span,
                trigger=masked.origin(slot.start),
                near=(masked.origin(slot.start), masked.origin(first.end)),
            )


def coded_text(masked: Masked) -> tuple[str, list[int]]:
    """The masked text with slots as §n§, and for each of its characters the place in the masked text."""
    out: list[str] = []
    places: list[int] = []
    at = 0
    for n, slot in enumerate(masked.slots):
        if slot.authority:
            continue
        out.append(masked.text[at : slot.start])
        places += range(at, slot.start)
        code = f"§{n}§"
        out.append(code)
        places += [slot.start] * len(code)
        at = slot.end
    out.append(masked.text[at:])
    places += range(at, len(masked.text) + 1)
    return "".join(out), places


def _candidates(
    pattern: RelationPattern,
    match: re.Match[str],
    masked: Masked,
    coded: str,
    places: list[int],
    words: Lexicon,
    subject: str | None,
) -> Iterator[Candidate]:
    target = _slot(masked, match.group("b"))
    plural = _IS_PLURAL.search(match.group()) is not None
    plural |= pattern.name == "its" and _MANY.match(coded, match.end("n")) is not None
    targets = _group(masked, target) if plural and pattern.name in _LISTING else target.companies
    holder = _holder(pattern, match, masked, coded, words, subject)
    if holder is None:
        return
    many = pattern.relation != "subsidiary" and pattern.name in ("appos", "is")
    holders = _group(masked, holder) if many else holder.companies
    kind, holder_first = _KINDS[pattern.relation]
    status = settle_text(coded, match.start(), match.end(), words)
    if status is None:
        return
    if kind is TieKind.OWNERSHIP and (
        _DEFUNCT.search(_noun_phrase(match)) or (pattern.name == "its" and _is_sold(masked, match, words))
    ):
        status = Status.ENDED
    confidence = CONFIDENCE[pattern.name]
    if MentionKind.ROLE in (target.kind, holder.kind):
        confidence *= 0.93
    at = places[match.start("n")] if "n" in match.groupdict() else places[match.start()]
    for a in holders:
        for b in targets:
            if a == b or b in holders:
                continue
            source, goal = (a, b) if holder_first else (b, a)
            yield Candidate(
                kind=kind,
                source=source,
                target=goal,
                status=status,
                confidence=round(confidence, 3),
                rule=f"{words.lang}.{pattern.relation}.{pattern.name}",
                sentence=masked.span,
                trigger=masked.origin(at),
                near=(masked.origin(places[match.start()]), masked.origin(places[match.end() - 1])),
            )


def _holder(
    pattern: RelationPattern,
    match: re.Match[str],
    masked: Masked,
    coded: str,
    words: Lexicon,
    subject: str | None,
) -> Slot | None:
    """Whose unit, rival or the like a match speaks of; None where that is not sure."""
    if pattern.name not in ("its", "after"):
        if pattern.name == "through" and _IN_PLACE.search(coded[: match.start()]):
            return None
        closes = pattern.name == "is" and coded[match.end("b") : match.end("b") + 1] == ","
        if closes and _ASIDE.search(coded[: match.start("b")]):
            return None
        return _slot(masked, match.group("a"))
    target = _slot(masked, match.group("b"))
    if pattern.name == "its":
        dealt = _dealt_with(masked, coded, match.start(), words)
        if dealt is None:
            return _owner_before(masked, coded, match.start(), target, subject)
        if dealt.bought:
            return dealt.other
        return _owner_before(masked, coded, dealt.start, target, subject)
    # "Y and Z, its rivals": neither is the other's; "sold Y, its unit": it no longer is.
    holder = _owner_before(masked, coded, match.start(), target, None)
    listed = _group(masked, target)
    alone = (
        len(listed) < 2 and _MANY.match(coded, match.end("n")) is not None
    )  # "buys Y, its units and assets"
    if holder is None or alone or set(holder.companies) & set(listed):
        return None
    before = re.findall(r"\w+", coded[: match.start()].lower())
    sold = any({"sell", "spin"}.intersection(words.frames_of(word, "verb")) for word in before)
    return None if sold else holder


def _dealt_with(masked: Masked, coded: str, at: int, words: Lexicon) -> _Dealt | None:
    """Who sells or is sold "its unit" that stands at `at`: "compró a X su filial", "vendió a X su filial"."""
    receiver = words.cues.get("receiver")
    other = _LAST.search(coded[:at])
    if receiver is None or other is None:
        return None
    before = coded[: other.start()]
    if receiver.search(before) is None:
        return None
    for word in reversed(re.findall(r"\w+", before.rpartition("§")[2])):
        frames = words.frames_of(word.lower(), "verb")
        if "buy" in frames or "sell" in frames:
            over = any(words.tense[t].fullmatch(word.lower()) for t in ("past", "participle"))
            return _Dealt(masked.slots[int(other.group(1))], other.start(), "buy" in frames, over)
    return None


def _is_sold(masked: Masked, match: re.Match[str], words: Lexicon) -> bool:
    """Whether "its unit" is sold already, so that it is its owner's no more."""
    dealt = _dealt_with(masked, match.string, match.start(), words)
    return dealt is not None and dealt.over


def _noun_phrase(match: re.Match[str]) -> str:
    """The noun and what qualifies it: "owner of the former Y" is no owner of old."""
    if "n" not in match.re.groupindex:
        return _BY.split(match.group(), maxsplit=1)[0]
    before = match.string[max(0, match.start("n") - 30) : match.start("n")]
    return re.split(r"[§,;:(–—]", before)[-1] + match.group("n")


def _slot(masked: Masked, code: str) -> Slot:
    return masked.slots[int(code.strip("§"))]


def _group(masked: Masked, slot: Slot) -> tuple[str, ...]:
    """The companies that stand in one list with a slot."""
    slots = [s for s in masked.slots if not s.authority]
    at = slots.index(slot)
    first = last = at
    while first > 0 and _LIST.fullmatch(masked.text[slots[first - 1].end : slots[first].start]):
        first -= 1
    while last + 1 < len(slots) and _LIST.fullmatch(masked.text[slots[last].end : slots[last + 1].start]):
        last += 1
    joints = [masked.text[slots[i].end : slots[i + 1].start] for i in range(first, last)]
    if not any(_AND.search(joint) for joint in joints):
        return slot.companies
    return tuple(dict.fromkeys(c for s in slots[first : last + 1] for c in s.companies))


def _owner_before(masked: Masked, coded: str, at: int, other: Slot, subject: str | None) -> Slot | None:
    """Whose "its" it is: the subject of its clause, or what the sentence before spoke of."""
    if "§" not in coded[:at] and subject is not None and subject not in other.companies:
        return replace(other, companies=(subject,))
    numbers = re.findall(r"§(\d+)§", coded[:at])
    before = [masked.slots[int(n)] for n in numbers if masked.slots[int(n)].companies != other.companies]
    if not before:
        return None
    if len({s.companies for s in before}) > 1 and _OTHER_SUBJECT.search(coded[coded.index("§") : at]):
        return None  # "X said that Y will sell its unit Z"
    return before[0]
