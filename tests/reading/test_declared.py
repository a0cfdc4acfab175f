"""What a page declares about itself."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from bot.reading.declared import Declared, parse_published, read_declared, title_among, without_site


def declared(body: str = "", head: str = "") -> Declared:
    return read_declared(document_fromstring(f"<html><head>{head}</head><body>{body}<p>x</p></body></html>"))


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-03", date(2024, 6, 3)),
        ("2024-06-03T23:30:00-05:00", date(2024, 6, 3)),  # the publisher's day
        ("2024-06-03 08:00", date(2024, 6, 3)),
        ("2024/6/3", date(2024, 6, 3)),
        ("20240603", date(2024, 6, 3)),
        ("20240603T101500Z", date(2024, 6, 3)),
        ("20240603101500", date(2024, 6, 3)),
        ("Mon, 03 Jun 2024 10:00:00 GMT", date(2024, 6, 3)),
        ("June 3, 2024", date(2024, 6, 3)),
        ("3 de junio de 2024", date(2024, 6, 3)),
        ("3 juin 2024", date(2024, 6, 3)),
        ("03/04/2024", None),  # April or March?
        ("2024", None),
        ("2024-06", None),
        ("2024-13-01", None),
        ("2023-02-29", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01", None),
        ("1717400000", None),
        ("9999-12-31", None),
        ("today", None),
        ("hace dos horas", None),
        ("", None),
    ],
)
def test_a_declared_date_is_read_or_left(text: str, day: date | None) -> None:
    assert parse_published(text) == day


@given(st.text(max_size=90))
def test_any_text_is_a_date_or_none(text: str) -> None:
    parse_published(text)


@pytest.mark.parametrize(
    "head",
    [
        ld({"@type": "NewsArticle", "datePublished": "2024-06-03T10:00:00Z", "dateModified": "2024-07-01"}),
        ld([{"@type": "WebPage"}, {"@type": ["Article"], "datePublished": "2024-06-03"}]),
        ld({"@graph": [{"@type": "Person"}, {"@type": "BlogPosting", "datePublished": "2024-06-03"}]}),
        ld({"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "datePublished": "2024-06-03"}}),
        ld({"@type": "https://schema.org/NewsArticle", "dateCreated": "2024-06-03"}),
        ld({"@type": "NewsArticle", "headline": "a#b", "datePublished": "2024-06-03"}).replace("#", "\n"),
        ld("x").replace('"x"', "nonsense") + '<meta name="date" content="2024-06-03">',
        '<meta property="article:published_time" content="2024-06-03T10:00:00+00:00">',
        '<meta name="DC.date.issued" content="2024-06-03">',
        '<meta itemprop="datePublished" content="2024-06-03">',
        '<meta name="parsely-pub-date" content="2024-06-03T00:00:00Z">',
        '<meta name="date" content="unknown"><meta name="pubdate" content="20240603">',
    ],
)
def test_the_head_declares_the_date(head: str) -> None:
    assert declared(head=head).published == date(2024, 6, 3)


@pytest.mark.parametrize(
    "body",
    [
        '<h1>A</h1><time datetime="2024-06-03T10:00">June 3</time>',
        '<article><time datetime="2024-06-03">June 3</time><h1>A</h1></article>',
        '<h1>A</h1><p>by</p><p>x</p><time datetime="2024-06-03">x</time><time datetime="2024-06-09">y</time>',
        '<aside><time datetime="2020-01-01">x</time></aside><h1>A</h1><time datetime="2024-06-03">x</time>',
        '<span itemprop="datePublished" content="2024-06-03">3/6</span>',
        '<time pubdate datetime="2024-06-03">x</time>',
    ],
)
def test_the_time_by_the_headline_is_the_date(body: str) -> None:
    assert declared(body).published == date(2024, 6, 3)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Published on June 3, 2024</p>",
        "<footer>© 2024</footer>",
        "<h1>Deal of 2024-06-03</h1>",
        '<time datetime="2024-06-03">a list of stories, no headline</time>',
        '<h1>A</h1><h1>B</h1><time datetime="2024-06-03">x</time>',
        '<h1>A</h1><p>1</p><p>2</p><p>3</p><p>4</p><time datetime="2024-06-03">a comment</time>',
        '<h1>A</h1><div class="related"><time datetime="2024-06-03">x</time></div>',
        '<h1>A</h1><nav><time datetime="2024-06-03">x</time></nav>',
        '<h1>A</h1><a href="/2024/06/03/x">link</a>',
        '<h1>A</h1><time datetime="">now</time>',
    ],
)
def test_the_body_and_the_neighbours_are_no_source_of_dates(body: str) -> None:
    assert declared(body, '<link rel="canonical" href="https://p.example/2024/06/03/a">').published is None


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (ld({"@type": "NewsArticle", "headline": "Caf&eacute; &amp; Co"}), "", "Café & Co"),
        (
            '<meta property="og:title" content="A deal | Paper"><meta name="og:site_name" content="Paper">',
            "",
            "A deal",
        ),
        (
            "<title>A deal - a big one - Paper</title><meta property='og:site_name' content='The Paper'>",
            "",
            "A deal - a big one",
        ),
        ("<title>Front</title>", "<h1>The one headline</h1>", "The one headline"),
        (
            "<title>Corvane buys a rival · Paper</title>",
            "<h1>A</h1><h1>Corvane buys a rival</h1>",
            "Corvane buys a rival",
        ),
        ("<title>Coca-Cola buys a rival</title>", "", "Coca-Cola buys a rival"),
        ("", "", None),
    ],
)
def test_the_title_is_the_headline_without_the_paper(head: str, body: str, title: str | None) -> None:
    assert declared(body, head).title == title


def test_a_site_in_the_middle_of_a_title_stays() -> None:
    assert without_site("Paper | A deal", "Paper", []) == "Paper | A deal"


def test_the_title_is_the_heading_where_the_text_has_it() -> None:
    assert (
        title_among(["Menu", "Corvane buys a rival"], "La Hoja - Corvane buys a rival")
        == "Corvane buys a rival"
    )


@pytest.mark.parametrize(
    ("head", "site"),
    [
        ('<meta property="og:site_name" content="The &quot;Paper&quot;">', 'The "Paper"'),
        (ld({"@type": "NewsArticle", "publisher": {"name": "The Paper"}}), "The Paper"),
        (ld({"@type": "WebSite", "name": "The Paper"}), "The Paper"),
        (ld({"@type": "NewsArticle", "publisher": "https://p.example"}), None),
        ("", None),
    ],
)
def test_the_site_names_itself(head: str, site: str | None) -> None:
    assert declared(head=head).site == site


@pytest.mark.parametrize(
    ("said", "free"),
    [
        (True, True),
        (False, False),
        ("False", False),
        ("http://schema.org/True", True),
        (None, None),
        ("?", None),
    ],
)
def test_publishers_say_in_many_ways_whether_a_page_is_free(said: object, free: bool | None) -> None:
    assert declared(head=ld({"@type": "NewsArticle", "isAccessibleForFree": said})).free is free


@pytest.mark.parametrize(
    ("head", "article", "is_list"),
    [
        (ld({"@type": "ReportageNewsArticle"}), True, False),
        ('<meta property="og:type" content="Article">', True, False),
        (ld({"@type": "CollectionPage"}), False, True),
        ('<meta property="og:type" content="website">', False, False),
        (ld({"@type": 5}), False, False),
        (ld("text"), False, False),
    ],
)
def test_pages_say_whether_they_are_articles_or_lists(head: str, article: bool, is_list: bool) -> None:
    page = declared(head=head)
    assert (page.is_article, page.is_list) == (article, is_list)


def test_deeply_nested_declarations_are_left_alone() -> None:
    head = f'<script type="application/ld+json">{"[" * 5000}{"]" * 5000}</script>'
    assert declared(head=head).title is None


@pytest.mark.parametrize("rel", ["canonical", "CANONICAL"])
def test_the_canonical_link_is_found(rel: str) -> None:
    assert declared(head=f'<link rel="{rel}" href="/a">').canonical == "/a"
