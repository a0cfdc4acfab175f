"""Nouns that stand for a company: "la compañía", "the chipmaker", "le groupe français", "both firms".

A role is resolved to the nearest company that fits, and is left alone when two could be meant: a wrong
company is worse than none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.extraction.company_lines import Line, Word
from bot.extraction.company_role_words import RoleWords, role_words
from bot.extraction.company_words import fold
from bot.extraction.known import KnownCompanies, KnownCompany
from bot.extraction.mentions import Mention, MentionKind
from bot.extraction.role_traits import acts_on

_NEAR = 2  # sentences back in which "la compañía" looks for its company
_FAR = 6  # the same for a noun that says the trade
_SUBJECT_REACH = 4  # words from a sentence's start in which its subject stands
_LATTER_REACH = 60  # characters back to the company that "the latter" means
_BY = frozenset(("por", "by", "par"))
_FREE = frozenset(
    ("VERB", "AUX", "PUNCT", "ADP", "CCONJ", "SCONJ", "PRON", "DET", "ADV", "PART", "SPACE", "NUM", "")
)


@dataclass(frozen=True, slots=True)
class _Role:
    """A definite noun: words [first, last) of its line, and what it asks of its company."""

    first: int
    last: int
    sectors: frozenset[str]
    country: str
    seat: str


def find_roles(
    lines: Sequence[Line], names: Sequence[Mention], *, text: str, lang: str, known: KnownCompanies
) -> tuple[Mention, ...]:
    """The roles in an article, each resolved to one of the companies in `names` (mentions in text order)."""
    lexicon = role_words(lang)
    if lexicon is None or not names:
        return ()
    return tuple(_Resolver(lines, names, text, known, lexicon).roles())


class _Resolver:
    """Reads an article from its start, remembering which companies were spoken of when."""

    def __init__(
        self,
        lines: Sequence[Line],
        names: Sequence[Mention],
        text: str,
        known: KnownCompanies,
        lexicon: RoleWords,
    ) -> None:
        self._lines = lines
        self._names = names
        self._text = text
        self._known = known
        self._lexicon = lexicon
        self._sentences: list[list[Mention]] = [[]]  # what each sentence so far speaks of
        self._starts: list[int] = [0]  # where each of them starts

    def roles(self) -> Iterator[Mention]:
        """Resolve as the text goes on; a resolved role is an antecedent for the next."""
        pending = iter(self._names)
        upcoming = next(pending, None)
        for line in self._lines:
            if line.heading:
                continue
            self._open(line.words[0].start if line.words else 0)
            skip = 0
            for at, word in enumerate(line.words):
                while upcoming is not None and upcoming.start < word.end:
                    if upcoming.start >= self._starts[-1]:
                        self._sentences[-1].append(upcoming)
                    upcoming = next(pending, None)
                if word.text in ".!?…" and at + 1 < len(line.words):
                    self._open(line.words[at + 1].start)
                elif at >= skip:
                    for mention in self._role_at(line, at):
                        self._sentences[-1].append(mention)
                        skip = at + 2
                        yield mention

    def _open(self, start: int) -> None:
        self._sentences.append([])
        self._starts.append(start)

    def _role_at(self, line: Line, at: int) -> list[Mention]:
        words = line.words
        for phrases, resolve in ((self._lexicon.latter, self._latter), (self._lexicon.former, self._former)):
            last = _phrase(words, at, phrases)
            if last is not None and resolve(words[at].start) is not None:
                return [self._mention(words, at, last, str(resolve(words[at].start)))]
        last = _phrase(words, at, self._lexicon.both)
        if last is not None and last < len(words) and words[last].low in self._lexicon.plural:
            return [self._mention(words, at, last + 1, company) for company in self._both()]
        role = self._read(line, at)
        company = self._resolve(role, words) if role is not None else None
        return [self._mention(words, role.first, role.last, company)] if role is not None and company else []

    @staticmethod
    def _mention(words: Sequence[Word], first: int, last: int, company: str) -> Mention:
        end = words[last - 1].end - (2 if words[last - 1].possessive else 0)
        return Mention(words[first].start, end, company, MentionKind.ROLE)

    def _read(self, line: Line, at: int) -> _Role | None:
        """Read "la tecnológica de Redmond", "the French bank", "le groupe" at word `at`."""
        words, lexicon = line.words, self._lexicon
        contracted = words[at].low in lexicon.contracted
        if not contracted and words[at].low not in lexicon.determiners:
            return None
        noun, country, seat = at + 1, "", ""
        based = _based(words, noun)
        if based:
            seat, noun = words[noun].text, based
        while (
            noun < len(words) and noun - at <= (4 if based else 2) and _bare(words[noun]) not in lexicon.nouns
        ):
            low = words[noun].low.removesuffix("-based")
            if low in lexicon.countries:
                country = lexicon.countries[low]
            elif words[noun].cap and low not in lexicon.allowed:
                seat = words[noun].text
            elif country and noun == at + 2:
                return self._of_country(line, at, country)
            elif low not in lexicon.allowed:
                return None
            noun += 1
        if noun >= len(words) or _bare(words[noun]) not in lexicon.nouns or words[noun].cap:
            return None
        sectors = lexicon.nouns[_bare(words[noun])]
        first = at + contracted
        return self._with_ending(line, _Role(first, noun + 1, sectors, country, seat), words[noun].possessive)

    @staticmethod
    def _of_country(line: Line, at: int, country: str) -> _Role | None:
        """The bare nationality of "la alemana compró": not "the Germans", no adjective of what follows."""
        after = line.words[at + 2]
        verbal = line.tags.get(after.start, "") in ("VERB", "AUX", "PRON")
        bare = line.words[at].low != "the" and not line.words[at + 1].cap
        return _Role(at, at + 2, frozenset(), country, "") if verbal and bare and not after.cap else None

    def _with_ending(self, line: Line, role: _Role, possessive: bool) -> _Role | None:
        """Take in what follows the noun; give up where it makes another thing of it ("el banco central")."""
        words = line.words
        if possessive or role.last >= len(words):
            return role
        after = words[role.last]
        country = None if after.cap else self._lexicon.countries.get(after.low)
        named = role.last + 1 < len(words) and words[role.last + 1].cap
        if named and (country or self._lexicon.of_place.fullmatch(after.low)):
            return None  # "la compagnie réunionnaise X": the name says who it is
        if country:
            return _Role(role.first, role.last + 1, role.sectors, country, role.seat)
        if after.low in ("de", "d'", "of", "du", "con", "with"):
            if after.low == "de" and role.last + 1 < len(words) and words[role.last + 1].cap:
                return _Role(role.first, role.last + 2, role.sectors, role.country, words[role.last + 1].text)
            return role if _is_clause(line, role.last + 1) else None
        if after.low in self._lexicon.allowed:
            return _Role(role.first, role.last + 1, role.sectors, role.country, role.seat)
        if after.cap or after.low in self._lexicon.forbidden:
            return None
        acted = role.last + 1 < len(words) and words[role.last + 1].low in _BY  # "la empresa controlada por"
        return role if acted or line.tags.get(after.start, "") in _FREE else None

    def _resolve(self, role: _Role, words: Sequence[Word]) -> str | None:
        if role.seat or role.country:
            return self._by_place(role)
        if role.sectors:
            return self._by_trade(role)
        opens = role.first == 0 or words[role.first].opens or words[role.first - 1].text == ","
        return self._by_topic(words[role.first].start, at_start=opens)

    def _entry(self, company: str) -> KnownCompany | None:
        form = self._known.find(company)
        return form.company if form is not None else None

    def _recent(self, sentences: int) -> list[str]:
        """The companies of this sentence so far and of some before it, the nearest first, each once."""
        mentions = [m for s in reversed(self._sentences[-1 - sentences :]) for m in reversed(s)]
        return list(dict.fromkeys(m.company for m in mentions))

    def _by_place(self, role: _Role) -> str | None:
        """The one recent company that the list places there."""
        seat = fold(role.seat)
        fitting = []
        for company in self._recent(_FAR):
            entry = self._entry(company)
            if entry is None:
                continue
            here = any(fold(s) == seat for s in entry.seats) if seat else entry.country == role.country
            if here and (not role.sectors or entry.sector in role.sectors):
                fitting.append(company)
        if not fitting and seat and role.sectors and len(self._recent(_NEAR)) == 1:
            entry = self._entry(only := self._recent(_NEAR)[0])
            if entry is not None and not entry.seats and entry.sector in role.sectors:
                return only  # no other company is near, and the list does not say where it sits
        return fitting[0] if len(fitting) == 1 else None

    def _by_trade(self, role: _Role) -> str | None:
        """The nearest recent company of that trade; one of unknown trade only when it stands alone."""
        recent = self._recent(_FAR)
        fitting = [c for c in recent if self._is_of_trade(c, role.sectors)]
        if fitting:
            return fitting[0] if len(fitting) == 1 or fitting[0] in self._recent(1) else None
        unknown = [c for c in self._recent(_NEAR) if self._entry(c) is None]
        return unknown[0] if len(unknown) == 1 == len(self._recent(_NEAR)) else None

    def _is_of_trade(self, company: str, sectors: frozenset[str]) -> bool:
        entry = self._entry(company)
        if entry is not None:
            return entry.sector in sectors
        words = {fold(w) for w in company.split()}
        return any(not words.isdisjoint(self._lexicon.trades.get(sector, frozenset())) for sector in sectors)

    def _by_topic(self, start: int, *, at_start: bool) -> str | None:
        """The only company of this sentence, else of the one before, else the subject of that one."""
        acting = acts_on(self._text, self._sentences[-1], start, self._lexicon)
        here = list(dict.fromkeys(m.company for m in self._sentences[-1] if m.company != acting))
        if here:
            return here[0] if len(here) == 1 else None
        for back in range(2, _NEAR + 2):
            if back > len(self._sentences):
                break
            mentions = [m for m in self._sentences[-back] if m.company != acting]
            distinct = list(dict.fromkeys(m.company for m in mentions))
            if len(distinct) == 1:
                return distinct[0]
            if distinct:
                first = at_start or acting is not None
                return distinct[0] if first and self._is_subject(mentions[0], back) else None
        return None

    def _is_subject(self, mention: Mention, back: int) -> bool:
        """Whether a mention opens its sentence, and no other company is joined to it there."""
        before = self._text[self._starts[-back] : mention.start]
        joined = (
            self._text[mention.end : mention.end + 5]
            .lstrip(" ,")
            .startswith(("y ", "and ", "et ", "e ", "& "))
        )
        return len(before.split()) <= _SUBJECT_REACH and not joined

    def _both(self) -> list[str]:
        """The two companies spoken of last, when they are just two."""
        found: dict[str, None] = {}
        for sentence in reversed(self._sentences[-1 - _NEAR :]):
            for mention in sentence:
                found[mention.company] = None
            if len(found) >= 2:
                break
        if len(found) != 2:
            found = dict.fromkeys(m.company for m in self._names)
        return list(found) if len(found) == 2 else []

    def _latter(self, start: int) -> str | None:
        """The last company before "the latter", when no other name stands between."""
        last = next((m for s in reversed(self._sentences[-2:]) for m in reversed(s)), None)
        if last is None or last.start < start - 3 * _LATTER_REACH:
            return None
        between = self._text[last.end : start].split()
        names = [w for w in between[:-1] if w[:1].isupper()]
        return last.company if not names else None

    def _former(self, start: int) -> str | None:
        """The first of exactly two companies in the sentence before."""
        del start
        for sentence in reversed(self._sentences[-2:]):
            distinct = list(dict.fromkeys(m.company for m in sentence))
            if distinct:
                return distinct[0] if len(distinct) == 2 else None
        return None


def _based(words: Sequence[Word], at: int) -> int:
    """Where "Delhi-based" at word `at` ends, 0 when it does not stand there."""
    tail = [w.low for w in words[at + 1 : at + 3]]
    return at + 3 if tail == ["-", "based"] and words[at].cap else 0


def _is_clause(line: Line, at: int) -> bool:
    """Whether what follows "de" is what is done: "acusó al grupo de ocultar pérdidas"."""
    return at < len(line.words) and line.tags.get(line.words[at].start, "") in ("VERB", "AUX")


def _bare(word: Word) -> str:
    return word.low.removesuffix("'s")


def _phrase(words: Sequence[Word], at: int, phrases: Sequence[tuple[str, ...]]) -> int | None:
    """Where the first of `phrases` that starts at word `at` ends."""
    for phrase in phrases:
        if tuple(w.low for w in words[at : at + len(phrase)]) == phrase:
            return at + len(phrase)
    return None
