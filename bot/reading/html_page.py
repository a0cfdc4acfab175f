"""An HTML page -> its article: paragraphs, title, site, date, language, canonical URL."""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Document

from bot.errors import NotAnArticle
from bot.reading.clean import clean_line, clean_lines, join_paragraphs
from bot.reading.declared import Declared, read_declared
from bot.reading.language import detect_language
from bot.reading.links import canonical_from_page, site_of
from bot.reading.phrases import load_phrases
from bot.reading.walls import Seen, check_article, headlines
from bot.values import Page

# What a reader does not see, or not as part of a text. Hidden text is where a page would plant its lies.
_UNSEEN = (
    "//script | //style | //template | //noscript | //svg | //iframe | //object | //canvas | //select"
    " | //comment()"
    " | //*[@hidden] | //*[contains(translate(@style,' ',''),'display:none')]"
    " | //*[contains(translate(@style,' ',''),'visibility:hidden')]"
    " | //*[contains(translate(@style,' ',''),'font-size:0')]"
)
_BESIDE = (
    "//*[@id='comments' or @id='disqus_thread' or contains(@class,'comments-area')"
    " or contains(@class,'cookie') or contains(@id,'cookie')"
    " or contains(@class,'newsletter') or contains(@class,'share-')]"
)
_CONTINUES = re.compile(r"[a-zà-öø-ÿ(]")  # how a line goes on that a <br> broke in its middle
_ENDS_SENTENCE = re.compile(r"[.!?:;…»”\"')]$")
_REPEATED = 40  # characters: a paragraph of this length that comes twice is a teaser of itself


def read_html(text: str, *, url: str | None) -> Page:
    """Read the article of a page; raises NotAnArticle, PageBlocked or PageUnavailable when there is none."""
    tree = _parse(text)
    declared = read_declared(tree)
    scripted = tree.find(".//script") is not None
    shell_note = " ".join(note.text_content() for note in tree.iter("noscript"))
    _remove(tree, _UNSEEN)
    page = _seen(tree, declared, url=url, scripted=scripted, shell_note=shell_note)
    check_article(page, load_phrases())
    body = join_paragraphs(page.paragraphs)
    address = canonical_from_page(url, declared.canonical) if url else None
    return Page(
        url=address,
        title=declared.title,
        site=declared.site or (site_of(address) if address else None),
        lang=detect_language(body) or declared.lang,
        published=declared.published,
        text=body,
    )


def _parse(text: str) -> HtmlElement:
    """Parse a page without network, entities or limits lifted (lxml's own limits stand)."""
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""), count=1)
    try:
        return document_fromstring(cleaned, parser=HTMLParser(no_network=True, huge_tree=False))
    except (ParserError, ValueError):
        raise NotAnArticle(
            "The page is empty. Open it yourself and paste the text if you can see one.", code="empty_page"
        ) from None


def _seen(tree: HtmlElement, declared: Declared, *, url: str | None, scripted: bool, shell_note: str) -> Seen:
    links = headlines(tree)
    has_password = bool(tree.xpath("//input[@type='password']"))
    visible = clean_line(tree.text_content() + " " + shell_note)[:100_000]
    _remove(tree, _BESIDE)
    return Seen(
        paragraphs=tuple(_own(_blocks(tree), title=declared.title or "")),
        title=declared.title or "",
        visible=visible,
        links=links,
        has_password=has_password,
        has_script=scripted,
        declared=declared,
        url=url,
    )


def _remove(tree: HtmlElement, path: str) -> None:
    """Drop elements and keep what follows them; but one that holds most of the page is the page."""
    whole = len(tree.text_content())
    for element in tree.xpath(path):
        if element.getparent() is None:
            continue
        visible_kind = isinstance(element.tag, str) and element.tag not in (
            "script",
            "style",
            "template",
            "noscript",
        )
        if visible_kind and len(element.text_content()) > whole / 2:
            continue
        element.drop_tree()


def _blocks(tree: HtmlElement) -> list[str]:
    """Headings and paragraphs of the main text, in order, as trafilatura finds them."""
    found = bare_extraction(
        tree, include_comments=False, include_tables=False, include_formatting=False, deduplicate=False
    )
    text = found.text if isinstance(found, Document) else None
    lines = clean_lines(text or "").split("\n")
    return list(_joined(line.removeprefix("- ") for line in lines if line))


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Put together the halves of a sentence that a line break split."""
    held = ""
    for line in lines:
        if held and _CONTINUES.match(line) and not _ENDS_SENTENCE.search(held):
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _own(blocks: Iterable[str], *, title: str) -> Iterator[str]:
    """The article's own paragraphs: no boilerplate, no repetition, no title again."""
    phrases = load_phrases()
    known = {title.casefold()}
    for block in blocks:
        key = block.casefold()
        if key in known or phrases.is_boilerplate(block):
            continue
        if len(block) >= _REPEATED:
            known.add(key)
        yield block
