"""The teasers of other stories on a page: a linked headline and what stands with it."""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from bot.reading.clean import clean_line

HEADLINE = 25  # characters: link texts from here on are headlines, not menu entries
_HEADS = ("h1", "h2", "h3", "h4", "h5")
_CLIMB = 3  # levels from a headline up to the card that holds it
_LARGEST = 600  # characters: more is no teaser


def find_cards(tree: HtmlElement) -> list[HtmlElement]:
    """The smallest boxes that each hold one linked headline with its teaser."""
    return [_card(head) for head in tree.iter(*_HEADS) if _is_linked(head)]


def texts_of(cards: list[HtmlElement]) -> Iterator[str]:
    """Every text of some length that stands in a card, as a whole and in its parts."""
    for card in cards:
        for element in card.iter():
            if isinstance(element.tag, str):
                text = clean_line(element.text_content())
                if len(text) >= HEADLINE:
                    yield text


def _is_linked(head: HtmlElement) -> bool:
    if len(clean_line(head.text_content())) < HEADLINE:
        return False
    return head.find(".//a[@href]") is not None or any(True for _ in head.iterancestors("a"))


def _card(head: HtmlElement) -> HtmlElement:
    """Climb while the box holds no second headline and no more text than a teaser has."""
    card = head
    for parent in islice(head.iterancestors(), _CLIMB):
        if parent.tag in ("body", "main", "html") or len(parent.text_content()) > _LARGEST:
            break
        if sum(1 for _ in parent.iter(*_HEADS)) > 1 or len(parent.findall(".//p")) > 3:
            break
        card = parent
    return card
