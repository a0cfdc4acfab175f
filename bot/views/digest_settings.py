"""What /digest answers about a channel's digest: on, off, when, now."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.digest.schedule import Schedule
from bot.locale import N_, _, ngettext
from bot.queries import Command
from bot.views.blocks import section
from bot.views.dates import format_day
from bot.views.message import Message
from bot.views.pauses import pause_words
from bot.views.text import mrkdwn
from bot.views.words import language_word

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
    return words.format(days=_(WEEKDAYS[schedule.weekday]), clock=clock, zone=mrkdwn(schedule.timezone))


def render_settings(
    *, on: bool, schedule: Schedule, next_run: datetime | None = None, paused: str | None = None
) -> Message:
    """Whether the channel gets the digest and when; `next_run` is an instant, `paused` Slack's error code."""
    if not on:
        return _said(
            _(
                "This channel gets no digest. `{on}` switches it on, for {schedule}; "
                "`{preview}` shows what it would say."
            ).format(
                on=f"{Command.DIGEST} on",
                schedule=schedule_words(schedule),
                preview=f"{Command.DIGEST} preview",
            )
        )
    said = [_("This channel gets the digest on {schedule}.").format(schedule=schedule_words(schedule))]
    if paused:
        said.append(_("At the moment it can't be posted: {reason}").format(reason=pause_words(paused)))
    if next_run:
        said.append(_("The next one comes on {day}.").format(day=_day_there(next_run, schedule)))
    said.append(
        _("`{when}` moves it, `{off}` stops it.").format(
            when=_("/digest when friday 17:00"), off=f"{Command.DIGEST} off"
        )
    )
    return _said(" ".join(said))


def _day_there(moment: datetime, schedule: Schedule) -> str:
    return format_day(moment.astimezone(ZoneInfo(schedule.timezone)))


def render_off() -> Message:
    """The digest was switched off."""
    return _said(
        _(
            "The digest of this channel is off. "
            "I still read what is posted here; `{on}` switches it on again."
        ).format(on=f"{Command.DIGEST} on")
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
            english=f"{Command.DIGEST} language en",
            spanish=f"{Command.DIGEST} language es",
        )
    )


def _said(text: str) -> Message:
    return Message(text, (section(text),))
