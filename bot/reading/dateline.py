"""The dateline of an article: "Madrid, 14 de junio de 2024.-", "PARIS, June 3, 2024 (AFP) -"."""

import re
from collections.abc import Sequence
from datetime import date

from bot.reading.declared import parse_published

_WITHIN = 5  # paragraphs from the top: headline, standfirst, a line of bullets
_DAY = (
    r"\d{1,2}(?:er|st|nd|rd|th|º|°)? (?:de |of )?[^\W\d_]{3,10}\.?,? (?:del? )?\d{4}"
    r"|[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
)
# Names and the small words between them, then a comma: "GAITHERSBURG, Md.,", "San Juan de Dios,".
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’/-]*"
_PLACE = rf"{_NAME}(?:[,/]? (?:{_NAME}|\([^)\d]{{2,20}}\)|de|del|la|las|los|el|y|e|and|of|en|sur|et)){{0,6}},"
# Behind the day stands a dash, a news wire, or nothing; after a place also a full stop.
_DATELINE = re.compile(
    rf"(?:{_PLACE} (?:le |a )?|Le |El )?(?P<day>{_DAY})(?=\s*\.?\s*[-–—]|\s*[(/]|\.?$)"
    rf"|{_PLACE} (?:le |a )?(?P<placed>{_DAY})(?=[.:])"
)
_ORDINAL = re.compile(r"(?<=\d)(?:er|st|nd|rd|th|º|°)\b")


def dateline_of(paragraphs: Sequence[str]) -> date | None:
    """The full date at the head of one of the first paragraphs; None when none stands there."""
    for paragraph in paragraphs[:_WITHIN]:
        if found := _DATELINE.match(paragraph):
            day = found["day"] or found["placed"]
            return parse_published(_ORDINAL.sub("", day))
    return None
