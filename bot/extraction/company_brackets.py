"""Short forms that an article itself defines: "International Business Machines (IBM)"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.extraction.company_words import CompanyWords, company_words, fold

_BRACKET = re.compile(r"\s{0,2}[(\[]([^()\[\]\n]{1,160})[)\]]")
_LEAD = re.compile(
    r"^(?:(?:together|collectively|individually|formerly|also|known|as|hereinafter|or|and|the|referred|to|simply|with|"
    r"its|"
    r"subsidiaries|en|adelante|conocid[ao]|como|por|sus|siglas|antes|la|el|le|ci-après|devenue|aujourd['’]hui|now|"
    r"collectively,|together,|each|an?)\s+|[\"“”'‘’«»]\s*)+",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\((?:[a-z ,]{0,40}\s)?the\s[\"“']?([A-Z][\w-]{1,20}(?: [A-Z][\w-]{1,20}){0,2})[\"”']?\)")
_PARTS = re.compile(r"\s*[,;]\s*")
_SMALL = frozenset("de del of the and y e la las los el les le du des d l for et in en und der".split())
_TOGETHER = re.compile(
    r"(?:and\s)?(?:together|collectively|conjuntamente|ensemble)\b(?!\swith)", re.IGNORECASE
)
_WITH = re.compile(r"(?:and\s)?together\swith\b", re.IGNORECASE)
_MAX_BRACKETS = 3
# Of the words that contracts define roles by, those that end names of firms too: "(the Fund)", "(Roe Fund)".
_BODIES = frozenset("trust fund funds group company companies jv investors stores".split())


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A name in brackets that begin at `start`: whether words say that it replaces the one before, or that it
    names several together."""

    form: str
    start: int
    renames: bool
    together: bool


def bracketed(text: str, end: int) -> Iterator[Bracketed]:
    """The names that the brackets right after offset `end` define for what stands before them."""
    behind = retinue_end().match(text, end)
    at = behind.end() if behind else end
    for _ in range(_MAX_BRACKETS):
        match = _BRACKET.match(text, at)
        if match is None:
            return
        at = match.end()
        yield from _parts_of(match.group(1), match.start())


def _parts_of(content: str, start: int) -> Iterator[Bracketed]:
    together = False
    parts = _PARTS.split(content)
    for part in parts:
        together = together or _TOGETHER.match(part) is not None
        if _WITH.match(part) and part is not parts[-1]:
            continue  # whoever else the name that follows stands for
        bare, renames = _renaming().subn("", part.strip())
        if renames and part is not parts[0]:
            continue  # of a name within the brackets: "(a subsidiary of Roe Ltd, trading as Doe)"
        form = _LEAD.sub("", bare.strip()).strip("\"“”'‘’«» ")
        if _is_name(form):
            yield Bracketed(form, start, renames > 0, together)


def phrases(listed: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    longest = sorted(listed, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in longest) + ")"


def retinue() -> str:
    """A pattern for those whom a company is named with: " and its subsidiaries"."""
    return rf",?\s{phrases(company_words().and_its)}\s[a-z ]{{2,40}}"


@cache
def retinue_end() -> re.Pattern[str]:
    """Such, right before a bracket."""
    return re.compile(rf"{retinue()}(?=\()")


@cache
def _renaming() -> re.Pattern[str]:
    return re.compile(rf"^{phrases(company_words().trading_as)}\s(?:the\s)?", re.IGNORECASE)


def defined_roles(text: str) -> frozenset[str]:
    """The roles that a legal text defines like names: "(the Target)", "(the Proposed Transaction)"."""
    return frozenset(
        match.group(1)
        for match in _ROLE.finditer(text)
        if fold(match.group(1).split()[-1]) in company_words().deal_words
    )


def _is_name(form: str) -> bool:
    words = form.split()
    if not words or len(words) > 7 or len(form) < 2 or not form[0].isalnum() or ":" in form:
        return False
    if not any(c.isupper() for c in words[0]) or not any(c.isalpha() for c in form):
        return False
    if _is_all_places(words) or (fold(words[-1]) in _BODIES and _is_role(words)):
        return False
    capitals = sum(any(c.isupper() for c in w) or fold(w) in _SMALL or w == "&" for w in words)
    # "AVS (Assainissement voierie service)": lower-case expansions are judged by their initials later
    last = fold(words[-1])
    told = last in ("ans", "years") or (last in company_words().deal_words and last not in _BODIES)
    return (capitals == len(words) or len(words) <= 5) and not told


def _is_role(words: list[str]) -> bool:
    return all(fold(word) in company_words().deal_words for word in words)


def _is_all_places(words: list[str]) -> bool:
    """Whether only places are told: "(Malaysia and New Zealand)"."""
    told = " ".join(fold(word) for word in words)
    return all(place in company_words().places for place in re.split(r" (?:and|y|e|et) ", told))


def is_acronym(short: str, full: str) -> bool:
    """Whether `short` is made of initials of `full`: "BID", "UFINSA" of "Unión Fenosa Inversiones", "IBM"."""
    letters = fold("".join(c for c in short if c.isalnum()))
    if not 2 <= len(letters) <= 8 or not short[:1].isupper():
        return False
    words = [fold(w) for w in re.findall(r"[^\W_]+", full)]
    content = [w for w in words if w not in _SMALL]
    for chosen in (content, words):
        initials = "".join(w[0] for w in chosen)
        if len(chosen) > 1 and initials.startswith(letters) and len(letters) * 2 >= len(initials):
            return True
    if not (short.isupper() and len(content) > 1 and len(letters) >= 3):
        return False
    return _spells(letters, content)


def _abbreviates(short: str, full: str) -> bool:
    """Whether brackets may call `full` so: "RP Group" of "Roe Partners Group", "RAP" of "R&D Asia Parks"."""
    first, *rest = short.split()
    initials = "".join(fold(w)[0] for w in re.findall(r"[^\W_]+", full) if fold(w) not in _SMALL)
    if not (first.isupper() and first.isalpha() and len(first) > 1 and initials):
        return False
    theirs = fold_all(full).split()
    if rest:
        return initials.startswith(fold(first)) and all(
            any(fold(word)[:4] == other[:4] for other in theirs) for word in rest
        )
    letters = iter(initials)
    return len(first) > 2 and fold(first)[0] == initials[0] and all(c in letters for c in fold(first))


def _ends_in(short: str, full: str) -> bool:
    """Whether `short` is the initials of the last words of `full`: "EP" of "Alvan Engineering Product"."""
    initials = "".join(w[0] for w in re.findall(r"[^\W_]+", full) if w[0].isupper())
    return short.isupper() and 2 <= len(short) < len(initials) and initials.endswith(short)


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the letters can be read off the beginnings of all words in order ("ufinsa": u, f, in...)."""
    at = 0
    for word in words:
        taken = 0
        while at < len(letters) and taken < len(word) and taken < 4 and letters[at] == word[taken]:
            at += 1
            taken += 1
        if taken == 0:
            return False
    return at >= len(letters) - 2


def fits(short: str, full: str, *, full_is_legal: bool, lists: CompanyWords) -> bool:
    """Whether a bracket's content may rename the name before it, rather than tell of an owner or a place."""
    if fold(short) in lists.places or fold(short) in lists.days_months:
        return False
    if (
        is_acronym(short, full)
        or is_acronym(full, short)
        or _ends_in(short, full)
        or _abbreviates(short, full)
    ):
        return True
    mine = {w for w in re.findall(r"[^\W_]+", fold_all(short)) if w not in _SMALL}
    theirs = [w for w in re.findall(r"[^\W_]+", fold_all(full)) if w not in _SMALL]
    if mine & set(theirs) - lists.head_last - lists.head_first or fold_all(short)[:4] == fold_all(full)[:4]:
        return True
    return (
        full_is_legal
        and short[0].isupper()
        and all(w[:1].isupper() or fold(w) in _SMALL for w in short.split())
    )


def fold_all(name: str) -> str:
    """Fold every word of a name."""
    return " ".join(fold(w) for w in name.split())
