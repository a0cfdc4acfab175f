"""Names that nobody posted about, that several companies share, or of which one is missing."""

from bot.answers import AmbiguousName, MissingName, Suggestion, UnknownName
from bot.locale import _
from bot.queries import Command
from bot.views.actions import Action, State, write_state
from bot.views.blocks import MAX_VALUE, button, context, section
from bot.views.buttons import MAX_CHOICES, run_buttons
from bot.views.message import Block, Message
from bot.views.text import bold, mrkdwn, name
from bot.views.words import either, joined


def render_unknown(answer: UnknownName) -> Message:
    """Say that nothing is known, and what may have been meant."""
    names = joined([_("“{name}”").format(name=name(each)) for each in answer.names])
    said = _("Nothing posted so far names {names}.").format(names=names)
    if answer.suggestions:
        labels = either([name(suggestion.label) for suggestion in answer.suggestions[:MAX_CHOICES]])
        meant = _("Did you mean {names}?").format(names=labels)
        text = f"{said} {meant}"
        asked = [(s.label, s.text) for s in answer.suggestions]
        return Message(text, (section(text), *run_buttons(answer.command, asked)))
    hint = _(
        "Post a link to an article about them in a channel where I am, and I read it. "
        "`{command}` lists what I have read."
    ).format(command=Command.ARTICLES)
    text = f"{said} {hint}"
    return Message(text, (section(text),))


def render_ambiguous(answer: AmbiguousName) -> Message:
    """Ask which of several companies is meant; never choose."""
    said = _("“{name}” may be several companies. Which one do you mean?").format(name=name(answer.name))
    labels = "; ".join(_described(choice, plain=True) for choice in answer.choices[:MAX_CHOICES])
    blocks = [section(said), *_choice_blocks(answer.command, answer.choices)]
    if len(answer.choices) > MAX_CHOICES:
        blocks.append(context(_("There are more. Type more of the name.")))
    return Message(f"{said} {labels}", tuple(blocks))


def render_missing(answer: MissingName) -> Message:
    """Ask for the second company."""
    company = name(answer.company.name)
    said = _("That names one company, {company}. Add the other: `{command} {company}, NAME`").format(
        company=company, command=answer.command
    )
    if not answer.choices:
        return Message(said, (section(said),))
    asked = [(choice.label, choice.text) for choice in answer.choices]
    note = context(_("It has to do with:"))
    return Message(said, (section(said), note, *run_buttons(answer.command, asked)))


def _choice_blocks(command: Command, choices: tuple[Suggestion, ...]) -> list[Block]:
    blocks = []
    for index, choice in enumerate(choices[:MAX_CHOICES], 1):
        value = write_state(State(command, choice.text))
        pressed = button(_("This one"), Action.RUN, value, index=index) if len(value) <= MAX_VALUE else None
        blocks.append(section(_described(choice, plain=False), pressed))
    return blocks


def _described(choice: Suggestion, *, plain: bool) -> str:
    label = name(choice.label)
    detail = mrkdwn(choice.detail, 200)
    shown = label if plain else bold(label)
    return f"{shown} ({detail})" if detail else shown
