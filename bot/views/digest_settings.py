"""What /digest answers about a channel's digest: on, off, when, now."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_day_names

from bot.digest.schedule import Schedule
from bot.queries import Command
from bot.views.amounts import LOCALE
from bot.views.blocks import section
from bot.views.dates import format_day
from bot.views.message import Message
from bot.views.text import mrkdwn


def schedule_words(schedule: Schedule) -> str:
    """ "Mondays at 09:00 (Europe/Madrid)"."""
    day = get_day_names(locale=LOCALE)[schedule.weekday]
    clock = f"{schedule.hour:02}:{schedule.minute:02}"
    return f"{day}s at {clock} ({mrkdwn(schedule.timezone)})"


def render_settings(*, on: bool, schedule: Schedule, next_run: datetime | None = None) -> Message:
    """Whether the channel gets the digest and when; `next_run` is an instant."""
    if not on:
        return _said(
            f"This channel gets no digest. `{Command.DIGEST} on` switches it on, "
            f"for {schedule_words(schedule)}; `{Command.DIGEST} preview` shows what it would say."
        )
    following = f" The next one comes on {_day_there(next_run, schedule)}." if next_run else ""
    return _said(
        f"This channel gets the digest on {schedule_words(schedule)}.{following} "
        f"`{Command.DIGEST} when friday 17:00` moves it, `{Command.DIGEST} off` stops it."
    )


def _day_there(moment: datetime, schedule: Schedule) -> str:
    return format_day(moment.astimezone(ZoneInfo(schedule.timezone)))


def render_off() -> Message:
    """The digest was switched off."""
    return _said(
        "The digest of this channel is off. I still read what is posted here; "
        f"`{Command.DIGEST} on` switches it on again."
    )


def render_posting() -> Message:
    """The digest will be posted at once."""
    return _said("I am posting the digest of this channel now. The next one tells only what is new after it.")


def _said(text: str) -> Message:
    return Message(text, (section(text),))
