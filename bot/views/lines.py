"""Deals, bonds and sources as lines of mrkdwn: what every surface that shows facts is made of."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers import BondLine, DealLine, Source
from bot.digest.wishes import SURE
from bot.fact_refs import ref_of_deal
from bot.locale import _, ngettext
from bot.values import Deal, ReportedMoney, StatusStep
from bot.views.amounts import format_money
from bot.views.blocks import context, size
from bot.views.correction_actions import NOTHING, Redraw
from bot.views.dates import format_day, format_partial
from bot.views.fact_menus import fact_section
from bot.views.message import Block
from bot.views.text import bold, link, mrkdwn, name, quotation, user
from bot.views.words import status_word, tie_sentence

UNSURE_BELOW = SURE  # confidence under which a line says that it may be wrong
_MOST_AMOUNTS = 3
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Detail:
    """How much a line shows: characters of the quote, how many sources, characters of an address."""

    quote: int
    sources: int
    address: int


# Tried in turn until a message fits; the last is short whatever the names and the addresses are.
DETAILS = (Detail(600, 3, 600), Detail(300, 2, 300), Detail(160, 1, 200), Detail(100, 0, 0))


def fitting(room: int, render: Callable[[Detail], list[Block]]) -> list[Block]:
    """The most detailed rendering that is at most `room` characters; the least detailed when none is."""
    blocks: list[Block] = []
    for detail in DETAILS:
        blocks = render(detail)
        if size(blocks) <= room:
            break
    return blocks


def deal_blocks(line: DealLine, detail: Detail, index: int, redraw: Redraw = NOTHING) -> list[Block]:
    """A deal: what it is, how it stands, the sentence that says so, and where that sentence is.

    `index` counts a message's facts from 1; `redraw` is the answer to make again once one is corrected.
    """
    text = "\n".join(filter(None, [deal_title(line), deal_status(line.deal), quote(line.sources, detail)]))
    shown = fact_section(text, ref_of_deal(line.deal), index, redraw)
    origin = origins(line.sources, detail)
    return [shown, context(origin)] if origin else [shown]


def deal_title(line: DealLine, *, plain: bool = False) -> str:
    """ "*Microsoft* acquired *Inflection* · $650 m"; `plain` for a screen reader."""
    deal = line.deal
    parts = [
        _sentence(line, plain=plain),
        amounts(deal.amounts, line.sources),
        _("not sure") if deal.confidence < UNSURE_BELOW else "",
    ]
    return (", " if plain else " · ").join(filter(None, parts))


def bond_title(line: BondLine, *, plain: bool = False) -> str:
    """ "*OpenAI* depends on *Microsoft*"; `plain` for a screen reader."""
    bond = line.bond
    shown = (name(line.source.name), name(line.target.name))
    source, target = shown if plain else map(bold, shown)
    return tie_sentence(bond.kind, bond.status, source, target)


def _sentence(line: DealLine, *, plain: bool) -> str:
    shown = (name(line.source.name), name(line.target.name))
    source, target = shown if plain else map(bold, shown)
    return tie_sentence(line.deal.kind, line.deal.status, source, target)


def amounts(reported: Sequence[ReportedMoney], sources: Sequence[Source]) -> str:
    """The amount; every value and who reports it when sources disagree."""
    if len(reported) == 1:
        return _money(reported[0])
    by_tie = {source.tie_id: source for source in sources}
    shown = [f"{_money(value)}{_reporters(value.tie_ids, by_tie)}" for value in reported[:_MOST_AMOUNTS]]
    more = len(reported) - _MOST_AMOUNTS
    if more > 0:
        shown.append(ngettext("{count} more value", "{count} more values", more).format(count=more))
    return " / ".join(shown)


def _money(reported: ReportedMoney) -> str:
    return mrkdwn(format_money(reported.money), 40)


def _reporters(tie_ids: Collection[str], by_tie: Mapping[str, Source]) -> str:
    names = dict.fromkeys(site_name(by_tie[tie_id], 30) for tie_id in tie_ids if tie_id in by_tie)
    return f" ({', '.join(list(names)[:2])})" if names else ""


def deal_status(deal: Deal) -> str:
    """ "Completed · Mar 2024", with the steps before when the status moved."""
    steps = deal.history[-_MOST_STEPS:]
    if len(steps) > 1:
        earlier = ["…"] if len(deal.history) > _MOST_STEPS else []
        text = " → ".join([*earlier, *(_step(step, deal) for step in steps)])
    else:
        text = status_word(deal.status, deal.kind)
    when = format_partial(deal.date) if deal.date else ""
    if not when and len(steps) <= 1:
        when = _("reported {day}").format(day=format_day(deal.first_seen))
    return " · ".join(filter(None, [text[:1].upper() + text[1:], mrkdwn(when, 40)]))


def _step(step: StatusStep, deal: Deal) -> str:
    return f"{status_word(step.status, deal.kind)} {format_day(step.at)}"


def quote(sources: Sequence[Source], detail: Detail) -> str:
    """The most telling sentence as a quote, or "" when there is none to show."""
    return next(filter(None, (quotation(source.text, detail.quote) for source in sources)), "")


def spoken_quote(sources: Sequence[Source], limit: int) -> str:
    """The same sentence inside a line, for a screen reader, with who wrote it."""
    for source in sources:
        sentence = mrkdwn(source.text, limit)
        if sentence:
            return f"“{sentence}” ({site_name(source)})"
    return ""


def origins(sources: Sequence[Source], detail: Detail) -> str:
    """Where sentences stand: links to the articles, then to the message that shared the first."""
    if not sources or not detail.sources:
        return ""
    articles = list({source.article_id: source for source in reversed(sources)}.values())[::-1]
    parts = [origin(source, detail) for source in articles[: detail.sources]]
    more = len(articles) - detail.sources
    if more > 0:
        parts.append(ngettext("{count} more article", "{count} more articles", more).format(count=more))
    return " · ".join([*parts, *_posting(articles[0], detail), *_checked(sources)])


def origin(source: Source, detail: Detail) -> str:
    """An article by its site and date, leading to it."""
    linked = link(source.url, _site(source), 60, address_limit=detail.address)
    return f"{linked}, {format_day(source.published)}" if source.published else linked


def _posting(source: Source, detail: Detail) -> Iterator[str]:
    day = format_day(source.posted_at)
    where = link(source.message_url, day, address_limit=detail.address) if source.message_url else ""
    if where or user(source.user_id):
        yield shared_words(source.user_id, where)


def _checked(sources: Sequence[Source]) -> Iterator[str]:
    """Who had the last word on a fact, if anybody had one."""
    for source in sources:
        who = user(source.corrected_by)
        if who and source.corrected_at:
            day = format_day(source.corrected_at)
            yield _("checked by {person} {day}").format(person=who, day=day)
            return


def shared_words(user_id: str | None, day: str) -> str:
    """Who shared something and when, as far as known: "shared by @ana 9 Nov 2026"."""
    who = user(user_id)
    if who and day:
        return _("shared by {person} {day}").format(person=who, day=day)
    if who:
        return _("shared by {person}").format(person=who)
    return _("shared {day}").format(day=day)


def site_name(source: Source, limit: int = 40) -> str:
    """What an article's site is called, as mrkdwn; its address or title when it has no name."""
    return name(_site(source), limit)


def _site(source: Source) -> str:
    host = (source.url or "").partition("://")[2].partition("/")[0].removeprefix("www.")
    return source.site or host or source.title or _("a pasted text")
