"""What a noun says of the company that it stands for, and what the article and the list say of companies."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.extraction.company_role_words import RoleWords
from bot.extraction.company_words import fold
from bot.extraction.known import KnownCompanies
from bot.extraction.mentions import Mention
from bot.extraction.places import Placed

_BEFORE = 40  # characters before a name that may say what it names
_CLOSE = 2  # words before it: "la aerolínea irlandesa X"
_SHORT = 3  # letters of a word that says nothing of a company
_WORD = re.compile(r"[^\W\d_](?:[\w.]*\w)?")
_GROUP = re.compile(r"\b(?:groupe?|grupo)\b")
_BREAK = re.compile(r"[,;:.!?()\n«»“”\"]")
_GAP = re.compile(r"(?:,?\s+(?:que|qui|which|who|that))?(?P<words>(?:\s+[\w’'-]+){1,4})\s+")


@dataclass(frozen=True, slots=True)
class Traits:
    """Where a company is from, and words that say what it is, folded."""

    countries: frozenset[str]
    words: frozenset[str]


class RoleTraits:
    """One article's: whether a noun may stand for a company."""

    def __init__(
        self, text: str, names: Sequence[Mention], known: KnownCompanies, lexicon: RoleWords
    ) -> None:
        """`names` are where the article names companies."""
        self.lexicon = lexicon
        self._text = text
        self._known = known
        self._names = names
        self._found: dict[str, Traits] = {}

    def agrees(self, noun: Placed, company: str) -> bool | None:
        """Whether a company is what a noun says; None when nothing is known of it."""
        said, own = self._read(self._text[noun.start : noun.end]), self._of(company)
        if said.countries and own.countries:
            return bool(said.countries & own.countries)
        return True if said.words & own.words else None

    def is_group(self, noun: Placed, company: str) -> bool:
        """Whether a noun is "the group", and a company bears that word in its name."""
        return all(_GROUP.search(fold(said)) for said in (self._text[noun.start : noun.end], company))

    def _of(self, company: str) -> Traits:
        if company not in self._found:
            told = [self._read(self._before(m.start)) for m in self._names if m.company == company]
            form = self._known.find(company)
            listed = {form.company.country} - {""} if form is not None else set()
            self._found[company] = Traits(
                frozenset(listed.union(*(t.countries for t in told))),
                frozenset(w for t in told for w in t.words),
            )
        return self._found[company]

    def _before(self, start: int) -> str:
        """The words right before a name, up to where its phrase or another name begins."""
        lead = self._text[max(0, start - _BEFORE) : start]
        stops = self.lexicon.clause | self.lexicon.prepositions
        kept: list[str] = []
        for word in reversed(_BREAK.split(lead)[-1].split()):
            if len(kept) == _CLOSE or word[:1].isupper() or word.lower() in stops:
                break
            kept.insert(0, word)
        return " ".join(kept)

    def _read(self, phrase: str) -> Traits:
        words = [fold(w) for w in _WORD.findall(phrase)]
        countries, nouns = self.lexicon.countries, self.lexicon.nouns
        plain = [
            w for w in words if len(w) > _SHORT and w not in countries and w not in self.lexicon.determiners
        ]
        return Traits(
            frozenset(countries[w] for w in words if w in countries),
            frozenset(w for w in plain if nouns.get(w, True)),  # "company" fits any
        )


def acts_on(text: str, names: Iterable[Mention], start: int, lexicon: RoleWords) -> str | None:
    """The company that does something to what stands at `start`: the noun there is somebody else.

    "X values the company", "Y, which bought the airline"; not "X said the company", "the head of X left the
    firm".
    """
    last = max((m for m in names if m.end <= start), key=lambda m: m.end, default=None)
    gap = _GAP.fullmatch(text[last.end : start]) if last is not None else None
    if last is None or gap is None:
        return None
    words = gap.group("words").lower().split()
    before = text[max(0, last.start - _BEFORE) : last.start].lower().split()[-1:]
    ruled_by = (lexicon.clause | lexicon.prepositions).intersection(before)
    if ruled_by or words[0] in lexicon.prepositions or not lexicon.clause.isdisjoint(words):
        return None
    return last.company
