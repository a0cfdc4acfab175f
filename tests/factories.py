"""Articles, ties and postings with a default for every field: a test names only what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.services import record
from bot.values import (
    Audience,
    CompanyName,
    Evidence,
    Extraction,
    Money,
    Page,
    Status,
    Tie,
    TieKind,
)
from storage import articles, channels, postings, teams
from storage.engine import Session

TEAM = "T1"
OTHER_TEAM = "T2"
PUBLIC = "C-public"
ELSEWHERE = "C-elsewhere"
SECRET = "G-secret"
OTHER_SECRET = "G-other"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def usd(amount: int | str | None) -> Money | None:
    return None if amount is None else Money(Decimal(amount), "USD")


def make_tie(
    source: str = "Microsoft",
    target: str = "OpenAI",
    kind: TieKind = TieKind.INVESTMENT,
    status: Status = Status.COMPLETED,
    *,
    money: Money | None = None,
    date: str | None = None,
    confidence: float = 0.9,
    start: int = 0,
) -> Tie:
    text = f"{source} {kind.value} {target}."
    return Tie(
        kind=kind,
        source=source,
        target=target,
        status=status,
        money=money,
        date=date,
        confidence=confidence,
        evidence=Evidence(text, start, start + len(text)),
        rule="test",
    )


def make_extraction(
    *ties: Tie, companies: Sequence[CompanyName] | None = None, lang: str = "en"
) -> Extraction:
    if companies is None:
        names = dict.fromkeys(name for tie in ties for name in (tie.source, tie.target))
        companies = tuple(CompanyName(name) for name in names)
    return Extraction(lang=lang, companies=tuple(companies), ties=ties)


def make_page(
    text: str = "A text.",
    *,
    url: str | None = None,
    title: str | None = "A title",
    site: str | None = "The Daily",
    lang: str | None = "en",
    published: date | None = None,
) -> Page:
    return Page(url=url, title=title, site=site, lang=lang, published=published, text=text)


def ts(minutes: float) -> str:
    """The ts of a message posted so many minutes after NOW."""
    return f"{(NOW + timedelta(minutes=minutes)).timestamp():.6f}"


@dataclass
class Desk:
    """One team's desk: posts links, reads them, and keeps the record up to date."""

    session: Session
    team_id: str = TEAM
    minute: float = field(default=0)

    def open(self) -> "Desk":
        """Make the team, two public channels and two private ones."""
        teams.remember_team(self.session, team_id=self.team_id, name="A team")
        for channel_id, audience in (
            (PUBLIC, Audience.PUBLIC),
            (ELSEWHERE, Audience.PUBLIC),
            (SECRET, Audience.PRIVATE),
            (OTHER_SECRET, Audience.SHARED),
        ):
            channels.remember_audience(
                self.session, team_id=self.team_id, channel_id=channel_id, audience=audience
            )
        return self

    def next_ts(self) -> str:
        self.minute += 1
        return ts(self.minute)

    def post(
        self,
        *urls: str,
        channel_id: str = PUBLIC,
        message_ts: str | None = None,
        edited_ts: str | None = None,
        user_id: str = "U1",
    ) -> postings.Captured:
        return postings.record_links(
            self.session,
            team_id=self.team_id,
            channel_id=channel_id,
            message_ts=message_ts or self.next_ts(),
            edited_ts=edited_ts,
            thread_ts=None,
            user_id=user_id,
            urls=urls,
            now=NOW,
        )

    def read(self, article_id: str, extraction: Extraction | None = None, page: Page | None = None) -> str:
        """Finish a reading and bring the record up to date."""
        kept = articles.finish_reading(
            self.session,
            team_id=self.team_id,
            article_id=article_id,
            page=page or make_page(f"The text of {article_id}."),
            extraction=extraction or make_extraction(),
            now=NOW,
        )
        record.refresh(self.session, team_id=self.team_id, article_ids=[article_id, kept], were_read=True)
        return kept

    def share(
        self,
        *ties: Tie,
        url: str = "https://news.example/1",
        channel_id: str = PUBLIC,
        companies: Sequence[CompanyName] | None = None,
        page: Page | None = None,
        message_ts: str | None = None,
    ) -> str:
        """Post a new link and read it; gives the article's id."""
        captured = self.post(url, channel_id=channel_id, message_ts=message_ts)
        (article_id,) = captured.new_articles
        return self.read(article_id, make_extraction(*ties, companies=companies), page)

    def refresh(self, *article_ids: str) -> None:
        record.refresh(self.session, team_id=self.team_id, article_ids=article_ids)

    def delete(self, message_ts: str, channel_id: str = PUBLIC) -> None:
        dropped = postings.delete_message(
            self.session, team_id=self.team_id, channel_id=channel_id, message_ts=message_ts
        )
        self.refresh(*dropped.changed)
