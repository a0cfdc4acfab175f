"""What is said in the thread under a posted link, and the modal for a text that could not be fetched."""

from collections.abc import Iterator, Sequence
from itertools import count, groupby, zip_longest

from bot.answers import ReadingAnswer
from bot.fact_refs import FactRef
from bot.locale import _, ngettext
from bot.queries import Command
from bot.values import DEAL_KINDS, Tie
from bot.views.actions import Action, Target, write_target
from bot.views.amounts import format_money
from bot.views.blocks import MAX_VALUE, actions, button, context, section
from bot.views.correction_actions import Redraw
from bot.views.dates import format_day, format_partial
from bot.views.fact_menus import fact_section
from bot.views.failures import failure
from bot.views.lines import UNSURE_BELOW
from bot.views.message import Block, Message
from bot.views.paste import PASTE_BLOCK, Pasted, paste_modal, read_paste
from bot.views.text import bold, link, mrkdwn, name, quotation, user
from bot.views.words import tie_sentence

__all__ = [
    "PASTE_BLOCK",
    "Pasted",
    "paste_modal",
    "read_paste",
    "render",
    "render_left_out",
    "render_nothing_left",
    "render_saving",
    "render_trying_again",
]

Told = tuple[Tie, str | None]

MAX_TIES = 6
_QUOTE = 200


def render(answer: ReadingAnswer) -> Message | None:
    """The reply under a posting; None when there is nothing to say beyond the bookmark."""
    if answer.error_code is not None:
        return _render_failure(answer, answer.error_code)
    known = _known(answer)
    if not answer.ties:
        return Message(known, (section(f"{known} {_titled(answer, linked=True)}"),)) if known else None
    # Stable: deals first. What nobody stored can't be corrected and has no id.
    told = sorted(zip_longest(answer.ties, answer.tie_ids), key=lambda told: told[0].kind not in DEAL_KINDS)
    shown, more = told[:MAX_TIES], len(told) - MAX_TIES
    blocks = [section(_("I read {article}. It says:").format(article=_titled(answer, linked=True)))]
    numbers = count(1)
    for _place, same in groupby(shown, key=_place_of):
        blocks += _proved(list(same), numbers, Redraw(posting_id=answer.posting_id))
    notes = [_("and {count} more").format(count=more) if more > 0 else "", known]
    blocks += [context(note) for note in notes if note]
    return Message(_spoken(answer, shown, more, known), tuple(blocks))


def _place_of(told: Told) -> tuple[int, int]:
    return told[0].evidence.start, told[0].evidence.end


def _proved(told: Sequence[Told], numbers: Iterator[int], redraw: Redraw) -> Iterator[Block]:
    """The ties that one sentence proves, each with its menu, the sentence with the last."""
    for tie, tie_id in told:
        quoted = quotation(tie.evidence.text, _QUOTE) if tie is told[-1][0] else ""
        text = "\n".join(filter(None, [_tie(tie, plain=False), quoted]))
        ref = FactRef(tie_id=tie_id)
        yield fact_section(text, ref, next(numbers), redraw) if tie_id else section(text)


def render_nothing_left(answer: ReadingAnswer) -> Message:
    """The reply under a posting when all that was found has been marked as wrong."""
    said = _("I read {article}. What I found in it was marked as wrong.")
    text = said.format(article=_titled(answer, linked=True))
    return Message(said.format(article=_titled(answer, linked=False)), (section(text),))


def _tie(tie: Tie, *, plain: bool) -> str:
    parts = list(_tie_parts(tie, plain=plain))
    return (", " if plain else " · ").join(filter(None, parts))


def _tie_parts(tie: Tie, *, plain: bool) -> Iterator[str]:
    source, target = name(tie.source), name(tie.target)
    if not plain:
        source, target = bold(source), bold(target)
    yield tie_sentence(tie.kind, tie.status, source, target)
    yield mrkdwn(format_money(tie.money), 40) if tie.money else ""
    yield mrkdwn(format_partial(tie.date), 40) if tie.date else ""
    yield _("not sure") if tie.confidence < UNSURE_BELOW else ""


def _titled(answer: ReadingAnswer, *, linked: bool) -> str:
    """The article by its title, site and date."""
    title = answer.title or answer.url or _("the pasted text")
    shown = link(answer.url, title, 150) if linked else name(title, 150)
    about = [mrkdwn(answer.site or "", 40), format_day(answer.published) if answer.published else ""]
    said = ", ".join(filter(None, about))
    return f"{shown} ({said})" if said else shown


def _known(answer: ReadingAnswer) -> str:
    if answer.known_at is None:
        return ""
    who = user(answer.known_by)
    day = format_day(answer.known_at)
    when = link(answer.known_url, day) if answer.known_url else day
    said = _("Already saved by {person} on {day}.") if who else _("Already saved on {day}.")
    return said.format(person=who, day=when)


def _spoken(answer: ReadingAnswer, shown: Sequence[Told], more: int, known: str) -> str:
    lines = [_("I read {article}. It says:").format(article=_titled(answer, linked=False))]
    lines += [f"{_tie(tie, plain=True)}." for tie, _id in shown]
    lines += [_("And {count} more.").format(count=more)] if more > 0 else []
    return "\n".join([*lines, *filter(None, [known])])


def _render_failure(answer: ReadingAnswer, code: str) -> Message:
    happened, may_work_later = failure(code)
    titled = link(answer.url, answer.title or answer.url or _("the text"), 150)
    said = _("I could not read {article}: {happened} You can paste its text, and I read that.").format(
        article=titled, happened=happened
    )
    return Message(said, (section(said), *_failure_buttons(answer, may_work_later=may_work_later)))


def _failure_buttons(answer: ReadingAnswer, *, may_work_later: bool) -> list[Block]:
    target = write_target(Target(answer.article_id, answer.channel_id, answer.message_ts))
    if len(target) > MAX_VALUE:
        return []
    row = [button(_("Paste the text"), Action.PASTE_TEXT, target)]
    if may_work_later:
        row.append(button(_("Try again"), Action.RETRY, target))
    return [actions(*row)]


def render_trying_again() -> Message:
    """Answer to the button: the page will be read once more."""
    return _said(_("I am trying again, and will say in the thread what comes of it."))


def render_saving(links: int) -> Message:
    """Answer to "Save article": how many links of the message will be read."""
    if not links:
        return _said(
            _(
                "That message has no link that I can read. "
                "Post a link to an article, and I read it, or paste its text."
            )
        )
    return _said(
        ngettext(
            "Saving {count} link. What I find comes as a reply in the thread, if I am in this channel; "
            "`{command}` lists it either way.",
            "Saving {count} links. What I find comes as a reply in the thread, if I am in this channel; "
            "`{command}` lists it either way.",
            links,
        ).format(count=links, command=Command.ARTICLES)
    )


def render_left_out(most: int) -> Message:
    """A message has more links than are read of one message."""
    return _said(
        _("I read {count} links of one message and left the others out. Post those on their own.").format(
            count=most
        )
    )


def _said(text: str) -> Message:
    return Message(text, (section(text),))
