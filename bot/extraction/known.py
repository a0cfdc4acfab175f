"""The list of well-known names: companies, and what is easily taken for one (products, places, media)."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from bot.names import name_key

_FILE = "known_companies.tsv"
MAX_WORDS = 7  # the longest name in the list


class KnownKind(StrEnum):
    """What a listed name stands for; only `COMPANY_KINDS` are companies."""

    COMPANY = "company"
    BANK = "bank"
    FUND = "fund"  # venture, private equity, sovereign and asset managers
    EXCHANGE = "exchange"
    MEDIA = "media"  # a company only where it is itself a party
    AUTHORITY = "authority"
    PRODUCT = "product"  # a product or service; a company only where it is bought or sold
    OTHER = "other"  # clubs, parties, indices, bodies: never a company


COMPANY_KINDS = frozenset({KnownKind.COMPANY, KnownKind.BANK, KnownKind.FUND, KnownKind.EXCHANGE})


@dataclass(frozen=True, slots=True)
class KnownCompany:
    """One line of the list: `country` is ISO 3166 alpha-2 or ""; `sector` and `seats` help with roles."""

    name: str
    aliases: tuple[str, ...]
    country: str
    kind: KnownKind
    sector: str
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownForm:
    """One spelling of a listed name; an ambiguous one ("Meta") needs its case and a context sign."""

    company: KnownCompany
    text: str
    ambiguous: bool
    legal: bool = (
        False  # "Snap Inc": only the legal form makes it a name; without it the key is a common word
    )


class KnownCompanies:
    """The list, indexed by name key."""

    def __init__(self, forms: Iterable[KnownForm]) -> None:
        """Index the spellings; the first line to claim a key keeps it."""
        self._forms: dict[str, KnownForm] = {}
        for form in forms:
            self._forms.setdefault(name_key(form.text), form)
        self._first_words = frozenset(key.split(" ", 1)[0] for key in self._forms)

    @classmethod
    def load(cls) -> "KnownCompanies":
        """Read the list that comes with the package."""
        source = resources.files("bot.extraction").joinpath(_FILE)
        with source.open(encoding="utf-8") as lines:
            return cls(read_forms(lines))

    def __len__(self) -> int:
        """Return how many spellings are known."""
        return len(self._forms)

    def find(self, name: str) -> KnownForm | None:
        """Look a name up by its key, whatever its case, accents and legal form."""
        return self._forms.get(name_key(name))

    def may_start(self, folded_word: str) -> bool:
        """Say whether a listed name starts with this word (folded as `name_key` folds)."""
        return folded_word in self._first_words

    def forms(self) -> Sequence[KnownForm]:
        """Every spelling, in the list's order."""
        return tuple(self._forms.values())


def read_forms(lines: Iterable[str]) -> Iterator[KnownForm]:
    """Read tab-separated lines: name, aliases (joined by "|"), country, kind, sector, seats, mark.

    A mark of "~" says that the name is ambiguous; an alias that starts with "~" is ambiguous itself.
    """
    rows = csv.reader(
        (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    for row in rows:
        if not row:
            continue
        name, aliases, country, kind, sector, seats, mark = (cell.strip() for cell in row)
        marked = [alias for alias in aliases.split("|") if alias]
        company = KnownCompany(
            name=name,
            aliases=tuple(alias.removeprefix("~") for alias in marked),
            country=country,
            kind=KnownKind(kind),
            sector=sector,
            seats=tuple(seat for seat in seats.split("|") if seat),
        )
        yield _form(company, name, ambiguous=mark == "~")
        for alias in marked:
            yield _form(company, alias.removeprefix("~"), ambiguous=alias.startswith("~"))


def _form(company: KnownCompany, text: str, *, ambiguous: bool) -> KnownForm:
    last = text.rsplit(" ", 1)[-1]
    legal = " " in text and name_key(last) not in name_key(text).split(" ")
    return KnownForm(company, text, ambiguous, legal)
