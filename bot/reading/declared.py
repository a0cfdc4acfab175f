"""What an HTML page declares about itself: JSON-LD, meta elements, its heads and time elements."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from bot.reading.clean import clean_line, clean_lines, clean_title

# schema.org's articles: Article, NewsArticle, ReportageNewsArticle, BlogPosting, ...
_ARTICLE_TYPE = re.compile(
    r"(?:\w*Article|\w*BlogPosting|Report|LiveBlogPosting|PressRelease|\w*NewsPosting)"
)
_LIST_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage", "Blog"})
_PUBLISHED_META = (
    *("article:published_time", "og:article:published_time", "article:published", "og:published_time"),
    *("datepublished", "date.published", "publication_date", "publish-date", "publishdate", "publish_date"),
    *(
        "pubdate",
        "article.published",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date.created",
    ),
    *("dc.date", "dcterms.date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime"),
    *(
        "citation_publication_date",
        "citation_date",
        "shareaholic:article_published_time",
        "bt:pubdate",
        "date",
    ),
    *("og:pubdate", "rnews:datepublished", "originalpublicationdate", "cxenseparse:publishtime"),
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|(\d{4})(\d{2})(\d{2})(?=$|[T\s]|\d{6}$)")
_SEPARATORS = re.compile(r"\s+[|–—·•»-]\s+|\s*\|\s*")
_HEADING = 12  # characters: shorter heads are the names of sections
_LONGEST_NAME = 60  # characters
_NEAR = 3  # paragraphs between a headline and its time element
_MAX_JSON = 1_000_000  # characters; no article describes itself at greater length


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A page's word about itself; None where it says nothing."""

    title: str | None
    site: str | None
    published: date | None
    canonical: str | None
    lang: str | None
    authors: frozenset[str]  # case-folded
    is_article: bool
    is_list: bool
    free: bool | None  # schema.org's isAccessibleForFree
    body: tuple[
        str, ...
    ]  # schema.org's articleBody, by lines: what a page holds that is built in the browser


def read_declared(tree: HtmlElement) -> Declared:
    """Collect the declarations of a parsed page."""
    nodes = list(_json_ld(tree))
    articles = [node for node in nodes if any(_ARTICLE_TYPE.fullmatch(kind) for kind in _types(node))]
    meta = _metas(tree)
    site = _site(nodes, articles, meta)
    return Declared(
        title=_title(tree, articles, meta, site),
        site=site,
        published=_published(tree, articles, meta),
        canonical=_first(tree.xpath("//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")),
        lang=(_first(tree.xpath("/html/@lang | /html/@xml:lang")) or "").split("-")[0].strip().lower()
        or None,
        authors=_authors(tree, articles, meta),
        is_article=bool(articles) or meta.get("og:type", "").lower() == "article",
        is_list=any(_LIST_TYPES & _types(node) for node in nodes),
        free=_free(articles),
        body=_body(articles),
    )


def parse_published(text: str) -> date | None:
    """A declared date: ISO 8601, RFC 2822, or with the month as a word; None when day and month are unclear.

    The day is the publisher's own: a time zone moves nothing.
    """
    text = clean_line(text)[:80]
    if found := _ISO.match(text):
        year, month, day = (int(part) for part in found.groups() if part is not None)
        return _plausible(year, month, day)
    if not re.search(r"[^\W\d_]{3,}", text):
        return None  # 03/04/2024: nobody can tell
    try:
        return _plausible(*parsedate_to_datetime(text).timetuple()[:3])
    except ValueError:
        return _worded_date(text)


def _worded_date(text: str) -> date | None:
    """A date with its month as a word: complete ones only, and none told from today ("two hours ago")."""
    import dateparser  # type: ignore[import-untyped]  # takes 0.2 s, and few pages need it

    found = dateparser.parse(
        text,
        languages=["en", "es", "fr"],
        settings={
            "PARSERS": ["absolute-time"],
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
        },
    )
    return _plausible(*found.timetuple()[:3]) if found else None


def _plausible(year: int, month: int, day: int) -> date | None:
    """The date, unless it does not exist or is older than the web (1970 and 0001 stand for "unknown")."""
    try:
        return date(year, month, day) if 1990 <= year < 2100 else None
    except ValueError:
        return None


def _published(tree: HtmlElement, articles: Iterable[dict[str, Any]], meta: dict[str, str]) -> date | None:
    """The first date that parses: the article's JSON-LD, meta elements, the article's own time element."""
    said = [node.get(key) for key in ("datePublished", "dateCreated") for node in articles]
    said += [meta.get(name) for name in _PUBLISHED_META]
    said += tree.xpath(
        "//*[translate(@itemprop,'P','p')='datepublished']/@datetime"
        " | //*[translate(@itemprop,'P','p')='datepublished']/@content | //time[@pubdate]/@datetime"
    )
    said += _own_time(tree)
    parsed = (parse_published(value) for value in said if isinstance(value, str) and value.strip())
    return next((day for day in parsed if day), None)


def _own_time(tree: HtmlElement) -> list[str]:
    """The time element by the only h1: the first after it, else the last before it.

    Lists of other stories carry times of their own, so those in asides, footers, navigation and comments do
    not count, nor one with more than three paragraphs between.
    """
    before: list[str] = []
    heads = paragraphs = 0
    if len(tree.findall(".//h1")) != 1:
        return []
    for element in tree.iter("h1", "p", "time"):
        if element.tag == "h1":
            heads, before, paragraphs = 1, before if paragraphs <= _NEAR else [], 0
        elif element.tag == "p":
            paragraphs += 1
        elif (day := element.get("datetime")) and not _is_aside(element):
            if heads and paragraphs <= _NEAR:
                return [day]
            before, paragraphs = ([day], 0) if not heads else (before, paragraphs)
    return before


def _is_aside(element: HtmlElement) -> bool:
    for box in element.iterancestors():
        if box.tag in ("aside", "nav", "footer") or re.search(
            r"comment|related|sidebar", box.get("class", "")
        ):
            return True
    return False


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[contains(@type,'ld+json')]"):
        text = (script.text or "")[:_MAX_JSON].strip()
        text = re.sub(r"^<!--|-->$|^/\*.*?\*/|^//\s*<!\[CDATA\[|//\s*\]\]>$|;$", "", text).strip()
        try:
            yield from _nodes(json.loads(text, strict=False), depth=0)
        except (ValueError, RecursionError):
            continue


def _nodes(value: Any, *, depth: int) -> Iterator[dict[str, Any]]:
    """The top-level objects: a list's, a @graph's, and what a page names as its main entity."""
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth=depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _nodes(value.get(key), depth=depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {str(kind).rpartition("/")[2] for kind in kinds}


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The first content of each meta name or property, names in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        )
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _site(
    nodes: Iterable[dict[str, Any]], articles: Iterable[dict[str, Any]], meta: dict[str, str]
) -> str | None:
    publishers = [node.get("publisher") for node in articles]
    sites = [node.get("name") for node in nodes if "WebSite" in _types(node)]
    named = [publisher.get("name") for publisher in publishers if isinstance(publisher, dict)]
    said = [meta.get("og:site_name"), *named, *sites, meta.get("application-name")]
    return next(
        (name for value in said if isinstance(value, str) and (name := clean_title(unescape(value)))), None
    )


def _title(
    tree: HtmlElement, articles: Iterable[dict[str, Any]], meta: dict[str, str], site: str | None
) -> str | None:
    heads = [clean_line(h1.text_content()) for h1 in tree.iter("h1")]
    said = [node.get("headline") for node in articles]
    said += [meta.get("og:title"), meta.get("twitter:title"), *(heads if len(heads) == 1 else [])]
    said += [_first(tree.xpath("//head/title/text()")), *heads]
    title = next(
        (line for value in said if isinstance(value, str) and (line := clean_line(unescape(value)))), None
    )
    return clean_title(without_site(title, site, heads)) if title else None


def without_site(title: str, site: str | None, heads: Iterable[str]) -> str:
    """A title without " | The Paper" behind it: where the head of the page or the site's name says so."""
    for head in heads:
        if (
            _HEADING <= len(head) < len(title)
            and title.startswith(head)
            and _SEPARATORS.match(title[len(head) :])
        ):
            return head
    cuts = list(_SEPARATORS.finditer(title))
    if cuts and site:
        tail = title[cuts[-1].end() :].casefold()
        if tail and (tail in site.casefold() or site.casefold() in tail):
            return title[: cuts[-1].start()]
    return title


def title_among(blocks: Iterable[str], title: str | None) -> str | None:
    """The title as a heading of the text has it, where a page's title is that and the paper's name."""
    parts = set(_SEPARATORS.split(title or ""))
    return next((block for block in blocks if block in parts and len(block) >= _HEADING), title)


def _authors(tree: HtmlElement, articles: Iterable[dict[str, Any]], meta: dict[str, str]) -> frozenset[str]:
    """The names of those who wrote the article; they may stand alone under it."""
    said: list[Any] = [meta.get("author"), meta.get("article:author"), meta.get("dc.creator")]
    for node in articles:
        people = node.get("author")
        people = people if isinstance(people, list) else [people]
        said += [person.get("name") if isinstance(person, dict) else person for person in people]
    said += [link.text_content() for link in tree.xpath("//*[@rel='author' or @itemprop='author']")]
    names = (clean_line(unescape(name)).casefold() for name in said if isinstance(name, str))
    return frozenset(name for name in names if name and len(name) <= _LONGEST_NAME)


def _body(articles: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    bodies = [node.get("articleBody") for node in articles]
    text = next((body for body in bodies if isinstance(body, str)), "")
    return tuple(line for line in clean_lines(unescape(text)).split("\n") if line)


def _free(articles: Iterable[dict[str, Any]]) -> bool | None:
    """isAccessibleForFree, which publishers write as a boolean or as a word."""
    for node in articles:
        value = str(node.get("isAccessibleForFree", "")).rpartition("/")[2].lower()
        if value in ("true", "false"):
            return value == "true"
    return None


def _first(found: list[str]) -> str | None:
    return str(found[0]) if found else None
