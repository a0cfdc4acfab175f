"""Word lists that tell companies from other names, and the folding under which words meet."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """Fold case and accents of one word: "Compañía" -> "compania"."""
    low = word.casefold().replace("’", "'")
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class CompanyWords:
    """Folded words; the files they are read from say what each list means."""

    legal: frozenset[str]
    legal_inside: frozenset[str]
    head_first: frozenset[str]
    head_last: frozenset[str]
    generic: frozenset[str]
    nouns: frozenset[str]
    of_strong: frozenset[str]
    verbs_strong: frozenset[str]
    verbs_weak: frozenset[str]
    after_strong: frozenset[str]
    cut: frozenset[str]
    person_titles: frozenset[str]
    institutions: frozenset[str]
    authorities: frozenset[str]
    media_verbs: frozenset[str]
    media_cues: frozenset[str]
    party_verbs: frozenset[str]
    days_months: frozenset[str]
    places: frozenset[str]
    peoples: frozenset[str]
    first_names: frozenset[str]
    buys: frozenset[str]
    with_nouns: frozenset[str]
    breaks: frozenset[str]
    auxiliaries: frozenset[str]
    brands: frozenset[str]
    things: frozenset[str]
    wares: frozenset[str]
    deal_words: frozenset[str]
    plain: frozenset[str]
    deals: frozenset[str]
    gives: frozenset[str]
    shares: frozenset[str]
    with_only: frozenset[str]
    nationals: frozenset[str]
    alone: frozenset[str]
    trading_as: frozenset[str]
    trustee_of: frozenset[str]
    and_its: frozenset[str]
    joint_nouns: frozenset[str]
    often: frozenset[str]
    vehicles: frozenset[str]


@cache
def company_words() -> CompanyWords:
    """Read the lists that come with the package, once."""
    lists: dict[str, str] = {}
    for file in ("company_words.toml", "company_places.toml"):
        lists |= tomllib.loads(resources.files("bot.extraction").joinpath(file).read_text(encoding="utf-8"))
    folded = {
        name: frozenset(fold(w.replace("_", " ")) for w in words.split()) for name, words in lists.items()
    }
    return CompanyWords(**folded)
