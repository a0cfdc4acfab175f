"""How each command is used, and what went wrong: always to the person who asked alone."""

from collections.abc import Mapping

from bot.locale import N_, _
from bot.queries import Command
from bot.views.blocks import context, section
from bot.views.message import Message
from bot.views.text import mrkdwn
from bot.views.words import either

ABOUT: Mapping[Command, str] = {
    Command.DEALS: N_("Deals of a company, or between two, from the articles posted here."),
    Command.COMPANY: N_("A company: its names, how it stands to others, its last deals and articles, a map."),
    Command.RELATIONSHIP: N_("How two companies stand to each other, what made it so, and since when."),
    Command.ARTICLES: N_("The articles that I have read, newest first, or those that hold some words."),
    Command.DIGEST: N_("What changed between companies, once a week in this channel."),
    Command.WATCH: N_(
        "Follow a company or a pair, for this channel; in a direct conversation, for yourself."
    ),
}
_USAGE: Mapping[Command, tuple[str, ...]] = {
    Command.DEALS: (
        N_("/deals NAME"),
        N_("/deals NAME with:NAME type:KIND status:S since:DATE until:DATE min:AMOUNT"),
        N_("/deals NAME csv"),
    ),
    Command.COMPANY: (N_("/company NAME"), N_("/company NAME map"), N_("/company NAME chart")),
    Command.RELATIONSHIP: (N_("/relationship NAME, NAME"), N_("/relationship NAME, NAME chart")),
    Command.ARTICLES: ("/articles", N_("/articles WORDS"), N_("/articles bots on"), N_("/articles bots off")),
    Command.DIGEST: (
        N_("/digest preview"),
        N_("/digest on"),
        N_("/digest off"),
        N_("/digest settings"),
        N_("/digest when DAY TIME ZONE"),
        N_("/digest now"),
        N_("/digest language en"),
    ),
    Command.WATCH: (
        "/watch",
        N_("/watch NAME now|digest|silent"),
        N_("/watch NAME, NAME"),
        N_("/watch off NAME"),
        N_("/watch quiet 22:00-8:00 ZONE"),
        N_("/watch cap NUMBER"),
    ),
}
EXAMPLES: Mapping[Command, tuple[str, str]] = {
    Command.DEALS: (
        N_("/deals microsoft"),
        N_('/deals "banco santander" type:acquisition since:2024 min:100M'),
    ),
    Command.COMPANY: (N_("/company microsoft"), N_('/company "banco santander" map')),
    Command.RELATIONSHIP: (N_("/relationship openai microsoft"), N_("/relationship banco santander, bbva")),
    Command.ARTICLES: ("/articles", N_("/articles inflection")),
    Command.DIGEST: (N_("/digest preview"), N_("/digest when monday 9:00 Europe/Madrid")),
    Command.WATCH: (N_("/watch microsoft now"), N_("/watch openai, microsoft digest")),
}
_NOTES: Mapping[Command, str] = {
    Command.DEALS: N_(
        "Types: acquisition, merger, investment, partnership, supply, licensing, financing. Status: rumored, "
        "announced, completed, ended, denied. Dates: 2024, 2024-06, june, 30d. Spanish words work too."
    ),
    Command.COMPANY: N_(
        "The card is for you alone. A map or a chart is posted to the channel, from what its members may see."
    ),
    Command.RELATIONSHIP: N_(
        "A comma, “y”, “and” or “vs” between the names, or quotes around them, when they have several words."
    ),
    Command.ARTICLES: N_(
        "Only articles that you may see here are listed. bots on lets me read what bots post in this channel."
    ),
    Command.DIGEST: N_(
        "preview shows it to you alone; now posts it to the channel; "
        "language is that of what I post here, en or es."
    ),
    Command.WATCH: N_(
        "now tells every change within a minute or so, digest puts it first in the digest, silent only keeps "
        "it on the list. A name in quotes is always a name. Spanish words work too."
    ),
}


def render_help(command: Command) -> Message:
    """What a command does, its forms, and two examples."""
    usage = "\n".join(f"`{_(line)}`" for line in _USAGE[command])
    examples = [_(example) for example in EXAMPLES[command]]
    listed = "\n".join(f"• `{example}`" for example in examples)
    about, note = _(ABOUT[command]), _(_NOTES[command])
    heading = _("For example")
    for_example = _("For example: {examples}.").format(examples=either(examples))
    text = f"{command}: {about} {for_example} {note}"
    return Message(
        mrkdwn(text, 1500),
        (
            section(f"*{command}*  {about}"),
            section(f"{usage}\n{heading}\n{listed}"),
            context(note),
        ),
    )


def render_error(message: str) -> Message:
    """What can't be done and what to do instead; `message` is the error's own."""
    said = mrkdwn(message, 1500) or _("That can't be done.")
    return Message(said, (section(said),))


def render_unexpected(error_id: str) -> Message:
    """Something broke on our side."""
    said = _(
        "Something went wrong on my side, and nothing was changed. Try again; if it stays, tell the person "
        "who runs me this number: {number}"
    ).format(number=mrkdwn(error_id))
    return Message(said, (section(said),))
