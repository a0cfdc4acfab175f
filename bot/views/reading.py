"""What is said in the thread under a posted link, and the modal for a text that could not be fetched."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.answers import ReadingAnswer
from bot.locale import _, ngettext
from bot.queries import Command
from bot.values import DEAL_KINDS, Tie
from bot.views.actions import Action, Target, write_target
from bot.views.amounts import format_money
from bot.views.blocks import MAX_VALUE, actions, button, context, section
from bot.views.dates import format_day, format_partial
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
    "render_saving",
    "render_trying_again",
]

MAX_TIES = 6
_QUOTE = 200


def render(answer: ReadingAnswer) -> Message | None:
    """The reply under a posting; None when there is nothing to say beyond the bookmark."""
    if answer.error_code is not None:
        return _render_failure(answer, answer.error_code)
    known = _known(answer)
    if not answer.ties:
        return Message(known, (section(f"{known} {_titled(answer, linked=True)}"),)) if known else None
    ties = sorted(answer.ties, key=lambda tie: tie.kind not in DEAL_KINDS)  # stable: deals first
    shown, more = ties[:MAX_TIES], len(ties) - MAX_TIES
    blocks = [section(_("I read {article}. It says:").format(article=_titled(answer, linked=True)))]
    for _place, same in groupby(shown, key=lambda tie: (tie.evidence.start, tie.evidence.end)):
        blocks.append(section(_proved(list(same))))
    notes = [_("and {count} more").format(count=more) if more > 0 else "", known]
    blocks += [context(note) for note in notes if note]
    return Message(_spoken(answer, shown, more, known), tuple(blocks))


def _proved(ties: Sequence[Tie]) -> str:
    """The ties that one sentence proves, and the sentence."""
    quoted = quotation(ties[0].evidence.text, _QUOTE)
    return "\n".join(filter(None, [*(_tie(tie, plain=False) for tie in ties), quoted]))


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


def _spoken(answer: ReadingAnswer, shown: Sequence[Tie], more: int, known: str) -> str:
    lines = [_("I read {article}. It says:").format(article=_titled(answer, linked=False))]
    lines += [f"{_tie(tie, plain=True)}." for tie in shown]
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
