"""Facts with their menus, what was said of them, and the buttons that take it back."""

from collections.abc import Iterator, Sequence

from bot.correction_answers import Fact, History, HistoryLine, Taken
from bot.locale import _, ngettext
from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.relationships.corrections import FactSaid, Verdict
from bot.values import Money, Tie
from bot.views.actions import Action
from bot.views.amounts import format_money
from bot.views.blocks import MAX_TEXT, MAX_TOTAL, actions, button, context, section, size
from bot.views.correction_actions import Undoing, write_undoing
from bot.views.dates import format_day, format_partial
from bot.views.fact_menus import fact_section
from bot.views.lines import Detail, fitting, origins, quote
from bot.views.message import Block, Message
from bot.views.text import bold, mrkdwn, name, user
from bot.views.words import tie_sentence

MAX_FACTS = 15  # on one card
HISTORY_SHOWN = 10


def render_card(facts: Sequence[Fact]) -> Message:
    """Some facts, each with its menu, to the person who wants to correct one."""
    head = section(_("What is not right?"))

    def body(detail: Detail) -> list[Block]:
        blocks: list[Block] = []
        for index, fact in enumerate(facts[:MAX_FACTS], 1):
            text = "\n".join(filter(None, [fact_words(fact), quote(fact.sources, detail)]))
            blocks.append(fact_section(text, fact.ref, index))
            where = origins(fact.sources, detail)
            blocks += [context(where)] if where else []
        return blocks

    spoken = [f"{fact_words(fact, plain=True)}." for fact in facts[:MAX_FACTS]]
    text = _as_far_as_fits([_("What is not right?"), *spoken])
    return Message(text, (head, *fitting(MAX_TOTAL - size([head]), body)))


def fact_words(fact: Fact, *, plain: bool = False) -> str:
    """ "*Microsoft* acquired *Inflection* · $650 m · Mar 2024"."""
    shown = (name(fact.source), name(fact.target))
    source, target = shown if plain else map(bold, shown)
    said = tie_sentence(fact.kind, fact.status, source, target)
    return (", " if plain else " · ").join([said, *_amount(fact.money), *_day(fact.date)])


def render_taken(taken: Taken) -> Message:
    """Confirm a correction, and offer to take it back."""
    who = (
        _("It counts for everybody in the workspace.")
        if taken.everybody
        else _("Only members of this channel know it, and what you said of it.")
    )
    said = f"{_taken_words(taken.said)} {who}"
    row = [button(_("Undo"), Action.UNDO, write_undoing(Undoing(taken.batch_id)))]
    row.append(button(_("History"), Action.HISTORY, taken.about))
    return Message(said, (section(said), actions(*row)))


def render_undone(*, done: bool) -> Message:
    """Say that a correction was taken back, or had been before."""
    said = _("Taken back: it is as it was before.") if done else _("Somebody has taken that back already.")
    return Message(said, (section(said),))


def render_history(history: History) -> Message:
    """Who corrected what and when, each with a button that takes it back."""
    if not history.lines:
        said = _("Nobody has corrected anything here.")
        return Message(said, (section(said),))
    title = _("What people corrected")
    blocks: list[Block] = [section(bold(title))]
    for index, line in enumerate(history.lines[:HISTORY_SHOWN], 1):
        undo = None
        if line.undone_at is None:
            value = write_undoing(Undoing(line.batch_id, history.about))
            undo = button(_("Undo"), Action.UNDO, value, index=index)
        blocks.append(section(history_words(line), undo))
    more = len(history.lines) - HISTORY_SHOWN + history.more
    if more > 0:
        blocks.append(context(_("and {count} more").format(count=more)))
    spoken = [f"{title}:", *(history_words(line) for line in history.lines[:HISTORY_SHOWN])]
    return Message(_as_far_as_fits(spoken), tuple(blocks))


def _as_far_as_fits(lines: Sequence[str]) -> str:
    """The first lines that a message's text has room for."""
    text = lines[0]
    for line in lines[1:]:
        if len(text) + len(line) + 1 > MAX_TEXT:
            break
        text += f"\n{line}"
    return text


def _said_words(said: FactSaid | CompanySaid) -> str:
    """A correction in a few words."""
    return company_words(said) if isinstance(said, CompanySaid) else _fact_words(said)


def history_words(line: HistoryLine) -> str:
    """ "@ana, 2 Mar 2026: wrong: *Corvane* acquired *Tessel*"."""
    who = user(line.user_id) or _("somebody")
    parts = [f"{who}, {format_day(line.made_at)}: {_said_words(line.said)}"]
    if line.count > 1:
        times = ngettext("in {count} article", "in {count} articles", line.count)
        parts.append(times.format(count=line.count))
    if line.undone_at is not None:
        by = user(line.undone_by) or _("somebody")
        parts.append(_("taken back by {person} {day}").format(person=by, day=format_day(line.undone_at)))
    return " · ".join(parts)


def _taken_words(said: FactSaid | CompanySaid) -> str:
    if isinstance(said, CompanySaid):
        return f"{company_words(said)}."
    if said.verdict is Verdict.RIGHT:
        return _("Noted as right: {fact}.").format(fact=_tie_words(said.origin))
    if said.verdict is Verdict.WRONG:
        return _("Noted as wrong: {fact}. I tell it no more.").format(fact=_tie_words(said.origin))
    return _("Corrected: {changes}.").format(changes=_fact_words(said))


def _fact_words(said: FactSaid) -> str:
    fact = _tie_words(said.origin)
    if said.verdict is Verdict.RIGHT:
        return _("right: {fact}").format(fact=fact)
    if said.verdict is Verdict.WRONG:
        return _("wrong: {fact}").format(fact=fact)
    return f"{fact} → {_tie_words(said.edit.of(said.origin))}"


def _tie_words(tie: Tie) -> str:
    said = tie_sentence(tie.kind, tie.status, bold(name(tie.source)), bold(name(tie.target)))
    return ", ".join([said, *_amount(tie.money), *_day(tie.date)])


def company_words(said: CompanySaid, *, plain: bool = False) -> str:
    """ "*Blizzard* and *Activision* are one company, *Activision*"; `plain` for a screen reader."""
    company, other = name(said.name), name(said.other_name)
    if not plain:
        company, other = bold(company), bold(other)
    if said.verdict is CompanyVerdict.RENAME:
        return _("{company} is now called {name}").format(company=other, name=company)
    if said.verdict is CompanyVerdict.MERGE:
        return _("{other} and {company} are one company, {company}").format(company=company, other=other)
    if said.verdict is CompanyVerdict.SPLIT:
        return _("{other} is another company than {company}").format(company=company, other=other)
    return _("{company} is hidden: it shows nowhere").format(company=company)


def _amount(money: Money | None) -> Iterator[str]:
    if money is not None:
        yield mrkdwn(format_money(money), 40)


def _day(day: str | None) -> Iterator[str]:
    if day:
        yield mrkdwn(format_partial(day), 40)
