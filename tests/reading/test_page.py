"""Whole pages, as papers make them, read from bytes."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.errors import NotAnArticle, PageBlocked, PageUnavailable, ReadingError, Unreadable
from bot.reading.page import read_page
from bot.values import Page
from tests.reading.pdfs import pdf_of

PAGES = Path(__file__).parent / "pages"
ADDRESS = "https://www.paper.example/economia/una-noticia.html"


def read(name: str, *, url: str | None = ADDRESS) -> Page:
    return read_page((PAGES / f"{name}.html").read_bytes(), content_type="text/html", url=url)


def html(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("name", "title", "site", "lang", "published"),
    [
        (
            "es_newspaper",
            "Navarra Eólica compra la filial portuguesa de Iberluz por 420 millones",
            "El Correo del Ebro",
            "es",
            date(2024, 5, 14),
        ),
        (
            "en_newspaper",
            "Halden Robotics to merge with Dutch rival Kuiper in £1.2bn deal",
            "The Tyneside Ledger",
            "en",
            date(2023, 11, 2),
        ),
        (
            "fr_newspaper",
            "Rachat : Verneuil Pharma s’offre le belge Scaldis pour 780 millions d’euros",
            "Le Quotidien de Loire",
            "fr",
            date(2024, 2, 27),
        ),
        (
            "amp",
            "Aceros Larra firma con Volta Motor un contrato de suministro",
            "Diario de Lanza",
            "es",
            date(2022, 9, 30),
        ),
        ("brief", "Brief: Corvane buys Pallister Foods", "Trade Wire", "en", date(2024, 7, 19)),
        ("blog_post", "Why Quillstream left Ember Cloud", "paper.example", "en", date(2024, 3, 8)),
        ("latin1", "Astilleros Bahía vende su división de grúas", "paper.example", "es", None),
        (
            "en_wire",
            "Halden Robotics closes $2.1 billion purchase of Kuiper",
            "Northgate Wire",
            "en",
            date(2024, 4, 9),
        ),
    ],
)
def test_what_a_page_says_about_itself(
    name: str, title: str, site: str, lang: str, published: date | None
) -> None:
    page = read(name)
    assert (page.title, page.site, page.lang, page.published) == (title, site, lang, published)


@pytest.mark.parametrize(
    ("name", "paragraphs"),
    [
        ("es_newspaper", 10),  # kicker, standfirst, five paragraphs, two heads, one quotation
        ("en_newspaper", 8),  # standfirst, six paragraphs, one head
        ("fr_newspaper", 5),  # four paragraphs, one head
        ("amp", 3),
        ("brief", 1),
        ("blog_post", 6),  # four paragraphs, two list items
        ("en_wire", 4),
        ("es_daily", 4),
        ("fr_daily", 3),
        ("latin1", 4),  # the place line, three paragraphs
    ],
)
def test_paragraphs_stay_paragraphs(name: str, paragraphs: int) -> None:
    text = read(name).text
    assert len(text.split("\n\n")) == paragraphs
    assert "\n" not in text.replace("\n\n", "")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "es_newspaper",
            "ha acordado la compra de la filial portuguesa de Iberluz por 420 millones de euros",
        ),
        ("es_newspaper", "«Portugal es el paso natural para una empresa de nuestro tamaño», dijo Idoia Lasa"),
        ("es_newspaper", "Las acciones de Iberluz subieron un 3,1 % tras el anuncio"),
        ("en_newspaper", "Halden’s investors will own 55% of the new group"),
        ("en_newspaper", "said the price was full but the logic “hard to argue with”."),
        ("fr_newspaper", "« C’est la plus importante opération de notre histoire », a déclaré sa présidente"),
        ("fr_newspaper", "Il avait investi 60 millions d’euros."),
        (
            "brief",
            "for $74 million in cash. Pallister’s 300 staff in Ohio will stay. The deal closed on Thursday.",
        ),
        ("blog_post", "Egress fees are the real contract, whatever the contract says."),
        ("en_wire", "LEEDS, April 9 - Halden Robotics (HALD.L) closed its $2.1 billion purchase"),
        ("en_wire", "Halden opens a new window of ten days for the holders who have not answered its offer."),
        ("en_wire", "sold its 12% stake in Kuiper (KUIP.AS) in January."),
        ("es_daily", "por 85 millones de euros, según el comunicado que envió el martes a la CNMV."),
        ("es_daily", "Volta Motor abrirá una ventana nueva de negocio: compite con la portuguesa Fiacabo"),
        ("fr_daily", "dans un communiqué publié après la clôture de la Bourse."),
        ("latin1", "a la danesa Havneløft por 3.200 millones de pesetas, según fuentes"),
    ],
)
def test_the_article_is_there_word_for_word(name: str, sentence: str) -> None:
    assert sentence in read(name).text


@pytest.mark.parametrize(
    ("name", "foreign"),
    [
        (
            "es_newspaper",
            ["cookies", "Facebook", "Copiar", "Lee también", "newsletter", "relacionadas", "ebro77"],
        ),
        (
            "es_newspaper",
            ["alcalde", "derechos reservados", "Archivado", "EFE", "Maite", "Suscríbete", "subasta"],
        ),
        (
            "en_newspaper",
            ["Read more", "never sleep", "partners", "Sign up", "newsletter", "Advertisement", "Storm"],
        ),
        ("en_newspaper", ["walks away", "Rohan", "Skip to", "Getty", "Share", "All rights"]),
        (
            "fr_newspaper",
            ["Lire aussi", "pépites", "plus lus", "soudeurs", "Claire Jossic", "droits", "Accepter"],
        ),
        ("amp", ["cookies", "Portada", "amp-"]),
        ("brief", ["Orvik", "Bluefern", "Latest", "Log in", "rights"]),
        ("blog_post", ["appeared first", "Share this", "2021", "on-call", "Posted on", "Twitter"]),
        ("en_wire", ["new tab", "Synopsis", "Kui...", "promotion", "newsletter", "Reporting", "Standards"]),
        ("en_wire", ["Quillstream", "Bluefern", "Sandoval", "Ferrers", "shares\n", "More stories"]),
        ("es_daily", ["abre en", "importante", "85…", "agenda", "EFE", "Editado", "Tobarra", "Descarga"]),
        ("es_daily", ["compartidos", "Imprimir", "Más noticias", "Astilleros", "Redacción", "archivo"]),
        ("fr_daily", ["onglet", "Recevez", "Lambrecht", "AFP", "Brenne"]),
        ("latin1", ["Portada", "Deportes", "La Hoja de Cádiz"]),
    ],
)
def test_what_stands_around_the_article_is_not(name: str, foreign: list[str]) -> None:
    text = read(name).text
    assert [word for word in foreign if word in text] == []


def test_the_title_is_not_repeated_in_the_text() -> None:
    page = read("es_newspaper")
    assert page.title
    assert page.title not in page.text


@pytest.mark.parametrize(
    ("name", "error", "code"),
    [
        ("paywall_es", PageBlocked, "paywall"),
        ("paywall_en", PageBlocked, "paywall"),
        ("paywall_fr", PageBlocked, "paywall"),
        ("consent_wall", PageBlocked, "consent_wall"),
        ("login", PageBlocked, "login_required"),
        ("robot_check", PageBlocked, "robot_check"),
        ("script_shell", NotAnArticle, "script_page"),
        ("section", NotAnArticle, "list_page"),
        ("empty", NotAnArticle, "empty_page"),
        ("error_200", PageUnavailable, "dead_link"),
    ],
)
def test_what_is_no_article_says_what_it_is_and_what_to_do(
    name: str, error: type[ReadingError], code: str
) -> None:
    with pytest.raises(error) as refused:
        read(name)
    assert refused.value.code == code
    assert refused.value.message.count(".") == 2


def test_the_page_may_name_its_own_address() -> None:
    page = read("es_newspaper", url="https://correodelebro.example/x?utm_source=slack")
    assert (
        page.url
        == "https://www.correodelebro.example/economia/2024-05-14/navarra-eolica-iberluz-portugal.html"
    )


def test_the_page_may_not_name_a_foreign_address() -> None:
    assert read("es_newspaper").url == ADDRESS


def test_a_page_without_an_address_has_none() -> None:
    page = read("blog_post", url=None)
    assert (page.url, page.site) == (None, None)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("declared", ["", "; charset=utf-8", "; charset=ISO-8859-1", "; charset=no-such"])
def test_letters_survive_every_encoding_however_it_is_declared(charset: str, declared: str) -> None:
    text = (PAGES / "es_newspaper.html").read_text("utf-8").replace("3,1 %", "3,1 %")
    page = read_page(text.encode(charset), content_type=f"text/html{declared}", url=None)
    assert "«Portugal es el paso natural para una empresa de nuestro tamaño»" in page.text


def test_hidden_text_is_not_read() -> None:
    lie = "Microsoft agreed to buy Corvane for one trillion dollars in a deal that nobody announced."
    told = "Corvane said on Monday that it had hired a new head of sales from a rival in Lyon. " * 3
    for hidden in ("hidden", 'style="display: none"', "style='visibility:hidden'", 'style="font-size: 0"'):
        page = read_page(
            html(f"<article><p>{told}</p><p {hidden}>{lie}</p></article>"), content_type="text/html", url=None
        )
        assert "trillion" not in page.text


def test_invisible_characters_are_taken_out_of_text_and_title() -> None:
    body = (
        "<article><h1>Cor\u200bvane \u202egrows</h1><p>"
        + "Cor\u00advane\u2066 bought a rival\ufeff in Lyon. " * 8
    )
    page = read_page(html(body), content_type="text/html; charset=utf-8", url=None)
    assert page.title == "Corvane grows"
    assert page.text.startswith("Corvane bought a rival in Lyon.")


def test_a_long_title_is_cut() -> None:
    head = f"<title>{'Corvane buys another rival ' * 40}</title>"
    page = read_page(
        html(f"<p>{'Corvane bought a rival in Lyon. ' * 8}</p>", head), content_type="text/html", url=None
    )
    assert page.title
    assert len(page.title) <= 300
    assert page.title.endswith("…")


def test_a_full_article_that_is_not_free_is_read() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    told = "".join(
        f"<p>In step {n}, Corvane asked a court in Lyon to look at the sale again.</p>" for n in range(30)
    )
    page = read_page(
        html(f"<article>{told}</article><p>Subscribe to continue reading</p>", head),
        content_type="text/html",
        url=None,
    )
    assert "In step 29" in page.text


def test_labels_on_other_stories_are_no_paywall() -> None:
    told = (
        "<p>" + "Corvane said on Monday that it had bought a rival in Lyon for 4 million euros. " * 3 + "</p>"
    )
    head = "<h3><a href='/x'>Las cuentas secretas de una fusión</a></h3>"
    card = f"<div class='card'><span>Exclusivo para suscriptores</span>{head}</div>"
    page = read_page(
        html(f"<article><h1>Corvane buys a rival</h1>{told}</article>{card * 3}"),
        content_type="text/html",
        url=None,
    )
    assert page.text.startswith("Corvane said on Monday")


def test_the_text_of_a_page_built_in_the_browser_is_read_from_its_declaration() -> None:
    told = "Corvane said on Monday that it had bought a rival in Lyon. The price was 4 million euros."
    about = json.dumps({"@type": "NewsArticle", "headline": "Corvane buys", "articleBody": told})
    head = f'<script type="application/ld+json">{about}</script>'
    page = read_page(html("<div id=root>Loading…</div>", head), content_type="text/html", url=None)
    assert page.text == told


def test_the_headline_and_day_of_a_short_article_are_no_part_of_its_first_sentence() -> None:
    first = "Halden has agreed to buy Kuiper for $400 million in cash, the two companies said on Friday."
    second = "Kuiper makes tools for people who do not program, and employs forty."
    story = f"<h1>Halden buys Kuiper</h1><time>2026-11-13</time><p>{first}</p><p>{second}</p>"
    page = html(f"<nav><a href='/'>Home</a></nav><article>{story}</article>", "<title>Halden</title>")
    assert read_page(page, content_type="text/html", url=ADDRESS).text == f"{first}\n\n{second}"


def test_repeated_paragraphs_are_read_once() -> None:
    told = [f"In step {n}, Corvane asked a court in Lyon to look at the sale again." for n in range(5)]
    body = "".join(f"<p>{line}</p>" for line in (*told, told[0]))
    page = read_page(html(f"<article>{body}</article>"), content_type="text/html", url=None)
    assert page.text.split("\n\n") == told


def test_a_line_break_inside_a_sentence_does_not_part_it() -> None:
    body = (
        "<article><p>Corvane said on Monday that it had bought<br>a rival in Lyon. "
        + "The price is not known yet. " * 8
    )
    page = read_page(html(body), content_type="text/html", url=None)
    assert "it had bought a rival in Lyon." in page.text


@pytest.mark.parametrize("url", ["https://www.paper.example/", "https://www.paper.example"])
def test_a_front_page_is_a_list(url: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        read("section", url=url)
    assert refused.value.code == "list_page"


@pytest.mark.parametrize(
    "body", [b"", b"  \n", b"\x00", b"<html>", b"<html><body></body></html>", b"<!-- -->"]
)
def test_an_empty_page_is_no_article(body: bytes) -> None:
    with pytest.raises((NotAnArticle, Unreadable)):
        read_page(body, content_type="text/html", url=None)


@pytest.mark.parametrize(
    "body",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, b"PK\x03\x04" + b"\x01\x02\x00" * 900],
)
@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_binary_files_are_unreadable_whatever_they_are_called(body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_page(body, content_type=kind, url=None)
    assert refused.value.code == "binary"


TOLD = "Corvane bought a rival in Lyon on Monday, for four million euros in cash and shares of its own."


@pytest.mark.parametrize(
    ("body", "kind", "filename"),
    [
        (TOLD.encode(), "text/plain", None),
        (TOLD.encode(), "application/octet-stream", "story.txt"),
        (TOLD.encode(), "", "story.md"),
        (html(f"<p>{TOLD}</p><p>{TOLD} Again.</p>"), "application/octet-stream", "Story.HTML"),
        (html(f"<p>{TOLD}</p><p>{TOLD} Again.</p>"), "application/xhtml+xml; charset=utf-8", None),
        (pdf_of([[TOLD]]), "application/octet-stream", "x.bin"),
        (pdf_of([[TOLD]]), "text/html", None),
    ],
)
def test_the_kind_is_told_by_signature_name_and_header(body: bytes, kind: str, filename: str | None) -> None:
    assert read_page(body, content_type=kind, url=None, filename=filename).text.startswith(TOLD)


@pytest.mark.parametrize(
    ("kind", "filename"), [("image/png", "a.png"), ("application/msword", "a.doc"), ("", "a.zip")]
)
def test_other_kinds_are_refused_by_name(kind: str, filename: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        read_page(b"some bytes that could be text", content_type=kind, url=None, filename=filename)
    assert refused.value.code == "wrong_type"


@pytest.mark.parametrize("unfit", ["\x0c", "\x01", "\uffff", "&#1;", "&#x1f;", "&#xFFFE;"], ids=ascii)
def test_a_stray_control_character_costs_nothing_but_itself(unfit: str) -> None:
    told = "Corvane agreed to buy Tessel Robotics for 650 million dollars in cash, both said on Monday. "
    body = f"<h1>Corvane buys</h1><p title='a{unfit}'>{unfit}{told * 3}</p><nav>x</nav>{unfit} more"
    page = read_page(
        html(body + "<p>y<b>z</b></p>", f"<title>Corvane{unfit}</title>"),
        content_type="text/html",
        url=ADDRESS,
    )
    assert told.strip() in page.text
    assert unfit not in page.text
