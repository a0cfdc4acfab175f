"""What is said to people who speak to Seams in plain words, when they ask nothing of the record."""

from collections.abc import Mapping

from bot.locale import N_, _
from bot.spoken_queries import Chat
from bot.views.blocks import MAX_BLOCKS, context, section
from bot.views.message import Message
from bot.views.text import mrkdwn

EXAMPLES = (N_("what about Inflection and Microsoft since June?"), N_("who invested in OpenAI?"))
_SAID: Mapping[Chat, str] = {
    Chat.NOTHING: N_("You called? Ask me about companies, in plain words."),
    Chat.HELLO: N_("Hello. Ask me about companies, in plain words."),
    Chat.THANKS: N_("Gladly."),
    Chat.HELP: N_(
        "I keep what the articles posted here say about companies: deals, how two companies stand, and what "
        "changed. Ask in plain words, or type a command."
    ),
    Chat.UNCLEAR: N_(
        "I did not find a company or a question in that. Ask me about companies, in plain words."
    ),
}


def render_chat(chat: Chat) -> Message:
    """A short line, and two questions to try; thanks need none."""
    said = _(_SAID[chat])
    if chat is Chat.THANKS:
        return render_words(said)
    examples = [_(example) for example in EXAMPLES]
    spoken = _("For example: “{first}” or “{second}”").format(first=examples[0], second=examples[1])
    blocks = [section(said), section("\n".join(f"• {example}" for example in examples))]
    if chat is Chat.HELP:
        blocks.append(context(_commands()))
        spoken = f"{spoken}. {_commands()}"
    return Message(f"{said} {spoken}", tuple(blocks))


def _commands() -> str:
    return _(
        "Also: “articles about Inflection”, “digest”. A name that I mistake for a word goes in quotes. "
        "`/deals help` shows what the commands take."
    )


def render_words(text: str) -> Message:
    """A sentence of ours, which may repeat what was asked; nothing for nothing."""
    said = mrkdwn(text, 1500)
    return Message(said, (section(said),) if said else ())


def with_links_refused(message: Message) -> Message:
    """The answer, if there is one, and what becomes of a link that is sent to the bot alone."""
    said = _(
        "I don't read links that are sent to me alone: what I read is kept for a channel. Post the link in a "
        "channel where I am, and ask me here whatever you like."
    )
    note = context(said) if message.blocks else section(said)
    blocks = (*message.blocks[: MAX_BLOCKS - 1], note)
    return Message("\n".join(filter(None, [message.text, said])), blocks)
