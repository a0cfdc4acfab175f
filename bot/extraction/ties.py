"""Sentences -> candidates: masks, parses and matches, and remembers what the sentence before spoke of."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.extraction.bonds import match_bonds
from bot.extraction.candidates import Candidate
from bot.extraction.frames import Lexicon, lexicon
from bot.extraction.masking import Masked, mask
from bot.extraction.matching import Context, match_frames
from bot.extraction.mentions import Companies, Mention
from bot.extraction.relations import match_relations
from bot.extraction.sentences import MAX_SENTENCE, Span
from bot.extraction.surface import match_surface
from bot.extraction.syntax import Parse

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class _Told:
    masked: Masked
    paragraph: int


class _ByPlace:
    """Mentions by where they start, so that each sentence looks only at its own."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda m: (m.start, m.end))
        self._starts = [m.start for m in self._mentions]

    def inside(self, span: Span) -> list[Mention]:
        """The mentions that start in a sentence."""
        return self._mentions[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def find_candidates(
    text: str, spans: Sequence[tuple[int, Span]], companies: Companies, nlp: "Language", lang: str
) -> list[Candidate]:
    """The candidates of the sentences (numbered by paragraph) in the text's order."""
    words = lexicon(lang)
    named, acting = _ByPlace(companies.mentions), _ByPlace(companies.authority_mentions)
    told = [
        _Told(mask(text, span, named.inside(span), acting.inside(span), lang), paragraph)
        for paragraph, span in spans
        if span.end - span.start <= MAX_SENTENCE
    ]
    wanted = [i for i, t in enumerate(told) if _is_worth_parsing(t, words)]
    docs = dict(zip(wanted, nlp.pipe((told[i].masked.text for i in wanted), disable=["ner"]), strict=True))
    found: list[Candidate] = []
    context, paragraph = Context(), -1
    for i, sentence in enumerate(told):
        if sentence.paragraph != paragraph:
            context = Context(None, context.pair)
            paragraph = sentence.paragraph
        if i in docs:
            parse = Parse(docs[i], sentence.masked, words)
            found += _match(parse, text, context)
        context = _next_context(sentence.masked, context)
    return found


def _match(parse: Parse, text: str, context: Context) -> list[Candidate]:
    found = match_frames(parse, context)
    found += match_relations(parse.masked, text, parse.lexicon.lang, context.subject)
    found += match_bonds(parse, context, found)
    return found + match_surface(parse, found)


def _is_worth_parsing(sentence: _Told, words: Lexicon) -> bool:
    masked = sentence.masked
    return words.any_trigger.search(masked.text) is not None


def _next_context(masked: Masked, context: Context) -> Context:
    """The first company of a sentence is what the next one may leave unsaid."""
    slots = [s for s in masked.slots if not s.authority]
    named = list(dict.fromkeys(c for s in slots for c in s.companies))
    subject = slots[0].companies[0] if slots and len(slots[0].companies) == 1 else context.subject
    pair = (named[0], named[1]) if len(named) == 2 else (None if len(named) > 2 else context.pair)
    return Context(subject, pair)
