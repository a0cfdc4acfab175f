"""Which companies a text names, for one reader: found, ambiguous or unknown; never guessed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from bot.answers import AmbiguousName, MissingName, Suggestion, UnknownName
from bot.counting import MOST_LATEST
from bot.errors import UserError
from bot.locale import _
from bot.queries import Command
from bot.query_names import Reading
from bot.values import Company
from storage import companies, record
from storage.engine import Session

Write = Callable[[Sequence[Company]], str]

ID_MARK = "#"  # "#1f3a..." names a company by its id: what buttons carry, right whatever its name becomes
MAX_SUGGESTIONS = 5
MAX_CHOICES = 6  # one more than is shown, so that the view knows of more
_MAX_GUESSED = 4  # readings for which likenesses are looked up


def name_by_id(company: Company) -> str:
    """The text that names a company for sure."""
    return f"{ID_MARK}{company.id}"


@dataclass(slots=True)
class Resolver:
    """Looks names up for a reader in a channel, each one once."""

    session: Session
    team_id: str
    channel_id: str
    _found: dict[str, tuple[Company, ...]] = field(default_factory=dict)

    def find(self, name: str) -> tuple[Company, ...]:
        """The companies called just this."""
        self.look_up([name])
        return self._found[name]

    def look_up(self, names: Iterable[str]) -> None:
        """Find several names at once: to ask for each by itself takes as many times as long."""
        scope = {"team_id": self.team_id, "channel_id": self.channel_id}
        new = [name for name in dict.fromkeys(names) if name not in self._found]
        by_id = {name: name.removeprefix(ID_MARK) for name in new if name.startswith(ID_MARK)}
        if by_id:
            known = companies.get_companies(self.session, ids=by_id.values(), **scope)
            self._found |= {name: (known[given],) for name, given in by_id.items() if given in known}
        by_name = [name for name in new if name not in self._found]
        if by_name:
            self._found |= companies.find_each(self.session, names=by_name, **scope)

    def suggest(self, name: str) -> tuple[Company, ...]:
        """Companies whose names are like this one."""
        return companies.suggest_companies(
            self.session,
            team_id=self.team_id,
            channel_id=self.channel_id,
            name=name.removeprefix(ID_MARK),
            limit=MAX_SUGGESTIONS,
        )

    def partners(self, company: Company, *, most: int = 3) -> list[Company]:
        """The companies that it has to do with, those that moved last first."""
        scope = {"team_id": self.team_id, "channel_id": self.channel_id}
        pairs, _all = record.latest_pairs(self.session, company_id=company.id, most=MOST_LATEST, **scope)
        ids = [pair.b_id if pair.a_id == company.id else pair.a_id for pair in pairs[:most]]
        known = companies.get_companies(self.session, ids=ids, **scope)
        return [known[other] for other in ids if other in known]


def resolve_any(
    resolver: Resolver, readings: Sequence[Reading], command: Command, write: Write
) -> tuple[Company, ...] | UnknownName | AmbiguousName:
    """One company or two: a whole name before two halves; `write` makes the text of a settled command."""
    found = _found(resolver, readings)
    wholes = [candidates for candidates in found if len(candidates) == 1]
    return _choose(wholes or found, resolver, readings, command, write)


def resolve_pair(
    resolver: Resolver, readings: Sequence[Reading], command: Command, write: Write
) -> tuple[Company, Company] | UnknownName | AmbiguousName | MissingName:
    """Two different companies; raises UserError when both names are the same one's."""
    found = _found(resolver, readings)
    pairs = [candidates for candidates in found if len(candidates) == 2]
    if not pairs and found:
        company = found[0][0][0]
        others = resolver.partners(company)
        return MissingName(command, company, tuple(_pair_choice(company, other, write) for other in others))
    if pairs and all(set(a) == set(b) and len(a) == 1 for a, b in pairs):
        raise UserError(
            _("Both names mean {company}. Name two companies.").format(company=pairs[0][0][0].name),
            code="same_company",
        )
    chosen = _choose(pairs, resolver, [r for r in readings if len(r) == 2], command, write)
    if isinstance(chosen, tuple):
        a, b = chosen
        return a, b
    return chosen


def _found(resolver: Resolver, readings: Sequence[Reading]) -> list[list[tuple[Company, ...]]]:
    """The companies that each name of a reading may be, of readings of which every name is at least one."""
    resolver.look_up(name for reading in readings for name in reading)
    found = ([resolver.find(name) for name in reading] for reading in readings)
    return [candidates for candidates in found if all(candidates)]


def _choose(
    found: Sequence[list[tuple[Company, ...]]],
    resolver: Resolver,
    readings: Sequence[Reading],
    command: Command,
    write: Write,
) -> tuple[Company, ...] | UnknownName | AmbiguousName:
    settled = list(dict.fromkeys(_settlements(found)))
    if not settled:
        return _unknown(resolver, readings, command, write)
    if len(settled) == 1:
        return settled[0]
    typed = " ".join(readings[0])
    choices = tuple(_choice(named, write) for named in settled[:MAX_CHOICES])
    return AmbiguousName(command, typed, choices)


def _settlements(found: Iterable[list[tuple[Company, ...]]]) -> Iterator[tuple[Company, ...]]:
    """Every company or pair of different companies that the candidates make."""
    for candidates in found:
        for named in product(*candidates):
            yield tuple(dict.fromkeys(named))


def _choice(named: Sequence[Company], write: Write) -> Suggestion:
    label = " – ".join(company.name for company in named)
    also = [alias for company in named for alias in company.aliases if alias != company.name]
    detail = _("also {names}").format(names=", ".join(also[:4])) if also else ""
    return Suggestion(label, detail, write(named))


def _pair_choice(company: Company, other: Company, write: Write) -> Suggestion:
    return Suggestion(f"{company.name} – {other.name}", "", write((company, other)))


def _unknown(resolver: Resolver, readings: Sequence[Reading], command: Command, write: Write) -> UnknownName:
    """What is not known, and commands with names like it."""
    # A split with one known half is most likely the one that was meant, and then no other split is.
    halves = [reading for reading in readings if len(reading) == 2 and any(map(resolver.find, reading))]
    rest = [reading for reading in readings if len(reading) == 1 or not halves]
    guesses: dict[str, Suggestion] = {}
    names: tuple[str, ...] = ()
    for reading in [*halves, *rest][:_MAX_GUESSED]:
        alike = [resolver.find(name) or resolver.suggest(name) for name in reading]
        named = [tuple(dict.fromkeys(each)) for each in product(*alike)]
        for settled in named:
            if len(settled) == len(reading):
                guesses.setdefault(write(settled), _choice(settled, write))
        if guesses and not names:
            names = tuple(name for name in reading if not resolver.find(name))
        if len(guesses) >= MAX_SUGGESTIONS:
            break
    names = names or tuple(name for name in (halves or readings)[0] if not resolver.find(name))
    return UnknownName(command, names, tuple(guesses.values())[:MAX_SUGGESTIONS])
