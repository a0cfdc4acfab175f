"""The modal in which a channel's digest is set up, tried and switched on."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.digest.schedule import Schedule
from bot.digest.settings import DigestSettings, Saved
from bot.digest.wishes import Wishes
from bot.digest.wording import read_zone
from bot.errors import UserError
from bot.locale import LANGUAGES, N_, _
from bot.query_words import read_amount
from bot.views.actions import Action, Callback
from bot.views.blocks import actions, button, context, modal, section
from bot.views.digest_settings import settings_words
from bot.views.message import Message, View
from bot.views.selects import Option, field, held, line, radio, select, time_picker
from bot.views.text import plain_name, user
from bot.views.words import language_word
from bot.views.zones import COMMON_ZONES, zone_name

DAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
ON, DAY, TIME, ZONE, OTHER_ZONE = "on", "day", "time", "zone", "other_zone"
COMPANIES, MINIMUM, SURE, QUIET, LANGUAGE = "companies", "minimum", "sure", "quiet", "language"
YES, NO = "yes", "no"
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_MILLION = Decimal(10) ** 6


class FormErrors(UserError):
    """Fields that can't be taken, by block id, each with what to do about it."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()), code="form")
        self.fields = dict(fields)


def render_form(settings: DigestSettings, *, metadata: str) -> View:
    """The modal as it stands for these settings; `metadata` comes back with it."""
    schedule, wishes = settings.schedule, settings.wishes
    yes_no = [Option(_("Every week"), YES), Option(_("Off"), NO)]
    companies = [
        Option(_("All companies; those followed here come first"), NO),
        Option(_("Only companies that are followed here (/watch)"), YES),
    ]
    sure = [Option(_("All; what may be wrong says so"), NO), Option(_("Only what is sure"), YES)]
    quiet = [Option(_("Say that nothing changed"), YES), Option(_("Post nothing"), NO)]
    zones = dict.fromkeys([schedule.timezone, *COMMON_ZONES])
    days = [Option(_(day), str(number)) for number, day in enumerate(DAYS)]
    languages = [Option(language_word(code), code) for code in LANGUAGES]
    fields = [
        field(ON, _("Digest of this channel"), radio(yes_no, _said(settings.on))),
        field(DAY, _("Day"), select("value", _("Day"), days, str(schedule.weekday))),
        field(TIME, _("Time"), time_picker(schedule.hour, schedule.minute)),
        field(
            ZONE,
            _("Time zone"),
            select("value", _("Time zone"), [Option(zone_name(z), z) for z in zones], schedule.timezone),
        ),
        field(
            OTHER_ZONE,
            _("Another time zone"),
            line(""),
            hint=_("A city or zone that is not in the menu, such as Asia/Almaty. It goes before the menu."),
            optional=True,
        ),
        field(COMPANIES, _("Companies"), radio(companies, _said(wishes.followed_only))),
        field(
            MINIMUM,
            _("Smallest amount"),
            line(amount_typed(wishes.minimum)),
            hint=_(
                "For example 100M. Deals with a smaller amount are left out, unless the company is followed; "
                "deals without an amount stay."
            ),
            optional=True,
        ),
        field(SURE, _("How sure"), radio(sure, _said(wishes.sure_only))),
        field(QUIET, _("When nothing changed"), radio(quiet, _said(wishes.say_quiet))),
        field(LANGUAGE, _("Language"), select("value", _("Language"), languages, settings.language)),
    ]
    preview = actions(button(_("Preview"), Action.DIGEST_PREVIEW, "preview"))
    note = context(_("Preview shows what the digest would say with these settings; it is posted to nobody."))
    return modal(
        Callback.DIGEST_SETTINGS, _("Digest"), _("Save"), [*fields, preview, note], private_metadata=metadata
    )


def read_form(view: Mapping[str, Any], current: Schedule) -> DigestSettings:
    """What a person chose; raises FormErrors. What a field does not hold stays as it is in `current`."""
    wrong: dict[str, str] = {}
    timezone = held(view, ZONE) or current.timezone
    if other := held(view, OTHER_ZONE):
        try:
            timezone = read_zone(other)
        except UserError as error:
            wrong[OTHER_ZONE] = error.message
    hour, minute = current.hour, current.minute
    if typed := held(view, TIME):
        if clock := _TIME.fullmatch(typed):
            hour, minute = int(clock[1]), int(clock[2])
        else:
            wrong[TIME] = _("Choose a time from 00:00 to 23:59.")
    minimum = None
    if typed := held(view, MINIMUM):
        money = read_amount(typed)
        if money is None:
            wrong[MINIMUM] = _("I can't read that as an amount. Type 100M, 1.5bn or 50000, or nothing.")
        else:
            minimum = money.amount
    if wrong:
        raise FormErrors(wrong)
    day = held(view, DAY)
    weekday = int(day) if day in map(str, range(len(DAYS))) else current.weekday
    return DigestSettings(
        on=held(view, ON) == YES,
        schedule=Schedule(weekday, hour, minute, timezone),
        wishes=Wishes(
            followed_only=held(view, COMPANIES) == YES,
            minimum=minimum,
            sure_only=held(view, SURE) == YES,
            say_quiet=held(view, QUIET) != NO,
        ),
        language=held(view, LANGUAGE) or LANGUAGES[0],
    )


def render_saved(saved: Saved, *, next_run: datetime | None) -> View:
    """What stands in the modal's place once the settings are kept."""
    blocks = [section(settings_words(saved.settings, next_run=next_run))]
    if saved.nothing_followed:
        blocks.append(
            section(_("Nothing is followed here yet: `/watch microsoft` begins. Until then it is empty."))
        )
    if saved.changed_meanwhile:
        blocks.append(section(_overruled(saved.overruled)))
    return _closing(_("Digest"), blocks)


def render_preview(message: Message, *, again: bool = False) -> View:
    """The digest as it would be posted, in a modal over the form; `again` where it was told already."""
    note = _("Nothing is new since the last digest. So this is the past week once more, with these settings.")
    # A modal has no channel in which its buttons could be answered.
    shown = [block for block in message.blocks if block["type"] != "actions"]
    return _closing(_("Preview"), [*([section(note)] if again else []), *shown])


def amount_typed(amount: Decimal | None) -> str:
    """An amount as it can be typed again: "100M"."""
    if amount is None:
        return ""
    millions = amount / _MILLION
    return f"{millions.normalize():f}M" if millions == millions.to_integral_value() else f"{amount:f}"


def _overruled(user_id: str | None) -> str:
    who = user(user_id)
    if who is None:
        return _("These settings were changed while you had them open. What you chose holds now.")
    return _("{who} changed these settings while you had them open. What you chose holds now.").format(
        who=who
    )


def _closing(title: str, blocks: list[Any]) -> View:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": plain_name(title, 24), "emoji": False},
        "close": {"type": "plain_text", "text": plain_name(_("Close"), 24), "emoji": False},
        "blocks": blocks,
    }


def _said(value: bool) -> str:
    return YES if value else NO
