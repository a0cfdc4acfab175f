"""Ties told by the order of words alone: orders, loans, licences, suits and the like, in one stretch of text.

The wordings stand in languages/phrases_*.toml. A sentence is matched with its companies written as §n§.
<A> is the list of companies on the source side, <B> (and <B2>) that on the target side; with a single list
each two of it are tied. A wording that begins with <SA> or <SB> starts at its verb and takes that verb's
subject, <PA> or <PB> the owner of the noun it starts at ("its customers", "Y's customers"); <CA> and <CB> at
its end take what the sentence before spoke of, <OA> or <OB> at either end what this sentence opens with, and
else that; <A1> and <B1> are one company alone. <gap> holds no company and no clause's end, <n> is up to five
words, <q> such words between an owner and its noun, <goods> a gap with goods in it, <good> such a word alone,
<model> the name of a product; <e> sees that a name ends there ("Y shares" is not Y), <w> that, or Y's unit,
and any other name is a piece of the language. A phrase marked `present` tells what is yet to be completed;
`status` says it where the words alone settle it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from bot.extraction.candidates import Candidate
from bot.extraction.frames import Lexicon, lexicon
from bot.extraction.masking import Masked, Slot
from bot.extraction.mentions import MentionKind
from bot.extraction.needed import needed
from bot.extraction.phrase_sides import Side, Sides
from bot.values import Status, TieKind

CONFIDENCE = 0.8
_GAP = r"(?:[^§;:.?!()–—]|(?<=\w)\.(?=\w)){0,80}?"
_CLOSE = r"(?:[\w’'$€£%.,/-]+\s+){0,5}?"
_MODEL = r"\s+(?:[A-Z]{1,4}-?\d|\d{3}|Max\b|MAX\b|Dreamliner|Neo\b|(?:wide|narrow)-?body|GOOD)"
_MARK = re.compile(r"^<([SPO][AB])>|<([CO][AB])>$")
_LONG_WORD = re.compile(r"(?<![\w’'])[^\W\d_]{4,}")
_OPENS = re.compile(r"^<([AB])>")
_FIRST_WORD = re.compile(r"\w+")
_PIECE = re.compile(r"<([A-Za-z]\w*)>")
_CUES = (("denied", Status.DENIED), ("ended", Status.ENDED), ("rumored", Status.RUMORED))
# An order for 500 planes of Y is no purchase of Y; who "faces" a rival in a market has no quarrel with it.
_OVERRULES: Mapping[TieKind, tuple[TieKind, ...]] = {
    TieKind.SUPPLY: (TieKind.ACQUISITION, TieKind.INVESTMENT),
    TieKind.FINANCING: (TieKind.INVESTMENT, TieKind.SUPPLY),
    TieKind.COMPETITION: (TieKind.DISPUTE,),
    TieKind.LITIGATION: (TieKind.DISPUTE,),
}
_ONE_DIRECTION = (TieKind.SUPPLY, TieKind.FINANCING, TieKind.LICENSING)  # by one sentence
_ROLE = 0.83  # "the group" instead of a name
_MOST_PAIRED = 5  # a longer list is a consortium or an enumeration, not so many partnerships
_OPENING = 4  # words from the company on, in which the verb of a wording stands
_AHEAD = re.compile(r"\b(?:will|would|to\s+be|being|ser(?:á|án)?|être|seront|sera)\b")
# "announced having bought", "announced that it has bought": what is announced is over.
_DONE = re.compile(
    r"\b(?:to\s+have|having|haber(?:se)?|habiendo|avoir|ayant|that\s+(?:it|they)\s+(?:has|have|had)|"
    r"que\s+(?:ya\s+)?(?:ha|han|había)|qu['’](?:il|ils|elle|elles)\s+(?:a|ont|avait))\s+\w",
    re.IGNORECASE,
)
_QUOTES = ' "“”‘«»'
_BEFORE = 40  # characters before a wording that may deny or suppose it


@dataclass(frozen=True)
class Phrase:
    """One wording, compiled when first tried; `marks` tell which sides are not written in it."""

    kind: TieKind
    expression: str
    needed: frozenset[str]  # a sentence that holds none of these is told nothing by it
    marks: tuple[str, ...]
    authority: bool
    present: bool  # what the press tells in the present tense is yet to be completed
    status: Status | None = None  # what the wording itself says

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Hundreds of them take seconds to compile, and a text asks for few."""
        return re.compile(self.expression)

    def may_match(self, coded: str) -> bool:
        """Whether it is worth trying."""
        return not self.needed or any(one in coded for one in self.needed)


@dataclass(frozen=True, slots=True)
class Phrases:
    """A language's wordings and how its lists and subjects look."""

    wordings: tuple[Phrase, ...]
    sides: Sides


def match_phrases(masked: Masked, lang: str, subject: str | None = None) -> list[Candidate]:
    """The ties that a wording tells; `subject` is the company that the sentence before spoke of."""
    named = {company for slot in masked.slots for company in slot.companies}
    if not named or len(named | {subject} - {None}) < 2:
        return []
    phrases, words = load_phrases(lang), lexicon(lang)
    coded, places = _coded(masked)
    coded = _in_lower_case(coded)
    found: list[Candidate] = []
    for phrase in (p for p in phrases.wordings if p.may_match(coded)):
        for match in phrase.regex.finditer(coded):
            found += _candidates(phrase, match, masked, places, phrases.sides, words, subject)
    return found


def overruled(parsed: Sequence[Candidate], phrased: Sequence[Candidate]) -> list[Candidate]:
    """What the parse of the sentence tells, without what a wording tells better of the same two companies."""
    wrong = {(kind, c.pair) for c in phrased for kind in _OVERRULES.get(c.kind, ())}
    turned = {(c.kind, c.target, c.source) for c in phrased if c.kind in _ONE_DIRECTION}
    return [c for c in parsed if (c.kind, c.pair) not in wrong and (c.kind, c.source, c.target) not in turned]


def _candidates(
    phrase: Phrase,
    match: re.Match[str],
    masked: Masked,
    places: list[int],
    sides: Sides,
    words: Lexicon,
    subject: str | None,
) -> Iterator[Candidate]:
    # "a consortium of X and Y will build": the list is the verb's subject as it stands.
    whole = not phrase.marks and "b" not in match.re.groupindex
    lists = {name: sides.listed(match, name, masked.slots, whole=whole) for name in ("a", "b", "b2")}
    weight, start = 1.0, match.start()
    for mark in phrase.marks:
        side = _missing(mark, match, masked, sides, subject)
        if side is None:
            return
        lists[mark[1].lower()] = side.slots
        weight *= side.weight
        start = min(start, side.start)
    status = _status(phrase, match, start, words, sides)
    if status is None:
        return
    for source, target in _pairs(phrase.kind, lists["a"], (*lists["b"], *lists["b2"])):
        if target.authority or (source.authority and phrase.kind is not TieKind.LITIGATION):
            continue
        if phrase.authority and not source.authority:
            continue
        for a in source.companies:
            for b in target.companies:
                if a != b:
                    yield Candidate(
                        kind=phrase.kind,
                        source=a,
                        target=b,
                        status=status,
                        confidence=round(CONFIDENCE * weight * _sureness(source, target), 3),
                        rule=f"{words.lang}.{phrase.kind}.phrase",
                        sentence=masked.span,
                        trigger=masked.origin(places[match.start()]),
                        near=(masked.origin(places[start]), masked.origin(places[match.end()])),
                    )


def _sureness(*slots: Slot) -> float:
    """A noun that stands for a company in the sentence may stand for another."""
    return _ROLE ** sum(s.kind is MentionKind.ROLE and s.start < s.end for s in slots)


def _missing(
    mark: str, match: re.Match[str], masked: Masked, sides: Sides, subject: str | None
) -> Side | None:
    """A side that the wording leaves out."""
    before = match.string[: match.start()]
    if mark[0] == "S":
        return sides.subject(before, masked.slots, subject)
    if mark[0] == "P":
        return sides.owner(before, masked.slots, subject)
    if mark[0] == "O":
        return sides.topic(before, masked.slots, subject, match.start())
    return sides.spoken_of(subject, match.start())


def _pairs(
    kind: TieKind, sources: tuple[Slot, ...], targets: tuple[Slot, ...]
) -> Iterator[tuple[Slot, Slot]]:
    if kind is TieKind.ACQUISITION and len(sources) > 1 < len(targets):
        return  # "X and Y were bought by Z and W": each by one of them
    if targets:
        yield from ((a, b) for a in sources for b in targets)
        return
    if len(sources) > _MOST_PAIRED:
        return
    for i, first in enumerate(sources):
        yield from ((first, second) for second in sources[i + 1 :])


def _status(phrase: Phrase, match: re.Match[str], start: int, words: Lexicon, sides: Sides) -> Status | None:
    """What the wording and the words right before it say; None when asked, supposed or negated."""
    coded = match.string
    if "?" in coded[match.end() :] or "¿" in coded[:start]:
        return None
    told = coded[start : match.end()]
    lead = coded[max(0, start - _BEFORE) : start]
    clause = coded[max(coded.rfind(mark, 0, start) for mark in ",;:") + 1 : start]
    if words.cues["hypothetical"].match(clause.lstrip(_QUOTES)):
        return None
    negated = words.words["negation"].intersection(re.findall(r"[\w']+", told.lower()))
    if phrase.status is not None and phrase.kind is TieKind.COMPETITION:
        return phrase.status  # rivals they are, whatever becomes of what else is told of them
    for cue, status in _CUES:
        if words.cues[cue].search(told) or (cue == "denied" and words.cues[cue].search(lead)):
            return status
    if negated:
        return None
    if phrase.status is not None:
        return phrase.status
    if sides.unsettled.search(coded[start : match.start()]):
        return Status.RUMORED
    verbs = re.findall(r"\w+", told)[:12]
    future = any(words.is_tense("future", v) for v in verbs)
    future |= phrase.kind is TieKind.ACQUISITION and _AHEAD.search(told) is not None
    first = _FIRST_WORD.match(coded, match.start())
    # "has signed a contract to supply": the auxiliary stands before the word that tells.
    opening = {first.group() if first else "", *verbs[:_OPENING]}
    signed = any(words.governors["announced"].fullmatch(word) for word in opening)
    signed &= phrase.kind not in (TieKind.LITIGATION, TieKind.OWNERSHIP)
    announced = (signed or words.cues["announced"].search(told)) and not _DONE.search(told)
    if announced or future or phrase.present:
        return Status.ANNOUNCED
    return Status.COMPLETED


def _in_lower_case(coded: str) -> str:
    """A headline that writes its words large in small letters, of a sentence its first."""
    words = _LONG_WORD.findall(coded)
    if words and all(word[0].isupper() for word in words):
        lowered = coded.lower()
        return lowered if len(lowered) == len(coded) else coded
    return coded[:1].lower() + coded[1:]  # "Rivals include ..." opens a sentence


def _coded(masked: Masked) -> tuple[str, list[int]]:
    """The masked text with slots as §n§, and for each of its characters the place in the masked text."""
    out: list[str] = []
    places: list[int] = []
    at = 0
    for n, slot in enumerate(masked.slots):
        code = f"§{n}§"
        out += [masked.text[at : slot.start], code]
        places += [*range(at, slot.start), *[slot.start] * len(code)]
        at = slot.end
    out.append(masked.text[at:])
    places += range(at, len(masked.text) + 1)
    return "".join(out), places


@lru_cache(maxsize=8)
def load_phrases(lang: str) -> Phrases:
    """The wordings of a language."""
    source = files("bot.extraction.languages").joinpath(f"phrases_{lang}.toml").read_text("utf-8")
    loaded = tomllib.loads(source)
    pieces: dict[str, str] = loaded["pieces"]
    sides = Sides.of(pieces)
    wordings = [
        _phrase(wording, entry, pieces, sides) for entry in loaded["phrase"] for wording in entry["wordings"]
    ]
    return Phrases(tuple(wordings), sides)


def _phrase(wording: str, entry: Mapping[str, Any], pieces: Mapping[str, str], sides: Sides) -> Phrase:
    marks = tuple(next(g for g in m.groups() if g) for m in _MARK.finditer(wording))
    body = _OPENS.sub(r"<\g<1>0>", _MARK.sub("", wording))
    ends = pieces.get("end", "")
    whole = rf"(?:{pieces['unit']}|{ends})" if "unit" in pieces else ends
    parts = {
        **pieces,
        "gap": _GAP,
        "n": _CLOSE,
        "good": pieces["goods"],
        "goods": rf"\s+{_GAP}{pieces['goods']}{_GAP}\b",
        "model": _MODEL.replace("GOOD", pieces["goods"]),
        "q": pieces.get("qualified", ""),
        "e": ends,
        "w": whole,
        "A": rf"(?P<a>{sides.pattern})",
        "A0": rf"(?P<a>{sides.bare})",
        "B0": rf"(?P<b>{sides.bare})",
        "A1": r"(?P<a>§\d+§)",
        "B": rf"(?P<b>{sides.pattern})",
        "B1": r"(?P<b>§\d+§)",
        "B2": rf"(?P<b2>{sides.pattern})",
    }
    regex = _PIECE.sub(lambda m: parts[m.group(1)], body)
    starts = r"(?<!\w)(?=[\w§])" if any(m[0] in "SPO" for m in marks) else ""
    return Phrase(
        kind=TieKind(entry["kind"]),
        expression=starts + regex,
        needed=needed(_PIECE.sub(".", body)),  # any piece may stand for much
        marks=marks,
        authority=entry.get("authority", False),
        present=entry.get("present", False),
        status=Status(entry["status"]) if "status" in entry else None,
    )
