"""Pages and PDFs that are made to hurt whoever parses them, each under the 5 MB that a fetch lets through."""

import json
import zlib
from collections.abc import Callable

SIZE = 4_900_000  # bytes, about
SENTENCE = "Corvane bought Tessel for four million euros on Monday, it said in a statement. "


def _filled(part: str, *, before: str = "<html><body>", behind: str = "") -> Callable[[], bytes]:
    """A page filled with one part again and again."""
    return lambda: (before + part * (SIZE // len(part)) + behind).encode()


def _nested(opening: str, closing: str = "") -> Callable[[], bytes]:
    def page() -> bytes:
        depth = SIZE // (len(opening) + len(closing))
        return (f"<html><body><p>{SENTENCE * 3}" + opening * depth + SENTENCE + closing * depth).encode()

    return page


def _layers(tag: str, *, depth: int = 200) -> Callable[[], bytes]:
    """A few hundred layers, with a long text inside the innermost."""

    def page() -> bytes:
        return (f"<{tag}>" * depth + f"<p>{SENTENCE}</p>" * (SIZE // 90) + f"</{tag}>" * depth).encode()

    return page


def _json_ld(text: str) -> bytes:
    page = f'<html><head><script type="application/ld+json">{text}</script></head><body><p>{SENTENCE * 5}'
    return page.encode()


def _attributes() -> bytes:
    names = " ".join(f"a{number}=b" for number in range(SIZE // 12))
    return f"<html><body><p {names}>{SENTENCE * 5}</p></body></html>".encode()


def _pdf(stream: bytes, *, pages: int = 1, extra: bytes = b"") -> bytes:
    """A PDF whose pages all show one packed stream."""
    packed = zlib.compress(stream, 1)
    kids = b" ".join(b"%d 0 R" % (number + 10) for number in range(pages))
    objects = [
        (1, b"<</Type/Catalog/Pages 2 0 R>>"),
        (2, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)),
        (3, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
        (4, b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)),
    ]
    shown = b"/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R"
    objects += [(number + 10, b"<</Type/Page/Parent 2 0 R%s>>" % shown) for number in range(pages)]
    body = b"%PDF-1.7\n" + extra
    places = {}
    for number, content in objects:
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(body)
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        body += b"%d 1\n%010d 00000 n \n" % (number, place)
    return body + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (pages + 10, table)


def _show(text: bytes, times: int) -> bytes:
    return b"BT /F1 12 Tf 72 700 Td " + b"(%s) Tj 0 -12 Td " % text * times + b"ET"


def _layered_pdf() -> bytes:
    """Zeros, packed three times over."""
    packed = zlib.compress(b" " * 300_000_000, 9)
    for _ in range(2):
        packed = zlib.compress(packed, 9)
    filters = b"[/FlateDecode/FlateDecode/FlateDecode]"
    plain = _pdf(b"BT ET")
    stream = b"<</Filter %s/Length %d>>stream\n%s\nendstream" % (filters, len(packed), packed)
    start = plain.index(b"4 0 obj\n") + len(b"4 0 obj\n")
    return plain[:start] + stream + plain[plain.index(b"\nendobj", start) :]


def _circular_pdf() -> bytes:
    """Its tree of pages contains itself."""
    return _pdf(b"BT ET").replace(b"/Kids[10 0 R]", b"/Kids[2 0 R 2 0 R]")


HTML, PDF, TEXT = "text/html", "application/pdf", "text/plain"
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "deeply nested HTML": (HTML, _nested("<div>")),
    "deeply nested and closed HTML": (HTML, _nested("<div>", "</div>")),
    "deeply nested tables": (HTML, _nested("<table><tr><td>")),
    "deeply nested lists": (HTML, _nested("<ul><li>")),
    "deeply nested formatting": (HTML, _nested("<b><i>")),
    "deeply nested fonts": (HTML, _nested("<font>", "</font>")),
    "layers of navigation": (HTML, _layers("nav")),
    "layers of asides": (HTML, _layers("aside")),
    "layers of articles": (HTML, _layers("article")),
    "huge title": (HTML, _filled("Tessel ", before="<title>", behind=f"</title><p>{SENTENCE * 5}")),
    "huge heading": (HTML, _filled("Tessel ", before=f"<p>{SENTENCE * 5}</p><h1>")),
    "huge meta description": (HTML, _filled("Tessel ", before='<meta name="description" content="')),
    "huge attribute": (HTML, _filled("x", before='<p title="', behind=f'">{SENTENCE * 5}</p>')),
    "attribute flood": (HTML, _attributes),
    "flood of tags": (HTML, _filled("<p>")),
    "flood of paragraphs": (HTML, _filled(f"<p>{SENTENCE}</p>")),
    "flood of short paragraphs": (HTML, _filled("<p>Tessel")),
    "flood of links": (HTML, _filled("<a href=/a>Tessel</a> ")),
    "flood of long links": (HTML, _filled(f"<a href=/a>{SENTENCE}</a> ")),
    "flood of breaks": (HTML, _filled("a<br>")),
    "flood of headings": (HTML, _filled(f"<h2>{SENTENCE}</h2>")),
    "flood of hidden spans": (HTML, _filled('<span class="sr-only">a</span>')),
    "flood of styles": (HTML, _filled('<i style="display:none">a</i>')),
    "flood of boxes": (HTML, _filled("<div>Lee también<a href=/a>Tessel</a></div>")),
    "flood of cards": (HTML, _filled("<div><a href=/a><h3>Corvane bought Tessel today</h3></a></div>")),
    "flood of lists": (HTML, _filled("<ul><li>Tessel</ul>")),
    "flood of table cells": (HTML, _filled("<td>Tessel", before="<table><tr>")),
    "flood of metas": (HTML, _filled('<meta property="og:title" content="a">')),
    "flood of times": (HTML, _filled("<time datetime=2024-01-01>x</time>")),
    "flood of scripts": (HTML, _filled("<script>a</script>")),
    "flood of entities": (HTML, _filled("&lt;&#x202e;")),
    "flood of comments": (HTML, _filled("<!--a-->")),
    "endless comment": (HTML, _filled("<!--")),
    "endless tag": (HTML, _filled("<")),
    "one word": (HTML, _filled("a", before="<p>")),
    "spaces only": (HTML, _filled(" ", before=f"<p>{SENTENCE * 5}")),
    "combining marks": (HTML, _filled("a" + "\u0301" * 50, before="<p>")),
    "one line of text": (HTML, _filled(SENTENCE, before="<p>")),
    "billion laughs": (
        HTML,
        lambda: (
            '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "lol">'
            + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
            + f"]><html><body><p>{SENTENCE * 5}&a12;</p></body></html>"
        ).encode(),
    ),
    "outside entity": (
        HTML,
        lambda: (
            b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;'
            + SENTENCE.encode() * 5
        ),
    ),
    "deep JSON-LD": (HTML, lambda: _json_ld("[" * (SIZE // 2) + "]" * (SIZE // 2))),
    "wide JSON-LD": (HTML, lambda: _json_ld(json.dumps([{"@type": "NewsArticle"}] * 150_000))),
    "JSON-LD of one number": (HTML, lambda: _json_ld("9" * SIZE)),
    "long JSON-LD body": (
        HTML,
        lambda: _json_ld(json.dumps({"@type": "NewsArticle", "articleBody": SENTENCE * 55_000})),
    ),
    "text of one line": (TEXT, lambda: SENTENCE.encode() * (SIZE // len(SENTENCE))),
    "text of short lines": (TEXT, lambda: b"Tessel\n" * (SIZE // 7)),
    "text of blank lines": (TEXT, lambda: b"\n" * SIZE + SENTENCE.encode()),
    "text of spaces": (TEXT, lambda: b" " * SIZE + SENTENCE.encode()),
    "PDF bomb": (PDF, lambda: _pdf(_show(b"Corvane bought Tessel today", 400_000))),
    "PDF bomb of one word": (PDF, lambda: _pdf(b"BT /F1 12 Tf (" + b"a" * 100_000_000 + b") Tj ET")),
    "PDF bomb of nothing": (PDF, lambda: _pdf(b" " * 300_000_000)),
    "PDF bomb of arrays": (PDF, lambda: _pdf(b"[" * 3_000_000)),
    "PDF bomb of graphics": (PDF, lambda: _pdf(b"q " * 5_000_000)),
    "PDF packed three times": (PDF, _layered_pdf),
    "PDF of too many pages": (PDF, lambda: _pdf(_show(b"Tessel", 10), pages=5_000)),
    "PDF of dense pages": (PDF, lambda: _pdf(_show(b"Corvane bought Tessel", 3_000), pages=300)),
    "PDF that contains itself": (PDF, _circular_pdf),
    "PDF of opening brackets": (PDF, lambda: b"%PDF-1.7\n" + b"<<" * (SIZE // 2)),
    "PDF of objects": (PDF, lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * (SIZE // 8)),
    "PDF of rubbish": (PDF, lambda: b"%PDF-1.7\n" + bytes(range(256)) * (SIZE // 256)),
}

__all__ = ["BOMBS"]
