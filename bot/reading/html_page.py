"""An HTML page -> its article: paragraphs, title, site, date, language, canonical URL."""

import re
from copy import deepcopy

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config

from bot.errors import NotAnArticle, PageTooLarge
from bot.reading.blocks import join_broken, own_paragraphs
from bot.reading.boxes import find_boxes
from bot.reading.cards import HEADLINE, find_cards, texts_of
from bot.reading.clean import clean_line, clean_lines, join_paragraphs
from bot.reading.declared import Declared, read_declared, title_among
from bot.reading.language import detect_language
from bot.reading.links import canonical_from_page, site_of
from bot.reading.phrases import load_phrases
from bot.reading.site_name import site_in_title
from bot.reading.walls import Seen, check_article
from bot.values import Page

# What a reader does not see, or not as part of a text. Hidden text is where a page would plant its lies.
_UNSEEN = (
    "//script | //style | //template | //noscript | //svg | //iframe | //object | //canvas | //select"
    " | //*[@hidden] | //*[contains(translate(@style,' ',''),'display:none')]"
    " | //*[contains(translate(@style,' ',''),'visibility:hidden')]"
    " | //*[contains(translate(@style,' ',''),'font-size:0')]"
)
# Classes of what is said to screen readers alone, as whole words of a class attribute.
_SPOKEN = frozenset(
    {"sr", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only"}
    | {
        "u-visually-hidden",
        "is-visually-hidden",
        "visually-hidden-focusable",
        "a11y-hidden",
        "assistive-text",
    }
)
_BESIDE = (
    "//*[@id='comments' or @id='disqus_thread' or contains(@class,'comments-area')"
    " or contains(@class,'cookie') or contains(@id,'cookie')"
    " or contains(@class,'newsletter') or contains(@class,'share-')]"
)
_FRAME = "//nav | //footer | //aside | //body/header"
_BARE = 200  # characters: less is a shell's "Loading"
# Characters. What is shorter trafilatura takes for a failure, and gives all words of the page in one line,
# headline and date too; by default it may do so with articles of two paragraphs.
_SHORTEST = 80
_MOST = 100_000  # characters of a page's visible text that are looked at for walls
_MOST_ATTRIBUTES = 2_000  # of one element
_TAG = re.compile(r"""<[a-zA-Z](?:[^"'<>]++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
# What a tree may hold as it was parsed, and can't be given again, by us or by trafilatura.
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_ELEMENTS = 50_000  # ten times what pages of news are made of; a million takes minutes to take apart


def read_html(text: str, *, url: str | None) -> Page:
    """Read the article of a page.

    Raises NotAnArticle, PageBlocked or PageUnavailable when there is none, PageTooLarge.
    """
    tree = _parse(text)
    declared = read_declared(tree)
    page_title = tree.findtext(".//head/title") or ""
    page = _seen(tree, declared, url=url)
    check_article(page, load_phrases())
    body = join_paragraphs(page.paragraphs)
    address = canonical_from_page(url, declared.canonical) if url else None
    return Page(
        url=address,
        title=page.title or None,
        site=declared.site or (_site(page_title, site_of(address)) if address else None),
        lang=detect_language(body, declared=declared.lang),
        published=declared.published,
        text=body,
    )


def _site(page_title: str, domain: str) -> str:
    return site_in_title(page_title, domain) or domain


def _parse(text: str) -> HtmlElement:
    """Parse a page without network or entities, within lxml's own limits."""
    parser = HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", _UNFIT.sub(" ", text.replace("\x00", "")), count=1)
    if _is_flooded(cleaned):
        raise _too_large()
    try:
        tree = document_fromstring(cleaned, parser=parser)
    except (ParserError, ValueError):
        raise NotAnArticle(
            "The page is empty. Paste the text if you can see it.", code="empty_page"
        ) from None
    if tree.xpath("count(//*)") > _MOST_ELEMENTS:
        raise _too_large()
    _make_fit(tree)
    return tree


def _make_fit(tree: HtmlElement) -> None:
    """Put blanks for characters that were written as references and that nothing else can hold."""
    for element in tree.iter():
        if element.text and _UNFIT.search(element.text):
            element.text = _UNFIT.sub(" ", element.text)
        if element.tail and _UNFIT.search(element.tail):
            element.tail = _UNFIT.sub(" ", element.tail)
        for name, value in element.items():
            if _UNFIT.search(value):
                del element.attrib[name]


def _is_flooded(text: str) -> bool:
    """Whether an element has thousands of attributes, each of which libxml2 compares with all others."""
    long = (tag[0] for tag in _TAG.finditer(text) if tag.end() - tag.start() > _MOST_ATTRIBUTES)
    bare = (_QUOTED.sub(" ", tag) for tag in long)
    return any(max(len(tag.split()), tag.count("=")) > _MOST_ATTRIBUTES for tag in bare)


def _too_large() -> PageTooLarge:
    return PageTooLarge("The page is too large to be an article. Paste the part that matters instead.")


def _seen(tree: HtmlElement, declared: Declared, *, url: str | None) -> Seen:
    """Take the page apart, from what it is made of down to what its article says; empties the tree."""
    phrases = load_phrases()
    has_script = tree.find(".//script") is not None
    shell_note = " ".join(note.text_content() for note in tree.iter("noscript"))
    _remove(tree, _UNSEEN)
    has_password = bool(tree.xpath("//input[@type='password']"))
    visible = _visible(tree) + " " + clean_line(shell_note)[: HEADLINE * 10]
    links = frozenset(clean_line(link.text_content()) for link in tree.iter("a"))
    for spoken in [element for element in tree.iter("span") if _SPOKEN & set(element.classes)]:
        spoken.drop_tree()
    cards = find_cards(tree)
    teasers = frozenset(texts_of(cards)) | {text for text in links if len(text) >= HEADLINE}
    _remove(tree, _BESIDE)
    for box in find_boxes(tree, phrases):
        if box.getparent() is not None:
            box.drop_tree()
    blocks = _or_declared(_blocks(tree), declared)
    title = title_among(blocks, declared.title) or ""
    for card in cards:
        if card.getparent() is not None:
            card.drop_tree()
    _remove(tree, _FRAME)
    return Seen(
        blocks=blocks,
        paragraphs=own_paragraphs(
            blocks, title=title, links=links, phrases=phrases, authors=declared.authors
        ),
        title=title,
        visible=visible,
        beside=_visible(tree),
        teasers=teasers,
        has_password=has_password,
        has_script=has_script,
        declared=declared,
        url=url,
    )


def _or_declared(blocks: list[str], declared: Declared) -> list[str]:
    """The text a page declares, where next to none stands on it and it is free to read."""
    if declared.free is False or sum(map(len, blocks)) >= min(_BARE, sum(map(len, declared.body))):
        return blocks
    return list(declared.body)


def _visible(tree: HtmlElement) -> str:
    return clean_line(tree.text_content()[:_MOST])


def _remove(tree: HtmlElement, path: str) -> None:
    """Drop elements and keep what follows them; but one that holds most of the page is the page."""
    whole = len(tree.text_content())
    for element in tree.xpath(path):
        parsed = isinstance(element.tag, str) and element.tag not in (
            "script",
            "style",
            "template",
            "noscript",
        )
        if element.getparent() is None or (parsed and len(element.text_content()) > whole / 2):
            continue
        element.drop_tree()


def _blocks(tree: HtmlElement) -> list[str]:
    """Headings and paragraphs of the main text, in order, as trafilatura finds them."""
    untouched = deepcopy(tree)  # trafilatura takes apart what it is given
    lines = _lines(tree)
    if len(lines) == 1:
        lines = max(lines, _lines(untouched, least=_SHORTEST), key=len)
    phrases = load_phrases()
    return join_broken((phrases.without_asides(line.removeprefix("- ")) for line in lines), phrases)


def _lines(tree: HtmlElement, *, least: int | None = None) -> list[str]:
    """The lines of the main text; one of fewer than `least` characters counts as not found."""
    config = use_config()
    if least is not None:
        config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(least))
    found = bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        include_formatting=False,
        deduplicate=False,
        config=config,
    )
    text = found.text if isinstance(found, Document) else None
    return [line for line in clean_lines(text or "").split("\n") if line]
