"""An article as lines of words with offsets: what company names are searched in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from bot.extraction.company_symbols import symbols_of
from bot.extraction.company_words import fold
from bot.extraction.encoder.names import NameSpan

# An elided article, a prefix that is none of the name ("ex-Twitter"), a dotted abbreviation, a word (with
# inner marks, or a plus: "Canal+"), or one other character. Two legal forms mix dots with what ends none.
_TOKEN = re.compile(
    r"(?:[dlnmtsjcDLNMTSJC]|[Qq]u|jusqu|lorsqu|puisqu)['’](?=\w)"
    r"|\b(?:ex|anti|pro|post|non)-(?=[A-ZÀ-Þ])"
    r"|S\. ?à ?r\.l\.?|S\.C\.Sp\b\.?"
    r"|(?:[^\W\d_]\.){1,5}[A-Z]{0,3}(?![\w])"
    r"|[^\W\dA-ZÀ-Þ_][^\W_]*(?:['’-][^\W_]+)*"
    r"|[^\W_]+(?:(?:[&'’+]|-(?=[A-ZÀ-Þ0-9])|\.(?=[a-z0-9])|/(?=[A-Z]\b))[^\W_]+)*(?:\+(?!\w))?"
    r"|[^\w\s]|_"
)
_HEADING_WORDS = 16
_SHORT = 6  # letters; a shorter word wants its capital within the first three
_SENTENCE_END = frozenset(".!?…:;•")
_LETTER = re.compile(r"(?<!\w)[a-z]-$")  # the tagger parts it from its name: the "e-" of "e-Zón"
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")


@dataclass(frozen=True, slots=True)
class Word:
    """One token: its text, where it stands in the article, and its folded form."""

    text: str
    start: int
    end: int
    low: str
    opens: bool  # first word of a sentence
    cap: bool  # written like a name

    @property
    def possessive(self) -> bool:
        """Whether the word ends in "'s"."""
        return _POSSESSIVE.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as words; a heading names nothing by itself.

    `labels` are (start, end, entity label) of the small pipeline, `named` what the trained tagger takes for
    company names, None where it was not asked.
    """

    words: tuple[Word, ...]
    heading: bool
    labels: tuple[tuple[int, int, str], ...]
    tags: dict[int, str]  # offset of a token -> its part of speech, or STOP
    named: tuple[NameSpan, ...] | None = None


def read_lines(docs: Sequence[Doc], tagged: Sequence[NameSpan] | None = None) -> list[Line]:
    """The lines of an article from its paragraphs' Docs and, in the text's order, the tagger's names."""
    texts = [doc.text for doc in docs]
    headings = [_looks_like_heading(text) for text in texts]
    if all(headings):  # a lone title or a list: nothing else to learn names from
        headings = [False] * len(texts)
    return [_read_line(doc, heading, tagged) for doc, heading in zip(docs, headings, strict=True)]


def split_words(text: str, offset: int = 0) -> tuple[Word, ...]:
    """The words of one paragraph that starts at `offset`."""
    words: list[Word] = []
    symbols = symbols_of(text, offset)
    opens = True
    for match in _TOKEN.finditer(text):
        token = match.group()
        words.append(
            Word(
                token,
                match.start() + offset,
                match.end() + offset,
                fold(token),
                opens and token[0].isalnum(),
                _is_cap(token) and not any(s <= match.start() + offset < e for s, e in symbols),
            )
        )
        if token[0].isalnum():
            opens = False
        elif token in _SENTENCE_END:
            opens = True
    return tuple(words)


def _read_line(doc: Doc, heading: bool, tagged: Sequence[NameSpan] | None) -> Line:
    offset = int(doc.user_data.get("offset", 0))
    labels = tuple((e.start_char + offset, e.end_char + offset, e.label_) for e in doc.ents)
    tags = {t.idx + offset: "STOP" if t.is_stop and t.text[:1].isupper() else t.pos_ for t in doc}
    named = None if tagged is None else tuple(_named(tagged, doc.text, offset))
    return Line(split_words(doc.text, offset), heading, labels, tags, named)


def _named(tagged: Sequence[NameSpan], text: str, offset: int) -> Iterator[NameSpan]:
    """The tagged names of a paragraph: no name goes on in the next line, nor into its share's symbol."""
    symbols = symbols_of(text, offset)
    for name in tagged:
        start, end = max(name.start, offset), min(name.end, offset + len(text))
        if name.role or start >= end:
            continue
        end = next((s for s, e in symbols if start < s < end <= e), end)
        told = text[start - offset : end - offset]
        end -= len(told) - len(told.rstrip())
        start += len(told) - len(told.lstrip())
        start -= 2 * (_LETTER.search(text[: start - offset]) is not None)
        if start < end:
            yield replace(name, start=start, end=end)


def _is_cap(token: str) -> bool:
    """Written like a name: "Apple", "3M", "eBay", "7-Eleven"."""
    if token[0].isupper():
        return len(token) > 1 or token.isalpha()
    if token[0].isdigit():
        return (any(c.isupper() for c in token[1:]) and not token[0:-1].isdigit()) or token in (
            "3M",
            "3i",
            "1&1",
        )
    inner = token[1:3] if len(token) < _SHORT else token[1:]  # "eBay", "runFast", but no "fooB"
    return len(token) > 2 and token.isalpha() and token[0].islower() and inner != inner.lower()


def _looks_like_heading(text: str) -> bool:
    bare = text.strip()
    return len(bare.split()) <= _HEADING_WORDS and bare[-1:] not in '.!…:;,"”»)'
