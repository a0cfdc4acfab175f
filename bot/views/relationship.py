"""The answer to /relationship: how two companies stand, what made it so, and what there is between them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import BondLine, DealLine, RelationshipAnswer, Source, StateLine
from bot.fact_refs import ref_of_bond, ref_of_deal
from bot.locale import _, ngettext
from bot.queries import Command
from bot.query_files import FileKind
from bot.values import Level
from bot.views.actions import Action, State, write_state
from bot.views.blocks import MAX_TOTAL, MAX_VALUE, actions, button, context, section, size
from bot.views.buttons import page_buttons, run_buttons, shared_note
from bot.views.correction_actions import NOTHING, Redraw
from bot.views.dates import format_day
from bot.views.fact_menus import fact_section
from bot.views.lines import (
    Detail,
    bond_title,
    deal_status,
    deal_title,
    fitting,
    origin,
    origins,
    quote,
    spoken_quote,
)
from bot.views.message import Block, Message
from bot.views.text import bold, name, quotation
from bot.views.timeline import pages_of, spoken_timeline, timeline
from bot.views.words import joined, level_word

MAX_DEALS = 5
MAX_BONDS = 4


def render(answer: RelationshipAnswer, *, shared_by: str | None = None) -> Message:
    """The relationship, or a further page of its timeline; `shared_by` is who puts it into the channel."""
    if answer.level is None:
        return _render_empty(answer)
    pages = pages_of(answer)
    answer = replace(answer, page=min(answer.page, pages - 1))
    foot = shared_note(shared_by) or _buttons(answer, pages)
    redraw = NOTHING if shared_by else Redraw(State(Command.RELATIONSHIP, answer.text))
    head = [section(f"*{_pair(answer)}*: {_present(answer)}")]

    def body(detail: Detail) -> list[Block]:
        if answer.page:
            return timeline(answer, detail)
        return [
            *_reason(answer.states, detail),
            *_bonds(answer.bonds, detail, redraw),
            *_deals(answer.deals, detail, redraw),
            *timeline(answer, detail),
        ]

    blocks = fitting(MAX_TOTAL - size([*head, *foot]), body)
    return Message(_spoken(answer), (*head, *blocks, *foot))


def _pair(answer: RelationshipAnswer) -> str:
    return f"{name(answer.a.name)} – {name(answer.b.name)}"


def _present(answer: RelationshipAnswer, *, plain: bool = False) -> str:
    """ "strained since 6 Nov 2026 (before: allied)"; a level that only faded says what it was."""
    level = answer.level or Level.NEUTRAL
    word = level_word(level) if plain else bold(level_word(level))
    if not answer.states:
        return word
    latest = answer.states[0]
    if latest.level is not level:
        return _("{level}; was {former} from {day}, nothing new since").format(
            level=word, former=level_word(latest.level), day=format_day(latest.since)
        )
    if len(answer.states) < 2:
        return _("{level} since {day}").format(level=word, day=format_day(latest.since))
    return _("{level} since {day} (before: {former})").format(
        level=word, day=format_day(latest.since), former=level_word(answer.states[1].level)
    )


def _reason(states: Sequence[StateLine], detail: Detail) -> list[Block]:
    sources = states[0].sources if states else ()
    said = quote(sources, detail)
    return [section(said), context(origins(sources, detail))] if said else []


def _bonds(bonds: Sequence[BondLine], detail: Detail, redraw: Redraw) -> list[Block]:
    if not bonds:
        return []
    blocks = [section(bold(_("Besides deals")))]
    for index, line in enumerate(bonds[:MAX_BONDS], MAX_DEALS + 1):
        reported = _("first reported {day}").format(day=format_day(line.bond.first_seen))
        text = _proved(f"{bond_title(line)} · {reported}", line.sources, detail)
        blocks.append(fact_section(text, ref_of_bond(line.bond), index, redraw))
    more = len(bonds) - MAX_BONDS
    if more > 0:
        blocks.append(section(_("and {count} more").format(count=more)))
    return blocks


def _deals(deals: Sequence[DealLine], detail: Detail, redraw: Redraw) -> list[Block]:
    if not deals:
        return []
    blocks = [section(bold(_("Deals")))]
    for index, line in enumerate(deals[:MAX_DEALS], 1):
        text = _proved(f"{deal_title(line)}\n{deal_status(line.deal)}", line.sources, detail)
        blocks.append(fact_section(text, ref_of_deal(line.deal), index, redraw))
    more = len(deals) - MAX_DEALS
    if more > 0:
        blocks.append(
            context(ngettext("and {count} more deal", "and {count} more deals", more).format(count=more))
        )
    return blocks


def _proved(title: str, sources: Sequence[Source], detail: Detail) -> str:
    """A line with where it stands and, shorter than in a list of its own, the sentence."""
    if not sources:
        return title
    said = quotation(sources[0].text, detail.quote // 3)
    return "\n".join(filter(None, [f"{title} · {origin(sources[0], detail)}", said]))


def _buttons(answer: RelationshipAnswer, pages: int) -> list[Block]:
    turning = page_buttons(Command.RELATIONSHIP, answer.text, answer.page, pages, shareable=True)
    row = [element for block in turning for element in block["elements"]]
    deals = write_state(State(Command.DEALS, answer.text))
    chart = write_state(State(Command.RELATIONSHIP, f"{answer.text} {FileKind.CHART}"))
    if answer.deals and len(deals) <= MAX_VALUE:
        row.append(button(_("Their deals"), Action.RUN, deals, index=1))
    if len(chart) <= MAX_VALUE:
        row.append(button(_("Chart in channel"), Action.ASK, chart))
    return [actions(*row)] if row else []


def _render_empty(answer: RelationshipAnswer) -> Message:
    said = _(
        "I know {companies}, but nothing posted so far tells how they stand to each other. "
        "Post a link to an article about both in a channel where I am, and I read it."
    ).format(companies=joined([name(answer.a.name), name(answer.b.name)]))
    others = [(choice.label, choice.text) for choice in answer.partners]
    note = [context(_("What I do know:"))] if others else []
    return Message(said, (section(said), *note, *run_buttons(Command.RELATIONSHIP, others)))


def _spoken(answer: RelationshipAnswer) -> str:
    lines = [f"{_pair(answer)}: {_present(answer, plain=True)}."]
    if answer.page:
        return "\n".join([*lines, *spoken_timeline(answer)])
    if answer.states:
        lines.append(spoken_quote(answer.states[0].sources, 300))
    lines += [f"{bond_title(line, plain=True)}." for line in answer.bonds[:MAX_BONDS]]
    lines += [
        f"{deal_title(line, plain=True)}. {deal_status(line.deal)}." for line in answer.deals[:MAX_DEALS]
    ]
    return "\n".join(filter(None, [*lines, *spoken_timeline(answer)]))
