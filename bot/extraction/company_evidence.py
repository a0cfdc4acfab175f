"""What speaks for and against a run of capitals being a company, as one number per occurrence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.extraction.company_candidates import Candidate
from bot.extraction.company_contexts import sign_after, sign_before
from bot.extraction.company_lines import Line, Word
from bot.extraction.company_tagged import CERTAIN, SURE
from bot.extraction.company_uses import as_place, as_thing
from bot.extraction.company_words import CompanyWords
from bot.extraction.encoder.names import coverage
from bot.extraction.known import COMPANY_KINDS, KnownKind

ENOUGH = 2.0
# What a name gains that the tagger is sure of, and what each loses beforehand (chosen on labelled news).
_TAGGED, _UNTAGGED = 8.0, 2.5
_BARE = 5.0  # what a common head word gets back that the tagger has no doubt of: "la fusión de Telecom con"
_FAMILY = 1.5  # for a name that starts with a listed company's

# How far an entity label of each small pipeline can be trusted as a sign (set by hand on read articles).
_LABELS = MappingProxyType({
    "es": {"ORG": 1.1, "MISC": 0.1, "PER": -0.4, "LOC": -0.9},
    "en": {
        "ORG": 1.5, "PERSON": -0.7, "GPE": -1.0, "NORP": -2.0, "LOC": -1.5, "FAC": -1.0, "EVENT": -2.0,
        "LAW": -2.0, "PRODUCT": -0.3, "WORK_OF_ART": -0.8, "LANGUAGE": -3.0, "DATE": -1.0, "CARDINAL": -0.5,
    },
    "fr": {"ORG": 1.1, "MISC": 0.0, "PER": -0.7, "LOC": -0.6},
})  # fmt: skip
# Words that end the names of bodies as often as those of companies.
_ANYBODY = frozenset(
    "education water internacional international industrial servicios services security health".split()
)
_ALWAYS = frozenset(
    "university universidad universite ministerio ministry ministere tribunal court school".split()
)
_CAMEL = re.compile(r"[a-z][A-Z]|^[A-Z]{2,}[a-z]{2,}|^[a-z]{1,2}[A-Z]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sum for one occurrence; `context` is the part that its surroundings gave."""

    score: float
    context: float
    person: bool
    institution: bool
    thing: bool = False  # brackets define it as short for a common noun
    tagged: float = 0.0  # how sure the trained tagger is of it


def weigh(candidate: Candidate, line: Line, *, text: str, lang: str, lists: CompanyWords) -> Evidence:
    """Add up the signs of one occurrence."""
    words = line.words[candidate.first : candidate.last]
    inner = _inner(words, lists)
    context = sign_before(line.words, candidate.first, lists) + sign_after(
        line.words, candidate.last, lists, text
    )
    label, name = _label(candidate, line, lang)
    shape = _shape(words, inner, lists)
    tagged = coverage(words[0].start, words[-1].end, line.named or ())
    institution = is_institution(words, lists) and not (tagged >= SURE and _is_weak_head(words, lists))
    person = looks_like_person(line.words, candidate.first, candidate.last, lists) and shape < 2
    score = context + label + shape + _FAMILY * candidate.family
    if candidate.known is not None:
        score += _listed(candidate)
    elif institution or is_no_name(inner, lists):
        score -= 8
        if not institution and _is_certain_head(candidate, line, inner, lists):
            score += _BARE
    score += as_place(candidate, line, lists) + as_thing(candidate, line, lists)
    if line.named is not None:
        score += _TAGGED * tagged - _UNTAGGED
    if person and candidate.known is None:
        score -= 5 if name in ("PER", "PERSON") else 4
    thing = _is_common_acronym(candidate, line, lists)
    return Evidence(score, context, person, institution, thing, tagged)


def _is_certain_head(candidate: Candidate, line: Line, inner: Sequence[str], lists: CompanyWords) -> bool:
    """Whether the tagger has no doubt that a word like "Telecom" or "Wind" is a whole name here."""
    words = line.words[candidate.first : candidate.last]
    span = (words[0].start, words[0].start + len(candidate.text))
    told = any((n.start, n.end) == span and n.probability >= CERTAIN for n in line.named or ())
    return told and len(inner) == 1 and (inner[0] in lists.head_first or inner[0] in lists.head_last)


def _listed(candidate: Candidate) -> float:
    form = candidate.known
    if form is None:
        return 0.0
    if form.company.kind in COMPANY_KINDS:
        if form.company.kind is KnownKind.EXCHANGE:
            return 2.5
        return 0.9 if form.ambiguous else 6.0
    return {KnownKind.PRODUCT: -0.5, KnownKind.MEDIA: 0.6}.get(form.company.kind, -9.0)


def _is_common_acronym(candidate: Candidate, line: Line, lists: CompanyWords) -> bool:
    """Whether brackets give it as short for a common noun: "pay-per-fill service (PPF)"."""
    words, first = line.words, candidate.first
    if first < 2 or words[first - 1].text != "(" or words[candidate.last : candidate.last + 1] == ():
        return False
    definer = words[first - 2]
    bare = not definer.cap and definer.text[0].isalpha() and definer.low not in lists.legal
    return bare and words[candidate.last].text == ")" and words[first].text.isupper()


def _inner(words: Sequence[Word], lists: CompanyWords) -> list[str]:
    """The folded words without the legal form at the end."""
    lows = [w.low.removesuffix("'s") for w in words if w.text[0].isalnum()]
    while len(lows) > 1 and (lows[-1] in lists.legal or lows[-1] in lists.legal_inside):
        lows.pop()
    return lows


def has_legal_form(words: Sequence[Word], lists: CompanyWords) -> bool:
    """Whether a legal form stands after the first word."""
    return any(w.low in lists.legal and w.text[:1].isupper() for w in words[1:])


def is_institution(words: Sequence[Word], lists: CompanyWords) -> bool:
    """Whether the name's head says ministry, university, club, party, place; never with a legal form."""
    if has_legal_form(words, lists) or not words:
        return False
    lows = [w.low for w in words if w.text[0].isalnum()]
    if lows[0] in lists.head_first and len(lows) > 1:
        return False
    if not _ALWAYS.isdisjoint(lows[:3]):
        return True
    if lows[-1] in lists.head_last - _ANYBODY and len(lows) > 1:
        return False
    last = (
        lows[-1] in lists.institutions
        and len(lows) > 1
        and lows[-1] not in ("centre", "center", "club", "st")
    )
    return lows[0] in lists.institutions or (len(lows) > 1 and lows[1] in lists.institutions) or last


def _is_weak_head(words: Sequence[Word], lists: CompanyWords) -> bool:
    """Whether only a saint or a last word that companies bear too speaks of a body: "Roe International"."""
    if len(words) > 2 and words[1].text == ".":
        return True
    lows = [w.low for w in words if w.text[0].isalnum()]
    if not _ALWAYS.isdisjoint(lows):
        return False
    heads = lists.institutions.intersection(lows)
    return heads <= lists.often or (lows[-1] in _ANYBODY and heads <= {lows[-1]})


def is_no_name(inner: Sequence[str], lists: CompanyWords) -> bool:
    """A place, a people, a day, a month, or a bare generic word."""
    joined = " ".join(inner)
    if joined in lists.places or joined in lists.alone or _is_of_nation(inner, lists):
        return True
    if all(w in lists.places for w in inner):
        return True
    if len(inner) == 1:
        bare = (
            *(lists.peoples, lists.days_months, lists.nouns, lists.person_titles, lists.institutions),
            *(lists.deal_words, lists.head_last, lists.head_first, lists.legal),
        )
        return any(inner[0] in words for words in bare)
    if inner[0] in lists.head_first and all(w in lists.plain or w in lists.head_first for w in inner):
        return True  # "Banco Central", "Caja de Ahorros"
    if all(w in lists.deal_words for w in inner):
        return True  # "Proposed Transaction"
    return all(w in lists.days_months or w.isdigit() or w in lists.peoples for w in inner)


def _is_of_nation(inner: Sequence[str], lists: CompanyWords) -> bool:
    """Only a nation's adjective, or with a noun beside it: "Belgo-Suisse", "Géant français"."""
    nations = lists.nationals | lists.peoples
    rest = [w for w in inner if w.split("-")[-1] not in nations]
    return len(rest) < len(inner) and all(w in lists.nouns for w in rest)


def looks_like_person(words: Sequence[Word], first: int, last: int, lists: CompanyWords) -> bool:
    """A first name and one to three more words, or a title right before."""
    lows = [w.low.removesuffix("'s") for w in words[first:last]]
    titled = first > 0 and words[first - 1].low.rstrip(".") in lists.person_titles
    if titled or (first > 1 and words[first - 1].text == "." and words[first - 2].low in lists.person_titles):
        return True
    if any(w in lists.head_last or w in lists.legal or w in ("&", "group") for w in lows[1:]):
        return False
    return 2 <= len(lows) <= 5 and lows[0].split("-")[0] in lists.first_names


def _label(candidate: Candidate, line: Line, lang: str) -> tuple[float, str]:
    """The entity label that covers most of the name."""
    start, end = line.words[candidate.first].start, line.words[candidate.last - 1].end
    best, name = 0, ""
    for left, right, label in line.labels:
        overlap = min(end, right) - max(start, left)
        if overlap > best:
            best, name = overlap, label
    if best * 2 < end - start:
        return 0.0, ""
    return _LABELS.get(lang, {}).get(name, 0.0), name


def _shape(words: Sequence[Word], inner: Sequence[str], lists: CompanyWords) -> float:
    """What the name itself says."""
    score = 0.0
    if has_legal_form(words, lists):
        score += 6
    if len(inner) > 1:
        if inner[0] in lists.head_first:
            score += 2.5
        if inner[-1] in lists.head_last:
            score += 2.2
        elif any(w in lists.head_last for w in inner[1:]):
            score += 0.7
    first = words[0].text
    if any(_CAMEL.search(w.text) for w in words if not w.possessive):
        score += 1.2
    elif first.isupper() and 2 <= len(first) <= 5 and len(words) == 1:
        score += 0.2
    if any(w.text == "&" or ("&" in w.text and len(w.text) > 2) for w in words):
        score += 1.0
    if first.endswith((".com", ".es", ".fr", ".ai", ".io", ".net")):
        score += 1.5
    return score
