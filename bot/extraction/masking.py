"""A sentence with its company names replaced by short, well-known ones.

The small parsers err on unknown names ("Tan & Tan Pty Ltd as trustee ..."), and hardly on a sentence of
familiar single-word names. So every company mention becomes such a name, and brackets that only repeat or
define a name go; offsets lead back to the article.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.extraction.clitics import Clitic
from bot.extraction.frames import lexicon
from bot.extraction.mentions import Mention, MentionKind
from bot.extraction.sentences import Span
from bot.extraction.shares import SHARE, percent_of

# Chosen by measurement: each is read as a name in its place in 28 to 32 of 32 frames of the language (French
# "Danone" and "Apple" in 2 of 32).
_STAND_INS = {
    "en": ("Boeing", "Intel", "Kodak", "Nokia", "Pfizer", "Toyota", "Samsung", "Siemens"),
    "es": ("Repsol", "Endesa", "Iberdrola", "Nokia", "Gamesa", "Toyota", "Samsung", "Siemens"),
    "fr": ("Michelin", "Peugeot", "Alstom", "Thomson", "Elf", "Thales", "Boeing", "Dumez"),
}
# Wordings that throw the parsers off and say no more than their shorter form.
_WORDY = (
    re.compile(r"\d+(?:\.\d+)?% to (?=\d+(?:\.\d+)?%)"),
    re.compile(r"\b(?:advised|managed) (?:and/or|and|or) (?=managed|advised|controlled)"),
)
_WORD = re.compile(r"\w+")
# "(groupe X)" is no other name but the owner's.
_OWNER = re.compile(r"(?:du |del |the )?(?:groupe|grupo|holding|group)\b|.*\bgroup$")
_SHARE = re.compile(rf"\s*\((?:(?:el|un|le)\s+)?{SHARE}\)")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class Slot:
    """One company expression of a masked sentence; `companies` has several for a plural role."""

    start: int  # in the masked text
    end: int
    companies: tuple[str, ...]
    kind: MentionKind
    authority: bool = False
    share: float | None = None  # per cent, of a bracket right behind it: "X (51%)"


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence and the way back: piece i is at `starts[i]`, in the article at `origins[i]`."""

    text: str
    span: Span
    slots: tuple[Slot, ...]
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, at: int) -> int:
        """The offset in the article of an offset in the masked text."""
        if not self.starts:
            return self.span.start
        piece = max(0, bisect_right(self.starts, at) - 1)
        return min(self.origins[piece] + at - self.starts[piece], self.span.end)


@dataclass(frozen=True, slots=True)
class _Spot:
    start: int
    end: int
    companies: tuple[str, ...]
    kind: MentionKind
    authority: bool


def mask(
    text: str,
    span: Span,
    mentions: Iterable[Mention],
    authorities: Iterable[Mention],
    lang: str,
    shift: int = 0,
    clitic: Clitic | None = None,
) -> Masked:
    """The sentence at `span` with its mentions masked; another `shift` takes other stand-ins.

    What a `clitic` means is put in its stead.
    """
    spots = _spots(span, mentions, authorities)
    cuts = _brackets(text, span, spots)
    cuts += [(m.start(), m.end(), "") for p in _WORDY for m in p.finditer(text, span.start, span.end)]
    stand_ins = _STAND_INS[lang]
    names: dict[tuple[str, ...], str] = {}
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    slots: list[Slot] = []
    length = 0

    def put(piece: str, origin: int) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            starts.append(length)
            origins.append(origin)
            length += len(piece)

    at = span.start
    for start, end, replacement, spot in _edits(spots, cuts, clitic):
        if start < at:
            continue
        put(text[at:start], at)
        if spot is not None:
            put(replacement, start)
            plural = len(spot.companies) > 1 and end > start
            name = (
                text[start:end]
                if plural
                else names.setdefault(spot.companies, stand_ins[(len(names) + shift) % 8])
            )
            slots.append(
                Slot(length, length + len(name), spot.companies, spot.kind, spot.authority, _share(text, end))
            )
            put(name, start)
        else:
            put(replacement, start)
        at = end
    put(text[at : span.end], at)
    masked = _uncapitalized("".join(pieces), slots, lang)
    return Masked(masked, span, tuple(slots), tuple(starts), tuple(origins))


def _share(text: str, end: int) -> float | None:
    found = _SHARE.match(text, end)
    return percent_of(found.group("share")) if found else None


def _uncapitalized(masked: str, slots: Sequence[Slot], lang: str) -> str:
    """A verb that opens its sentence in lower case, or the taggers read it as a name ("Compró ...")."""
    first = _WORD.match(masked)
    if first is None or (slots and slots[0].start < first.end()):
        return masked
    if not lexicon(lang).frames_of(first.group().lower(), "verb"):
        return masked
    return first.group().lower() + masked[first.end() :]


def _edits(
    spots: Sequence[_Spot], cuts: Sequence[tuple[int, int, str]], clitic: Clitic | None
) -> list[tuple[int, int, str, _Spot | None]]:
    edits: list[tuple[int, int, str, _Spot | None]] = [(s.start, s.end, "", s) for s in spots]
    edits += [(start, end, replacement, None) for start, end, replacement in cuts]
    if clitic is not None:
        at = clitic.verb_end
        edits.append((clitic.start, clitic.end, "", None))
        edits.append((at, at, clitic.words, _Spot(at, at, clitic.companies, MentionKind.NAME, False)))
    return sorted(edits, key=lambda e: (e[0], -e[1]))


def _spots(span: Span, mentions: Iterable[Mention], authorities: Iterable[Mention]) -> list[_Spot]:
    """The mentions inside the sentence, those on one span joined, the longest of overlapping ones kept."""
    grouped: dict[tuple[int, int], list[tuple[Mention, bool]]] = {}
    for found, authority in ((mentions, False), (authorities, True)):
        for mention in found:
            if span.start <= mention.start and mention.end <= span.end:
                grouped.setdefault((mention.start, mention.end), []).append((mention, authority))
    spots: list[_Spot] = []
    last = span.start
    for (start, end), group in sorted(grouped.items(), key=lambda g: (g[0][0], -g[0][1])):
        if start < last:
            continue
        companies = tuple(dict.fromkeys(m.company for m, _ in group))
        spots.append(_Spot(start, end, companies, group[0][0].kind, all(a for _, a in group)))
        last = end
    return spots


def _brackets(text: str, span: Span, spots: Sequence[_Spot]) -> list[tuple[int, int, str]]:
    """What to do with each bracket: gone, or dashes for it (commas would make a list) if it names others."""
    cuts: list[tuple[int, int, str]] = []
    for match in _BRACKETS.finditer(text, span.start, span.end):
        inside = [s for s in spots if match.start() <= s.start and s.end <= match.end()]
        if any(s.start < match.start() < s.end for s in spots):
            continue
        before = [s for s in spots if s.end <= match.start() and not text[s.end : match.start()].strip()]
        known = set(before[-1].companies) if before else set()
        news = [s for s in inside if not known.issuperset(s.companies)]
        words = len(match.group(1).split())
        if not inside or not news or (words <= 2 and not _OWNER.match(match.group(1))):
            cuts.append((match.start(), match.end(), ""))
        else:
            cuts.append((match.start(), match.start(1), " – "))
            cuts.append((match.end(1), match.end(), " –"))
    return cuts
