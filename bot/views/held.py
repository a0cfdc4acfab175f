"""What is held of a person, and its deletion, in a modal."""

from bot.home import Held
from bot.locale import _, ngettext
from bot.views.actions import Callback
from bot.views.blocks import modal, section
from bot.views.message import Block, View


def render(held: Held) -> View:
    """What there is, with the way to delete it; without a way when there is nothing."""
    if not held:
        return _closing(_("Nothing that I keep refers to you."))
    lines = [_shared(held.postings), _followed(held.watches), _set_up(held.set_up)]
    shown = "\n".join(f"• {line}" for line in lines if line)
    after = _(
        "“Delete” takes your name off what you shared or set up, and deletes what you follow yourself. The "
        "articles stay for the team: to withdraw one, delete the message that shared it. This can't be "
        "undone. Your language and time zone are asked of Slack again when you next use me."
    )
    return modal(Callback.FORGET_ME, _("Held of you"), _("Delete"), [section(shown), section(after)], "")


def render_gone() -> View:
    """It is done."""
    return _closing(_("Done: nothing that I keep refers to you any more."))


def _shared(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{count} article shared by you: a pointer to your message, with your user id",
        "{count} articles shared by you: pointers to your messages, with your user id",
        count,
    ).format(count=count)


def _followed(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{count} company or pair that you follow", "{count} companies or pairs that you follow", count
    ).format(count=count)


def _set_up(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{count} company or pair that a channel follows because you asked for it",
        "{count} companies or pairs that a channel follows because you asked for it",
        count,
    ).format(count=count)


def _closing(text: str) -> View:
    blocks: list[Block] = [section(text)]
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": _("Held of you"), "emoji": False},
        "close": {"type": "plain_text", "text": _("Close"), "emoji": False},
        "blocks": blocks,
    }
