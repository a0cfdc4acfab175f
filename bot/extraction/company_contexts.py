"""What the words around a name say about its being a company: a sum of signs."""

import re
from collections.abc import Sequence

from bot.extraction.company_lines import Word
from bot.extraction.company_symbols import EXCHANGES
from bot.extraction.company_words import CompanyWords

_OF = frozenset("de del of in d' du des from en by au da".split())
_WITH = frozenset("con with avec entre between".split())
_SMALL = frozenset(
    "el la los las le les the l' a an un una une su sus its their al del des au « “ \" ' ‘ y and".split()
)
_MOVES = frozenset(
    """sumo subio bajo cayo gano perdio avanzo cedio retrocedio repunto sube baja cae gana pierde avanza cede
    rose fell gained lost climbed dropped jumped slipped added shed slid surged grimpe gagne perd recule
    avance bondit""".split()
)
_ANALYSTS = frozenset(
    "analyst analysts analista analistas analyste analystes expertos strategist strategists".split()
)
_INDEFINITE = frozenset("a an un una une".split())
_IS = frozenset("is es est was fue son are remains sigue era etait be".split())
_OWNED = frozenset("owned backed controlled".split())
_NEAR, _BEHIND_COMMA = 5, 9  # how many words an apposed noun may stand before its name
_LISTED = re.compile(rf"\(\s*(?:{EXCHANGES})\b[^)]{{0,30}}\)", re.IGNORECASE)


def sign_before(words: Sequence[Word], first: int, lists: CompanyWords) -> float:
    """Weigh what stands before the name at word `first`."""
    at = _back(words, first)
    if at < 0:
        return 0.0
    near = words[first - 1]
    linked = any(words[k].low in ("y", "and") for k in range(at + 1, first))
    # "la Somatem": people have no article, and most places none in news
    score = 0.4 if near.low == "la" and not near.opens else 0.0
    if linked:
        return score
    if words[at].low in lists.buys and near.low not in _INDEFINITE:
        score += 2.0  # "compró un iPhone" buys a thing
    if near.low in ("at", "de", "chez") and first > 1 and words[first - 2].low in _ANALYSTS:
        score += 3.0
    elif words[at].low in _OF or near.low == "del":
        score += _of_what(words, at - 1 if words[at].low in _OF else at, lists)
    elif words[at].low in _WITH and words[_back(words, at)].low in lists.with_nouns:
        score += 1.3
    return score + _apposed(words, first, lists)


def sign_after(words: Sequence[Word], last: int, lists: CompanyWords, text: str) -> float:
    """Weigh what stands after the name that ends before word `last`."""
    at = last + (last < len(words) and words[last].text in '”»"')
    if at < len(words) and words[at].text == "(":
        if _LISTED.match(text, words[at].start):
            return 5.0
        while at < len(words) - 1 and words[at - 1].text != ")" and at - last < 12:
            at += 1
    if at >= len(words):
        return 0.0
    score = 0.0
    low = words[at].low
    if low in lists.after_strong:
        score += 2.2 if words[last - 1].possessive else 1.8
    if low in _IS:
        score += 2.2 * _noun_within(words, at + 1, 7, lists)
    elif low == ",":
        score += 2.2 * _noun_within(words, at + 1, 5, lists)
    elif low == "-" and at + 1 < len(words) and words[at + 1].low in _OWNED:
        score += 2.2
    return score + _verb(words, at, lists) + _moved(words, at)


def _moved(words: Sequence[Word], at: int) -> float:
    """Whether a share's move follows: "sumó un 1,6%", "rose 3 per cent", the short "un 1,9%"."""
    told = words[at].low in _MOVES
    number = at + told
    number += words[number : number + 1] != () and words[number].low in ("un", "de")
    for word in words[number + 1 : number + 5]:
        if word.text == "%" or word.low in ("percent", "per"):
            return 2.2 if words[number].text[0].isdigit() else 0.0
    return 0.0


def _verb(words: Sequence[Word], at: int, lists: CompanyWords) -> float:
    if words[at].low in lists.auxiliaries and at + 1 < len(words):
        at += 1
    if words[at].low in lists.verbs_strong:
        return 1.6
    return 0.7 if words[at].low in lists.verbs_weak else 0.0


def _back(words: Sequence[Word], at: int) -> int:
    """The word before `at`, articles and opening quotes skipped; -1 for none."""
    at -= 1
    while at >= 0 and words[at].low in _SMALL:
        at -= 1
    return at


def _of_what(words: Sequence[Word], at: int, lists: CompanyWords) -> float:
    """The noun before "de/of": "acciones de X", "shares in X"; "Board of X" is a name itself."""
    while at >= 0 and words[at].low in _SMALL:
        at -= 1
    if at < 0 or (words[at].cap and not words[at].opens):
        return 0.0
    if words[at].low in lists.of_strong:
        return 2.3
    return 0.6 if words[at].low in lists.nouns and words[at].low not in ("parent", "unit") else 0.0


def _apposed(words: Sequence[Word], first: int, lists: CompanyWords) -> float:
    """A company noun shortly before: "la tecnológica X", "the chipmaker X", "la empresa de cable, X"."""
    at = first - 1
    while at >= 0 and words[at].text in "«“\"'‘":
        at -= 1
    comma = at >= 0 and words[at].text == ","
    at -= comma
    if at >= 0 and words[at].low in _OF:
        return 0.0
    for steps in range(_BEHIND_COMMA if comma else _NEAR):
        if at < 0:
            break
        word = words[at]
        if word.low in lists.nouns and (steps or not word.cap or not word.opens):
            inside_name = word.cap and not word.opens
            return 1.0 if inside_name else 1.8 if comma or steps > 2 else 2.9
        if word.text in ".,;:()!?" or (word.low in lists.breaks and not comma) or (word.cap and steps > 2):
            break
        at -= 1
    return 0.0


def _noun_within(words: Sequence[Word], at: int, reach: int, lists: CompanyWords) -> bool:
    """Whether a company noun comes soon: "a provider of", "filial de", "fabricado por el grupo"."""
    for word in words[at : at + reach]:
        if word.low in lists.nouns:
            return True
        if word.text in ".,;:()" or (word.low in lists.breaks and word.low != "por"):
            return False
    return False
