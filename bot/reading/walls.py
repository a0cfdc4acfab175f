"""What stands where an article should be: paywall, consent, login, robot check, empty shell, error, list."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from bot.errors import NotAnArticle, PageBlocked, PageUnavailable, ReadingError
from bot.reading.declared import Declared
from bot.reading.phrases import Phrases

_STUB = 1500  # characters: a longer text is an article, whatever the page asks for beside it
_LOCKED_STUB = 1000  # the same for a page that only declares itself not free
_THIN = 700  # an error page or a robot check says no more than this
_LEAST = 80  # characters of prose: a sentence or two
_PROSE = 60  # a paragraph of at least this length that ends a sentence
_GLUED = 200  # characters: shorter blocks are not several teasers in one
_SOME = 300  # teasers; more need not be looked for
_ENDS = (".", "!", "?", "…", "”", "»", '"', ":", ";", ")", "'", "’")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page as its reader sees it.

    `blocks` is what was taken for the text, `paragraphs` what is left without boilerplate; `visible` is all
    text on the page, `beside` the same without menus and teasers; `teasers` the texts about other stories.
    """

    blocks: Sequence[str]
    paragraphs: Sequence[str]
    title: str
    visible: str
    beside: str
    teasers: frozenset[str]
    has_password: bool
    has_script: bool
    declared: Declared
    url: str | None

    @property
    def size(self) -> int:
        """Characters in the article's paragraphs."""
        return sum(map(len, self.paragraphs))

    @property
    def is_anonymous(self) -> bool:
        """Whether the page makes no claim to be an article."""
        return not self.declared.is_article and self.declared.published is None


def check_article(page: Seen, phrases: Phrases) -> None:
    """Return when the page holds an article; else raise the error that says what it holds instead."""
    if page.size < _STUB and _is_paywalled(page, phrases):
        raise PageBlocked("The page is for subscribers. Open it yourself and paste the text.", code="paywall")
    if page.size < _THIN and (wall := _thin_wall(page, phrases)):
        raise wall
    if _is_list(page):
        raise _list_page()
    prose = sum(len(text) for text in page.paragraphs if len(text) >= _PROSE and text.endswith(_ENDS))
    if prose < _LEAST and page.size < _LEAST * 2:
        raise _why_empty(page, phrases)


def _is_paywalled(page: Seen, phrases: Phrases) -> bool:
    if page.declared.free is False and page.size < _LOCKED_STUB:
        return True
    return page.declared.free is not True and phrases.says("paywall", page.beside)


def _thin_wall(page: Seen, phrases: Phrases) -> ReadingError | None:
    """Pages of a few sentences, whose title or sentences say that they are no article."""
    said = " ".join((page.title, *page.paragraphs))
    if page.is_anonymous:
        if phrases.says("robot", said):
            return _robot_check()
        error = _error(page.title, phrases) or (_error(said, phrases) if page.size < _THIN // 2 else None)
        if error:
            return error
        if phrases.count("consent", page.beside) >= 2:
            return _consent()
    if (urlsplit(page.url or "").hostname or "").startswith(("consent.", "guce.")):
        return _consent()
    asks = phrases.is_title("login_title", page.title) or phrases.says("login", said)
    return _login() if page.has_password and asks else None


def _is_list(page: Seen) -> bool:
    """A front or section page: what was taken for its text is teasers of other stories."""
    if page.declared.is_article:
        return False
    teased = sum(_teasers_in(block, page.teasers) for block in page.blocks)
    likely = page.declared.is_list or (page.url is not None and urlsplit(page.url).path in ("", "/"))
    return teased >= (2 if likely else 4) and teased >= len(page.blocks) * (0.15 if likely else 0.3)


def _teasers_in(block: str, teasers: frozenset[str]) -> int:
    """How many teasers a block is made of; where a page is nothing else, they come glued together."""
    if block in teasers:
        return 1
    if len(block) < _GLUED:
        return 0
    inside = [text for text in islice(teasers, _SOME) if text in block]
    return len(inside) if sum(map(len, inside)) > len(block) / 2 else 0


def _why_empty(page: Seen, phrases: Phrases) -> ReadingError:
    """Why there is no text: the walls again, now in all that is visible, then a shell, then nothing."""
    start = page.visible[:_STUB]
    if phrases.says("robot", start):
        return _robot_check()
    if page.has_password or phrases.says("login", page.visible):
        return _login()
    if phrases.says("consent", page.visible):
        return _consent()
    if error := _error(start, phrases):
        return error
    if page.has_script and (phrases.says("script", page.visible) or len(page.visible) < _THIN):
        return NotAnArticle(
            "The page builds its text in the browser. Open it yourself and paste the text.",
            code="script_page",
        )
    if len(page.teasers) >= 8:
        return _list_page()
    return NotAnArticle(
        "There is no article on this page. Paste the text if you can see it.", code="empty_page"
    )


def _robot_check() -> PageBlocked:
    return PageBlocked("The site checks for robots. Open it yourself and paste the text.", code="robot_check")


def _consent() -> PageBlocked:
    return PageBlocked(
        "The site asks about cookies. Open it yourself and paste the text.", code="consent_wall"
    )


def _login() -> PageBlocked:
    return PageBlocked("The page wants a login. Open it yourself and paste the text.", code="login_required")


def _error(said: str, phrases: Phrases) -> PageUnavailable | None:
    """An error page that was sent as if all were well."""
    if phrases.says("error", said):
        return PageUnavailable(
            "The page says the article is gone. Check the link, or paste the text.", code="dead_link"
        )
    if phrases.says("down", said):
        return PageUnavailable("The site has a problem just now. It will be tried again.")
    return None


def _list_page() -> NotAnArticle:
    return NotAnArticle("The page is a list of stories. Post the link of the story itself.", code="list_page")
