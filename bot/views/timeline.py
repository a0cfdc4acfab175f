"""What happened between two companies, day by day, the last first, each with its sentence and its source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answers import BondLine, DealLine, RelationshipAnswer, Source, StateLine
from bot.locale import _
from bot.values import StatusStep
from bot.views.blocks import section
from bot.views.dates import format_day
from bot.views.lines import Detail, amounts, origin
from bot.views.message import Block
from bot.views.text import bold, mrkdwn, name
from bot.views.words import level_word, tie_sentence

EVENTS_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Event:
    """Something that moved, in mrkdwn and for a screen reader, and the most telling source of it."""

    at: datetime
    said: str
    plain: str
    source: Source | None


def events(answer: RelationshipAnswer) -> tuple[Event, ...]:
    """Every change of level, every step of a deal and the beginning of every bond, the last first."""
    found = [
        *(event for line in answer.deals for event in _of_deal(line)),
        *map(_of_bond, answer.bonds),
        *map(_of_level, reversed(answer.states)),
    ]
    # What happened on one day stands as it follows: the facts, above them what they made of the level.
    ordered = sorted(enumerate(found), key=lambda each: (each[1].at, each[0]), reverse=True)
    return tuple(event for _number, event in ordered)


def pages_of(answer: RelationshipAnswer) -> int:
    """How many pages the timeline has."""
    return max(1, -(-len(events(answer)) // EVENTS_A_PAGE))


def timeline(answer: RelationshipAnswer, detail: Detail) -> list[Block]:
    """The page that is asked for; nothing when there is but one thing to tell."""
    lines = [section(_line(event, detail)) for event in _shown(answer)]
    return [section(bold(_title(answer))), *lines] if lines else []


def spoken_timeline(answer: RelationshipAnswer) -> list[str]:
    """The same for a screen reader."""
    lines = [f"{format_day(event.at)}: {event.plain}." for event in _shown(answer)]
    return [f"{_title(answer)}:", *lines] if lines else []


def _shown(answer: RelationshipAnswer) -> Sequence[Event]:
    found = events(answer)
    return found[answer.page * EVENTS_A_PAGE :][:EVENTS_A_PAGE] if len(found) > 1 else ()


def _title(answer: RelationshipAnswer) -> str:
    pages = pages_of(answer)
    if pages == 1:
        return _("Timeline")
    return _("Timeline, page {page} of {pages}").format(page=answer.page + 1, pages=pages)


def _line(event: Event, detail: Detail) -> str:
    why = mrkdwn(event.source.text, detail.quote // 4) if event.source else ""
    where = f" ({origin(event.source, detail)})" if event.source else ""
    because = f" – “{why}”{where}" if why else where
    return f"{format_day(event.at)}  {event.said}{because}"


def _of_level(state: StateLine) -> Event:
    word = level_word(state.level)
    return Event(state.since, bold(word), word, state.sources[0] if state.sources else None)


def _of_deal(line: DealLine) -> Iterator[Event]:
    """A step is told in the words of its own status, the first one with the amount."""
    for number, step in enumerate(line.deal.history):
        money = amounts(line.deal.amounts, line.sources) if number == 0 else ""
        shown, plain = (_deal_words(line, step, plain=plain) for plain in (False, True))
        sources = [source for source in line.sources if source.tie_id in step.tie_ids] or line.sources
        yield Event(
            step.at,
            " · ".join(filter(None, [shown, money])),
            ", ".join(filter(None, [plain, money])),
            sources[0] if sources else None,
        )


def _deal_words(line: DealLine, step: StatusStep, *, plain: bool) -> str:
    names = (name(line.source.name), name(line.target.name))
    source, target = names if plain else map(bold, names)
    return tie_sentence(line.deal.kind, step.status, source, target)


def _of_bond(line: BondLine) -> Event:
    names = (name(line.source.name), name(line.target.name))
    bond = line.bond
    return Event(
        bond.first_seen,
        tie_sentence(bond.kind, bond.status, *map(bold, names)),
        tie_sentence(bond.kind, bond.status, *names),
        line.sources[-1] if line.sources else None,
    )
