"""Sentences -> windows of token ids for the encoder.

A window holds as many sentences in a row as fit, and before them the one that the window before ended with:
what a sentence says often hangs on the one before it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from tokenizers import Tokenizer

MAX_TOKENS = 256  # of a window, with its begin and end marks; a longer sentence is cut
CharSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence's token ids and their characters; `start` and `end` are where it stands in the text."""

    ids: tuple[int, ...]
    spans: tuple[CharSpan, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """Ids with the begin and end marks, and each token's characters in order ((0, 0) for the marks).

    `own` are the characters of the sentences that no earlier window holds.
    """

    ids: tuple[int, ...]
    spans: tuple[CharSpan, ...]
    own: CharSpan

    def tokens(self, spans: Sequence[CharSpan]) -> tuple[int, ...]:
        """The tokens that lie in any of the stretches of text."""
        found: set[int] = set()
        last = len(self.spans) - 1
        for start, end in spans:
            first = bisect_right(self.spans, start, 1, last, key=itemgetter(1))
            found.update(range(first, bisect_left(self.spans, end, first, last, key=itemgetter(0))))
        return tuple(i for i in sorted(found) if self.spans[i][0] < self.spans[i][1])


class Vocabulary:
    """The encoder's tokenizer, cut down to the pieces of the languages we read."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self.bos, self.eos = self._id("<s>"), self._id("</s>")
        self.pad = self._id("<pad>")

    def _id(self, piece: str) -> int:
        found = self._tokenizer.token_to_id(piece)
        if found is None:
            raise ValueError(f"the vocabulary lacks {piece}")
        return int(found)

    def windows(self, text: str, sentences: Sequence[CharSpan]) -> list[Window]:
        """The windows of a text that is cut into `sentences`."""
        return list(self._pack([self._piece(text, s) for s in sentences]))

    def _piece(self, text: str, sentence: CharSpan) -> Piece:
        start, end = sentence
        found = self._tokenizer.encode(text[start:end], add_special_tokens=False)
        ids, offsets = found.ids[: MAX_TOKENS - 2], found.offsets[: MAX_TOKENS - 2]
        # A piece's offsets take in the blank before it.
        spans = tuple(
            (a + start + text[a + start : b + start].startswith(" "), b + start) for a, b in offsets
        )
        return Piece(tuple(ids), spans, start, end)

    def _pack(self, pieces: Sequence[Piece]) -> Iterator[Window]:
        at = 0
        while at < len(pieces):
            context = [pieces[at - 1]] if at else []
            room = MAX_TOKENS - 2 - sum(len(p.ids) for p in context)
            if context and len(pieces[at].ids) > room:  # the sentence alone, rather than cut
                context, room = [], MAX_TOKENS - 2
            end = at
            while end < len(pieces) and (end == at or len(pieces[end].ids) <= room):
                room -= len(pieces[end].ids)
                end += 1
            held = [*context, *pieces[at:end]]
            yield Window(
                (self.bos, *(i for p in held for i in p.ids), self.eos),
                ((0, 0), *(s for p in held for s in p.spans), (0, 0)),
                (pieces[at].start, pieces[end - 1].end),
            )
            at = end
