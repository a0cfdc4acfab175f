"""What a channel chose about its digest."""

import json
from dataclasses import dataclass

from bot.digest.schedule import Schedule
from bot.digest.wishes import EVERYTHING, Wishes
from bot.locale import DEFAULT


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """Whether a channel gets the digest, when, what it tells, and the channel's language ("en", "es").

    `paused` is Slack's code for why it can't be posted.
    """

    on: bool
    schedule: Schedule
    wishes: Wishes = EVERYTHING
    language: str = DEFAULT
    paused: str | None = None

    def mark(self) -> str:
        """A short text that differs when the settings do."""
        schedule, wishes = self.schedule, self.wishes
        minimum = None if wishes.minimum is None else str(wishes.minimum)
        return json.dumps(
            [
                int(self.on),
                [schedule.weekday, schedule.hour, schedule.minute, schedule.timezone],
                [int(wishes.followed_only), minimum, int(wishes.sure_only), int(wishes.say_quiet)],
                self.language,
            ],
            separators=(",", ":"),
        )


@dataclass(frozen=True, slots=True)
class Saved:
    """Settings that were kept; `overruled` is who changed them meanwhile, if it was somebody else.

    `nothing_followed`: the digest tells only of companies that are followed, and none is.
    """

    settings: DigestSettings
    changed_meanwhile: bool = False
    overruled: str | None = None
    nothing_followed: bool = False
