"""Nouns that stand for a company, resolved by the network: "la entidad catalana", "its Dutch rival"."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.encoder.model import EncodedText, Question
from bot.extraction.encoder.names import NameSpan
from bot.extraction.encoder.tokens import MAX_TOKENS
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.places import ByPlace
from bot.extraction.sentences import Span

SURE = 0.5
MOST = 8  # companies that one noun is held against, the last named first


def with_roles(
    companies: Companies, tagged: Sequence[NameSpan], spans: Sequence[Span], encoded: EncodedText
) -> Companies:
    """The companies with each noun that the tagger found resolved, in place of what the rules made of it."""
    asked: list[tuple[NameSpan, str, Question]] = []
    names = ByPlace([m for m in companies.mentions if m.kind is MentionKind.NAME])
    starts = [s.start for s in spans]
    for role in tagged:
        place = bisect_right(starts, role.start) - 1
        if not role.role or place < 0:
            continue
        sentence = spans[place]
        near = names.before(sentence.end, MAX_TOKENS)  # no window holds more of them
        if any(m.start < role.end and m.end > role.start for m in near):
            continue
        for company in list(dict.fromkeys(m.company for m in reversed(near)))[:MOST]:
            places = tuple((m.start, m.end) for m in near if m.company == company)
            asked.append((role, company, Question(sentence.start, places, ((role.start, role.end),))))
    best: dict[NameSpan, tuple[float, str]] = {}
    for (role, company, _), told in zip(asked, encoded.ask([q for _, _, q in asked]), strict=True):
        if told is not None and told.same >= SURE:
            best[role] = max(best.get(role, (0.0, "")), (told.same, company))
    found = [Mention(r.start, r.end, company, MentionKind.ROLE) for r, (_, company) in best.items()]
    kept = [m for m in companies.mentions if not any(f.start < m.end and m.start < f.end for f in found)]
    return replace(companies, mentions=tuple(sorted((*kept, *found), key=lambda m: (m.start, m.end))))
