"""PDF files."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from bot.errors import PageTooLarge, ReadingError, Unreadable
from bot.reading.pdf_page import read_pdf
from tests.reading.pdfs import pdf_of, picture_pdf

STORY = [
    "La pamplonesa Navarra Eólica ha acordado la adqui-",
    "sición de la filial portuguesa de Iberluz por 420",
    "millones de euros en efectivo.",
]
JOINED = (
    "La pamplonesa Navarra Eólica ha acordado la adquisición de la filial portuguesa de Iberluz "
    "por 420 millones de euros en efectivo."
)


def test_lines_and_hyphens_are_joined_and_gaps_part() -> None:
    page = read_pdf(pdf_of([["Navarra Eólica crece", "", *STORY, "", *STORY]]), url=None)
    assert page.text == f"Navarra Eólica crece\n\n{JOINED}\n\n{JOINED}"
    assert (page.title, page.lang) == ("Navarra Eólica crece", "es")


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert read_pdf(pdf_of([STORY[:2], STORY[2:]]), url=None).text == JOINED


def test_running_heads_and_page_numbers_are_dropped() -> None:
    told = [
        "Uno compra acciones de dos.",
        "Dos vende su filial a tres.",
        "Tres demanda a uno por ello.",
        "Nadie gana.",
    ]
    pages = [["Nota de prensa", line, f"Página {n} de 4", str(n)] for n, line in enumerate(told, 1)]
    text = read_pdf(pdf_of(pages), url=None).text
    assert text.split() == " ".join(told).split()


def test_the_title_is_the_declared_one() -> None:
    assert read_pdf(pdf_of([STORY], title="Navarra crece"), url=None).title == "Navarra crece"


@pytest.mark.parametrize(
    "title", ["untitled", "Microsoft Word - nota_v3.docx", "nota.pdf", "20240603_nota", r"C:\x\nota", " "]
)
def test_titles_that_programs_make_are_none(title: str) -> None:
    assert read_pdf(pdf_of([STORY, STORY], title=title), url=None).title is None


@pytest.mark.parametrize("made", ["D:20240603101500+02'00'", "D:19700101", "soon"])
def test_the_day_a_file_was_made_is_no_day_of_publication(made: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of([STORY]))))
    writer.add_metadata({"/CreationDate": made})
    out = io.BytesIO()
    writer.write(out)
    assert read_pdf(out.getvalue(), url=None).published is None


def test_the_day_is_the_dateline_s() -> None:
    lines = ["Navarra Eólica crece", "", "Pamplona, 14 de junio de 2024.- La pamplonesa ha", "crecido.", ""]
    assert read_pdf(pdf_of([[*lines, *STORY]]), url=None).published == date(2024, 6, 14)


HEAD = "Navarra Eólica | Nota de prensa"
LARGE = ["Navarra Eólica compra la filial", "portuguesa de Iberluz"]


def test_the_title_is_in_the_largest_letters_and_small_print_at_the_edges_is_dropped() -> None:
    foot = "www.navarra-eolica.example"
    sizes = {HEAD: 8, foot: 8, LARGE[0]: 16, LARGE[1]: 16}
    page = read_pdf(pdf_of([[HEAD, "", *LARGE, "", *STORY, "", foot]], sizes=sizes), url=None)
    assert page.title == " ".join(LARGE)
    assert page.text == f"{page.title}\n\n{JOINED}"


def test_the_label_of_announcements_is_no_title_though_its_letters_are_the_text_s() -> None:
    page = read_pdf(pdf_of([[HEAD, "", "Navarra Eólica crece", "", *STORY]]), url=None)
    assert page.title == "Navarra Eólica crece"
    assert HEAD not in page.text


def test_notes_in_small_letters_stay() -> None:
    note = "1. Sin contar la deuda de la filial, que Navarra Eólica asume entera."
    assert note in read_pdf(pdf_of([[*STORY, "", note]], sizes={note: 8}), url=None).text


def test_a_head_on_both_of_two_pages_is_dropped() -> None:
    more = [
        "Banco Duero presta el dinero a seis años. La venta",
        "se cierra en junio, si Portugal la",
        "aprueba.",
    ]
    page = read_pdf(pdf_of([["La Hoja", "", *STORY], ["La Hoja", "", *more]]), url=None)
    assert page.text == f"{JOINED}\n\n{' '.join(more)}"


def test_the_address_gives_the_site() -> None:
    page = read_pdf(pdf_of([STORY]), url="https://www.paper.example/a.pdf#page=2")
    assert (page.url, page.site) == ("https://www.paper.example/a.pdf", "paper.example")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (pdf_of([STORY], password="secret"), "pdf_locked"),
        (picture_pdf(), "pdf_no_text"),
        (pdf_of([["1"]]), "pdf_no_text"),
        (pdf_of([STORY])[:700], "pdf_broken"),
        (b"%PDF-1.4\nrubbish", "pdf_broken"),
        (b"", "pdf_broken"),
    ],
)
def test_a_pdf_without_readable_text_says_why(body: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_pdf(body, url=None)
    assert refused.value.code == code
    assert "Paste" in refused.value.message


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    assert read_pdf(pdf_of([STORY], password=""), url=None).text == JOINED


def test_a_book_is_too_large() -> None:
    with pytest.raises(PageTooLarge):
        read_pdf(pdf_of([[]] * 301), url=None)


@given(st.data())
def test_a_damaged_pdf_is_read_or_refused(data: st.DataObject) -> None:
    body = bytearray(pdf_of([STORY]))
    for place in data.draw(st.lists(st.integers(0, len(body) - 1), min_size=1, max_size=6)):
        body[place] = data.draw(st.integers(0, 255))
    try:
        read_pdf(bytes(body), url=None)
    except ReadingError as error:
        assert error.message  # noqa: PT017 - damage may also do no harm
