"""Sentences -> candidates: masks, parses and matches, and remembers what the sentence before spoke of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.extraction.bonds import match_bonds
from bot.extraction.candidates import Candidate
from bot.extraction.clitics import Clitic, find_clitic
from bot.extraction.frames import Lexicon, lexicon
from bot.extraction.holdings import contradicted, match_holdings
from bot.extraction.masking import Masked, mask
from bot.extraction.matching import match_frames
from bot.extraction.mentions import Companies, Mention
from bot.extraction.missing import Context
from bot.extraction.phrase_sides import Spoken
from bot.extraction.phrases import match_phrases, overruled
from bot.extraction.places import ByPlace
from bot.extraction.relations import match_relations
from bot.extraction.sentences import MAX_SENTENCE, Span
from bot.extraction.series import deal_on
from bot.extraction.surface import match_surface
from bot.extraction.syntax import Parse
from bot.values import TieKind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


# Every sentence is read twice, with different stand-ins for its names: the parsers' errors hang on the words.
_SHIFTS = (0, 3)
_GAP = re.compile(r"\s{30}")  # which many of the patterns would try in every way they can be parted
ONE_READING = 0.9  # what the confidence of a tie is multiplied with that only one reading gives


def _is_prose(text: str, span: Span) -> bool:
    """Whether a sentence may be read: long ones are lists, and those with wide gaps are rows of tables."""
    return span.end - span.start <= MAX_SENTENCE and not _GAP.search(text, span.start, span.end)


def find_candidates(
    text: str, spans: Sequence[tuple[int, Span]], companies: Companies, nlp: "Language", lang: str
) -> list[Candidate]:
    """The candidates of the sentences (numbered by paragraph) in the text's order."""
    words = lexicon(lang)
    sentences = [(p, s) for p, s in spans if _is_prose(text, s)]
    named = list(_named(text, sentences, companies, words))
    readings = [_read(text, named, nlp, lang, shift) for shift in _SHIFTS]
    found: list[Candidate] = []
    context, paragraph = Context(), -1
    spoken: Spoken | None = None  # news puts one sentence in a paragraph: "Its rivals include ..." opens many
    for i, (number, _) in enumerate(sentences):
        if number != paragraph:
            context, paragraph = Context(None, context.pair), number
        parses = [Parse(docs[i], masked[i], words) for masked, docs in readings if i in docs]
        phrased = match_phrases(readings[0][0][i], lang, spoken)
        told = overruled(_agreed([_match(parse, context) for parse in parses]), phrased) + phrased
        told += match_relations(readings[0][0][i], text, lang, context.subject)
        held = match_holdings(readings[0][0][i], lang, context.subject)
        found += deal_on(contradicted(told, held) + held, readings[0][0][i], lang)
        context = _next_context(readings[0][0][i], context)
        spoken = Spoken(context.subject, context.alone) if context.subject else spoken
    return found


@dataclass(frozen=True, slots=True)
class _Named:
    """A sentence and who is named in it."""

    span: Span
    here: Sequence[Mention]
    authorities: Sequence[Mention]
    clitic: Clitic | None


def _named(
    text: str, sentences: Sequence[tuple[int, Span]], companies: Companies, words: Lexicon
) -> Iterator[_Named]:
    everyone, acting = ByPlace(companies.mentions), ByPlace(companies.authority_mentions)
    before: Sequence[Mention] = ()
    for _, span in sentences:
        here, authorities = everyone.inside(span), acting.inside(span)
        clitic = find_clitic(text, span, (*here, *authorities), before, words)
        yield _Named(span, here, authorities, clitic)
        before = here


def _read(
    text: str, named: Sequence[_Named], nlp: "Language", lang: str, shift: int
) -> tuple[list[Masked], "dict[int, Doc]"]:
    """The masked sentences, and the parses of those that may tell something."""
    masked = [mask(text, s.span, s.here, s.authorities, lang, shift, s.clitic) for s in named]
    wanted = [i for i, m in enumerate(masked) if _is_worth_parsing(m, lexicon(lang))]
    docs = nlp.pipe((masked[i].text for i in wanted), disable=["ner"])
    return masked, dict(zip(wanted, docs, strict=True))


def _agreed(readings: Sequence[list[Candidate]]) -> list[Candidate]:
    """What both readings tell as it is, what only one tells with less confidence."""
    best: dict[tuple[str, str, str, int], list[Candidate]] = {}
    for reading in readings:
        seen: dict[tuple[str, str, str, int], Candidate] = {}
        for candidate in reading:
            key = (candidate.kind.value, candidate.source, candidate.target, candidate.trigger)
            held = seen.get(key)
            if held is None or candidate.confidence > held.confidence:
                seen[key] = candidate
        for key, candidate in seen.items():
            best.setdefault(key, []).append(candidate)
    sold = {c[0].trigger for c in best.values() if c[0].kind in (TieKind.ACQUISITION, TieKind.INVESTMENT)}
    return [
        c[0] if len(c) == len(readings) else replace(c[0], confidence=round(c[0].confidence * ONE_READING, 3))
        for c in best.values()
        if c[0].kind is not TieKind.SUPPLY or c[0].trigger not in sold  # "vender" a company is no supply
    ]


def _match(parse: Parse, context: Context) -> list[Candidate]:
    found = match_frames(parse, context)
    found += match_bonds(parse, context, found)
    return found + match_surface(parse, found)


def _is_worth_parsing(masked: Masked, words: Lexicon) -> bool:
    """Whether a sentence names a company, or speaks of a relationship, and holds a trigger word."""
    speaks = bool(masked.slots) or words.cues["relation"].search(masked.text) is not None
    return speaks and words.any_trigger.search(masked.text) is not None


def _next_context(masked: Masked, context: Context) -> Context:
    """The first company of a sentence is what the next one may leave unsaid."""
    slots = [s for s in masked.slots if not s.authority]
    named = list(dict.fromkeys(c for s in slots for c in s.companies))
    subject = slots[0].companies[0] if slots and len(slots[0].companies) == 1 else context.subject
    pair = (named[0], named[1]) if len(named) == 2 else (None if len(named) > 2 else context.pair)
    return Context(subject, pair, alone=len(named) == 1 and subject is not None)
