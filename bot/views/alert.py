"""What a reader is told at once: what changed about the companies it follows."""

from bot.locale import _, ngettext
from bot.queries import Command
from bot.views.actions import Action, State, write_state
from bot.views.blocks import actions, button, context, section
from bot.views.digest import lines_between, spoken_lines
from bot.views.fact_menus import correct_button, facts_of_lines
from bot.views.message import Message
from bot.views.text import bold
from bot.watch_answers import Alert


def render(alert: Alert) -> Message:
    """The message of one burst of changes; `alert` has at least one line."""
    if alert.person:
        title = _("News of companies that you follow")
    else:
        title = _("News of companies followed in this channel")
    said = spoken_lines(f"{title}:", alert.told)
    foot = []
    if alert.cap is not None:
        reached = ngettext(
            "That makes {count} change today, the most that I tell at once (`{command}`). What else comes "
            "today is told tomorrow.",
            "That makes {count} changes today, the most that I tell at once (`{command}`). What else comes "
            "today is told tomorrow.",
            alert.cap,
        ).format(count=alert.cap, command=_("/watch cap {count}").format(count=min(100, 2 * alert.cap)))
        said, foot = f"{said}\n{reached}", [context(reached)]
    shown = button(_("What is followed"), Action.ASK, write_state(State(Command.WATCH, "list")))
    return Message(
        said,
        tuple(
            lines_between(
                [section(bold(title))],
                alert.told,
                [*foot, actions(shown, *correct_button(facts_of_lines(alert.told.digest.lines)))],
            )
        ),
    )
