"""The surface patterns of relational nouns ("Y, filial de X"), per language.

A is the holder ("of X"), B the company that the noun speaks of, N the noun. A sentence is matched with its
companies written as §n§.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.extraction.frames import lexicon


@dataclass(frozen=True, slots=True)
class RelationPattern:
    """One compiled pattern; `name` tells the construction, `relation` which nouns it takes."""

    name: str
    relation: str
    regex: re.Pattern[str]


CONFIDENCE: Mapping[str, float] = {
    "appos": 0.85,  # "Y, filial de X"
    "is": 0.86,  # "Y es filial de X"
    "name": 0.8,  # "la filial de X, Y"
    "poss": 0.84,  # "X's unit Y"
    "its": 0.72,  # "su filial Y"
    "through": 0.84,  # "X, through its unit Y"
    "are": 0.85,  # "X and Y are rivals"
    "owned": 0.87,  # "Y, owned by X"
}
# Which prepositions each noun takes in English: a supplier TO Y, but a supplier OF chips.
_ENGLISH_OF = {
    "subsidiary": "of",
    "parent": "of",
    "rival": "of|to",
    "partner": "of|with|to",
    "supplier": "to|for",
    "customer": "of",
    "investor": "in|of",
    "lender": "to|of",
}
_GLUE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "and": r"\s+(?:and|&)\s+(?:the\s+)?",
        "the": r"(?:(?:an?|the|one\s+of(?:\s+(?:the|its))?|another|its|now)\s+)?",
        "of": r"\s+(?:OF)\s+(?:the\s+)?"
        r"(?:(?:funds?|entities|affiliates|vehicles)\s+(?:[\w/]+\s+){0,4}?(?:by|of)\s+)?"
        r"(?:[A-Za-z-]+-based\s+|global\s+|parent\s+company\s+)*",
        "be": r",?\s+(?:(?:also|now|still)\s+)?(?:is|was|are|were|remains|became|becomes|being|as)"
        r"(?:\s+(?:now|also|currently|then))?\s+"
        r"(?:an?\s+(?:[\w-]+\s+){1,3}?and\s+)?",
        "are": r",?\s+(?:are|were|became|remain|have\s+become)\s+(?:now\s+|also\s+)?(?:the\s+)?",
        "adj": r"(?:(?!(?:and|or|of|in|to|that|which|who|where|whereby|with|through|via|for|by|from|as)\b)"
        r"[\w’'-]+,?\s+){0,5}?",
        "its": r"\b(?:its|their)\s+",
        "name": r"(?:\s*,?\s*(?:\w+\s+)?|\s+(?:for|in)\s+[^§,.;]{3,40},\s+)",
        "by": r"\s+by\s+(?:[\w-]+\s+){0,4}?"
        r"(?:(?:funds?|entities|affiliates|vehicles|companies)\s+(?:[\w/]+\s+){0,4}?by\s+)?",
    },
    "es": {
        "and": r"\s+(?:y|e)\s+(?:la\s+|el\s+)?",
        "the": r"(?:(?:una?|la|el|las|los|un[oa]\s+de(?:\s+l[ao]s)?|otr[oa]|hoy|parte\s+del?(?:\s+la)?)\s+)?",
        "of": r"(?:\s+(?!y\b|que\b|en\b|a\b|con\b)[\w-]+){0,3}?\s+(?:del?|a)\s+"
        r"(?:la\s+|el\s+|(?:grupo|gigante|empresa|compañía|firma)\s+(?:\w+\s+)?)?",
        "be": r",?\s+(?:(?:también|ya|además|aún|hoy)\s+)?(?:es|era|fue|son|como)\s+"
        r"(?:(?:hoy|ahora|también)\s+)?",
        "are": r",?\s+(?:son|eran|fueron|siguen\s+siendo)\s+(?:ahora\s+|hoy\s+)?(?:l[ao]s\s+)?",
        "adj": r"(?:(?!y\b|o\b|de\b|del\b|que\b|en\b|a\b|con\b)[\w-]+\s+){0,2}?",
        "its": r"\bsus?\s+",
        "name": r"(?:\s*,?\s*(?:\w+\s+)?|\s+(?:de|para|en)\s+[^§,.;]{3,40},\s+)",
        "by": r"\s+(?:\w+\s+){0,2}?por\s+(?:la\s+|el\s+)?(?:\w+\s+){0,2}?",
    },
    "fr": {
        "and": r"\s+et\s+(?:la\s+|le\s+|l['’])?",
        "the": r"(?:(?:une?|la|le|les|l['’]|l['’]une?\s+des|désormais)\s*)?",
        "of": r"(?:\s+(?!et\b|qui\b|que\b|dans\b|avec\b)[\w-]+){0,3}?\s+(?:du\s+|de\s+|d['’]|à\s+)"
        r"(?:la\s+|le\s+|l['’])?(?:ex-)?(?:(?:groupe|géant|société)\s+(?:\w+\s+)?)?",
        "be": r",?\s+(?:est|était|fut|sont|comme)\s+(?:(?:aussi|désormais)\s+)?",
        "are": r",?\s+(?:sont|étaient|restent)\s+(?:désormais\s+)?(?:les?\s+|des\s+)?",
        "adj": r"(?:(?!et\b|ou\b|de\b|qui\b|que\b|à\b)[\w-]+\s+){0,2}?",
        "its": r"\b(?:sa|son|ses|leurs?)\s+",
        "name": r"(?:\s*,?\s*(?:\w+\s+)?|\s+(?:dans|pour)\s+[^§,.;]{3,40},\s+)",
        "by": r"\s+(?:[\w%]+\s+){0,3}?par\s+(?:la\s+|le\s+)?(?:\w+\s+){0,2}?",
    },
}
# (name, template) for every relation; "<x>" is a piece of glue.
_EVERYWHERE = (
    ("appos", r"<B>\s*[,(—–-]\s*<the><adj><N><of><A>"),
    ("is", r"<B><be><the><adj><N><of><A>"),
    ("is", r"<N><of><A><be><the><B>"),
    ("its", r"<its><adj><N><name><B>"),
    ("its", r"<its><adj><N>(?:s|es),?\s+<B>"),
)
_LOCAL: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("poss", r"<A>['’]s?\s+<adj><N>,?\s+<B>"),
        ("poss", r"<B><be><A>['’]s?\s+<adj><N>"),
        ("poss", r"<B>,\s+<A>['’]s?\s+<adj><N>"),
        ("poss", r"<B>,\s+the\s+<A>\s+(?:[\w-]+\s+)?<N>"),
        ("through", r"<A>,?\s+(?:through|via)\s+(?:its|an?|their|the)\s+<adj><N>,?\s+<B>"),
        ("poss", r"<A>['’]s?\s+<B>\s+<N>"),
        ("its", r"<its><B>\s+<N>"),
    ),
    "es": (("name", r"<N><of><A>,\s+<B>"),),
    "fr": (("name", r"<N><of><A>,\s+<B>"),),
}
_PLURAL = (("are", r"<A><and><B><are><adj><N>\b(?!\s+(?:of|de|to)\b)"), ("are", r"\b<adj><N>\s+<A><and><B>"))
_OWNED: Mapping[str, tuple[str, ...]] = {
    "en": (
        r"<B>,?\s+(?:which\s+|that\s+)?(?:(?:is|was|are|itself|ultimately|currently|indirectly|majority|wholly|fully|"
        r"now|also|jointly|\d+%|and|controlled|partly)[\s-]+){0,5}?(?:owned|controlled|\d+%\s+held|wholly\s+held)"
        r"(?:\s+and\s+controlled)?<by><A>",
        r"<A>(?:['’]s?)?[\s-]+(?:owned|controlled)\s+<B>",
        r"<B>,?\s+(?:is|was)\s+(?:(?:now|also|currently|a)\s+)?(?:part|member)\s+of\s+(?:the\s+)?(?:global\s+|wider\s+)?<A>",
    ),
    "es": (
        r"<B>,?\s+(?:(?:la|el)\s+(?:\w+\s+){1,2}?)?(?:que\s+)?(?:(?:es|era|ahora|hoy|actualmente)\s+)*propiedad\s+(?:\w+\s+){0,2}?del?\s+(?:la\s+|el\s+)?"
        r"(?:\w+\s+){0,2}?<A>",
        r"<B>,?\s+(?:que\s+(?:es|está)\s+)?controlad[oa]s?<by><A>",
        r"<B>,?\s+(?:que\s+)?(?:(?:es|forma)\s+)?parte\s+del\s+(?:grupo|holding|conglomerado)\s+(?:\w+\s+)?<A>",
        r"<B>\s+es\s+una\s+(?:empresa|compañía|firma|sociedad)\s+del\s+grupo\s+(?:\w+\s+)?<A>",
    ),
    "fr": (
        r"<B>,?\s+(?:qui\s+est\s+)?(?:propriété\s+(?:\w+\s+)?(?:de\s+|d['’]|du\s+)(?:la\s+|le\s+)?|(?:détenue?s?|contrôlée?s?)<by>)"
        r"(?:\w+\s+){0,2}?<A>",
    ),
}


@lru_cache(maxsize=8)
def relation_patterns(lang: str) -> tuple[RelationPattern, ...]:
    """The compiled patterns of a language."""
    found: list[RelationPattern] = []
    for relation, nouns in lexicon(lang).relations.items():
        glue = dict(_GLUE[lang])
        glue["of"] = glue["of"].replace("OF", _ENGLISH_OF[relation])
        templates = _EVERYWHERE + _LOCAL[lang] + (_PLURAL if relation in ("rival", "partner") else ())
        found += [RelationPattern(n, relation, _compile(t, glue, nouns)) for n, t in templates]
    glue = dict(_GLUE[lang])
    found += [RelationPattern("owned", "subsidiary", _compile(t, glue, "")) for t in _OWNED[lang]]
    return tuple(found)


def _compile(template: str, glue: Mapping[str, str], nouns: str) -> re.Pattern[str]:
    pieces = {**glue, "A": r"(?P<a>§\d+§)", "B": r"(?P<b>§\d+§)", "N": rf"\b(?P<n>{nouns})"}
    return re.compile(re.sub(r"<(\w+)>", lambda m: pieces[m.group(1)], template), re.IGNORECASE)
