"""What is held of a person, and its deletion, in a modal."""

from collections.abc import Iterator

from bot.home import Held
from bot.locale import _, ngettext
from bot.views.actions import Callback
from bot.views.blocks import modal, section
from bot.views.message import Message, View
from bot.views.notice import notice_modal


def render(held: Held) -> View:
    """What there is, with the way to delete it; without a way when there is nothing."""
    if not held:
        return _closing(
            _(
                "I keep nothing that you shared, follow, set up or corrected; only your language, your time "
                "zone and whether you are a full member, as Slack tells them."
            )
        )
    shown = "\n".join(f"• {line}" for line in _lines(held))
    after = _(
        "“Delete” takes your name off what you shared, set up or corrected, and deletes what you follow "
        "yourself. The articles stay for the team: to withdraw one, delete the message that shared it. This "
        "can't be undone. Your language, your time zone and whether you are a full member go too, and are "
        "asked of Slack again when you next use me."
    )
    return modal(Callback.FORGET_ME, _("Held of you"), _("Delete"), [section(shown), section(after)], "")


def render_gone() -> View:
    """It is done."""
    return _closing(_("Done: your name is off what you shared, set up or corrected, and you follow nothing."))


def _lines(held: Held) -> Iterator[str]:
    if held.postings:
        yield ngettext(
            "{count} article shared by you: a pointer to your message, with your user id",
            "{count} articles shared by you: pointers to your messages, with your user id",
            held.postings,
        ).format(count=held.postings)
    if held.watches:
        yield ngettext(
            "{count} company or pair that you follow",
            "{count} companies or pairs that you follow",
            held.watches,
        ).format(count=held.watches)
    if held.set_up:
        yield ngettext(
            "{count} thing that you set up for a channel: followed, or a digest",
            "{count} things that you set up for channels: followed, or a digest",
            held.set_up,
        ).format(count=held.set_up)
    if held.corrections:
        yield ngettext("{count} correction by you", "{count} corrections by you", held.corrections).format(
            count=held.corrections
        )
    if held.opinions:
        yield ngettext(
            "{count} opinion of yours on a digest", "{count} opinions of yours on digests", held.opinions
        ).format(count=held.opinions)
    if held.installed:
        yield _("That you installed me here")


def _closing(text: str) -> View:
    return notice_modal(Message(text, (section(text),)), title=_("Held of you"))
