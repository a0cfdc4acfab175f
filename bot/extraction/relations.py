"""Nouns that name what one company is to another ("Y, filial de X"), matched on the masked words.

These stand close to their names, so patterns on the surface are surer than the parser's attachment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.extraction.candidates import Candidate
from bot.extraction.frames import Lexicon, lexicon
from bot.extraction.masking import Masked, Slot
from bot.extraction.mentions import MentionKind
from bot.extraction.modality import settle_text
from bot.values import Status, TieKind

# relation -> (kind, whether the holder ("of X") is the source)
_KINDS = {
    "subsidiary": (TieKind.OWNERSHIP, True),
    "parent": (TieKind.OWNERSHIP, False),
    "rival": (TieKind.COMPETITION, True),
    "partner": (TieKind.PARTNERSHIP, True),
    "supplier": (TieKind.SUPPLY, False),
    "customer": (TieKind.SUPPLY, True),
    "investor": (TieKind.INVESTMENT, False),
    "lender": (TieKind.FINANCING, False),
}
_CONFIDENCE = {"appos": 0.85, "is": 0.86, "of_name": 0.8, "poss": 0.84, "its": 0.72, "owned": 0.87, "are": 0.85}
_GLUE = {
    "en": {
        "and": r"\s+(?:and|&)\s+(?:the |la |el |le )?",
        "the": r"(?:(?:a|an|the|one of(?: the| its)?|another|its|now)\s+)?",
        "of": r"\s+(?:of|to|with|for|in)\s+(?:the\s+)?(?:(?:funds?|entities|affiliates|vehicles)\s+(?:[\w/]+\s+){0,4}?(?:by|of)\s+)?(?:[A-Za-z-]+-based\s+|global\s+|parent\s+company\s+)*",
        "be": r",?\s+(?:(?:is|was)\s+an?\s+(?:[\w-]+\s+){1,3}?and(?=\s)|is|was|are|were|remains|became|becomes|being|as)(?:\s+(?:now|also|currently|then))?\s+",
        "adj": r"(?:(?!and\b|or\b|of\b|in\b|to\b|that\b|which\b|who\b)[\w’'-]+,?\s+){0,5}?",
        "its": r"(?:its|their)\s+",
    },
    "es": {
        "and": r"\s+(?:y|e)\s+(?:the |la |el |le )?",
        "the": r"(?:(?:una?|la|el|las|los|uno de(?: los)?|una de(?: las)?|otro|otra|hoy|parte de(?: la| el)?)\s+)?",
        "of": r"(?:\s+(?!y\b|que\b|en\b|a\b|con\b)[\w-]+){0,3}?\s+(?:del?|a)\s+(?:la\s+|el\s+|(?:grupo|gigante|empresa|compañía|firma)\s+(?:\w+\s+)?)?",
        "be": r",?\s+(?:es|era|fue|son|como)\s+(?:(?:hoy|ahora|también)\s+)?",
        "adj": r"(?:(?!y\b|o\b|de\b|del\b|que\b|en\b|a\b|con\b)[\w-]+\s+){0,2}?",
        "its": r"(?:su|sus)\s+",
    },
    "fr": {
        "and": r"\s+et\s+(?:the |la |el |le )?",
        "the": r"(?:(?:une?|la|le|les|l['’]|l['’]un des|l['’]une des|désormais)\s*)?",
        "of": r"(?:\s+(?!et\b|qui\b|que\b|dans\b|avec\b)[\w-]+){0,3}?\s+(?:du\s+|de\s+|d['’]|à\s+)(?:la\s+|le\s+|l['’])?(?:(?:groupe|géant|société)\s+(?:\w+\s+)?)?",
        "be": r",?\s+(?:est|était|fut|sont|comme)\s+(?:(?:aussi|désormais)\s+)?",
        "adj": r"(?:(?!et\b|ou\b|de\b|qui\b|que\b|à\b)[\w-]+\s+){0,2}?",
        "its": r"(?:sa|son|ses|leur|leurs)\s+",
    },
}
_PLURAL_BE = {
    "en": r",?\s+(?:are|were|became|remain|have become)\s+(?:now\s+|also\s+)?(?:the\s+)?",
    "es": r",?\s+(?:son|eran|fueron|siguen siendo)\s+(?:ahora\s+|hoy\s+)?(?:l[ao]s\s+)?",
    "fr": r",?\s+(?:sont|étaient|restent)\s+(?:désormais\s+)?(?:les?\s+|des\s+)?",
}
_OWNED = {
    "en": (
        r"{B},?\s+(?:which\s+|that\s+)?(?:(?:is|was|are|ultimately|currently|indirectly|majority|wholly|fully|now|also|jointly|\d+%|and|controlled|partly)[\s-]+){0,5}?"
        r"(?:owned|controlled)(?:\s+and\s+controlled)?\s+by\s+(?:[\w-]+\s+){0,4}?(?:(?:funds?|entities|affiliates|vehicles|companies)\s+(?:[\w/]+\s+){0,4}?by\s+)?{A}",
        r"{A}(?:['’]s?)?[\s-]+(?:owned|controlled|backed)\s+{B}",
        r"{B}(?:,)?\s+(?:is|was)\s+(?:(?:now|also|currently|a)\s+)?(?:part|member)\s+of\s+(?:the\s+)?(?:global\s+|wider\s+|broader\s+)?{A}",
    ),
    "es": (
        r"{B},?\s+(?:que\s+)?(?:(?:es|era|ahora|hoy|actualmente)\s+)*propiedad\s+(?:\w+\s+){0,2}?de\s+(?:la\s+|el\s+|l)?(?:\w+\s+){0,2}?{A}",
        r"{B},?\s+(?:que\s+(?:es|está)\s+)?(?:controlad|participad)[oa]s?\s+(?:\w+\s+){0,2}?por\s+(?:la\s+|el\s+)?(?:\w+\s+){0,2}?{A}",
        r"{B},?\s+(?:que\s+)?(?:(?:es|forma)\s+)?parte\s+del\s+(?:grupo|holding|conglomerado)\s+(?:\w+\s+)?{A}",
        r"{B}\s+es\s+(?:una\s+empresa|una\s+compañía|una\s+firma|una\s+sociedad)\s+del\s+grupo\s+(?:\w+\s+)?{A}",
    ),
    "fr": (
        r"{B},?\s+(?:qui\s+est\s+)?(?:propriété|détenue?s?|contrôlée?s?)\s+(?:[\w%]+\s+){0,3}?(?:de|par)\s+(?:la\s+|le\s+)?(?:\w+\s+){0,2}?{A}",
    ),
}
_LIST = re.compile(r"\s*(?:,|,?\s(?:and|y|e|et|&))\s+(?:(?:the|la|el|le|de|d['’])\s+)?")
_AND = re.compile(r"\b(?:and|y|e|et)\b|&")
_IS_PLURAL = re.compile(r"\b(?:are|were|both|son|eran|fueron|sont|étaient|ambas|ambos)\b")
_DEFUNCT = re.compile(r"\b(?:former|ex|antigu[oa]|exfilial|ancien(?:ne)?|formerly)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Pattern:
    name: str
    relation: str
    regex: re.Pattern[str]


_SLOT = "\x00{}\x00"


@lru_cache(maxsize=8)
def _patterns(lang: str) -> tuple[_Pattern, ...]:
    """The compiled patterns of a language; A is the holder, B what is named by the relation."""
    glue = _GLUE[lang]
    a, b = r"(?P<a>§\d+§)", r"(?P<b>§\d+§)"
    found: list[_Pattern] = []
    for relation, nouns in lexicon(lang).relations.items():
        noun = rf"\b(?P<n>{nouns})"
        found += [
            _Pattern(
                "appos", relation, _regex(rf"{b}\s*[,(—–-]\s*{glue['the']}{glue['adj']}{noun}{glue['of']}{a}")
            ),
            _Pattern(
                "is", relation, _regex(rf"{b}{glue['be']}{glue['the']}{glue['adj']}{noun}{glue['of']}{a}")
            ),
            _Pattern("its", relation, _regex(rf"{glue['its']}{glue['adj']}{noun}(?:\s*,?\s*(?:\w+\s+)?|\s+(?:de|para|en|for|in|of|dans|pour)\s+[^§,.;]{{3,40}},\s+){b}")),
        ]
        if relation in ("rival", "partner"):
            group = rf"{a}{glue['and']}{b}"
            be = _PLURAL_BE[lang]
            found.append(_Pattern("are", relation, _regex(rf"{group}{be}{glue['adj']}{noun}\b(?!\s+(?:of|de|in|to)\b)")))
            found.append(_Pattern("are", relation, _regex(rf"\b{glue['adj']}{noun}\s+{group}")))
        found.append(_Pattern("is", relation, _regex(rf"{noun}{glue['of']}{a}{glue['be']}{glue['the']}{b}")))
        if lang == "en":
            found.append(_Pattern("poss", relation, _regex(rf"{a}['’]s?\s+{glue['adj']}{noun},?\s+{b}")))
            found.append(
                _Pattern("poss", relation, _regex(rf"{b}{glue['be']}{a}['’]s?\s+{glue['adj']}{noun}"))
            )
            found.append(_Pattern("poss", relation, _regex(rf"{b},\s+{a}['’]s?\s+{glue['adj']}{noun}")))
            found.append(
                _Pattern("of_name", relation, _regex(rf"{a}\s+(?:subsidiary|unit|rival)\s+{b}"))
                if relation in ("subsidiary", "rival")
                else found[-1]
            )
        else:
            found.append(_Pattern("of_name", relation, _regex(rf"{noun}{glue['of']}{a},\s+{b}")))
    found += [
        _Pattern("owned", "subsidiary", _regex(p.replace("{A}", a).replace("{B}", b))) for p in _OWNED[lang]
    ]
    return tuple(found)


def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def match_relations(masked: Masked, lang: str, subject: str | None = None) -> list[Candidate]:
    """Every tie that a relational noun tells; `subject` is the company that the sentence before spoke of."""
    words = lexicon(lang)
    if not any(
        re.search(rf"\b(?:{n})\b", masked.text, re.IGNORECASE) for n in words.relations.values()
    ) and not re.search(
        r"owned|controlled|backed|propiedad|controlad|participad|parte|part|member|grupo|détenu|contrôlé",
        masked.text,
    ):
        return []
    coded, places = _coded(masked)
    found: list[Candidate] = []
    for pattern in _patterns(lang):
        for match in pattern.regex.finditer(coded):
            found += _candidates(pattern, match, masked, coded, places, words, subject)
    return found


def _coded(masked: Masked) -> tuple[str, list[int]]:
    """The masked text with slots as §n§, and for each of its characters the place in the masked text."""
    out: list[str] = []
    places: list[int] = []
    at = 0
    for n, slot in enumerate(masked.slots):
        if slot.authority:
            continue
        out.append(masked.text[at : slot.start])
        places += range(at, slot.start)
        code = f"§{n}§"
        out.append(code)
        places += [slot.start] * len(code)
        at = slot.end
    out.append(masked.text[at:])
    places += range(at, len(masked.text) + 1)
    return "".join(out), places


def _candidates(
    pattern: _Pattern,
    match: re.Match[str],
    masked: Masked,
    coded: str,
    places: list[int],
    words: Lexicon,
    subject: str | None,
) -> Iterator[Candidate]:
    target = _slot(masked, match.group("b"))
    plural = _IS_PLURAL.search(match.group()) is not None
    targets = _group(masked, target) if plural and pattern.name in ("is", "owned") else target.companies
    if pattern.name == "its":
        holder = _owner_before(masked, coded, match.start(), target, subject)
    else:
        holder = _slot(masked, match.group("a"))
    if holder is None:
        return
    many = pattern.relation in ("rival", "supplier", "customer", "partner") and pattern.name in ("appos", "is")
    holders = _group(masked, holder) if many else holder.companies
    kind, holder_first = _KINDS[pattern.relation]
    status = settle_text(coded, match.start(), match.end(), words)
    if status is None:
        return
    if kind is TieKind.OWNERSHIP and _DEFUNCT.search(match.group()):
        status = Status.ENDED
    confidence = _CONFIDENCE[pattern.name]
    if MentionKind.ROLE in (target.kind, holder.kind):
        confidence *= 0.93
    at = places[match.start("n")] if "n" in match.groupdict() else places[match.start()]
    for a in holders:
        for b in targets:
            if a == b or b in holders:
                continue
            source, goal = (a, b) if holder_first else (b, a)
            yield Candidate(
                kind=kind,
                source=source,
                target=goal,
                status=status,
                confidence=round(confidence, 3),
                rule=f"{words.lang}.{pattern.relation}.{pattern.name}",
                sentence=masked.span,
                trigger=masked.origin(at),
                near=(masked.origin(places[match.start()]), masked.origin(places[match.end() - 1])),
            )


def _slot(masked: Masked, code: str) -> Slot:
    return masked.slots[int(code.strip("§"))]


def _group(masked: Masked, slot: Slot) -> tuple[str, ...]:
    """The companies that stand in one list with a slot."""
    slots = [s for s in masked.slots if not s.authority]
    at = slots.index(slot)
    first = last = at
    while first > 0 and _LIST.fullmatch(masked.text[slots[first - 1].end : slots[first].start]):
        first -= 1
    while last + 1 < len(slots) and _LIST.fullmatch(masked.text[slots[last].end : slots[last + 1].start]):
        last += 1
    joints = [masked.text[slots[i].end : slots[i + 1].start] for i in range(first, last)]
    if not any(_AND.search(joint) for joint in joints):
        return slot.companies
    return tuple(dict.fromkeys(c for s in slots[first : last + 1] for c in s.companies))


def _owner_before(masked: Masked, coded: str, at: int, other: Slot, subject: str | None) -> Slot | None:
    """Whose "its" it is: the only other company before it in the sentence, or the last sentence's."""
    if "§" not in coded[:at] and subject is not None and subject not in other.companies:
        return replace(other, companies=(subject,))
    before = [masked.slots[int(n)] for n in re.findall(r"§(\d+)§", coded[:at])]
    companies = {s.companies for s in before if s.companies != other.companies}
    return next((s for s in before if s.companies != other.companies), None) if len(companies) == 1 else None
