"""Content-Encoding, undone piece by piece and stopped in time."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import PageTooLarge, PageUnavailable
from bot.reading.decoding import BodyDecoder


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PACKERS = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", bare_deflate),
]


def decode(encoding: str, sent: bytes, *, limit: int = 10_000, step: int = 7) -> bytes:
    decoder = BodyDecoder(encoding, limit=limit)
    for start in range(0, len(sent), step):
        decoder.feed(sent[start : start + step])
    return decoder.body()


@pytest.mark.parametrize("encoding", ["", "identity", " Identity ,"])
def test_plain_bodies_pass(encoding: str) -> None:
    assert decode(encoding, b"some text") == b"some text"


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
@given(body=st.binary(max_size=500), step=st.integers(1, 600))
def test_packed_bodies_come_out_whole_however_they_arrive(
    encoding: str, pack: Callable[[bytes], bytes], body: bytes, step: int
) -> None:
    if pack is bare_deflate and step == 1:
        step = 2  # one byte is too little to tell the two kinds of deflate apart
    assert decode(encoding, pack(body), step=step) == body


def test_several_gzip_members_are_one_body() -> None:
    assert decode("gzip", gzip.compress(b"one ") + gzip.compress(b"two"), step=1000) == b"one two"


def test_padding_after_the_end_is_ignored() -> None:
    assert decode("gzip", gzip.compress(b"one") + b"\0" * 20) == b"one"


def test_a_body_that_stops_early_gives_what_came() -> None:
    assert decode("gzip", gzip.compress(b"x" * 100)[:-4]) == b"x" * 100


@pytest.mark.parametrize(("encoding", "pack"), [("", bytes), *PACKERS])
def test_the_limit_is_exact(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    assert len(decode(encoding, pack(b"x" * 1000), limit=1000)) == 1000
    with pytest.raises(PageTooLarge):
        decode(encoding, pack(b"x" * 1001), limit=1000)


def test_a_bomb_takes_no_memory() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    tracemalloc.start()
    with pytest.raises(PageTooLarge):
        decode("gzip", bomb, limit=100_000, step=len(bomb))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "x"])
def test_encodings_that_were_not_offered_are_refused(encoding: str) -> None:
    with pytest.raises(PageUnavailable):
        BodyDecoder(encoding, limit=10)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@given(sent=st.binary(min_size=2, max_size=200))
def test_rubbish_is_an_error_of_the_page(encoding: str, sent: bytes) -> None:
    try:
        decode(encoding, sent, step=300)
    except (PageUnavailable, PageTooLarge) as error:
        assert error.message.endswith(".")  # noqa: PT017 - rubbish may also be valid by chance
