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
`status` says it where the words alone settle it, and one marked `firm` says it whatever stands beside it.
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
from bot.extraction.phrase_sides import Side, Sides, Spoken
from bot.extraction.phrase_status import phrase_status
from bot.values import Status, TieKind

CONFIDENCE = 0.8
_GAP = r"(?:[^§;:.?!()–—]|(?<=\w)\.(?=\w)){0,80}?"
_CLOSE = r"(?:[\w’'$€£%.,/-]+\s+){0,5}?"
_MODEL = r"\s+(?:[A-Z]{1,4}-?\d|\d{3}|Max\b|MAX\b|Dreamliner|Neo\b|(?:wide|narrow)-?body|GOOD)"
_MARK = re.compile(r"^<([SPO][AB])>|<([CO][AB])>$")
_LONG_WORD = re.compile(r"(?<![\w’'])[^\W\d_]{4,}")
_OPENS = re.compile(r"^<([AB])>")
_PIECE = re.compile(r"<([A-Za-z]\w*)>")
# An order for 500 planes of Y is no purchase of Y; who "faces" a rival in a market has no quarrel with it.
_OVERRULES: Mapping[TieKind, tuple[TieKind, ...]] = {
    TieKind.SUPPLY: (TieKind.ACQUISITION, TieKind.INVESTMENT),
    TieKind.FINANCING: (TieKind.INVESTMENT, TieKind.SUPPLY),
    TieKind.COMPETITION: (TieKind.DISPUTE,),
    TieKind.LITIGATION: (TieKind.DISPUTE,),
}
_ONE_DIRECTION = (  # by one sentence
    TieKind.SUPPLY,
    TieKind.FINANCING,
    TieKind.LICENSING,
    TieKind.INVESTMENT,
    TieKind.ACQUISITION,
)
_ROLE = 0.83  # "the group" instead of a name
_MOST_PAIRED = 5  # a longer list is a consortium or an enumeration, not so many partnerships


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
    firm: bool = False  # whatever else is told: rivals they are, whatever becomes of their deal

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


def match_phrases(masked: Masked, lang: str, spoken: Spoken | None = None) -> list[Candidate]:
    """The ties that a wording tells; `spoken` is the company that the sentence before spoke of."""
    named = {company for slot in masked.slots for company in slot.companies}
    if len(named | ({spoken.company} if spoken else set())) < 2 or not named:
        return []
    phrases, words = load_phrases(lang), lexicon(lang)
    coded, places = _coded(masked)
    coded = _in_lower_case(coded)
    found: list[Candidate] = []
    for phrase in (p for p in phrases.wordings if p.may_match(coded)):
        for match in phrase.regex.finditer(coded):
            found += _candidates(phrase, match, masked, places, phrases.sides, words, spoken)
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
    spoken: Spoken | None,
) -> Iterator[Candidate]:
    # "a consortium of X and Y will build": the list is the verb's subject as it stands.
    whole = not phrase.marks and "b" not in match.re.groupindex
    lists = {name: sides.listed(match, name, masked.slots, whole=whole) for name in ("a", "b", "b2")}
    weight, start = 1.0, match.start()
    for mark in phrase.marks:
        side = _missing(mark, match, masked, sides, spoken)
        if side is None:
            return
        lists[mark[1].lower()] = side.slots
        weight *= side.weight
        start = min(start, side.start)
    status = phrase_status(phrase, match, start, words, sides)
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
    mark: str, match: re.Match[str], masked: Masked, sides: Sides, spoken: Spoken | None
) -> Side | None:
    """A side that the wording leaves out."""
    before = match.string[: match.start()]
    if mark[0] == "S":
        return sides.subject(before, masked.slots, spoken)
    if mark[0] == "P":
        return sides.owner(before, masked.slots, spoken)
    if mark[0] == "O":
        return sides.topic(before, masked.slots, spoken, match.start())
    return sides.spoken_of(spoken, match.start())


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
    sides = Sides.of(pieces, lexicon(lang).glue["its"].pattern)
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
        firm=entry.get("firm", False),
    )
