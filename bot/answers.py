"""What Seams answers, as plain values: made by `bot.services.answers`, shown by `bot.views`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.digest.digest import Digest
from bot.queries import Command
from bot.query_filters import Filters
from bot.values import Bond, Company, Deal, Level, Tie

# So many of full detail fit a message's limits.
DEALS_A_PAGE = 5
ARTICLES_A_PAGE = 10

_CHANNEL = re.compile(r"[CGD][A-Z0-9]{2,}")
_TIMESTAMP = re.compile(r"(\d{1,16})\.(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sentence that proves something, and where it stands. `message_url` leads to the posting.

    `corrected_by` is the person who had the last word on what it proves.
    """

    tie_id: str
    text: str
    lang: str | None
    article_id: str
    title: str | None
    url: str | None
    site: str | None
    published: date | None
    message_url: str | None
    user_id: str | None
    posted_at: datetime
    corrected_by: str | None = None
    corrected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DealLine:
    """A deal with its companies and its sources, the most telling first."""

    deal: Deal
    source: Company
    target: Company
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class BondLine:
    """A bond with its companies and its sources, the most telling first."""

    bond: Bond
    source: Company
    target: Company
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class StateLine:
    """A level, since when it held, and what moved the relationship there."""

    level: Level
    since: datetime
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A command that would be answered; `detail` tells companies of one name apart."""

    label: str
    detail: str
    text: str


@dataclass(frozen=True, slots=True)
class UnknownName:
    """Names that nobody posted about, and what may have been meant."""

    command: Command
    names: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """What was typed means several companies; the reader chooses."""

    command: Command
    name: str
    choices: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class MissingName:
    """One company where two are needed, and those it has to do with."""

    command: Command
    company: Company
    choices: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealsAnswer:
    """One page of deals of no, one or two named companies. `page` counts from 0.

    `text` asks for the same again. `unfiltered` is how many there are without the filters; `partners` are
    commands about companies that the first one has deals with, given when the list is empty.
    """

    companies: tuple[Company, ...]
    filters: Filters
    text: str
    unfiltered_text: str
    page: int
    pages: int
    total: int
    unfiltered: int
    lines: tuple[DealLine, ...]
    partners: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipAnswer:
    """How two companies stand: the present level (None when nothing says), its history, deals and bonds.

    `page` counts the pages of the timeline from 0; all of it is in `states`, `deals` and `bonds`.
    """

    a: Company
    b: Company
    text: str
    level: Level | None
    states: tuple[StateLine, ...]  # newest first
    deals: tuple[DealLine, ...]  # newest first
    bonds: tuple[BondLine, ...]
    partners: tuple[Suggestion, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """A stored article and its first posting that the reader may see."""

    article_id: str
    title: str | None
    url: str | None
    site: str | None
    lang: str | None
    published: date | None
    message_url: str | None
    user_id: str | None
    posted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesAnswer:
    """One page of the articles that hold `words`, newest first; `page` counts from 0.

    `about` is the company that was asked for by its id; then `words` does so.
    """

    words: str
    page: int
    pages: int
    total: int
    lines: tuple[ArticleLine, ...]
    about: Company | None = None


@dataclass(frozen=True, slots=True)
class DigestAnswer:
    """A digest with the companies and the sources it speaks of, by company id and tie id.

    `timezone` is where the channel lives: in it the period is dated.
    """

    digest: Digest
    companies: Mapping[str, Company]
    sources: Mapping[str, Source]
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingAnswer:
    """What to say under a posting: what its article says, or why it could not be read.

    `error_code` is None for an article that was read. `tie_ids` are those of `ties`, by which they can be
    corrected. `known_by` and `known_at` tell of an earlier posting
    that the readers of this one may see.
    """

    article_id: str
    channel_id: str
    message_ts: str
    thread_ts: str | None
    url: str | None
    title: str | None
    site: str | None
    published: date | None
    error_code: str | None = None
    ties: tuple[Tie, ...] = ()
    tie_ids: tuple[str, ...] = ()
    posting_id: str | None = None
    known_by: str | None = None
    known_at: datetime | None = None
    known_url: str | None = None

    @property
    def is_read(self) -> bool:
        """Whether there is an article to speak of."""
        return self.error_code is None


Answer = UnknownName | AmbiguousName | MissingName | DealsAnswer | RelationshipAnswer | ArticlesAnswer


def message_url(team_url: str | None, channel_id: str, message_ts: str) -> str | None:
    """The permanent address of a message; None when the workspace or the message is not known."""
    ts = _TIMESTAMP.fullmatch(message_ts)
    if not team_url or not ts or not _CHANNEL.fullmatch(channel_id):
        return None
    return f"{team_url.rstrip('/')}/archives/{channel_id}/p{ts[1]}{ts[2]}"
