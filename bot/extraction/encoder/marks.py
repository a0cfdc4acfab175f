"""Sentences with marks in the place of names: what is left of them is how they are worded.

The network knows many names, and what it has read of them: of two that it often saw tied it expects a tie.
Asked once more without the names it can go by the words alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.extraction.encoder.tokens import CharSpan


class Mark(StrEnum):
    """What stands for a company: the first of the two that are asked about, the second, or any other."""

    FIRST = "§"
    SECOND = "#"
    OTHER = "@"


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """Where a text speaks of a company; a noun that stands for one is kept, and the mark follows it."""

    start: int
    end: int
    mark: Mark
    noun: bool = False


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The masked sentences in one text, and where the marks of the two companies stand in it."""

    text: str
    cuts: tuple[CharSpan, ...]
    first: tuple[CharSpan, ...]
    second: tuple[CharSpan, ...]


def marked_spans(
    spoken: Iterable[tuple[int, int, str, bool]], *, first: str, second: str
) -> list[MarkedSpan]:
    """What is to be masked of all that speaks of companies: start, end, company, and whether it is a noun.

    A noun that stands for none of the two stays as it is.
    """
    marks = {first: Mark.FIRST, second: Mark.SECOND}
    return [
        MarkedSpan(start, end, marks.get(company, Mark.OTHER), noun)
        for start, end, company, noun in spoken
        if not noun or company in marks
    ]


def masked(text: str, cuts: Sequence[CharSpan], spans: Sequence[MarkedSpan]) -> MarkedText:
    """The sentences `cuts` of a text with its `spans` masked; of spans that overlap the first one counts."""
    made = ""
    found: list[CharSpan] = []
    places: dict[Mark, list[CharSpan]] = {mark: [] for mark in Mark}
    order = sorted(spans, key=lambda s: (s.start, -s.end))
    for start, end in cuts:
        begun, at = len(made), start
        for span in order:
            again = span.noun and span.end == at  # a noun that stands for both: "the two firms"
            if (span.start < at and not again) or span.end > end:
                continue
            made += text[at : span.end if span.noun else span.start].rstrip(" ")
            made += " " if len(made) > begun else ""
            places[span.mark].append((len(made), len(made) + 1))
            made += span.mark
            at = span.end
            made += " " if text[at : at + 1].strip() else ""
        made += text[at:end]
        found.append((begun, len(made)))
        made += "\n"
    return MarkedText(made, tuple(found), tuple(places[Mark.FIRST]), tuple(places[Mark.SECOND]))
