"""The date of a sentence that a tie takes: the nearest in its clause that tells of no other event."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.candidates import Candidate
from bot.extraction.dealing import deal_out
from bot.extraction.frames import lexicon
from bot.extraction.mentions import Day
from bot.extraction.places import ByPlace
from bot.extraction.prices import PRICED
from bot.extraction.telling import told_at
from bot.values import TieKind

_DATED = PRICED | {TieKind.DISPUTE}
_MADE = frozenset({TieKind.PARTNERSHIP, TieKind.MERGER})  # what may itself be "formed" or "created"
_GAP = 60  # characters between a tie and its date
_PARTED = 30  # characters: how much farther a comma or an "and" between makes a date
_CUE = 30  # characters before a date in which its own verb may stand
_SUM = 45  # characters before a date in which it may be told what was earned then
_SHORT = 2  # words: "..., in May 2020"
_HEADS = frozenset(":-–—")  # after the date that heads an entry: "2017: X buys Y"
_STOPS = (";", ":", "(", ". ")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTING = re.compile(r",(?!\d)| (?:and|y|e|et|but|pero|mais) ")


def with_days(found: Sequence[Candidate], days: ByPlace[Day], text: str, lang: str) -> list[Candidate]:
    """The candidates with the dates that their sentences give them, if any."""
    near = [_near(c, days.inside(c.sentence), text, lang) for c in found]
    dealt = deal_out(found, ByPlace({d for own in near for d in own}), text, lang)
    chosen = [dealt.get(i, own[0]) if own else None for i, own in enumerate(near)]
    return [replace(c, date=day.iso) if day else c for c, day in zip(found, chosen, strict=True)]


def _near(candidate: Candidate, days: Sequence[Day], text: str, lang: str) -> list[Day]:
    """The dates that may be a tie's, the nearest first."""
    if candidate.kind not in _DATED or not days:
        return []
    anchor = told_at(candidate, text, lang)
    if anchor is None:
        anchor = candidate.trigger
    fitting = (
        d
        for d in days
        if _same_clause(candidate, d, text, lang) and not _of_another(candidate, anchor, d, text, lang)
    )
    return sorted(fitting, key=lambda d: (_distance(anchor, d, text), d.start))


def _distance(anchor: int, day: Day, text: str) -> int:
    """Characters from the tie's word, more when the clause is parted between."""
    between = text[anchor : day.start] if day.start >= anchor else text[day.end : anchor]
    return len(between) + _PARTED * len(_PARTING.findall(_BRACKETS.sub("", between)))


def _same_clause(candidate: Candidate, day: Day, text: str, lang: str) -> bool:
    start, end = candidate.near
    if start <= day.start <= end:
        return True
    after = day.start >= end
    gap = _BRACKETS.sub("", text[end : day.start] if after else text[day.end : start])
    if not after and gap.strip() in _HEADS:
        return True
    if len(gap) >= _GAP or any(mark in gap for mark in _STOPS):
        return False
    _, comma, told = gap.rpartition(", ")
    own = len(told.split()) <= _SHORT or lexicon(lang).cues["this_deal"].search(told) is not None
    return not (after and comma) or own  # ", completing the merger agreed in 2013"


def _of_another(candidate: Candidate, anchor: int, day: Day, text: str, lang: str) -> bool:
    """ "Founded in 1998, X bought Y", "On 3 May, after X had bought Y, ...": the date of something else."""
    cues = lexicon(lang).cues
    start = max(candidate.sentence.start, day.start - _CUE)
    for cue in (m for name in _not_dates(candidate) for m in cues[name].finditer(text, start, day.end)):
        if not cue.start() <= anchor < day.start and not _PARTING.search(text, cue.end(), day.start):
            return True
    clause = text[max(candidate.sentence.start, day.start - _SUM) : day.start]
    clause = clause[max((m.end() for m in _PARTING.finditer(clause)), default=0) :]
    suit = candidate.kind is TieKind.LITIGATION  # whose sum is a fine
    if not suit and cues["not_price"].search(clause) and not cues["deal_value"].search(clause):
        return True  # "which had sales of 5 million in 2023"
    earlier = cues["deal_before"].finditer(text, day.end, anchor)  # no matches where the date stands after
    return any("," not in text[m.end() : anchor] for m in earlier)


def _not_dates(candidate: Candidate) -> tuple[str, ...]:
    return ("not_date",) if candidate.kind in _MADE else ("not_date", "not_date_made")
