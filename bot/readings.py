"""What a page says: the value between fetching and storing."""

from dataclasses import dataclass

from bot.values import Extraction, Page


@dataclass(frozen=True, slots=True)
class Reading:
    """A page and what it says; `public` when everybody can fetch it there, without credentials."""

    page: Page
    extraction: Extraction
    public: bool
