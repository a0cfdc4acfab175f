"""The surface patterns of shareholder lists, rounds, shares and sales, per language.

A is who holds, invests or buys, B the company held, C the seller; AS is a list of companies. A sentence
is matched with its companies written as §n§, and never across a full stop.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.extraction.shares import ANY_SHARE, SHARE_NUMBER, SHARE_SIGN
from bot.values import TieKind


@dataclass(frozen=True, slots=True)
class HoldingPattern:
    """One compiled pattern; without a group "b" the company held is the round's or the last one spoken of."""

    name: str
    kind: TieKind
    confidence: float
    regex: re.Pattern[str]


# The share of one in a list of holders: "X, con un 51%, e Y" (one in brackets is known of its slot).
_BESIDE = r",?\s+(?:con|with|avec)\s+(?:(?:el|una?|an?|le)\s+)?"
OWN_SHARE = rf"{_BESIDE}(?P<share>{SHARE_NUMBER})(?:{SHARE_SIGN}|(?=\s*[,;.)]|\s+y\s))"
_STOP = (
    "and|by|with|from|to|for|as|whose|which|that|who|was|is|said|y|e|que|por|con|para|cuyo|cuya|fue|es|"
    "et|qui|par|avec|pour|dont|a|en|in|dans"
)
_MORE: Mapping[str, str] = {
    "en": "and|as well as|along with|alongside",
    "es": "y|e|así como|además de",
    "fr": "et|ainsi que|aux côtés",
}
_HOLDERS: Mapping[str, str] = {
    "en": r"(?:investors|backers|shareholders|stockholders)",
    "es": r"(?:accionistas|inversores|inversionistas)",
    "fr": r"(?:actionnaires|investisseurs)",
}
_ADJECTIVES = r"(?:(?!and\b|y\b|et\b|of\b|de\b)[\w’'-]+\s+){0,4}?"
_GAP = r"[^§.;:?]"
_JOINS = re.compile(r"particip|joined|apoyo")  # beside others: the sum is not theirs alone
_I, _A, _O = TieKind.INVESTMENT, TieKind.ACQUISITION, TieKind.OWNERSHIP

_LISTS: Mapping[str, tuple[str, ...]] = {
    "en": (
        r"<B>['’]s?\s+<adj><H>(?:,?\s+(?:including|among\s+them|such\s+as)|\s+(?:include[sd]?|are))\s+<AS>",
        r"<B>,\s+whose\s+<adj><H>\s+(?:include|are)\s+<AS>",
        r"\b<H>\s+(?:in|of)\s+<B>,?\s+(?:include[sd]?|are|including|such\s+as|among\s+them)\s+<AS>",
        r"<B>\s+counts\s+<AS>\s+(?:among|as)\s+(?:its\s+)?<adj><H>",
        r"\b(?:its|whose|the\s+(?:company|startup|start-up|firm|group)['’]s)\s+<adj><H>"
        r"\s+(?:include|are)\s+<AS>",
        r"<AS>,\s+(?:both\s+)?(?:one\s+of|among)\s+<B>['’]s?\s+<adj><H>",
        r"<AS>\s+(?:jointly\s+own|co-own)s?\s+<B>",
    ),
    "es": (
        r"<B><gap>{0,50}\b(?:tiene|tienen|cuenta|cuentan)\s+(?:entre|como|con)\s+(?:sus\s+)?<adj><H>\s+"
        r"(?:(?:principales|de\s+referencia)\s+)?(?:(?:a|con|como)\s+)?<AS>",
        r"\bentre\s+(?:los|sus)\s+<adj><H>\s+(?:de\s+(?:la\s+)?<B>\s+)?(?:figuran?|están?|se"
        r"\s+encuentran?|destacan?|se\s+cuentan?)\s+<AS>",
        r"\b<H>\s+de\s+(?:la\s+)?<B>,?\s+(?:entre\s+(?:ellos|los\s+que\s+\w+)|como|son|incluyen)\s+<AS>",
        r"<B>,\s+cuy[oa]s\s+<adj><H>\s+(?:son|incluyen)\s+<AS>",
        r"\bsus\s+<adj><H>\s+(?:son|incluyen|figuran)\s+<AS>",
        r"<B>,?\s+(?:que\s+está\s+|está\s+)?participad[oa]s?\s+(?!mayoritariamente)(?:\w+\s+){0,3}?por\s+<AS>",
        r"\b(?:capital|accionariado)\s+de\s+(?:la\s+)?<B>\s+(?:se\s+(?:reparte|divide|distribuye)|está\s+repartido)"
        r"\s+entre\s+<AS>",
        r"<AS>\s+(?:son|eran)\s+(?:copropietari[oa]s|soci[oa]s\s+accionistas)\s+de\s+<B>",
    ),
    "fr": (
        r"<B>,\s+dont\s+les\s+<adj><H>\s+(?:sont|comptent|incluent)\s+<AS>",
        r"\bparmi\s+(?:les|ses)\s+<adj><H>\s+(?:(?:de\s+|d['’])<B>\s+)?(?:figurent?|on"
        r"\s+(?:trouve|compte)|se\s+trouvent?)\s+<AS>",
        r"<B>\s+compte\s+(?:parmi|comme)\s+ses\s+<adj><H>\s+<AS>",
        r"<B>\s+compte\s+<AS>\s+(?:parmi|au\s+nombre\s+de)\s+ses\s+<adj><H>",
        r"\b<H>\s+(?:de\s+|d['’])<B>,?\s+(?:dont|comme|tels\s+que|parmi\s+lesquels|sont)\s+<AS>",
        r"\bses\s+<adj><H>\s+(?:sont|comptent)\s+<AS>",
        r"<AS>\s+(?:sont|étaient)\s+copropriétaires\s+(?:de\s+|d['’])<B>",
    ),
}
# Who takes part in a round; the company that raises it is found apart.
_ROUNDS: Mapping[str, tuple[str, ...]] = {
    "en": (
        r"\b(?:round|series\s+\w|financing|funding)\b<gap>{0,50}?\b(?:(?:co-)?led|anchored)"
        r"\s+(?:\w+\s+)?by\s+<AS>",
        r"\b(?:participation|contributions|backing|investments?|money)\s+(?:also\s+)?(?:came"
        r"\s+)?(?:from|of|by)\s+<AS>",
        r"\b(?:round|led)\b<gap>{0,60}?\bjoined\s+by\s+<AS>",
        r"<AS>,?\s+(?:(?:also|all|both|have|has)\s+)*(?:participat\w+|took\s+part|joined"
        r"\s+the\s+round|also\s+joined|invested\s+in\s+the\s+round)\b",
        r"\braised\b<gap>{2,60}?\bfrom\s+<AS>",
    ),
    "es": (
        r"\b(?:ronda|serie|ampliación)\b<gap>{0,70}?\b(?:co)?(?:lidera|encabeza)d[oa]\s+por\s+<AS>",
        r"\b(?:participación|apoyo|respaldo)\s+de\s+<AS>",
        r"\bparticipar?on\s+(?:también\s+)?<AS>",
        r"<AS>\s+(?:también\s+)?(?:han\s+participado|participó|participaron|lideró|lideraron)\b",
    ),
    "fr": (
        r"\b(?:levée|tour|augmentation|série)\b<gap>{0,70}?\b(?:co)?(?:mené|dirigé|emmené"
        r"|piloté)e?\s+par\s+<AS>",
        r"\bparticipation\s+(?:de\s+|d['’]|du\s+)<AS>",
        r"\bauprès\s+(?:de\s+|d['’]|du\s+)<AS>",
        r"<AS>\s+(?:ont|a)\s+(?:également\s+|aussi\s+)?(?:participé|investi)\b",
    ),
}
# What a sentence must say for the patterns above to speak of a round, and who raises it.
ROUND_WORD: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?:funding|financing|investment|seed|series\s+\w+|\w*billion|\w*million)"
        r"\s+(?:\w+\s+){0,3}?round|round|series\s+[a-h])\b",
        re.I,
    ),
    "es": re.compile(r"\b(?:ronda|serie\s+[a-h]|ampliación\s+de\s+capital)\b", re.I),
    "fr": re.compile(
        r"\b(?:levée\s+de\s+fonds|tour\s+(?:de\s+table|est|a|mené|piloté)|série\s+[a-h]|augmentation\s+de\s+capital|"
        r"(?:a|ont)\s+levé|lève|lèvent)\b",
        re.I,
    ),
}
_RAISERS: Mapping[str, tuple[str, ...]] = {
    "en": (
        r"<B>,?\s+<gap>{0,140}?\b(?:raised|raises|raising|closed|closes|secured|secures"
        r"|completed|landed|announced|bagged)\b",
        r"<B>['’]s?\s+(?:[\w$.-]+\s+){0,6}?(?:round|series)\b",
        r"\b(?:round|series\s+\w)\s+(?:in|for|of)\s+(?:[\w-]+\s+){0,3}?<B>",
    ),
    "es": (
        r"<B>,?\s+<gap>{0,140}?\b(?:levantó|ha\s+levantado|recaudó|ha\s+recaudado|captó|ha"
        r"\s+captado|cerró|ha\s+cerrado|completó|consiguió|obtuvo)\b",
        r"\b(?:ronda|serie\s+\w|ampliación)\s+(?:<gap>{0,40}?\s)?(?:de|en)\s+(?:la\s+|l"
        r"\s+)?(?:\w+\s+){0,2}?<B>",
    ),
    "fr": (
        r"<B>,?\s+<gap>{0,140}?\b(?:a\s+levé|lève|a\s+bouclé|boucle|a\s+réalisé|a\s+annoncé|annonce)\b",
        r"\b(?:levée\s+de\s+fonds|tour\s+de\s+table|augmentation\s+de\s+capital)\s+(?:de\s+|d['’]|du\s+)<B>",
    ),
}
_ENTRIES: Mapping[str, tuple[str, ...]] = {
    "en": (),
    "es": (
        r"<A><gap>{0,80}?\b(?P<v>(?:ha\s+|han\s+|había\s+)?(?:entr|irrump|desembarc)\w+)"
        r"\s+(?:\w+\s+){0,2}?(?:en\s+el|al)\s+"
        r"(?:capital|accionariado)\s+(?:social\s+)?de(?:\s+la|l)?\s+(?:\w+\s+){0,2}?<B>",
    ),
    "fr": (
        r"<A><gap>{0,80}?\b(?P<v>(?:est\s+|était\s+)?r?entr\w+)\s+(?:\w+\s+){0,2}?au\s+capital"
        r"\s+(?:de\s+la\s+|de\s+|d['’]|du\s+)"
        r"(?:\w+\s+){0,2}?<B>",
    ),
}
_SOLD: Mapping[str, str] = {
    "en": r"<C>,?\s+<gap>{0,40}?\b(?:sold|divested|offloaded)\s+(?!to\b)<what><B>,?\s+to\s+<det><A>",
    "es": r"<C>,?\s+<gap>{0,40}?\b(?:vendió|ha\s+vendido|había\s+vendido|traspasó|cedió)"
    r"\s+(?!a\b)<what><B>,?\s+a(?:l|\s+la|\s+los)?\s+<det><A>",
    "fr": r"<C>,?\s+<gap>{0,40}?\b(?:a|avait|ont)\s+(?:\w+\s+)?(?:vendu|cédé|revendu)"
    r"\s+(?!à\b)<what><B>,?\s+(?:à\s+la|à|au)\s+<det><A>",
}
_BOUGHT: Mapping[str, str] = {
    "en": r"(?!)",
    "es": r"<A>,?\s+<gap>{0,60}?\b(?:compró|ha\s+comprado|adquirió|ha\s+adquirido)\s+<what><B>"
    r"\s+a(?:l|\s+la)?\s+<det><C>",
    "fr": r"<A>,?\s+<gap>{0,60}?\b(?:a|avait|ont)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:racheté|acquis|acheté|repris|arraché)\s+<what><B>\s+(?:à(?:\s+la)?|au|auprès\s+(?:de(?:\s+la)?|du|d['’]))\s*<det><C>",
}
HOLDS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:holds?|owns?|controls?|held|owned|has|have|holding|owning)\b", re.I),
    "es": re.compile(
        r"\b(?:pose[ea]n?|posee|tienen?|controlan?|ostentan?|mantienen?|poseía|tenía"
        r"|controlaba|es\s+dueñ[oa])\b",
        re.I,
    ),
    "fr": re.compile(
        r"\b(?:déti(?:e|en)nent|détient|détenait|possède(?:nt)?|possédait|contrôle(?:nt)?|détenant)\b", re.I
    ),
}
_HELD: Mapping[str, str] = {
    "en": rf"(?:\s+[\w-]+){{0,3}}?\s+{ANY_SHARE}(?:\s+(?:[\w-]+\s+)?(?:stake|interest|holding"
    rf"|shareholding|equity)\s+in|\s+of(?:\s+the\s+(?:shares|capital|equity)\s+(?:of"
    rf"|in))?)\s+<own>§\d+§",
    "es": rf"(?:\s+[\w-]+){{0,4}}?\s+{ANY_SHARE}(?:\s+(?:del\s+(?:capital|accionariado)|de\s+las"
    rf"\s+acciones|de\s+participación))?\s+(?:de|del|en)\s+<own>§\d+§",
    "fr": rf"(?:\s+[\w-]+){{0,4}}?\s+{ANY_SHARE}(?:\s+(?:du\s+capital|des\s+(?:parts|actions)))?"
    rf"\s+(?:de\s+|du\s+|dans\s+|d['’])<own>§\d+§",
}


# The further members of a chain of shares, whose sign may be left out: "el 49% de X y el 20 de Y".
_HELD_MORE: Mapping[str, str] = {
    **_HELD,
    "es": rf"(?:{_HELD['es']}|\s+(?:el|un|otro)\s+{SHARE_NUMBER}(?:{SHARE_SIGN})?"
    r"\s+(?:de|del|en)\s+<own>§\d+§)",
}


@lru_cache(maxsize=8)
def holding_patterns(lang: str) -> tuple[HoldingPattern, ...]:
    """The patterns of a language that tell investors, owners, buyers and sellers."""
    made = [HoldingPattern("holders", _I, 0.8, _compile(t, lang)) for t in _LISTS[lang]]
    made += [
        HoldingPattern("joined" if _JOINS.search(t) else "round", _I, 0.8, _compile(t, lang))
        for t in _ROUNDS[lang]
    ]
    made += [HoldingPattern("entry", _I, 0.8, _compile(t, lang)) for t in _ENTRIES[lang]]
    made.append(HoldingPattern("sold", _A, 0.8, _compile(_SOLD[lang], lang)))
    made.append(HoldingPattern("bought", _A, 0.78, _compile(_BOUGHT[lang], lang)))
    verb = HOLDS[lang].pattern
    held = (
        rf"<AS>(?:,[^§.;,]{{3,60}},)?(?:,?\s+(?:which|who|that|que|qui|quien))?(?:\s+(?!no\b"
        rf"|not\b|ne\b)[\w-]+){{0,2}}?\s+{verb}"
        rf"(?P<chain>{_HELD[lang]}(?:(?:,|,?\s+(?:and|y|et)\b){_HELD_MORE[lang]})*)"
    )
    made.append(HoldingPattern("held", _O, 0.8, _compile(held, lang)))
    return tuple(made)


@lru_cache(maxsize=8)
def raiser_patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    """Who raises the round that a sentence tells of."""
    return tuple(_compile(t, lang) for t in _RAISERS[lang])


def _compile(template: str, lang: str) -> re.Pattern[str]:
    word = rf"(?:(?!(?:{_STOP})\b)[\w.’'&-]+\s+)"
    told = rf",\s+{word}{{0,4}}(?!(?:{_STOP})\b)[\w.’'-]+(?=,|\s+(?:{_MORE[lang]})\b)"
    aside = rf"(?:{told}|{OWN_SHARE.replace('?P<share>', '?:')})"
    joint = (
        rf"{aside}{{0,2}}(?:,?\s+(?:{_MORE[lang]})\s+|,\s+)(?:(?:a|de|of|by|por|par)\s+|d['’])?{word}{{0,4}}?"
    )
    many = rf"§\d+§(?:{joint}§\d+§){{0,12}}"
    det = rf"{word}{{0,4}}?"
    when = r"(?:(?:en|in|last|ce|este|esta|l['’]an)\s+\w+\s+)?"
    part = r"[^§.;,]{0,40}?(?:%|stake|interest|shares|participaci\w+|acciones|parts?)\s[^§.;,]{0,20}?"
    what = rf"(?P<what>{when}(?:{part}|{word}{{0,5}}?(?:[\w'’-]+,\s+)?))"
    pieces = {
        "A": r"(?P<a>§\d+§)",
        "B": r"(?P<b>§\d+§)",
        "C": r"(?P<c>§\d+§)",
        "AS": rf"{det}(?P<a>{many})(?!['’])",
        "H": _HOLDERS[lang],
        "adj": _ADJECTIVES,
        "gap": _GAP,
        "det": det,
        "what": what,
        "own": rf"{word}{{0,2}}?",
    }
    return re.compile(
        re.sub(r"<(\w+)>", lambda m: pieces.get(m.group(1), m.group()), template), re.IGNORECASE
    )
