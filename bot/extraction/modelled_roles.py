"""Nouns that stand for a company, resolved by the network: "la entidad catalana", "its Dutch rival".

The network says how likely a noun is each company named so far. Beside that counts what the noun says
("the German group") and what the sentence does to it: who buys "the company" is another. Where two companies
are left that are about as likely, none is taken.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.extraction.company_words import fold
from bot.extraction.encoder.model import EncodedText, Question
from bot.extraction.encoder.names import NameSpan
from bot.extraction.encoder.tokens import MAX_TOKENS
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.places import ByPlace
from bot.extraction.role_traits import RoleTraits, acts_on
from bot.extraction.sentences import Span

SURE = 0.5
FITTING = 0.25  # of the only company that is what the noun says
UNFIT = 0.3  # what a company loses that is not what the noun says
APART = 0.1  # how much likelier than any other a company must be
CERTAIN = 0.9  # from here on another that is as likely does not count
DENIED = 0.15  # below it a company that the rules took is none
MOST = 8  # companies that one noun is held against, the last named first
_JOINT = re.compile(r"['’-]?|\.[A-Z]\.\s")  # between pieces of one noun: "l’" and "entreprise"
_NEXT = re.compile(r"['’-]?|\s(?:[a-z-]+\s)?")  # and between "the", a word left out, and "tech giant"
_FIRST = re.compile(r"(\w+)\s+")
_NOUN = re.compile(r"[^\W\d_]{4}")


def with_roles(
    companies: Companies,
    tagged: Sequence[NameSpan],
    spans: Sequence[Span],
    encoded: EncodedText,
    traits: RoleTraits,
) -> Companies:
    """The companies with each noun that the tagger found resolved, in place of what the rules made of it."""
    asked = list(_asked(companies, tagged, spans, encoded.text, traits))
    likely: dict[NameSpan, dict[str, float]] = {}
    for (role, company, _), told in zip(asked, encoded.ask([q for _, _, q in asked]), strict=True):
        if told is not None:
            likely.setdefault(role, {})[company] = told.same
    ruled = [m for m in companies.mentions if m.kind is MentionKind.ROLE]
    found: list[Mention] = []
    denied: set[Mention] = set()
    for role, held in likely.items():
        over = [m for m in ruled if m.start < role.end and m.end > role.start]
        denied.update(
            m for m in over if held.get(m.company, 1.0) < DENIED and not traits.agrees(role, m.company)
        )
        chosen = _chosen(role, held, traits, {m.company for m in over})
        if chosen is not None:
            start = role.start + _contraction(encoded.text[role.start : role.end], traits)
            found.append(Mention(start, role.end, chosen, MentionKind.ROLE))
    left = [m for m in companies.mentions if m not in denied]
    kept = [m for m in left if not any(f.start < m.end and m.start < f.end for f in found)]
    return replace(companies, mentions=tuple(sorted((*kept, *found), key=lambda m: (m.start, m.end))))


def _asked(
    companies: Companies, tagged: Sequence[NameSpan], spans: Sequence[Span], text: str, traits: RoleTraits
) -> Iterator[tuple[NameSpan, str, Question]]:
    """Each noun with each company that it may stand for."""
    names = ByPlace([m for m in companies.mentions if m.kind is MentionKind.NAME])
    starts = [s.start for s in spans]
    for role in _roles(tagged, text, traits):
        place = bisect_right(starts, role.start) - 1
        if place < 0:
            continue
        sentence = spans[place]
        near = names.before(sentence.end, MAX_TOKENS)  # no window holds more of them
        if any(m.start < role.end and m.end > role.start for m in near):
            continue
        if any(m.start >= role.end and not text[role.end : m.start].strip() for m in near):
            continue  # "the Dutch group X": the name says who it is
        here = [m for m in near if m.start >= sentence.start]
        acting = acts_on(text, here, role.start, traits.lexicon)
        for company in list(dict.fromkeys(m.company for m in reversed(near)))[:MOST]:
            if company != acting:
                places = tuple((m.start, m.end) for m in near if m.company == company)
                yield role, company, Question(sentence.start, places, ((role.start, role.end),))


def _chosen(role: NameSpan, held: Mapping[str, float], traits: RoleTraits, ruled: set[str]) -> str | None:
    """The company that a noun stands for, None where two may be meant; `ruled` are those of the rules."""
    fits = {company: traits.agrees(role, company) for company in held}
    likely = {c: same - UNFIT * (fits[c] is False) for c, same in held.items()}
    best, *others = sorted(likely, key=lambda c: -likely[c])
    fitting = [c for c in likely if fits[c]]
    if len(fitting) == 1 and held[fitting[0]] >= FITTING:
        return fitting[0]
    groups = [c for c in likely if traits.is_group(role, c)]
    if len(groups) == 1:
        return groups[0]
    doubtful = likely[best] < CERTAIN and any(likely[c] > likely[best] - APART for c in others)
    return best if likely[best] >= SURE and (best in ruled or not doubtful) else None


def _roles(tagged: Sequence[NameSpan], text: str, traits: RoleTraits) -> Iterator[NameSpan]:
    """The nouns, pieces of one joined, without what is no word."""
    articles = traits.lexicon.determiners
    joined: list[NameSpan] = []
    for role in (t for t in tagged if t.role):
        last = joined[-1] if joined else None
        if last is not None:
            joint = _NEXT if fold(text[last.start : last.end]) in articles else _JOINT
            if joint.fullmatch(text[last.end : role.start]):
                sure = min(last.probability, role.probability)
                joined[-1] = NameSpan(last.start, role.end, sure, role=True)
                continue
        joined.append(role)
    for role in joined:
        noun = text[role.start : role.end]
        if _NOUN.search(noun) or fold(noun) in articles:
            yield role


def _contraction(noun: str, traits: RoleTraits) -> int:
    """How long the "del" of "del grupo" is, which says of whom and is no part of the noun."""
    first = _FIRST.match(noun)
    return first.end() if first and first[1].lower() in traits.lexicon.contracted else 0
