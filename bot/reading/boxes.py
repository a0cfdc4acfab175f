"""Small boxes on a page that are not its text: events, letters to sign up for, authors, lists of stories."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from bot.reading.clean import clean_line
from bot.reading.phrases import Phrases

_BOXES = ("div", "section", "aside", "figure", "form", "ul")
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:promos?|newsletters?|sign-?up|recirc|(?:author|writer)-?(?:bio|box|card|info)|bio(?:graphy)?"
    r"|events?|webinars?|podcasts?|related|most-?(?:read|viewed|popular)|outbrain|taboola)(?:$|[\s_-])",
    re.I,
)
_LARGEST = 600  # characters: more is no box beside a text
_LEAD = 60  # characters: the longest head of a box
_CLIMB = 3  # levels from a button up to its box
_SHARE = 3  # a box holds at most one part in so many of the page's prose


def find_boxes(tree: HtmlElement, phrases: Phrases) -> list[HtmlElement]:
    """Boxes called by their class, their head or their button what no article is; never a large part of it.

    What speaks as a paywall stays, for that is looked for later.
    """
    share = _prose(tree) // _SHARE
    most = min(_LARGEST, share)
    found = [*_by_name(tree), *_by_head(tree, phrases), *_by_call(tree, phrases, most)]
    boxes = [box for box in found if _is_small(box, most) and not phrases.says("paywall", _text(box))]
    # So much of it in boxes: then they are what the article is made of, as a live one of its postings.
    return boxes if sum(map(_prose, boxes)) <= share else []


def _by_name(tree: HtmlElement) -> Iterator[HtmlElement]:
    for box in tree.iter(*_BOXES):
        if _NAMED.search(box.get("class", "")) or _NAMED.search(box.get("id", "")):
            yield box


def _by_head(tree: HtmlElement, phrases: Phrases) -> Iterator[HtmlElement]:
    for box in tree.iter(*_BOXES):
        head = next(iter(box), None)
        if head is None or len(box) < 2 or head.tag == "p" or (box.text or "").strip():
            continue
        line = _text(head)
        if len(line) <= _LEAD and phrases.is_called("box", line.rstrip(" :")):
            yield box


def _by_call(tree: HtmlElement, phrases: Phrases, most: int) -> Iterator[HtmlElement]:
    """The largest small box around a button or link that asks to sign up."""
    for call in tree.iter("a", "button"):
        if len(_text(call)) > _LEAD or not phrases.is_called("call", _text(call).rstrip(" .!>»")):
            continue
        box = None
        for parent in islice(call.iterancestors(), _CLIMB):
            if not _is_small(parent, most) or len(parent.findall(".//p")) > 2:
                break
            box = parent if parent.tag in _BOXES else box
        if box is not None:
            yield box


def _is_small(box: HtmlElement, most: int) -> bool:
    return len(_text(box)) <= most and box.find(".//h1") is None and box.find(".//article") is None


def _prose(tree: HtmlElement) -> int:
    """Characters in paragraphs, and in boxes that hold text of their own."""
    paragraphs = sum(len(_text(paragraph)) for paragraph in tree.iter("p"))
    return paragraphs + sum(
        len(clean_line(str(text))) for text in tree.xpath("descendant-or-self::div/text()")
    )


def _text(element: HtmlElement) -> str:
    return clean_line(element.text_content())
