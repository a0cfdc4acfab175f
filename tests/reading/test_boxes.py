"""Boxes that are not a page's text."""

import pytest
from lxml.html import document_fromstring

from bot.reading.boxes import find_boxes
from bot.reading.phrases import load_phrases

STORY = "<p>Corvane bought a rival in Lyon on Monday, for four million euros in cash and its own shares.</p>"


def boxes(body: str) -> list[str]:
    tree = document_fromstring(f"<html><body><main>{body}</main></body></html>")
    return [box.text_content() for box in find_boxes(tree, load_phrases())]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='wp-block-x-event'><h4>Robots Week</h4><p>Orvik and Bluefern</p></div>",
        "<section id='author-bio'><h3>Ana Ruiz</h3><p>Writes on robots.</p></section>",
        "<div><div>Sobre la firma</div><p>Escribe de industria.</p></div>",
        "<div><h3>Upcoming webinar</h3><p>Orvik and Bluefern</p></div>",
        "<div><p>The Robot Hour, with Orvik</p><a href='/p'>Listen now</a></div>",
        "<div><p>La agenda de Iberluz</p><a href='/c'>Recíbela en tu correo</a></div>",
    ],
)
def test_boxes_are_known_by_class_head_or_button(box: str) -> None:
    assert len(boxes(STORY * 6 + box)) == 1


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='event'>{STORY}</div>",  # the whole of the text
        f"<section><h2>Subsequent events</h2>{STORY}</section>{STORY * 6}",
        f"<section><h2>Podcasts</h2>{STORY}</section>{STORY * 6}",
        f"<div>{STORY}<a href='/s'>Subscribe</a></div>",  # a brief
        f"<div class='live-event'>{STORY}</div>" * 9,  # a live article's postings
        "<div class='promo'><p>Subscribe to continue reading.</p></div>" + STORY * 6,  # a paywall speaks
        "<div class='promo'><h1>Corvane buys a rival</h1></div>" + STORY * 6,
    ],
)
def test_what_may_be_the_article_stays(body: str) -> None:
    assert boxes(body) == []
