"""Short pages: which are articles, and what the others are."""

import pytest

from bot.errors import NotAnArticle, PageBlocked, PageUnavailable, ReadingError
from bot.reading.html_page import read_html

ARTICLE = '<meta property="og:type" content="article">'
NEWS = "Corvane said on Monday it had bought a rival in Lyon. The price was four million euros."
PASSWORD = '<form><input type="password"></form>'


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        "The court rejected all claims that Meta and our partners in Lyon had made, the ruling says.",
        "Cloudflare said error pages with the number 500 were shown for an hour before the cause was found.",
        "Iberluz compró el lunes una filial en Lisboa. Pagó cuatro millones de euros y asumió toda su deuda.",
        "Shares of Corvane were suspended after unusual activity. The company said it had no news.",
    ],
)
@pytest.mark.parametrize("head", [ARTICLE, '<meta name="date" content="2024-06-03">'])
def test_a_short_article_is_read_whatever_its_subject(text: str, head: str) -> None:
    assert read_html(page(f"<h1>A headline of the day</h1><p>{text}</p>", head), url=None).text == text


def test_a_login_form_in_the_corner_does_not_hide_an_article() -> None:
    body = f"<header>{PASSWORD}</header><article><h1>A headline</h1><p>{NEWS}</p></article>"
    assert read_html(page(body, ARTICLE), url=None).text == NEWS


@pytest.mark.parametrize(
    ("body", "head", "url", "error", "code"),
    [
        (
            f"<h1>Log in</h1>{PASSWORD}<p>{NEWS}</p>",
            "<title>Log in</title>",
            None,
            PageBlocked,
            "login_required",
        ),
        (
            f"<h1>Acceso</h1>{PASSWORD}<p>Hola.</p>",
            "<title>Acceso | Diario</title>",
            None,
            PageBlocked,
            "login_required",
        ),
        (f"{PASSWORD}<p>Mot de passe oublié ?</p>", "", None, PageBlocked, "login_required"),
        (f"<p>{NEWS}</p>", "", "https://consent.search.example/m?continue=x", PageBlocked, "consent_wall"),
        ("<p>Before you continue</p><button>Accept all</button>", "", None, PageBlocked, "consent_wall"),
        (
            "<p>Verifying you are human. This may take a few seconds.</p>",
            "",
            None,
            PageBlocked,
            "robot_check",
        ),
        (
            "<p>Access denied. You don't have permission to see this.</p>",
            "",
            None,
            PageBlocked,
            "robot_check",
        ),
        (
            "<h1>Oops! Page not found</h1><p>Try the search.</p>",
            "<title>404</title>",
            None,
            PageUnavailable,
            "dead_link",
        ),
        (
            "<p>Cette page est introuvable.</p>",
            "<title>Le Quotidien</title>",
            None,
            PageUnavailable,
            "dead_link",
        ),
        (
            "<h1>502 Bad Gateway</h1><hr>nginx",
            "<title>502 Bad Gateway</title>",
            None,
            PageUnavailable,
            "page_unavailable",
        ),
        ("<div id=app>Loading…</div><script src=a.js></script>", "", None, NotAnArticle, "script_page"),
        ("<p>Hello.</p>", "<title>Coming soon</title>", None, NotAnArticle, "empty_page"),
        ("<img src=a.jpg><p>A photo.</p>", ARTICLE, None, NotAnArticle, "empty_page"),
        (
            "".join(f"<li><a href=/{n}>A headline of another story {n}</a></li>" for n in range(9)),
            "",
            None,
            NotAnArticle,
            "list_page",
        ),
    ],
)
def test_each_wall_has_its_name(
    body: str, head: str, url: str | None, error: type[ReadingError], code: str
) -> None:
    with pytest.raises(error) as refused:
        read_html(page(body, head), url=url)
    assert refused.value.code == code


def test_a_stub_that_is_not_free_is_blocked_without_a_word_of_it() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    with pytest.raises(PageBlocked):
        read_html(page(f"<article><h1>A headline</h1><p>{NEWS}</p></article>", head), url=None)


def test_a_free_article_may_ask_for_subscriptions() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":true}</script>'
    body = f"<article><h1>A headline</h1><p>{NEWS}</p></article><div>Subscribe to continue reading</div>"
    assert read_html(page(body, head), url=None).text == NEWS
