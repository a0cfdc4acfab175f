"""Every spelling with all that was seen of it, and which spellings count as companies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.extraction.company_candidates import Candidate
from bot.extraction.company_deals import Deals
from bot.extraction.company_evidence import ENOUGH, Evidence, weigh
from bot.extraction.company_lines import Line, Word
from bot.extraction.company_tagged import SURE
from bot.extraction.company_words import CompanyWords
from bot.extraction.known import COMPANY_KINDS, KnownCompany, KnownKind

_REPEAT = 0.25  # what each further occurrence adds, up to three
_LIST_BONUS = 1.2  # for standing in a list beside a company; twice that beside two
_COMPANY_BONUS = 0.6  # for an ambiguous listed name where two other companies are named
_PRODUCT_CONTEXT = 1.2  # what the text must say before a listed product counts as a firm
_LIST_LINKS = frozenset(", y and et e el la the o or ou le les los".split())


@dataclass(slots=True)
class Sighting:
    """One spelling: where it stands, what speaks for it, and the sum."""

    candidates: list[Candidate]
    evidence: list[Evidence]
    score: float = 0.0

    @property
    def known(self) -> KnownCompany | None:
        """What the list knows under this spelling."""
        form = self.candidates[0].known
        return form.company if form is not None else None

    @property
    def ambiguous(self) -> bool:
        """Whether the list marks this spelling as a common word or another thing too."""
        form = self.candidates[0].known
        return form is not None and form.ambiguous

    def words(self, lines: Sequence[Line]) -> tuple[Word, ...]:
        """The words of its first occurrence."""
        first = self.candidates[0]
        return lines[first.line].words[first.first : first.last]


def see(
    candidates: Iterable[Candidate], lines: Sequence[Line], *, text: str, lang: str, lists: CompanyWords
) -> dict[str, Sighting]:
    """Weigh every occurrence, by spelling."""
    found: dict[str, Sighting] = {}
    seen = list(candidates)
    deals = Deals(seen, lines, text, lists)
    for candidate in seen:
        evidence = weigh(candidate, lines[candidate.line], text=text, lang=lang, lists=lists)
        sign = deals.sign(candidate, evidence.context)
        if sign > 0 and not evidence.person:
            evidence = replace(evidence, score=evidence.score + sign, context=evidence.context + sign)
        sighting = found.setdefault(candidate.text, Sighting([], []))
        sighting.candidates.append(candidate)
        sighting.evidence.append(evidence)
    for sighting in found.values():
        sighting.score = _total(sighting, lines)
    return found


def _total(sighting: Sighting, lines: Sequence[Line]) -> float:
    """The mean of what the name shows by itself, the best of its contexts, and a little for repetition."""
    evidence = sighting.evidence
    own = sum(e.score - e.context for e in evidence) / len(evidence)
    total = own + max(e.context for e in evidence) + _REPEAT * min(len(evidence) - 1, 3)
    if sighting.known is not None or any(c.last - c.first > 1 for c in sighting.candidates):
        return total
    spots = [(lines[c.line], lines[c.line].words[c.first]) for c in sighting.candidates]
    if all(word.opens for _, word in spots):  # only its place gives it a capital
        total -= 0.3 if any(line.tags.get(word.start) == "PROPN" for line, word in spots) else 1.5
    return total


def accept(sightings: Mapping[str, Sighting], lines: Sequence[Line]) -> frozenset[str]:
    """The spellings that count as companies."""
    surnames = _surnames(sightings, lines)
    allowed = {
        name: s
        for name, s in sightings.items()
        if _is_allowed(s) and (s.known is not None or name not in surnames)
    }
    accepted = {name for name, s in allowed.items() if s.score >= ENOUGH}
    firm = {s.known.name if s.known else name for name, s in allowed.items() if name in accepted}
    if len(firm) > 1:
        accepted |= {n for n, s in allowed.items() if _is_ambiguous(s) and s.score + _COMPANY_BONUS >= ENOUGH}
    for chain in _chains(allowed, lines):
        bonus = _LIST_BONUS * min(2, sum(name in accepted for name in chain))
        accepted |= {name for name in chain if bonus and allowed[name].score + bonus >= ENOUGH}
    return frozenset(accepted)


def _is_allowed(sighting: Sighting) -> bool:
    if any(e.thing for e in sighting.evidence):
        return False
    if sighting.known is not None:
        if sighting.known.kind is KnownKind.PRODUCT:
            said = max(e.context for e in sighting.evidence) >= _PRODUCT_CONTEXT
            return said or max(e.tagged for e in sighting.evidence) >= SURE
        return sighting.known.kind not in (KnownKind.AUTHORITY, KnownKind.OTHER)
    return not all(e.institution for e in sighting.evidence)


def _is_ambiguous(sighting: Sighting) -> bool:
    return sighting.ambiguous and sighting.known is not None and sighting.known.kind in COMPANY_KINDS


def _surnames(sightings: Mapping[str, Sighting], lines: Sequence[Line]) -> frozenset[str]:
    """The words of the people named in full: "Altman" alone is Sam Altman."""
    people = (s for s in sightings.values() if s.score < ENOUGH and any(e.person for e in s.evidence))
    return frozenset(word.text for person in people for word in person.words(lines))


def _chains(sightings: Mapping[str, Sighting], lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    """The lists in the text: names with only commas and "and" between them."""
    spots = sorted((c.line, c.first, c.last, name) for name, s in sightings.items() for c in s.candidates)
    chain: list[str] = []
    before, end = -1, 0
    for line, first, last, name in spots:
        between = lines[line].words[end:first]
        if not (line == before and between and all(w.low in _LIST_LINKS for w in between)):
            yield from (tuple(c) for c in [chain] if len(c) > 1)
            chain = []
        chain.append(name)
        before, end = line, last
    if len(chain) > 1:
        yield tuple(chain)
