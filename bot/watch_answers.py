"""What Seams answers to /watch, as plain values: made by `bot.services.watching`."""

from dataclasses import dataclass

from bot.answers import AmbiguousName, DigestAnswer, UnknownName
from bot.digest.quiet import QuietHours
from bot.digest.watching import Tier

WATCHES_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Watched:
    """One company or a pair that is followed, by its present name; `known` once an article named it."""

    watch_id: str
    names: tuple[str, ...]
    tier: Tier
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """A page of what is followed by a person, or in a channel. `page` counts from 0.

    `digest_on` says whether there is a digest in which the digest tier could be told.
    """

    watched: tuple[Watched, ...]
    total: int
    page: int
    pages: int
    person: bool
    quiet: QuietHours | None
    timezone: str
    cap: int
    digest_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Something is followed from now on, or in another way than `before`."""

    watched: Watched
    before: Tier | None
    person: bool
    digest_on: bool


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """Something is followed no more."""

    names: tuple[str, ...]
    person: bool


@dataclass(frozen=True, slots=True)
class UnknownToFollow:
    """Nobody posted about that name: what may have been meant, and commands that follow it all the same."""

    unknown: UnknownName
    anyway: tuple[tuple[str, str], ...]
    """(name, text of the command)"""


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told at once: the lines, as a digest of these changes alone, what is `omitted` of them counted.

    `cap` is the day's cap where these lines reached it, else None.
    """

    told: DigestAnswer
    person: bool
    cap: int | None = None


WatchAnswer = WatchList | Following | Unfollowed | UnknownToFollow | AmbiguousName
