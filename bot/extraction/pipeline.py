"""An article's text -> its companies and ties: the one entrance to extraction.

Bounded work: of a text at most MAX_READ characters are read, and of those only the sentences that name a
company and hold a trigger word are parsed.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.extraction.attach import attach, with_only_price
from bot.extraction.candidates import Candidate
from bot.extraction.companies import find_companies
from bot.extraction.company_role_words import role_words
from bot.extraction.dates import find_days
from bot.extraction.encoder.model import EncodedText, EncoderModel
from bot.extraction.encoder.names import NameSpan
from bot.extraction.exclusive import without_excluded
from bot.extraction.explaining import ExplainedSentence, explain
from bot.extraction.frames import lexicon
from bot.extraction.known import KnownCompanies
from bot.extraction.layout import laid_out
from bot.extraction.mentions import Amount, Companies, Day, MentionKind
from bot.extraction.merging import DEFAULT_THRESHOLD, merge
from bot.extraction.modelled import combined, judge, name_sureness
from bot.extraction.modelled_roles import with_roles
from bot.extraction.models import Models
from bot.extraction.money import find_amounts
from bot.extraction.resale import former_owners
from bot.extraction.role_traits import RoleTraits
from bot.extraction.second_look import look_again
from bot.extraction.sentences import MAX_SENTENCE, Span, paragraphs, sentences
from bot.extraction.sequel import told_afterwards
from bot.extraction.telling import told_at
from bot.extraction.ties import find_candidates
from bot.values import CompanyName, Extraction, Tie, TieKind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Twenty times a long article; what stands after it in a larger text is left unread.
MAX_READ = 200_000
# The tagger of names sees at most this much of one line (minified pages come as a single one).
MAX_PARAGRAPH = 5_000
WEAKEST = 0.25  # from which confidence on what a sentence says of a tie its sums and dates count
UNKNOWN = "und"  # ISO 639: undetermined

_log = logging.getLogger(__name__)


class Reader:
    """Extracts ties; holds the language models, loaded when first needed."""

    def __init__(self, models: Mapping[str, str] | None = None, *, trained: bool = True) -> None:
        """`models` maps languages (ISO 639-1) to spaCy packages; not `trained`, only rules read."""
        self._models = Models(models)
        self._encoder = EncoderModel() if trained else None
        self._known: KnownCompanies | None = None

    def load(self) -> None:
        """Load now the pipelines of all languages, which are else loaded with the first text in one.

        Not the network: its runtime starts a thread when it is imported, and this is for processes that fork.
        """
        for lang in self._models.languages:
            self._models.load(lang)

    def extract(
        self, text: str, *, title: str | None = None, published: date | None = None, lang: str | None = None
    ) -> Extraction:
        """The companies and ties of one article; empty for a language that is not read."""
        found = _language(text, lang)
        if not self._models.knows(found):
            return Extraction(lang=found, companies=(), ties=())
        if len(text) > MAX_READ:
            _log.warning("of a text of %s characters the first %s are read", len(text), MAX_READ)
        layout = laid_out(text[:MAX_READ])
        article = self._read(layout.text, found, title, published)
        ties = tuple(replace(t, evidence=layout.quoted(t.evidence)) for t in article.ties)
        return Extraction(lang=found, companies=_with_authorities(article.companies, ties), ties=ties)

    def explain(
        self, text: str, *, title: str | None = None, published: date | None = None, lang: str | None = None
    ) -> tuple[ExplainedSentence, ...]:
        """Why each tie of an article is told or not, by sentence; empty for a language that is not read."""
        found = _language(text, lang)
        if not self._models.knows(found):
            return ()
        text = laid_out(text[:MAX_READ]).text
        article = self._read(text, found, title, published)
        return explain(text, article.spans, article.companies, article.considered, article.ties)

    def consider(self, text: str, *, lang: str) -> tuple[tuple[CompanyName, ...], tuple[Candidate, ...]]:
        """The companies and authorities of a text, and every tie that was considered, told or not."""
        article = self._read(text[:MAX_READ], lang, None, None)
        return (*article.companies.names, *article.companies.authorities), article.considered

    def _read(self, text: str, lang: str, title: str | None, published: date | None) -> "_Read":
        nlp = self._models.load(lang)
        docs = _docs(nlp, text, _lines(text))
        if self._known is None:
            self._known = KnownCompanies.load()
        cuts = _cuts(text)
        encoded = self._encoder.encode(text, [(s.start, s.end) for s in cuts]) if self._encoder else None
        tagged = encoded.names() if encoded is not None else None
        companies = find_companies(docs, text=text, title=title, lang=lang, known=self._known, tagged=tagged)
        if encoded is not None and tagged is not None:
            nouns = role_words(lang)
            if nouns is not None:
                names = [m for m in companies.mentions if m.kind is MentionKind.NAME]
                traits = RoleTraits(text, names, self._known, nouns)
                companies = with_roles(companies, tagged, cuts, encoded, traits)
        amounts, days = find_amounts(text, lang=lang), find_days(text, lang=lang, published=published)
        return _read_ties(
            text, companies, amounts, days, nlp=nlp, lang=lang, encoded=encoded, tagged=tagged or ()
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything that was made of one article; `considered` holds also what was not told."""

    companies: Companies
    spans: tuple[Span, ...]
    considered: tuple[Candidate, ...]
    ties: tuple[Tie, ...]


def find_ties(
    text: str,
    companies: Companies,
    amounts: Sequence[Amount],
    days: Sequence[Day],
    *,
    nlp: "Language",
    lang: str,
) -> tuple[Tie, ...]:
    """The ties between a text's companies that the rules alone tell; `nlp` is the language's pipeline."""
    return _read_ties(text, companies, amounts, days, nlp=nlp, lang=lang).ties


def _read_ties(
    text: str,
    companies: Companies,
    amounts: Sequence[Amount],
    days: Sequence[Day],
    *,
    nlp: "Language",
    lang: str,
    encoded: EncodedText | None = None,
    tagged: Sequence[NameSpan] = (),
) -> _Read:
    names = [(m.start, m.end) for m in (*companies.mentions, *companies.authority_mentions)]
    spans = [(i, s) for i, p in enumerate(paragraphs(text)) for s in sentences(text, p, names)]
    found = find_candidates(text, spans, companies, nlp, lang)
    if encoded is not None:
        judged = look_again(judge(spans, companies, encoded), found, companies, encoded)
        sure = name_sureness(companies, tagged)
        found = without_excluded(combined(found, judged, companies, sure, encoded.model.arbiter))
    found = told_afterwards(found, [s for _, s in spans], text, lexicon(lang))
    found = _attached([*found, *former_owners(found, text, lang)], amounts, days, text, lang)
    order = [n.name for n in (*companies.names, *companies.authorities)]
    return _Read(companies, tuple(s for _, s in spans), tuple(found), merge(found, text, order))


def _attached(
    found: Sequence[Candidate], amounts: Sequence[Amount], days: Sequence[Day], text: str, lang: str
) -> list[Candidate]:
    """The candidates with sums and dates: the likely ones first, then what else is said of the same ties.

    What is told nowhere gets none, so that it takes none from another.
    """
    likely = attach([c for c in found if c.confidence >= DEFAULT_THRESHOLD], amounts, days, text, lang)
    told, spent = {c.key for c in likely}, {c.money for c in likely}
    weak = [c for c in found if c.confidence < DEFAULT_THRESHOLD]
    left = [a for a in amounts if a.money not in spent]
    further: list[Candidate] = []
    rest: list[Candidate] = []
    for candidate in weak:
        counts = candidate.key in told and _is_further(candidate, text, lang)
        (further if counts else rest).append(candidate)
    again = attach(further, left, days, text, lang)
    return with_only_price(likely + again, amounts, text, lang) + rest


def _is_further(weak: Candidate, text: str, lang: str) -> bool:
    """Whether a weak sentence on a tie may give it a sum or a date; an alliance must be spoken of."""
    if weak.kind is TieKind.PARTNERSHIP and told_at(weak, text, lang) is None:
        return False
    return weak.confidence >= WEAKEST


def _language(text: str, given: str | None) -> str:
    told = re.split(r"[-_]", given.strip().lower())[0] if given else None
    return told or _detect(text) or UNKNOWN


def _detect(text: str) -> str | None:
    from bot.reading.language import detect_language

    return detect_language(text[:MAX_PARAGRAPH])


def _cuts(text: str) -> list[Span]:
    """The sentences as the trained reader takes them, before any name is known."""
    found = (s for p in paragraphs(text) for s in sentences(text, p))
    return [s for s in found if s.end - s.start <= MAX_SENTENCE]


def _lines(text: str) -> list[Span]:
    """The paragraphs, long ones in pieces."""
    return [
        Span(start, min(start + MAX_PARAGRAPH, p.end))
        for p in paragraphs(text)
        for start in range(p.start, p.end, MAX_PARAGRAPH)
    ]


def _docs(nlp: "Language", text: str, spans: Sequence[Span]) -> "list[Doc]":
    docs = list(nlp.pipe((text[s.start : s.end] for s in spans), disable=["parser"]))
    for doc, span in zip(docs, spans, strict=True):
        doc.user_data["offset"] = span.start
    return docs


def _with_authorities(companies: Companies, ties: Sequence[Tie]) -> tuple[CompanyName, ...]:
    """The companies, and those authorities that a litigation tie names as its source."""
    sources = {t.source for t in ties if t.kind is TieKind.LITIGATION}
    known = {name.name for name in companies.names}
    acting = tuple(a for a in companies.authorities if a.name in sources and a.name not in known)
    return companies.names + acting
