"""The words that stand for companies: "la compañía", "the bank", "le groupe"."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.extraction.company_words import fold


@dataclass(frozen=True, slots=True)
class RoleWords:
    """One language's words, folded but for `clause` and `prepositions`.

    `nouns` maps each to the sectors that fit it (none: any).
    """

    determiners: frozenset[str]
    contracted: frozenset[str]  # "del": a preposition and the article
    latter: tuple[tuple[str, ...], ...]
    former: tuple[tuple[str, ...], ...]
    both: tuple[tuple[str, ...], ...]
    plural: frozenset[str]
    allowed: frozenset[str]
    forbidden: frozenset[str]
    clause: frozenset[str]  # between a name and a noun: the name does nothing to what the noun stands for
    prepositions: frozenset[str]  # before a name these make it no subject, and so do those in `clause`
    of_place: re.Pattern[str]  # how an adjective ends that says where a company is from
    nouns: Mapping[str, frozenset[str]]
    countries: Mapping[str, str]  # "francés" -> FR
    trades: Mapping[str, frozenset[str]]  # sector -> words in a company's own name that say it


@cache
def role_words(lang: str) -> RoleWords | None:
    """The words of a language, None for one that is not read."""
    file = resources.files("bot.extraction").joinpath("company_roles.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    if lang not in tables or lang in ("peoples", "trades"):
        return None
    table = tables[lang]
    return RoleWords(
        determiners=frozenset(fold(w) for w in table["determiners"].split()),
        contracted=frozenset(table.get("contracted", "").split()),
        latter=tuple(tuple(phrase.split()) for phrase in table["latter"]),
        former=tuple(tuple(phrase.split()) for phrase in table.get("former", ())),
        both=tuple(tuple(phrase.split()) for phrase in table["both"]),
        plural=frozenset(table["plural"].split()),
        allowed=frozenset(table["allowed"].split()),
        forbidden=frozenset(table["forbidden"].split()),
        clause=frozenset(table["clause"].split()),
        prepositions=frozenset(table["prepositions"].split()),
        of_place=re.compile(table.get("of_place", "(?!)")),
        nouns={
            noun: frozenset(s for s in sectors.split("/") if s) for noun, sectors in table["nouns"].items()
        },
        countries={w: country for country, words in tables["peoples"].items() for w in words.split()},
        trades={sector: frozenset(words.split()) for sector, words in tables["trades"].items()},
    )
