"""From bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.encoding import decode, looks_binary

TEXT = "Peña pagó «3 M€» — según Straßburg’s “œuvre”…"


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        (TEXT.encode(), None),
        (TEXT.encode(), "utf-8"),
        (TEXT.encode(), "iso-8859-1"),  # wrongly declared
        (TEXT.encode("utf-8-sig"), "iso-8859-1"),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode("utf-16"), "utf-8"),
        (TEXT.encode("utf-16-le"), "utf-16le"),
        (TEXT.encode("utf-32"), None),
        (TEXT.encode("cp1252"), "windows-1252"),
        (TEXT.encode("cp1252"), "ISO-8859-1"),  # what browsers take that to mean
        (TEXT.encode("cp1252"), "latin1"),
        (TEXT.encode("cp1252"), "utf-8"),  # wrongly declared
        (TEXT.encode("cp1252"), None),
        (TEXT.encode("cp1252"), "no-such-charset"),
        (TEXT.encode("cp1252"), "base64"),  # a codec, but none of text
    ],
)
def test_the_text_comes_out(body: bytes, declared: str | None) -> None:
    assert decode(body, declared=declared) == TEXT


def test_the_page_names_its_own_encoding() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">Привет'
    assert decode(page.encode("koi8-r"), declared=None) == page


def test_the_header_comes_before_the_page() -> None:
    page = '<meta charset="koi8-r">Привет'
    assert decode(page.encode("cp1251"), declared="windows-1251") == page


def test_a_few_damaged_bytes_do_not_cost_the_rest() -> None:
    assert decode("Peña y Muñoz".encode() + b"\xff", declared="utf-8") == "Peña y Muñoz\ufffd"


def test_escapes_that_look_like_plain_letters_are_understood() -> None:
    assert decode("株式会社".encode("iso-2022-jp"), declared="iso-2022-jp") == "株式会社"


@given(st.binary(max_size=300), st.none() | st.text(max_size=12))
def test_any_bytes_become_some_text(body: bytes, declared: str | None) -> None:
    assert isinstance(decode(body, declared=declared), str)


@pytest.mark.parametrize(
    ("body", "binary"),
    [
        (TEXT.encode(), False),
        (TEXT.encode("cp1252"), False),
        (TEXT.encode("utf-16"), False),
        (b"plain text\r\n\tand tabs\x0c", False),
        ("株式会社".encode("iso-2022-jp"), False),
        (b"\x7fELF\x02\x01\x01" + b"\x00\x01\x03\x04" * 50, True),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), True),
    ],
)
def test_binary_files_are_told_from_text(body: bytes, binary: bool) -> None:
    assert looks_binary(body) is binary
