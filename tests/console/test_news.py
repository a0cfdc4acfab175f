from collections.abc import Iterator
from datetime import date

import httpx
import lxml.html
import pytest

from bot.console.news import NewsServer, Sample, print_page, read_samples

FIRST_DAY = date(2025, 3, 3)
SAMPLES = read_samples()
ARTICLES = [sample for sample in SAMPLES if sample.published is not None]


@pytest.fixture(scope="module")
def news() -> Iterator[NewsServer]:
    with NewsServer(FIRST_DAY) as running:
        yield running


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_a_page_is_html_with_a_title(sample: Sample) -> None:
    tree = lxml.html.document_fromstring(print_page(sample, FIRST_DAY))
    assert tree.findtext(".//title")


@pytest.mark.parametrize("sample", ARTICLES, ids=lambda s: s.name)
def test_an_article_says_its_date_to_machines_and_to_readers(sample: Sample) -> None:
    page = print_page(sample, FIRST_DAY)
    assert f"2025-03-{3 + (sample.published or 0):02d}T06:30:00+00:00" in page
    assert "{" + "date}" not in page
    assert "{" + "published}" not in page


@pytest.mark.parametrize(("lang", "words"), [("es", "6 de marzo de 2025"), ("en", "March 5, 2025")])
def test_dates_are_written_in_the_articles_language(lang: str, words: str) -> None:
    pages = [print_page(sample, FIRST_DAY) for sample in ARTICLES if sample.lang == lang]
    assert any(words in page for page in pages)


def test_there_are_eleven_articles_in_three_languages_over_three_weeks() -> None:
    days = [sample.published or 0 for sample in ARTICLES]
    assert (len(ARTICLES), {sample.lang for sample in ARTICLES}) == (11, {"es", "en", "fr"})
    assert (min(days) // 7, max(days) // 7) == (0, 2)


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        (
            "openai-microsoft-es",
            ["13.000 millones", "por 650 millones", "10.000 millones", "MGX"],
        ),
        ("openai-microsoft-en", ["$13 billion", "$650 million", "$10 billion", "Nvidia and MGX"]),
        ("kelvarra-rumor-es", ["negocia la compra", "600 millones de euros"]),
        ("kelvarra-confirmed-en", ["€650 million"]),
        ("kelvarra-confirmed-es", ["600 millones de euros"]),
        ("quillory-denial-es", ["ha negado"]),
        ("velmora-lawsuit-en", ["has sued"]),
        ("orbelune-ended-fr", ["a résilié le contrat", "240 millions d'euros"]),
        ("paywall", ["subscribers only"]),
        ("cookie-wall", ["Aceptar todas"]),
    ],
)
def test_a_page_holds_what_the_tour_counts_on(name: str, phrases: list[str]) -> None:
    page = print_page(next(sample for sample in SAMPLES if sample.name == name), FIRST_DAY)
    assert [phrase for phrase in phrases if phrase not in page] == []


def test_pages_are_served_at_their_address(news: NewsServer) -> None:
    answer = httpx.get(news.url("kelvarra-rumor-es"))
    assert (answer.status_code, "Tarsovia" in answer.text) == (200, True)


def test_tracking_parameters_do_not_matter(news: NewsServer) -> None:
    assert httpx.get(news.url("kelvarra-rumor-es") + "?utm_source=mail").status_code == 200


@pytest.mark.parametrize("path", ["harbour-ledger/moved-long-ago", "nowhere", "../index.toml", ""])
def test_other_addresses_are_dead(news: NewsServer, path: str) -> None:
    assert httpx.get(f"http://{news.host}/news/{path}").status_code == 404


def test_a_pasted_text_becomes_a_page_and_nothing_in_it_becomes_markup(news: NewsServer) -> None:
    page = httpx.get(news.publish_text("A <b>title</b>\n\nOne.\nTwo & three.")).text
    tree = lxml.html.document_fromstring(page)
    assert tree.findtext(".//h1") == "A <b>title</b>"
    assert [p.text for p in tree.iter("p")] == ["One.", "Two & three."]


@pytest.mark.parametrize(
    ("filename", "kind"),
    [
        ("a b.pdf", "application/pdf"),
        ("../x.txt", "text/plain; charset=utf-8"),
        ("blob", "application/octet-stream"),
    ],
)
def test_a_file_is_served_as_it_is(news: NewsServer, filename: str, kind: str) -> None:
    answer = httpx.get(news.publish_file(filename, b"%PDF-"))
    assert (answer.content, answer.headers["content-type"]) == (b"%PDF-", kind)
