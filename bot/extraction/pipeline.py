"""An article's text -> its companies and ties: the one entrance to extraction.

Bounded work: of a text at most MAX_READ characters are read, and of those only the sentences that name a
company and hold a trigger word are parsed.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.extraction.attach import attach
from bot.extraction.companies import find_companies
from bot.extraction.dates import find_days
from bot.extraction.known import KnownCompanies
from bot.extraction.mentions import Amount, Companies, Day
from bot.extraction.merging import DEFAULT_THRESHOLD, merge
from bot.extraction.models import Models
from bot.extraction.money import find_amounts
from bot.extraction.sentences import Span, paragraphs, sentences
from bot.extraction.ties import find_candidates
from bot.values import CompanyName, Extraction, Tie, TieKind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Twenty times a long article; what stands after it in a larger text is left unread.
MAX_READ = 200_000
# The tagger of names sees at most this much of one line (minified pages come as a single one).
MAX_PARAGRAPH = 5_000
UNKNOWN = "und"  # ISO 639: undetermined


class Reader:
    """Extracts ties; holds the language models, loaded when first needed."""

    def __init__(self, models: Mapping[str, str] | None = None) -> None:
        """`models` maps languages (ISO 639-1) to spaCy packages."""
        self._models = Models(models)
        self._known: KnownCompanies | None = None

    def extract(
        self, text: str, *, title: str | None = None, published: date | None = None, lang: str | None = None
    ) -> Extraction:
        """The companies and ties of one article; empty for a language that is not read."""
        given = re.split(r"[-_]", lang.strip().lower())[0] if lang else None
        found = given or _detect(text) or UNKNOWN
        if not self._models.knows(found):
            return Extraction(lang=found, companies=(), ties=())
        text = text[:MAX_READ]
        nlp = self._models.load(found)
        spans = _lines(text)
        docs = _docs(nlp, text, spans)
        if self._known is None:
            self._known = KnownCompanies.load()
        companies = find_companies(docs, text=text, title=title, lang=found, known=self._known)
        ties = find_ties(
            text,
            companies,
            find_amounts(text, lang=found),
            find_days(text, lang=found, published=published),
            nlp=nlp,
            lang=found,
        )
        return Extraction(lang=found, companies=_with_authorities(companies, ties), ties=ties)


def find_ties(
    text: str,
    companies: Companies,
    amounts: Sequence[Amount],
    days: Sequence[Day],
    *,
    nlp: "Language",
    lang: str,
    threshold: float = DEFAULT_THRESHOLD,
) -> tuple[Tie, ...]:
    """The ties between the companies of a text; `nlp` is the language's pipeline."""
    names = [(m.start, m.end) for m in (*companies.mentions, *companies.authority_mentions)]
    spans = [(i, s) for i, p in enumerate(paragraphs(text)) for s in sentences(text, p, names)]
    found = find_candidates(text, spans, companies, nlp, lang)
    order = [n.name for n in (*companies.names, *companies.authorities)]
    return merge(attach(found, amounts, days, text, lang), text, order, threshold)


def _detect(text: str) -> str | None:
    from bot.reading.language import detect_language

    return detect_language(text[:MAX_PARAGRAPH])


def _lines(text: str) -> list[Span]:
    """The paragraphs, long ones in pieces."""
    return [
        Span(start, min(start + MAX_PARAGRAPH, p.end))
        for p in paragraphs(text)
        for start in range(p.start, p.end, MAX_PARAGRAPH)
    ]


def _docs(nlp: "Language", text: str, spans: Sequence[Span]) -> "list[Doc]":
    docs = list(nlp.pipe(text[s.start : s.end] for s in spans))
    for doc, span in zip(docs, spans, strict=True):
        doc.user_data["offset"] = span.start
    return docs


def _with_authorities(companies: Companies, ties: Sequence[Tie]) -> tuple[CompanyName, ...]:
    """The companies, and those authorities that a litigation tie names as its source."""
    sources = {t.source for t in ties if t.kind is TieKind.LITIGATION}
    known = {name.name for name in companies.names}
    acting = tuple(a for a in companies.authorities if a.name in sources and a.name not in known)
    return companies.names + acting
