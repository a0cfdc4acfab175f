"""What /digest answers about a channel's digest: on, off, when, now."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.digest.schedule import Schedule
from bot.digest.settings import DigestSettings
from bot.digest.wishes import Wishes
from bot.locale import DEFAULT, N_, _, ngettext
from bot.values import Money
from bot.views.actions import Action
from bot.views.amounts import format_money
from bot.views.blocks import actions, button, section
from bot.views.dates import format_day
from bot.views.message import Message
from bot.views.pauses import pause_words
from bot.views.words import language_word
from bot.views.zones import zone_words

WEEKDAYS = (
    N_("Mondays"),
    N_("Tuesdays"),
    N_("Wednesdays"),
    N_("Thursdays"),
    N_("Fridays"),
    N_("Saturdays"),
    N_("Sundays"),
)


def schedule_words(schedule: Schedule) -> str:
    """ "Mondays at 09:00 (Europe/Madrid)"."""
    clock = f"{schedule.hour:02}:{schedule.minute:02}"
    # Spanish has one o'clock in the singular.
    words = ngettext("{days} at {clock} ({zone})", "{days} at {clock} ({zone})", schedule.hour)
    return words.format(days=_(WEEKDAYS[schedule.weekday]), clock=clock, zone=zone_words(schedule.timezone))


def render_settings(settings: DigestSettings, *, next_run: datetime | None = None) -> Message:
    """Whether the channel gets the digest, when, and what it tells; `next_run` is an instant."""
    said = settings_words(settings, next_run=next_run)
    change = actions(button(_("Settings"), Action.DIGEST_SETTINGS, ""))
    return Message(said, (section(said), change))


def settings_words(settings: DigestSettings, *, next_run: datetime | None = None) -> str:
    """The same in sentences."""
    schedule = schedule_words(settings.schedule)
    if not settings.on:
        off = _(
            "This channel gets no digest. `{on}` switches it on, for {schedule}; "
            "`{preview}` shows what it would say."
        ).format(on=_("/digest on"), schedule=schedule, preview=_("/digest preview"))
        return " ".join([off, *_wishes_words(settings.wishes)])
    said = [_("This channel gets the digest on {schedule}.").format(schedule=schedule)]
    if settings.paused:
        said.append(
            _("At the moment it can't be posted: {reason}").format(reason=pause_words(settings.paused))
        )
    if next_run:
        said.append(_("The next one comes on {day}.").format(day=_day_there(next_run, settings.schedule)))
    said += _wishes_words(settings.wishes)
    if settings.language != DEFAULT:
        said.append(
            _("I speak {language} in this channel.").format(language=language_word(settings.language))
        )
    said.append(
        _("`{when}` moves it, `{off}` stops it.").format(
            when=_("/digest when friday 17:00"), off=_("/digest off")
        )
    )
    return " ".join(said)


def _wishes_words(wishes: Wishes) -> Iterator[str]:
    """What differs from telling everything."""
    if wishes.followed_only:
        yield _("It tells only what concerns companies that are followed here.")
    if wishes.minimum is not None:
        amount = format_money(Money(wishes.minimum, None))
        yield _("Deals under {amount} are left out, unless the company is followed.").format(amount=amount)
    if wishes.sure_only:
        yield _("What may be wrong is left out.")
    if not wishes.say_quiet:
        yield _("When nothing changed, nothing is posted.")


def _day_there(moment: datetime, schedule: Schedule) -> str:
    return format_day(moment.astimezone(ZoneInfo(schedule.timezone)))


def render_off() -> Message:
    """The digest was switched off."""
    return _said(
        _(
            "The digest of this channel is off. "
            "I still read what is posted here; `{on}` switches it on again."
        ).format(on=_("/digest on"))
    )


def render_posting() -> Message:
    """The digest will be posted at once."""
    return _said(
        _("I am posting the digest of this channel now. The next one tells only what is new after it.")
    )


def render_language(language: str | None) -> Message:
    """The language of what is posted in the channel, None when nobody chose; and what is not in it."""
    return _said(
        _(
            "In this channel I speak {language}: replies, digests and what is shared. What only you see is "
            "in the language of your Slack. `{english}` or `{spanish}` changes the channel's."
        ).format(
            language=language_word(language),
            english=_("/digest language {code}").format(code="en"),
            spanish=_("/digest language {code}").format(code="es"),
        )
    )


def _said(text: str) -> Message:
    return Message(text, (section(text),))
