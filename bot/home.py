"""What App Home shows one person, as plain values: from `bot.services.homes`, for `bot.views.home`."""

from dataclasses import dataclass
from datetime import datetime

from bot.answers import DigestAnswer
from bot.correction_answers import History
from bot.digest.schedule import Schedule
from bot.watch_answers import WatchList

CHANNELS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeChannel:
    """A public channel: how many articles were read from it, the latest when, and its digest, if it has one.

    `paused` is Slack's code for why the digest can't be posted. `channel_id` is "" for what was added from
    the shell. `articles` is None for one of those that come too late to be shown.
    """

    channel_id: str
    articles: int | None
    last_at: datetime | None
    schedule: Schedule | None
    next_run: datetime | None
    paused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a person sees: facts that everybody in the workspace may know, and what is their own.

    `facts` is False for a guest, and for whom Slack does not say that they are none: then nothing of the
    record is here. `second_reader`: articles are sent to a language model too. `latest` are the last
    changes, newest first, of which MOST_LATEST + 1 omitted stand for more than MOST_LATEST; `awaiting`
    counts what digests told, people corrected and the next digests print.
    """

    facts: bool
    second_reader: bool
    channels: tuple[HomeChannel, ...] = ()
    articles: int = 0
    latest: DigestAnswer | None = None
    watching: WatchList | None = None
    corrections: History | None = None
    awaiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How much refers to a person: what they shared, follow, set up for a channel, and corrected.

    `installed` says that they installed Seams here; what Slack tells of them is asked of it again anyway.
    """

    postings: int
    watches: int
    set_up: int
    corrections: int
    opinions: int  # on digests
    installed: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(
            self.postings
            or self.watches
            or self.set_up
            or self.corrections
            or self.opinions
            or self.installed
        )
