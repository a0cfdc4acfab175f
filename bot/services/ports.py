"""The edges as the services see them."""

from typing import Protocol

from slack_sdk import WebClient

from bot.readings import Reading
from bot.values import Extraction, Page


class ReadArticle(Protocol):
    """Reads articles in child processes that can be killed; a team with many keeps no other waiting."""

    def read(self, url: str, *, team_id: str) -> Reading:
        """Fetch a page, clean it, find companies and ties; raises ReadingError."""

    def parse(self, body: bytes, *, content_type: str, filename: str | None) -> Page:
        """Clean a file; raises ReadingError."""

    def extract(self, page: Page, *, team_id: str) -> Extraction:
        """Find companies and ties; raises Unreadable."""


class SlackPort(Protocol):
    """Gives the Web API client of a team: on the worker's path, waiting out rate limits."""

    def __call__(self, team_id: str) -> WebClient:
        """The client; raises SlackGone when the team's token is not known."""
