"""The answer to /deals: a page of deals, or what there is instead."""

from collections.abc import Iterator

from bot.answers import DEALS_A_PAGE, DealsAnswer
from bot.counting import many
from bot.locale import N_, _
from bot.queries import Command
from bot.query_filters import Filters
from bot.values import Money
from bot.views.actions import State
from bot.views.amounts import format_money
from bot.views.blocks import MAX_TOTAL, context, section, size
from bot.views.buttons import page_buttons, run_buttons, shared_note
from bot.views.correction_actions import NOTHING, Redraw
from bot.views.dates import format_day
from bot.views.fact_menus import company_menu
from bot.views.lines import Detail, deal_blocks, deal_status, deal_title, fitting, spoken_quote
from bot.views.message import Block, Message
from bot.views.text import bold, mrkdwn, name, plain_name
from bot.views.words import counted, joined, kind_words, plural_status_word

_POST_A_LINK = N_("Post a link to an article about it in a channel where I am, and I read it.")


def render(answer: DealsAnswer, *, shared_by: str | None = None) -> Message:
    """One page; `shared_by` is the person who puts it into the channel, where it has no buttons."""
    if not answer.lines:
        return _render_empty(answer)
    title = f"{_title(answer, plain=False)} · {_count(answer)}"
    menu = company_menu(answer.companies[0]) if len(answer.companies) == 1 and not shared_by else None
    head = [section(title, menu)]
    narrowed = filter_words(answer.filters)
    if narrowed:
        head.append(context(_("Only {filters}").format(filters=narrowed)))
    foot = shared_note(shared_by) or page_buttons(
        Command.DEALS, answer.text, answer.page, answer.pages, shareable=True
    )
    # An answer that somebody shared is not made again for all: it says who shared it.
    redraw = NOTHING if shared_by else Redraw(State(Command.DEALS, answer.text, answer.page))

    def body(detail: Detail) -> list[Block]:
        lines = enumerate(answer.lines, 1)
        return [block for index, line in lines for block in deal_blocks(line, detail, index, redraw)]

    blocks = fitting(MAX_TOTAL - size([*head, *foot]), body)
    return Message(_spoken(answer), (*head, *blocks, *foot))


def _spoken(answer: DealsAnswer) -> str:
    narrowed = filter_words(answer.filters)
    only = [_("only {filters}").format(filters=narrowed)] if narrowed else []
    lines = [", ".join([_title(answer, plain=True), _count(answer), *only]) + "."]
    for number, line in enumerate(answer.lines, answer.page * DEALS_A_PAGE + 1):
        parts = [deal_title(line, plain=True), deal_status(line.deal), spoken_quote(line.sources, 150)]
        lines.append(f"{number}. " + ". ".join(filter(None, parts)))
    return "\n".join(lines)


def _title(answer: DealsAnswer, *, plain: bool) -> str:
    names = [name(company.name) for company in answer.companies]
    shown = names if plain else [bold(each) for each in names]
    if len(shown) == 2:
        return _("Deals between {companies}").format(companies=joined(shown))
    return _("Deals of {company}").format(company=shown[0]) if shown else _("Deals of all companies")


def _count(answer: DealsAnswer) -> str:
    if answer.pages <= 1:
        return counted(answer.total, "deal", "deals")
    first = answer.page * DEALS_A_PAGE + 1
    last = first + len(answer.lines) - 1
    return _("{first} to {last} of {total}").format(first=first, last=last, total=many(answer.total))


def filter_words(filters: Filters) -> str:
    """The filters as one says them: "acquisitions, rumoured, since 1 Jan 2024"; "" for none."""
    return ", ".join(_filter_words(filters))


def _filter_words(filters: Filters) -> Iterator[str]:
    if filters.kind:
        yield kind_words(filters.kind)
    if filters.status:
        yield plural_status_word(filters.status)
    if filters.since:
        yield _("since {day}").format(day=format_day(filters.since))
    if filters.until:
        yield _("until {day}").format(day=format_day(filters.until))
    if filters.minimum:
        least = mrkdwn(format_money(Money(filters.minimum.amount, None)))
        yield _("of at least {amount} in any currency").format(amount=least)


def _render_empty(answer: DealsAnswer) -> Message:
    names = [name(company.name) for company in answer.companies]
    narrowed = filter_words(answer.filters)
    if answer.unfiltered:
        found = counted(answer.unfiltered, "deal", "deals")
        said = _("{title}, only {filters}: nothing found. Without the filters I know {deals}.").format(
            title=_title(answer, plain=True), filters=narrowed, deals=found
        )
        label = _("Show all {count}").format(count=many(answer.unfiltered))
        button = run_buttons(Command.DEALS, [(label, answer.unfiltered_text)])
        return Message(said, (section(said), *button))
    if not names:
        said = " ".join([_("Nothing posted so far tells of a deal."), _(_POST_A_LINK)])
        return Message(said, (section(said),))
    if len(names) == 2:
        said = _("I know {companies}, but nothing posted so far tells of a deal between them.")
    else:
        said = _("I know {companies}, but nothing posted so far tells of a deal of theirs.")
    hint = _("What mentions them: {command}").format(command=_articles_hint(answer))
    said = f"{said.format(companies=joined(names))} {_(_POST_A_LINK)} {hint}"
    others = [(s.label, s.text) for s in answer.partners]
    return Message(said, (section(said), *run_buttons(Command.DEALS, others)))


def _articles_hint(answer: DealsAnswer) -> str:
    words = " ".join(plain_name(company.name, 40) for company in answer.companies[:1])
    return f"`{Command.ARTICLES} {mrkdwn(words, 60)}`"
