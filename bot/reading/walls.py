"""What stands where an article should be: paywall, consent, login, robot check, empty shell, error, list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from bot.errors import NotAnArticle, PageBlocked, PageUnavailable, ReadingError
from bot.reading.clean import clean_line
from bot.reading.declared import Declared
from bot.reading.phrases import Phrases

_STUB = 2500  # characters: a longer text is an article, whatever the page asks for beside it
_LOCKED_STUB = 1000  # the same for a page that only declares itself not free
_THIN = 700  # an error page or a robot check says no more than this
_LEAST = 120  # characters of prose: two short sentences
_PROSE = 60  # a paragraph of at least this length that ends a sentence
_HEADLINE = 25  # characters: link texts from here on are headlines, not menu entries
_ENDS = (".", "!", "?", "…", "”", "»", '"', ":", ";", ")", "'", "’")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page as its reader sees it: the article's paragraphs, all that is visible, its links' texts."""

    paragraphs: Sequence[str]
    title: str
    visible: str
    links: frozenset[str]
    has_password: bool
    has_script: bool
    declared: Declared
    url: str | None

    @property
    def size(self) -> int:
        """Characters in the article's paragraphs."""
        return sum(map(len, self.paragraphs))


def check_article(page: Seen, phrases: Phrases) -> None:
    """Return when the page holds an article; else raise the error that says what it holds instead."""
    if page.size < _STUB and _is_paywalled(page, phrases):
        raise PageBlocked("The page is for subscribers. Open it yourself and paste the text.", code="paywall")
    if page.size < _THIN:
        _check_thin(page, phrases)
    if _is_list(page):
        raise NotAnArticle(
            "The page is a list of stories. Post the link of the story itself.", code="list_page"
        )
    prose = sum(len(text) for text in page.paragraphs if len(text) >= _PROSE and text.endswith(_ENDS))
    if prose < _LEAST and page.size < _LEAST * 2:
        _refuse_empty(page, phrases)


def _is_paywalled(page: Seen, phrases: Phrases) -> bool:
    if page.declared.free is False and page.size < _LOCKED_STUB:
        return True
    return page.declared.free is not True and phrases.says("paywall", page.visible)


def _check_thin(page: Seen, phrases: Phrases) -> None:
    """Pages of a few sentences, whose title or sentences say that they are no article."""
    said = " ".join((page.title, *page.paragraphs))
    if not page.declared.is_article:
        if phrases.says("robot", page.title) or phrases.says("robot", said):
            _refuse_robot()
        if phrases.says("error", page.title) or (phrases.says("error", said) and page.size < _THIN // 2):
            raise PageUnavailable(
                "The page says that its article is not there. Check the link, or paste the text.",
                code="dead_link",
            )
    consent_site = (urlsplit(page.url or "").hostname or "").startswith(("consent.", "guce."))
    if consent_site or (not page.declared.is_article and phrases.says("consent", said)):
        _refuse_consent()
    if page.has_password and (
        phrases.walls["login_title"].fullmatch(page.title) or phrases.says("login", said)
    ):
        _refuse_login()


def _is_list(page: Seen) -> bool:
    """A front or section page: what was taken for its text is the headlines that it links to."""
    if page.declared.is_article:
        return False
    linked = sum(text in page.links for text in page.paragraphs)
    home = urlsplit(page.url or "").path in ("", "/") if page.url else False
    few = page.declared.is_list or home
    return linked >= (2 if few else 4) and linked >= len(page.paragraphs) * (0.15 if few else 0.3)


def _refuse_empty(page: Seen, phrases: Phrases) -> NoReturn:
    """Say why there is no text: the walls again, now in all that is visible, then a shell, then nothing."""
    raise _why_empty(page, phrases)


def _why_empty(page: Seen, phrases: Phrases) -> ReadingError:
    if phrases.says("robot", page.visible[:_STUB]):
        _refuse_robot()
    if page.has_password or phrases.says("login", page.visible):
        _refuse_login()
    if phrases.says("consent", page.visible):
        _refuse_consent()
    if phrases.says("error", page.visible[:_STUB]):
        return PageUnavailable(
            "The page says that its article is not there. Check the link, or paste the text.",
            code="dead_link",
        )
    if page.has_script and (phrases.says("script", page.visible) or len(page.visible) < _THIN):
        return NotAnArticle(
            "The page builds its text in the browser. Open it yourself and paste the text.",
            code="script_page",
        )
    if len(page.links) >= 8:
        return NotAnArticle(
            "The page is a list of stories. Post the link of the story itself.", code="list_page"
        )
    return NotAnArticle(
        "There is no article on this page. Paste the text if you can see one.", code="empty_page"
    )


def _refuse_robot() -> NoReturn:
    raise PageBlocked(
        "The site checks for robots first. Open it yourself and paste the text.", code="robot_check"
    )


def _refuse_consent() -> NoReturn:
    raise PageBlocked(
        "The site asks about cookies first. Open it yourself and paste the text.", code="consent_wall"
    )


def _refuse_login() -> NoReturn:
    raise PageBlocked("The page wants a login. Open it yourself and paste the text.", code="login_required")


def headlines(tree: HtmlElement) -> frozenset[str]:
    """The texts of links that are long enough to be headlines."""
    texts = (clean_line(link.text_content()) for link in tree.iter("a"))
    return frozenset(text for text in texts if len(text) >= _HEADLINE)
