"""What /watch answers: what is followed here and how, and what became of a wish to follow or to stop."""

from bot.answers import AmbiguousName
from bot.digest.quiet import clock_words
from bot.digest.watching import Tier
from bot.locale import N_, _, ngettext
from bot.queries import Command
from bot.views import choices
from bot.views.actions import STOP, Action, State, WatchChoice, write_state, write_watch_choice
from bot.views.blocks import MAX_VALUE, button, context, section
from bot.views.buttons import MAX_CHOICES, page_buttons, run_buttons
from bot.views.message import Block, Message
from bot.views.selects import Option, select
from bot.views.text import bold, name
from bot.views.zones import zone_words
from bot.watch_answers import Following, Unfollowed, UnknownToFollow, WatchAnswer, Watched, WatchList

_TIERS = {Tier.NOW: N_("At once"), Tier.DIGEST: N_("In the digest"), Tier.SILENT: N_("Silent")}
_MEANING = {
    Tier.NOW: N_("{names}: told at once when something changes."),
    Tier.DIGEST: N_("{names}: what changes comes first in the digest."),
    Tier.SILENT: N_("{names}: on the list, but told neither at once nor in the digest."),
}
_LIST = "list"


def render(answer: WatchAnswer) -> Message:
    """Whatever a /watch command came to."""
    match answer:
        case WatchList():
            return _render_list(answer)
        case Following():
            return _render_following(answer)
        case Unfollowed():
            return _said(_("No longer followed: {names}.").format(names=names_of(answer.names)))
        case UnknownToFollow():
            return _render_unknown(answer)
        case AmbiguousName():
            return choices.render_ambiguous(answer)


def watch_button(text: str, *, index: int = 0) -> Block | None:
    """The button that follows a company from elsewhere; `text` names it for /watch; None if too long."""
    value = write_state(State(Command.WATCH, text))
    return button(_("Watch"), Action.ASK, value, index=index) if len(value) <= MAX_VALUE else None


def tier_word(tier: Tier) -> str:
    """How soon a reader hears: "At once"."""
    return _(_TIERS[tier])


def names_of(names: tuple[str, ...], *, plain: bool = True) -> str:
    """A company or a pair: "OpenAI – Microsoft"; in bold unless `plain`."""
    shown = " – ".join(name(each) for each in names)
    return shown if plain else bold(shown)


def list_blocks(answer: WatchList, action: Action) -> list[Block]:
    """What is followed and the rules of it, where no page can be turned; `action` is that of its menus."""
    more = answer.total - len(answer.watched)
    rest = ngettext("And {count} more.", "And {count} more.", more).format(count=more) if more else ""
    lines = [_line(each, number, answer.page, action) for number, each in enumerate(answer.watched, 1)]
    said = [] if lines else [section(_nothing(answer))]
    return [*said, *lines, *(context(note) for note in (rest, _rules(answer)) if note)]


def _render_list(answer: WatchList) -> Message:
    title = _("Followed by you") if answer.person else _("Followed in this channel")
    rules = _rules(answer)
    if not answer.total:
        said = _nothing(answer)
        return Message(f"{said} {rules}", (section(said), context(rules)))
    blocks = [section(f"*{title}*")]
    blocks += [_line(each, number, answer.page) for number, each in enumerate(answer.watched, 1)]
    blocks += [context(note) for note in (rules, _digest_note(answer)) if note]
    blocks += page_buttons(Command.WATCH, _LIST, answer.page, answer.pages, shareable=False)
    lines = "; ".join(
        f"{names_of(each.names)} ({tier_word(each.tier)}{_unknown_words(each)})" for each in answer.watched
    )
    more = answer.total - len(answer.watched)
    rest = " " + ngettext("And {count} more.", "And {count} more.", more).format(count=more) if more else ""
    return Message(f"{title}: {lines}.{rest} {rules} {_digest_note(answer)}".strip(), tuple(blocks))


def _nothing(answer: WatchList) -> str:
    if answer.person:
        return _(
            "You follow nothing yet. `/watch microsoft` tells you here as soon as an article changes what is "
            "known of it."
        )
    return _(
        "Nothing is followed in this channel yet. `/watch microsoft` tells it here as soon as an article "
        "changes what is known of it; `/watch microsoft digest` puts it first in the digest."
    )


def _rules(answer: WatchList) -> str:
    zone = zone_words(answer.timezone)
    cap = ngettext(
        "At most {count} change a day is told at once (`/watch cap 10`).",
        "At most {count} changes a day are told at once (`/watch cap 10`).",
        answer.cap,
    ).format(count=answer.cap)
    if answer.quiet is None:
        quiet = _("No quiet hours (`/watch quiet 22:00-8:00`).")
    else:
        quiet = _("Quiet from {start} to {end} ({zone}); what comes then is told at their end.").format(
            start=clock_words(answer.quiet.start), end=clock_words(answer.quiet.end), zone=zone
        )
    return f"{quiet} {cap}"


def _digest_note(answer: WatchList) -> str:
    wanted = any(each.tier is Tier.DIGEST for each in answer.watched)
    return "" if answer.digest_on or not wanted else _digest_off()


def _digest_off() -> str:
    return _("There is no digest here yet: `/digest on` switches it on.")


def _line(watched: Watched, number: int, page: int, action: Action = Action.WATCH_TIER) -> Block:
    menu = select(
        action,
        _("How soon"),
        [
            *(Option(tier_word(tier), _value(watched, tier.value, page)) for tier in Tier),
            Option(_("Stop following"), _value(watched, STOP, page)),
        ],
        _value(watched, watched.tier.value, page),
        index=number,
    )
    return section(names_of(watched.names, plain=False) + _unknown_words(watched), menu)


def _value(watched: Watched, tier: str, page: int) -> str:
    return write_watch_choice(WatchChoice(watched.watch_id, tier, page))


def _unknown_words(watched: Watched) -> str:
    return "" if watched.known else ", " + _("nothing posted names it yet")


def _render_following(answer: Following) -> Message:
    watched = answer.watched
    names = names_of(watched.names)
    meaning = _(_MEANING[watched.tier]).format(names=names)
    if answer.before is watched.tier:
        meaning = _("Already followed. {meaning}").format(meaning=meaning)
    elif answer.person:
        meaning = _("You follow it now. {meaning}").format(meaning=meaning)
    else:
        meaning = _("Followed in this channel now. {meaning}").format(meaning=meaning)
    notes = []
    if not watched.known:
        unknown = _(
            "Nothing posted so far names it; you hear of it once an article does. If that was a slip: {off}"
        )
        notes.append(unknown.format(off=f"`/watch off {names}`"))
    if watched.tier is Tier.NOW and not answer.person:
        notes.append(_("What is posted in this channel is told in its thread, and not once more."))
    if watched.tier is Tier.DIGEST and not answer.digest_on:
        notes.append(_digest_off())
    text = " ".join([meaning, *notes])
    more = run_buttons(Command.WATCH, [(_("Show what is followed"), _LIST)])
    return Message(text, (section(meaning), *map(context, notes), *more))


def _render_unknown(answer: UnknownToFollow) -> Message:
    """Ask whether a known company was meant, or the name as it was typed."""
    found = choices.render_unknown(answer.unknown)
    said = section(found.text)
    asked = [(suggestion.label, suggestion.text) for suggestion in answer.unknown.suggestions]
    room = MAX_CHOICES - min(len(answer.anyway), 2)
    anyway = [(_("Follow “{name}” as typed").format(name=each), text) for each, text in answer.anyway[:2]]
    note = _("I can also follow a name that nobody has posted about yet.")
    buttons = run_buttons(Command.WATCH, [*asked[:room], *anyway])
    return Message(f"{found.text} {note}", (said, context(note), *buttons))


def _said(text: str) -> Message:
    return Message(text, (section(text),))
