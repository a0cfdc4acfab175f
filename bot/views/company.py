"""The answer to /company: what it is called, how it stands to others, and what was last told of it."""

from collections.abc import Sequence

from bot.answers import DealLine
from bot.company_answer import CompanyAnswer, FollowerLine, PartnerLine
from bot.counting import many
from bot.digest.digest import DigestLine
from bot.fact_refs import FactRef, ref_of_bond, ref_of_deal
from bot.locale import _, ngettext
from bot.queries import Command
from bot.query_files import FileKind
from bot.values import Change
from bot.views.actions import Action, State, write_state
from bot.views.articles import article_line, article_spoken
from bot.views.blocks import MAX_TOTAL, MAX_VALUE, actions, button, context, section, size
from bot.views.buttons import page_buttons, shared_note
from bot.views.dates import format_day
from bot.views.digest import line_title
from bot.views.fact_menus import company_menu, correct_button, facts_of_changes
from bot.views.lines import Detail, bond_title, deal_status, deal_title, fitting, origin
from bot.views.message import Block, Message
from bot.views.text import bold, channel, name, user
from bot.views.watch import tier_word, watch_button
from bot.views.words import joined, level_word

ALIASES_SHOWN = 8
FOLLOWERS_SHOWN = 5
TIES_SHOWN = 3


def render(answer: CompanyAnswer, *, shared_by: str | None = None) -> Message:
    """The card, or a further page of its partners; `shared_by` is the person who puts it into the channel."""
    menu = None if shared_by else company_menu(answer.company)
    head = [section(f"*{name(answer.company.name)}*", menu), *_small_print(answer)]
    foot = shared_note(shared_by) or _buttons(answer)

    def body(detail: Detail) -> list[Block]:
        blocks = _partners(answer, detail)
        if answer.page == 0:
            blocks += [*_changes(answer, detail), *_deals(answer, detail), *_articles(answer, detail)]
        return blocks

    blocks = fitting(MAX_TOTAL - size([*head, *foot]), body)
    return Message(_spoken(answer), (*head, *blocks, *foot))


def _small_print(answer: CompanyAnswer) -> list[Block]:
    texts = list(filter(None, [_called(answer), _followed(answer)]))
    return [context(*texts)] if texts else []


def _called(answer: CompanyAnswer) -> str:
    others = [name(alias, 60) for alias in answer.company.aliases if alias != answer.company.name]
    return _("also: {names}").format(names=joined(others, most=ALIASES_SHOWN)) if others else ""


def _followed(answer: CompanyAnswer) -> str:
    """Who follows it, and how soon each is told."""
    readers = [_reader(line) for line in answer.followers]
    shown = list(dict.fromkeys(filter(None, readers)))
    if not shown:
        return _("followed by nobody yet")
    return _("followed by {readers}").format(readers=joined(shown, most=FOLLOWERS_SHOWN))


def _reader(line: FollowerLine) -> str:
    who = channel(line.reader_id) or user(line.reader_id)
    if not who:
        return ""
    soon = tier_word(line.tier).lower()
    if line.with_name is None:
        return f"{who} ({soon})"
    return _("{reader} ({soon}, with {company} only)").format(
        reader=who, soon=soon, company=name(line.with_name, 40)
    )


def _partners(answer: CompanyAnswer, detail: Detail) -> list[Block]:
    if not answer.partners:
        return [section(_("Nothing posted so far ties it to another company."))]
    texts = ["\n".join(_partner_lines(line, detail)) for line in answer.partners]
    return [section(f"*{_partners_title(answer)}*"), *map(section, texts)]


def _partners_title(answer: CompanyAnswer) -> str:
    count = answer.active
    said = ngettext("{count} active relationship", "{count} active relationships", count).format(
        count=count if answer.complete else f"{count}+"
    )
    if answer.pages == 1:
        return said
    place = _("page {page} of {pages}").format(page=answer.page + 1, pages=answer.pages)
    return f"{said}, {place}"


def _partner_lines(line: PartnerLine, detail: Detail) -> list[str]:
    ties = line.ties[: TIES_SHOWN if detail.sources else 1]
    lines = [f"{bold(name(line.company.name))}: {_stands(line, bold(level_word(line.level)))}"]
    for tie in ties:
        title = deal_title(tie) if isinstance(tie, DealLine) else bond_title(tie)
        where = origin(tie.sources[0], detail) if tie.sources and detail.sources else ""
        lines.append("• " + " · ".join(filter(None, [title, where])))
    more = len(line.ties) - len(ties)
    return [*lines, *([_and_more(more)] if more > 0 else [])]


def _and_more(count: int) -> str:
    return _("and {count} more").format(count=count)


def _stands(line: PartnerLine, level: str) -> str:
    if line.since is None:
        return level
    return _("{level} since {day}").format(level=level, day=format_day(line.since))


def _changes(answer: CompanyAnswer, detail: Detail) -> list[Block]:
    lines = []
    for change in answer.changes:
        sources = [answer.sources[tie_id] for tie_id in change.tie_ids if tie_id in answer.sources]
        where = origin(sources[0], detail) if sources and detail.sources else ""
        lines.append(" · ".join(filter(None, [_change(answer, change, plain=False), where])))
    return _titled(_("Last changes"), lines)


def _change(answer: CompanyAnswer, change: Change, *, plain: bool) -> str:
    said = line_title(DigestLine((change,)), answer.companies, plain=plain)
    return f"{format_day(change.happened_at)}: {said}"


def _deals(answer: CompanyAnswer, detail: Detail) -> list[Block]:
    title = ngettext("{count} deal", "{count} deals", answer.deals_total).format(
        count=many(answer.deals_total)
    )
    lines = []
    for line in answer.deals:
        where = origin(line.sources[0], detail) if line.sources and detail.sources else ""
        lines.append(" · ".join(filter(None, [deal_title(line), deal_status(line.deal), where])))
    return _titled(title, lines)


def _articles(answer: CompanyAnswer, detail: Detail) -> list[Block]:
    count = answer.articles_total
    title = ngettext("{count} article", "{count} articles", count).format(count=many(count))
    return _titled(title, [article_line(line, detail) for line in answer.articles])


def _titled(title: str, lines: Sequence[str]) -> list[Block]:
    return [section(f"*{title}*\n{lines[0]}"), *map(section, lines[1:])] if lines else []


def _buttons(answer: CompanyAnswer) -> list[Block]:
    """What else there is of the company. Pictures are seen by the whole channel, and their buttons say so."""
    wanted: list[tuple[str, Command, str]] = []
    if answer.active or answer.deals:
        wanted.append((_("Chart in channel"), Command.COMPANY, f"{answer.text} {FileKind.CHART}"))
    if answer.active:
        wanted.append((_("Map in channel"), Command.COMPANY, f"{answer.text} {FileKind.MAP}"))
    if answer.deals:
        wanted.append((_("All deals"), Command.DEALS, answer.text))
    if answer.articles:
        wanted.append((_("All articles"), Command.ARTICLES, answer.text))
    turning = page_buttons(Command.COMPANY, answer.text, answer.page, answer.pages, shareable=True)
    row = [element for block in turning for element in block["elements"]]
    for index, (label, command, text) in enumerate(wanted, 1):
        value = write_state(State(command, text))
        if len(value) <= MAX_VALUE:
            row.append(button(label, Action.ASK, value, index=index))
    watch = watch_button(answer.text)
    row += [*([watch] if watch else []), *correct_button(_facts(answer))]
    return [actions(*row)] if row else []


def _facts(answer: CompanyAnswer) -> list[FactRef]:
    """What the page tells, in its order."""
    partners = [tie for line in answer.partners for tie in line.ties[:TIES_SHOWN]]
    told = [ref_of_deal(tie.deal) if isinstance(tie, DealLine) else ref_of_bond(tie.bond) for tie in partners]
    if answer.page:
        return told
    return [*told, *facts_of_changes(answer.changes), *(ref_of_deal(line.deal) for line in answer.deals)]


def _spoken(answer: CompanyAnswer) -> str:
    said = [name(answer.company.name), _called(answer), _followed(answer)]
    lines = [". ".join(filter(None, said)) + "."]
    if answer.partners:
        lines.append(f"{_partners_title(answer)}:")
    else:
        lines.append(_("Nothing posted so far ties it to another company."))
    lines += [
        f"{name(line.company.name)}: {_stands(line, level_word(line.level))}." for line in answer.partners
    ]
    if answer.page:
        return "\n".join(lines)
    if answer.changes:
        lines.append(_("Last changes:"))
        lines += [f"{_change(answer, change, plain=True)}." for change in answer.changes]
    if answer.deals:
        count = answer.deals_total
        lines.append(ngettext("{count} deal:", "{count} deals:", count).format(count=many(count)))
        lines += [f"{deal_title(line, plain=True)}. {deal_status(line.deal)}." for line in answer.deals]
    if answer.articles:
        count = answer.articles_total
        lines.append(ngettext("{count} article:", "{count} articles:", count).format(count=many(count)))
        lines += [f"{article_spoken(line)}." for line in answer.articles]
    return "\n".join(lines)
