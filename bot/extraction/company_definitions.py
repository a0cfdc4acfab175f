"""What the text says that its companies are also called: in brackets, as traders, several together."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, takewhile

from bot.extraction.company_brackets import Bracketed, bracketed, fits, fold_all, phrases, retinue
from bot.extraction.company_candidates import Candidate
from bot.extraction.company_evidence import has_legal_form
from bot.extraction.company_lines import Line, Word
from bot.extraction.company_listed import name_end
from bot.extraction.company_sightings import Sighting
from bot.extraction.company_words import CompanyWords, company_words
from bot.extraction.known import KnownCompanies
from bot.names import name_key

_BRACKETS = r"(?:\s{0,2}\([^()\n]{1,160}\)){0,3}"
# Only a list lies between two names: "Roe Pty Ltd (Roe), Doe Ltd and".
_LISTED = re.compile(rf"{_BRACKETS}\s{{0,2}},?\s{{0,2}}(?:(?:and|and/or|y|e|et)\s{{1,2}})?")
_BEFORE = 40  # names that are looked back at


@cache
def _trading() -> re.Pattern[str]:
    """What stands between a company and its trading name: "(Roe), a café trading as"."""
    which = r"(?:(?:which|that|que|qui)\s|(?:an?|the)\s[a-z -]{1,40}?\s)?"
    phrase = phrases(company_words().trading_as)
    return re.compile(rf"{_BRACKETS}(?:{retinue()})?\s?[,(]?\s?{which}{phrase}\s(?:the\s)?[\"“‘']?")


@cache
def _acting() -> re.Pattern[str]:
    """What stands between a trustee and its trust: "Ltd (Roe) in its capacity as trustee for the"."""
    capacity = r"(?:in\sits\s(?:[a-z]+\s)?capacity\s)?"
    return re.compile(
        rf"{_BRACKETS},?\s{capacity}{phrases(company_words().trustee_of)}\s(?:the\s)?", re.IGNORECASE
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """One occurrence of a name, by characters of the text."""

    name: str
    start: int
    end: int
    legal: bool


class Definitions:
    """The other names that a text gives to the companies it names."""

    def __init__(
        self,
        sightings: Mapping[str, Sighting],
        lines: Sequence[Line],
        text: str,
        known: KnownCompanies,
        lists: CompanyWords,
    ) -> None:
        """Work them out for the names of `sightings`; no other name is given one."""
        self._sightings, self._text, self._known, self._lists = sightings, text, known, lists
        self._found: dict[str, dict[str, None]] = {}
        spots: dict[int, list[_Spot]] = defaultdict(list)
        for name, sighting in sightings.items():
            for candidate in sighting.candidates:
                words = lines[candidate.line].words
                self._read_article(words, candidate)
                legal = has_legal_form(words[candidate.first : candidate.last], lists)
                start, end = words[candidate.first].start, name_end(words[candidate.last - 1])
                spots[candidate.line].append(_Spot(name, start, end, legal))
        for number, names in spots.items():
            names.sort(key=lambda s: s.start)
            self._starts = [word.start for word in lines[number].words if word.opens]
            for at in range(len(names)):
                self._read(names, at)

    def of(self, name: str) -> list[str]:
        """What `name` is also called, in the text's order."""
        return list(self._found.get(name, ()))

    def _read(self, spots: list[_Spot], at: int) -> None:
        spot = spots[at]
        if trading := _trading().match(self._text, spot.end):
            named = next((k for k in range(at + 1, len(spots)) if spots[k].start == trading.end()), None)
            if named is not None and self._text[spots[named].end : spots[named].end + 1] not in ("'", "’"):
                self._add(spot, spots[named].name)
                spots[named] = replace(spots[named], legal=spot.legal or spots[named].legal)
        for bracket in bracketed(self._text, spot.end):
            owner = self._owner(spots, at, spot, bracket)
            if owner is not None:
                self._add(owner, bracket.form)

    def _add(self, owner: _Spot, short: str) -> None:
        if not self._is_another(short, self._sightings[owner.name]):
            self._found.setdefault(owner.name, {})[short] = None

    def _owner(self, spots: Sequence[_Spot], at: int, spot: _Spot, bracket: Bracketed) -> _Spot | None:
        """Whom a bracket after `spot` renames: it, one named before it in the sentence, or nobody."""
        before = self._before(spots, at)
        if bracket.renames:
            return spot
        if bracket.together:
            return self._first_of([*before, spot], bracket.form)
        trustee = before[-1] if before and self._is_trust_of(before[-1], spot) else None
        if trustee is not None and not bracket.form.casefold().endswith(tuple(self._lists.vehicles)):
            own = self._resembles(bracket.form, spot) and not self._resembles(bracket.form, trustee)
            return spot if own else trustee
        if self._resembles(bracket.form, spot):
            return spot
        # "Roe (a subsidiary of Doe Ltd) (Doe)": Doe is within the brackets before.
        inside = list(takewhile(lambda s: s.start < bracket.start, islice(spots, at + 1, None)))
        for other in reversed([*before, *inside]):
            if self._abbreviates(bracket.form, other):
                return other
        return spot if self._fits(bracket.form, spot, legal=spot.legal) else None

    def _before(self, spots: Sequence[_Spot], at: int) -> list[_Spot]:
        """Those named before in the same sentence."""
        begun = bisect_right(self._starts, spots[at].start)
        start = self._starts[begun - 1] if begun else 0
        return [s for s in spots[max(0, at - _BEFORE) : at] if s.start >= start]

    def _first_of(self, spots: Sequence[_Spot], short: str) -> _Spot | None:
        """Of several that go by one name together, the one that bears it, else the first."""
        key = name_key(short)
        for bears in (lambda s: name_key(s.name) == key, lambda s: self._resembles(short, s)):
            found = next(filter(bears, spots), None)
            if found is not None:
                return found
        if not self._fits(short, spots[-1], legal=spots[-1].legal):
            return None
        at = len(spots) - 1
        while at and _LISTED.fullmatch(self._text, spots[at - 1].end, spots[at].start):
            at -= 1
        return spots[at]

    def _is_trust_of(self, trustee: _Spot, spot: _Spot) -> bool:
        return _acting().fullmatch(self._text, trustee.end, spot.start) is not None

    def _resembles(self, short: str, spot: _Spot) -> bool:
        return self._fits(short, spot, legal=False)

    def _abbreviates(self, short: str, spot: _Spot) -> bool:
        """Whether `short` is an acronym of a name, or its beginning."""
        begins = f"{fold_all(spot.name)} ".startswith(f"{fold_all(short)} ")
        return begins or (short.isupper() and self._resembles(short, spot))

    def _fits(self, short: str, spot: _Spot, *, legal: bool) -> bool:
        return fits(short, spot.name, full_is_legal=legal, lists=self._lists)

    def _is_another(self, short: str, sighting: Sighting) -> bool:
        """Whether the list knows `short` as a company other than this one: "Hellmann's (Unilever)"."""
        listed = self._known.find(short)
        if listed is None or listed.ambiguous or sighting.known is None:
            return False
        return listed.company != sighting.known

    def _read_article(self, words: Sequence[Word], candidate: Candidate) -> None:
        """A capital "The" inside a sentence belongs to the name that it stands before."""
        before = words[candidate.first - 1] if candidate.first else None
        if before is not None and before.text == "The" and not before.opens:
            self._found.setdefault(candidate.text, {})[f"The {candidate.text}"] = None
