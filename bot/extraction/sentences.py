"""Text -> paragraphs -> sentences, as spans; the parser never sees more than one of them at a time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"[^\n]+")
# An end mark with closing quotes, white space, then something that can open a sentence.
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[¿¡—–-]*[\s ]?[^\W_])|[;](?=\s)")
_GOES_ON = re.compile(r"[!?]+\s+[a-zà-öø-ÿ]")  # "X buys Yahoo! for 4 million"
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«“\"'])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Dra|Sr|Sra|Prof|St|Inc|Corp|Co|Ltd|Ltda|Cía|Cia|"
    r"Bros|No|Nº|núm|Jr|vs?|etc|approx|aprox|art|pág|p\.ej|e\.g|i\.e|M|MM|Mme|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|"
    r"Nov|Dec|EE|UU|Pty|Gen|Sen|Rep|Gov|Lic|Ing|Calif)\.$"
)
MAX_SENTENCE = 1_200  # characters; a longer one is a list or a table, and is left unread


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open offsets into the article's text."""

    start: int
    end: int


def paragraphs(text: str) -> Iterator[Span]:
    """The lines with something on them."""
    for match in _PARAGRAPH.finditer(text):
        if match.group().strip():
            yield Span(match.start(), match.end())


def sentences(text: str, paragraph: Span, keep: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """The sentences of one paragraph; never cut inside a `keep` span, nor right after an abbreviation."""
    whole = tuple((a, b) for a, b in keep if a < paragraph.end and b > paragraph.start)
    spans: list[Span] = []
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        end = match.end()
        if (
            any(a < end < b for a, b in whole)
            or _GOES_ON.match(text, match.start())
            or _is_abbreviation(text, start, match.start() + 1, whole)
        ):
            continue
        spans.append(_trim(text, start, end))
        start = end
    spans.append(_trim(text, start, paragraph.end))
    return [span for span in spans if span.end > span.start]


def _is_abbreviation(text: str, start: int, end: int, keep: tuple[tuple[int, int], ...]) -> bool:
    if text[end - 1] != "." or _ABBREVIATION.search(text[max(start, end - 12) : end]) is None:
        return False
    if not any(b == end for _, b in keep):
        return True
    # A name that ends in a period ("Apple Inc.") ends the sentence before another name or an opening word.
    named = any(a > end and not text[end:a].strip() for a, _ in keep)
    return not named and not _opens(text, end)


def _opens(text: str, at: int) -> bool:
    following = re.match(r"\s+(The|It|In|This|A|El|La|Los|Las|En|Su|Le|Les|Il|Elle)\b", text[at : at + 12])
    return following is not None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in "•*"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
