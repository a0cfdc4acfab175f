"""App Home: what is kept where, what one follows, what changed last, how to use Seams, and what it keeps.

At most 100 blocks: every list is cut, and says so.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.answers import DigestAnswer
from bot.correction_answers import HistoryLine
from bot.counting import MOST_IN_CHANNEL, MOST_LATEST, many
from bot.home import CHANNELS_SHOWN, Home, HomeChannel
from bot.locale import N_, _, ngettext
from bot.queries import Command
from bot.views.actions import Action
from bot.views.blocks import actions, button, context, header, section
from bot.views.conversation import EXAMPLES
from bot.views.corrections import history_words
from bot.views.dates import format_day, format_short_day
from bot.views.digest import deals_since, group_word, line_title
from bot.views.digest_settings import schedule_words
from bot.views.help import ABOUT
from bot.views.help import EXAMPLES as TYPED
from bot.views.message import Block, Message, View
from bot.views.pauses import pause_words
from bot.views.text import channel
from bot.views.watch import list_blocks

MAX_CORRECTIONS = 5
_LINES = 5  # of changes in one section

FIRST_STEPS = (
    N_("Invite me to a channel where your team posts links to articles: `/invite @Seams`"),
    N_("Post a link there. A bookmark says that I have read it, and a reply in its thread what it says."),
    N_("Ask with `/deals NAME`, or mention me in any thread and ask in plain words."),
)


def render(home: Home) -> View:
    """The whole of it for one person."""
    blocks = [*_facts(home), *_settings(), *_help(), *_privacy(second_reader=home.second_reader)]
    return {"type": "home", "callback_id": "home", "blocks": blocks}


def render_failure(message: Message) -> View:
    """Why there is nothing to see."""
    return {"type": "home", "callback_id": "home", "blocks": list(message.blocks)}


def _facts(home: Home) -> list[Block]:
    if not home.facts:
        said = _(
            "I show what is known only to full members of this workspace, and can't tell that you are one. "
            "If you are, open this tab again in a moment."
        )
        return [section(said)]
    first = [] if home.articles else _first_steps()
    return [*first, *_channels(home), *_watching(home), *_latest(home.latest), *_corrections(home)]


def _first_steps() -> list[Block]:
    steps = "\n".join(f"{number}. {_(step)}" for number, step in enumerate(FIRST_STEPS, 1))
    return [header(_("First steps")), section(steps)]


def _channels(home: Home) -> list[Block]:
    found = ngettext(
        "{count} article read from public channels.",
        "{count} articles read from public channels.",
        home.articles,
    ).format(count=many(home.articles, MOST_IN_CHANNEL))
    notes = [_("What private and shared channels hold is shown in those channels alone.")]
    more = len(home.channels) - CHANNELS_SHOWN
    if more > 0:
        rest = ngettext("And {count} more channel.", "And {count} more channels.", more).format(count=more)
        notes.insert(0, rest)
    lines = [
        section(_channel_line(each), _digest_button(each, number))
        for number, each in enumerate(home.channels[:CHANNELS_SHOWN], 1)
    ]
    return [header(_("What is kept where")), section(found), *lines, context(" ".join(notes))]


def _digest_button(kept: HomeChannel, number: int) -> Block | None:
    if channel(kept.channel_id) is None:
        return None
    return button(_("Digest settings"), Action.HOME_DIGEST, kept.channel_id, index=number)


def _channel_line(kept: HomeChannel) -> str:
    where = channel(kept.channel_id) or _("Added on the server")
    total = kept.articles or 0
    articles = ngettext("{count} article", "{count} articles", total)
    parts = [articles.format(count=many(total, MOST_IN_CHANNEL))]
    if kept.last_at:
        parts.append(_("the last on {day}").format(day=format_day(kept.last_at)))
    if kept.schedule is None:
        parts.append(_("no digest"))
    else:
        parts.append(_("digest on {schedule}").format(schedule=schedule_words(kept.schedule)))
    if kept.schedule and kept.paused:
        parts.append(_("which can't be posted for now"))
    elif kept.schedule and kept.next_run:
        day = format_short_day(kept.next_run.astimezone(ZoneInfo(kept.schedule.timezone)))
        parts.append(_("next on {day}").format(day=day))
    line = f"{where}: {', '.join(parts)}"
    return f"{line}. {pause_words(kept.paused)}" if kept.schedule and kept.paused else line


def _watching(home: Home) -> list[Block]:
    if home.watching is None:
        return []
    follow = actions(button(_("Follow a company"), Action.HOME_FOLLOW, "follow"))
    return [header(_("What you follow")), *list_blocks(home.watching, Action.HOME_TIER), follow]


def _latest(latest: DigestAnswer | None) -> list[Block]:
    title = header(_("Last changes"))
    if latest is None or not latest.digest.lines:
        return [title, section(_("Nothing changed between companies in the last five weeks."))]
    names = latest.companies
    lines = [
        f"{format_short_day(line.lead.known_at)}  {group_word(line.lead)}: {line_title(line, names)}"
        for line in latest.digest.lines
    ]
    sections = [section("\n".join(part)) for part in _in_parts(lines, _LINES)]
    more = latest.digest.omitted
    if not more:
        return [title, *sections]
    rest = ngettext("And {count} more change.", "And {count} more changes.", more).format(
        count=many(more, MOST_LATEST)
    )
    return [title, *sections, context(f"{rest} {deals_since(latest.digest)}")]


def _corrections(home: Home) -> list[Block]:
    """The last ones, and how many the next digests will print; nothing where nobody corrected anything."""
    if home.corrections is None or not home.corrections.lines:
        return []
    lines = home.corrections.lines[:MAX_CORRECTIONS]
    blocks = [section(history_words(line), _undo_button(line, n)) for n, line in enumerate(lines, 1)]
    if home.awaiting:
        waiting = ngettext(
            "{count} of what digests told was corrected since: the next digest says so.",
            "{count} of what digests told were corrected since: the next digests say so.",
            home.awaiting,
        ).format(count=home.awaiting)
        blocks.append(context(waiting))
    return [header(_("Last corrections")), *blocks]


def _undo_button(line: HistoryLine, number: int) -> Block | None:
    if line.undone_at is not None:
        return None
    return button(_("Undo"), Action.HOME_UNDO, line.batch_id, index=number)


def _in_parts(lines: Sequence[str], count: int) -> list[Sequence[str]]:
    return [lines[start : start + count] for start in range(0, len(lines), count)]


def _settings() -> list[Block]:
    said = [
        _("The digest of a channel: the button beside it above, or `/digest settings` in it."),
        _(
            "The language of my posts in a channel: `/digest language en` or `es`. To you alone I speak the "
            "one of your Slack."
        ),
        _("What bots post in a channel, such as feeds: `/articles bots on` lets me read it."),
        _("What is told at once, quiet hours and how much a day: `/watch help`."),
    ]
    return [header(_("Settings")), section("\n".join(f"• {line}" for line in said))]


def _help() -> list[Block]:
    lines = [f"• `{_(TYPED[command][0])}`  {_(ABOUT[command])}" for command in Command]
    asked = " · ".join(_("“{name}”").format(name=_(example)) for example in EXAMPLES)
    spoken = _("In a thread mention me, here under Messages just write: {examples}").format(examples=asked)
    return [header(_("How to ask")), section("\n".join(lines)), section(spoken)]


def _privacy(*, second_reader: bool) -> list[Block]:
    said = [
        _(
            "I keep the articles that links lead to, what they say about companies, and where, when and by "
            "whom they were shared. The text of your messages is never kept."
        ),
        _(
            "Articles are also read by a language model, at the address that whoever runs me chose. Nothing "
            "else leaves the server that I run on."
        )
        if second_reader
        else _("What I keep stays on the server that I run on."),
        _(
            "Delete a message, and what it alone told is withdrawn. Remove the app from the workspace, and "
            "everything is deleted."
        ),
    ]
    return [
        header(_("Privacy")),
        section("\n".join(f"• {line}" for line in said)),
        actions(button(_("What is held of me"), Action.HELD, "held")),
    ]
