"""Find the companies of an article and every place that speaks of them."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from bot.extraction.company_brackets import defined_roles
from bot.extraction.company_candidates import find_candidates
from bot.extraction.company_definitions import Definitions
from bot.extraction.company_evidence import has_legal_form
from bot.extraction.company_forms import Form, company_name, group_forms, spellings
from bot.extraction.company_gazetteer import find_mentions
from bot.extraction.company_lines import Line, Word, read_lines
from bot.extraction.company_pairs import part_pairs
from bot.extraction.company_roles import find_roles
from bot.extraction.company_sightings import Sighting, accept, see
from bot.extraction.company_words import CompanyWords, company_words
from bot.extraction.encoder.names import NameSpan
from bot.extraction.known import COMPANY_KINDS, KnownCompanies, KnownKind
from bot.extraction.mentions import Companies, Mention
from bot.values import CompanyName


def find_companies(
    docs: Sequence[Doc],
    *,
    text: str,
    title: str | None,
    lang: str,
    known: KnownCompanies,
    tagged: Sequence[NameSpan] | None = None,
) -> Companies:
    """Find the companies that `text` names; `doc.user_data["offset"]` is each paragraph's start in it.

    `tagged` is what the trained tagger takes for names, None when it was not asked.
    """
    del title  # a headline creates no names: its capitals and clipped grammar mislead
    lists = company_words()
    lines = part_pairs(read_lines(docs, tagged), text, known, lists)
    article = _Article(lines, text, lang, known, lists)
    return article.companies()


class _Article:
    """One article while its names are worked out."""

    def __init__(
        self, lines: list[Line], text: str, lang: str, known: KnownCompanies, lists: CompanyWords
    ) -> None:
        self._lines = lines
        self._text = text
        self._known = known
        self._lang = lang
        self._lists = lists
        candidates = find_candidates(lines, text=text, known=known, words=lists)
        self._sightings = see(candidates, lines, text=text, lang=lang, lists=lists)

    def companies(self) -> Companies:
        """The names, the authorities, and where they stand."""
        names, mentions = self._named(self._company_forms())
        authorities, acting = self._named(self._authority_forms())
        roles = find_roles(self._lines, mentions, text=self._text, lang=self._lang, known=self._known)
        everywhere = tuple(sorted(mentions + roles, key=lambda m: (m.start, m.end)))
        return Companies(_in_order(names, mentions), everywhere, _in_order(authorities, acting), acting)

    def _named(self, forms: Sequence[Form]) -> tuple[list[CompanyName], tuple[Mention, ...]]:
        groups = group_forms(forms, self._lists)
        names = [company_name(group) for group in groups]
        return names, tuple(find_mentions(self._lines, spellings(groups, names)))

    def _company_forms(self) -> list[Form]:
        accepted = accept(self._sightings, self._lines) - defined_roles(self._text)
        definitions = self._definitions(accepted)
        forms: list[Form] = []
        for name, sighting in self._sightings.items():
            if name not in accepted and not _may_be_short(sighting, self._lists):
                continue
            form = self._form(name, sighting, accepted=name in accepted)
            form.defined = definitions.of(name)
            forms.append(form)
        return forms

    def _authority_forms(self) -> list[Form]:
        sightings = self._sightings.items()
        names = [n for n, s in sightings if _is_authority(s, s.words(self._lines), self._lists)]
        definitions = self._definitions(names)
        forms = [self._form(name, self._sightings[name], accepted=True) for name in names]
        for form in forms:
            form.defined = definitions.of(form.text)
        return forms

    def _definitions(self, names: Iterable[str]) -> Definitions:
        sightings = {name: self._sightings[name] for name in names if name in self._sightings}
        return Definitions(sightings, self._lines, self._text, self._known, self._lists)

    def _form(self, name: str, sighting: Sighting, *, accepted: bool) -> Form:
        words = sighting.words(self._lines)
        legal = has_legal_form(words, self._lists)
        told = next((word.start for word in self._below_headings(sighting)), len(self._text))
        return Form(name, words[0].start, accepted, sighting.known, legal, sighting.ambiguous, told)

    def _below_headings(self, sighting: Sighting) -> Iterator[Word]:
        """The first word of each occurrence that stands in no heading."""
        for candidate in sighting.candidates:
            line = self._lines[candidate.line]
            if not line.heading:
                yield line.words[candidate.first]


def _in_order(names: Iterable[CompanyName], mentions: Sequence[Mention]) -> tuple[CompanyName, ...]:
    """The names in the order of their first mention; those without one are left out."""
    first: dict[str, int] = {}
    for mention in mentions:
        first.setdefault(mention.company, mention.start)
    return tuple(sorted((n for n in names if n.name in first), key=lambda n: first[n.name]))


def _may_be_short(sighting: Sighting, lists: CompanyWords) -> bool:
    """Whether a name that is no company by itself may be the short form of one."""
    if sighting.known is not None and sighting.known.kind not in COMPANY_KINDS:
        return False
    candidate = sighting.candidates[0]
    if candidate.text.casefold() in lists.places | lists.peoples | lists.days_months:
        return False
    return candidate.last - candidate.first <= 3 and not any(e.person for e in sighting.evidence)


def _is_authority(sighting: Sighting, words: Sequence[Word], lists: CompanyWords) -> bool:
    """A listed authority, or an institution of two words and more whose head says so."""
    if sighting.known is not None:
        return sighting.known.kind is KnownKind.AUTHORITY
    if len(words) < 2 or not sighting.evidence[0].institution:
        return False
    lows = [word.low.removesuffix("'s") for word in words]
    return not lists.authorities.isdisjoint((*lows[:2], *lows[-2:]))
