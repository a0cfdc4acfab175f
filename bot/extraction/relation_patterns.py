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
    "after": 0.74,  # "Y, its unit"
    "through": 0.84,  # "X, through its unit Y"
    "are": 0.85,  # "X and Y are rivals"
    "owned": 0.87,  # "Y, owned by X"
    "origin": 0.78,  # "Y, of Spain's X"
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
        r"(?:[A-Za-z-]+-based\s+|global\s+|parent\s+company\s+)*<words>",
        "be": r",?\s+(?:(?:also|now|still)\s+)?(?:is|was|are|were|remains|became|becomes|being|as)"
        r"(?:\s+(?:now|also|currently|then))?\s+"
        r"(?:an?\s+(?:[\w-]+\s+){1,3}?and\s+)?",
        "are": r",?\s+(?:are|were|became|remain|have\s+become)\s+(?:now\s+|also\s+)?(?:the\s+)?",
        "adj": r"(?:(?!(?:and|or|of|in|to|that|which|who|whose|where|whereby|with|through|via|for|by|from|as|"
        r"its|is|was|are|were)\b)"
        r"[\w’'-]+,?\s+){0,5}?",
        "its": r"\b(?:its|their)\s+",
        "name": r"(?:\s*,?\s*(?:<word>|(?:is|was|are|were|like)\s+)?|\s+(?:for|in)\s+[^§,.;]{3,40},\s+)",
        "which": r"(?:(?:which|who)\s+(?:is|was)\s+)?",
        "stop": "and|or|but|of|in|to|that|which|who|where|with|through|via|for|by|from|as|its|their|at|on|"
        "off|into|over|together|is|was|are|were|has|had|said|says|after|before",
        "by": r"\s+by\s+(?:[\w-]+\s+){0,4}?"
        r"(?:(?:funds?|entities|affiliates|vehicles|companies)\s+(?:[\w/]+\s+){0,4}?by\s+)?",
    },
    "es": {
        "and": r"\s+(?:y|e)\s+(?:la\s+|el\s+)?",
        "the": r"(?:(?:una?|la|el|las|los|un[oa]\s+de(?:\s+l[ao]s)?|otr[oa]|hoy|parte\s+del?(?:\s+la)?)\s+)?",
        "of": r"(?:\s+(?:al|en\s+un)\s+\d{1,3}(?:[.,]\d+)?\s?(?:%|por\s+ciento))?"
        r"(?:\s+(?!y\b|que\b|en\b|a\b|con\b|son\b|es\b|eran?\b|fue\b|junto\b|frente\b)"
        r"[\w-]+){0,3}?\s+(?:del?|a)\s+(?:la\s+|el\s+)?<words>",
        "be": r",?\s+(?:(?:también|ya|además|aún|hoy)\s+)?(?:es|era|fue|son|como)\s+"
        r"(?:(?:hoy|ahora|también)\s+)?",
        "are": r",?\s+(?:son|eran|fueron|siguen\s+siendo)\s+(?:ahora\s+|hoy\s+)?(?:l[ao]s\s+)?",
        "adj": r"(?:(?!y\b|o\b|de\b|del\b|que\b|en\b|a\b|con\b|sus?\b|cuy[oa]s?\b|es\b|era\b|son\b)"
        r"[\w-]+\s+){0,2}?",
        "its": r"\bsus?\s+",
        "name": r"(?:\s*,?\s*(?:<word>|(?:es|era|son|eran|como)\s+)?|\s+(?:de|para|en)\s+[^§,.;]{3,40},\s+)",
        "which": r"(?:que\s+(?:es|era)\s+)?",
        "stop": "y|e|o|u|pero|que|en|a|al|con|por|para|de|del|desde|entre|hasta|hacia|sobre|tras|sin|su|sus|"
        "se|no|es|era|fue|son|ha|han|como|cuando|mientras",
        "by": r"\s+(?:\w+\s+){0,2}?por\s+(?:la\s+|el\s+)?<words>",
    },
    "fr": {
        "and": r"\s+et\s+(?:la\s+|le\s+|l['’])?",
        "the": r"(?:(?:une?|la|le|les|l['’]|l['’]une?\s+des|désormais)\s*)?",
        "of": r"(?:\s+(?!et\b|qui\b|que\b|dans\b|avec\b|est\b|sont\b|était\b)[\w%-]+){0,3}?\s+"
        r"(?:du\s+|de\s+|d['’]|à\s+)(?:la\s+|le\s+|l['’])?(?:ex-)?<words>",
        "be": r",?\s+(?:est|était|fut|sont|comme)\s+"
        r"(?:(?:aussi|désormais|aujourd['’]hui|également|toujours|encore|donc)\s+)?",
        "are": r",?\s+(?:sont|étaient|restent)\s+(?:désormais\s+)?(?:les?\s+|des\s+)?",
        "adj": r"(?:(?!et\b|ou\b|de\b|qui\b|que\b|dont\b|à\b|sa\b|son\b|ses\b|est\b|sont\b)[\w-]+\s+){0,2}?",
        "its": r"\b(?:sa|son|ses|leurs?)\s+",
        "name": r"(?:\s*(?:<word>|(?:est|était|sont|comme)\s+)?|\s*,\s*(?:<word>)?(?=§\d+§(?:\s*[,.;)–—]|$))|"
        r"\s+(?:dans|pour)\s+[^§,.;]{3,40},\s+)",
        "which": r"(?:qui\s+(?:est|était)\s+)?",
        "stop": "et|ou|mais|qui|que|dont|dans|à|au|aux|avec|par|pour|de|du|des|depuis|entre|chez|sur|sous|"
        "sans|sa|son|ses|se|ne|est|était|sont|a|ont|comme|quand|après",
        "by": r"\s+(?:[\w%]+\s+){0,3}?par\s+(?:la\s+|le\s+)?<words>",
    },
}
# (name, template) for every relation; "<x>" is a piece of glue.
_EVERYWHERE = (
    ("appos", r"<B>\s*[,(—–-]\s*<the><adj><N><of><A>"),
    ("is", r"<B><be><the><adj><N><of><A>"),
    ("is", r"<N><of><A><be><the><B>"),
    ("its", r"<its><adj><N><name><B>"),
    ("after", r"<B>,\s+<which><its><adj><N>(?=\s*[,.;)–—]|\s+(?:with|con|avec)\s+(?:un[ae]?\s+)?\d|$)"),
)
_LOCAL: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("poss", r"<A>['’]s?\s+<adj><N>,?\s+<B>"),
        ("poss", r"<B><be><A>['’]s?\s+<adj><N>"),
        ("poss", r"<B>,\s+<A>['’]s?\s+<adj><N>"),
        ("poss", r"<B>,\s+(?:the|an?)\s+<A>\s+(?:[\w-]+\s+)?<N>"),
        ("through", r"<A>,?\s+(?:through|via)\s+(?:its|an?|their|the)\s+<adj><N>,?\s+<B>"),
        ("poss", r"<A>['’]s?\s+<B>\s+<N>"),
        ("its", r"<its><B>\s+<N>"),
    ),
    "es": (),
    "fr": (),
}
# "La filial de X, Y, ...": a comma or the end after Y, or the next clause's subject is taken for it; what
# stands in a list ("Z, filial de X, Y y W") is none.
_ALONE = r"(?=\s*[,.;)–—]|\s*$)(?!,\s+(?:(?:<det>)?<words>)?§)"
_NAMED: Mapping[str, str] = {
    "en": r"(?<!, )(?<!, the )(?<!, an )(?<!, a )<N>\s+of\s+(?:the\s+)?<words><A>"
    rf"(?:\s+(?:for|in)\s+[^§,.;]{{3,60}})?,\s+(?:the\s+<word>?)?<B>{_ALONE}",
    "es": r"(?<!, )(?<!, la )(?<!, el )(?<!, una )<N>(?:\s+[\w-]+){0,3}?\s+del?\s+(?:la\s+|el\s+)?<words><A>"
    rf"(?:\s+(?:para|en|de)\s+[^§,.;]{{3,60}})?,\s+(?:(?:la|el)\s+<word>?)?<B>{_ALONE}",
    "fr": r"(?<!, )(?<!, la )(?<!, une )<N>(?:\s+[\w-]+){0,3}?\s+(?:de\s+|du\s+|d['’])"
    rf"(?:la\s+|le\s+|l['’])?<words><A>(?:\s+(?:pour|dans|en|de)\s+[^§,.;]{{3,60}})?,\s+(?:(?:la\s+|le\s+|l['’])<word>?)?<B>{_ALONE}",
}
# "Y, a fund for roads and a unit of X"
_BESIDES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (("appos", r"<B>,\s+an?\s+[^§;:.,]{3,110}?\sand\s+<the><adj><N><of><A>"),),
    "es": (("appos", r"<B>,\s+[^§;:.,]{3,110}?\s[ye]\s+<the><adj><N><of><A>"),),
    "fr": (("appos", r"<B>,\s+[^§;:.,]{3,110}?\set\s+<the><adj><N><of><A>"),),
}
_KNOWN_AS = r"(?:(?:grupo|gigante|empresa|compañía|firma|groupe|géant|société|group|giant|\w*maker)\s+)?"
_NAMED_RELATIONS = ("subsidiary", "parent")
_PLURAL = (("are", r"<A><and><B><are>(?!<its>)<adj><N>(?!\s+(?:of|de|to|for)\b)"),)
_OWNED: Mapping[str, tuple[str, ...]] = {
    "en": (
        r"<B>,?\s+(?:which\s+|that\s+)?(?:(?:is|was|are|itself|ultimately|currently|indirectly|majority|wholly|fully|"
        r"now|also|jointly|\d+%|and|controlled|partly)[\s-]+){0,5}?(?:owned|controlled|\d+%\s+held|wholly\s+held)"
        r"(?:\s+and\s+controlled)?<by><A>",
        r"<A>(?:['’]s?)?[\s-]+(?:owned|controlled)\s+<B>",
        r"<B>,?\s+<aside>(?:is|was)\s+(?:(?:now|also|currently|a)\s+)*(?:part|member)\s+of\s+(?:the\s+)?<words><A>",
        r"<B>\s*[,(–—]\s+(?:itself\s+)?(?:an?\s+)?(?:part|member)\s+of\s+(?:the\s+)?<words><A>",
        r"<B>\s*[(–—]\s*(?:the\s+)?<A>\s+group\s*[)–—]",
    ),
    "es": (
        r"<B>,?\s+(?:(?:la|el)\s+(?:\w+\s+){1,2}?)?(?:que\s+)?(?:(?:es|era|ahora|hoy|actualmente)\s+)*propiedad\s+(?:\w+\s+){0,2}?del?\s+(?:la\s+|el\s+)?"
        r"(?:\w+\s+){0,2}?<A>",
        r"<B>,?\s+(?:a\s+su\s+vez\s+)?(?:que\s+(?:es|está)\s+)?controlad[oa]s?<by><A>",
        r"<B>,?\s+<aside>(?:(?:que|también|hoy|ahora)\s+)*(?:(?:es|forma)\s+)?parte\s+del\s+(?:grupo|holding|conglomerado)\s+"
        r"(?:\w+\s+)?<A>",
        r"<B>\s*[,(–—]\s*(?:integrada\s+en\s+el|perteneciente\s+al|miembro\s+del|del|de\s+un)\s+"
        r"(?:grupo|holding|conglomerado|gigante)\s+<words><A>",
        r"<B>\s*[(–—]\s*(?:grupo|holding)\s+<words><A>\s*[)–—]",
        r"<B>\s+es\s+una\s+(?:empresa|compañía|firma|sociedad)\s+del\s+grupo\s+(?:\w+\s+)?<A>",
    ),
    "fr": (
        r"<B>\s*[,(–—]\s*(?:(?:elle|lui)-même\s+)?(?:membre|du|appartenant\s+au|(?:qui\s+)?fait\s+partie\s+du)\s+"
        r"(?:groupe|holding|conglomérat|géant)\s+<words><A>",
        r"<B>,?\s+<aside>(?:fait|faisait)\s+(?:\w+\s+)?partie\s+du\s+(?:groupe|holding|conglomérat|géant)\s+<words><A>",
        r"<B>\s*[(–—]\s*(?:groupe|holding)\s+<words><A>\s*[)–—]",
        r"<B>,?\s+(?:(?:elle|lui)-même\s+)?(?:qui\s+est\s+)?(?:propriété\s+(?:\w+\s+)?(?:de\s+|d['’]|du\s+)(?:la\s+|le\s+)?|(?:détenue?s?(?!\s+à\s+(?:hauteur\s+de\s+)?[1-4]?\d(?:[.,]\d+)?\s?%)|contrôlée?s?)<by>)"
        r"(?:\w+\s+){0,2}?<A>",
    ),
}
# "Movistar, de la española Telefónica": not where "de" goes on with a list that began before.
_ORIGIN: Mapping[str, tuple[str, ...]] = {
    "en": (r"(?<!\bof )<B>,\s+of\s+[A-Z][\w-]+['’]s\s+<A>(?=\s*[,.;)]|$)(?!,?\s+(?:and\s+)?of\b)",),
    "es": (
        r"(?<!\bde )(?<!\bdel )(?<!\bla )<B>,\s+de\s+(?:la|el)\s+"
        r"\w+(?:ol|ola|és|esa|[aá]n|ana|ano|[ií]no|[ií]na|ense|eño|eña|ac[oa]|chin[oa]|suiz[oa]|suec[oa]|rus[oa]|belga|"
        r"grieg[oa]|turc[oa]|chec[oa]|polac[oa]|norueg[oa]|húngar[oa]|vasc[oa]|galleg[oa]|andaluza?|chilen[oa]|"
        r"saudí|israelí|catarí)\s+<A>"
        r"(?=\s*[,.;)]|\s+[a-z]|$)(?!,?\s+(?:y\s+)?de\b)",
    ),
    "fr": (),
}


@lru_cache(maxsize=8)
def relation_patterns(lang: str) -> tuple[RelationPattern, ...]:
    """The compiled patterns of a language."""
    found: list[RelationPattern] = []
    for relation, nouns in lexicon(lang).relations.items():
        glue = dict(_GLUE[lang])
        glue["of"] = glue["of"].replace("OF", _ENGLISH_OF[relation])
        if relation == "supplier":  # of "supplier of power Y" the power is supplied, not Y
            glue["of"] = glue["of"].replace("<words>", _KNOWN_AS)
        templates = _EVERYWHERE + _LOCAL[lang] + (_PLURAL if relation in ("rival", "partner") else ())
        if relation in _NAMED_RELATIONS:
            templates += (("name", _NAMED[lang]), *_BESIDES[lang])
        found += [RelationPattern(n, relation, _compile(t, glue, nouns)) for n, t in templates]
    glue = dict(_GLUE[lang])
    found += [RelationPattern("owned", "subsidiary", _compile(t, glue, "")) for t in _OWNED[lang]]
    found += [RelationPattern("origin", "subsidiary", _compile(t, glue, "")) for t in _ORIGIN[lang]]
    return tuple(found)


def _compile(template: str, glue: Mapping[str, str], nouns: str) -> re.Pattern[str]:
    word = rf"(?:(?!(?:{glue['stop']})\b|\d)[\w-]+(?:[’'.][\w-]*)?\s+)"
    words = {"word": word, "words": f"{word}{{0,3}}?"}
    pieces = {
        **words,
        **{name: _filled(piece, words) for name, piece in glue.items()},
        "aside": r"(?:(?:which|that|que|qui)\s+[^;:?.]{2,90}?,\s+)?",
        "det": r"(?:the|la|el|le|l['’])\s*",
        "A": r"(?P<a>§\d+§)",
        "B": r"(?P<b>§\d+§)",
        "N": rf"\b(?P<n>{nouns})(?:e?s)?\b",
    }
    return re.compile(_filled(template, pieces), re.IGNORECASE)


def _filled(template: str, pieces: Mapping[str, str]) -> str:
    return re.sub(r"<(\w+)>", lambda m: pieces.get(m.group(1), m.group()), template)
