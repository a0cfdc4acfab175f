"""Content-Encoding undone piece by piece, so that a bomb is stopped before it has grown."""

import zlib
from io import BytesIO

from bot.errors import PageTooLarge, PageUnavailable

_BROKEN = "The page arrived damaged. Try again later, or paste the article's text."
_LARGE = "The page is too large to be an article. Paste the part that matters instead."


class BodyDecoder:
    """Collects a body of at most `limit` bytes, counted both as sent and as decoded.

    Raises PageTooLarge past the limit, PageUnavailable for an encoding we did not ask for or broken bytes.
    """

    def __init__(self, encoding: str, *, limit: int) -> None:
        names = [
            name.strip().lower()
            for name in encoding.split(",")
            if name.strip().lower() not in ("", "identity")
        ]
        if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
            raise PageUnavailable(_BROKEN, code="bad_encoding")
        self._name = names[0] if names else ""
        self._limit = limit
        self._raw = 0
        self._body = BytesIO()  # gives its bytes away without a copy
        self._inflater: zlib._Decompress | None = None
        self._ended = False

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes as they came over the wire."""
        self._raw += len(chunk)
        if self._raw > self._limit:
            raise PageTooLarge(_LARGE)
        if not self._name:
            self._body.write(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error:
            raise PageUnavailable(_BROKEN, code="bad_encoding") from None

    def body(self) -> bytes:
        """Everything decoded so far."""
        return self._body.getvalue()

    def _inflate(self, chunk: bytes) -> None:
        while chunk:
            if self._inflater is None:
                if self._ended and not self._is_member(chunk):
                    return  # padding
                self._inflater = zlib.decompressobj(self._window(chunk))
            # One byte past the limit is enough to know; what would follow is never made.
            self._body.write(self._inflater.decompress(chunk, self._limit - self._body.tell() + 1))
            if self._body.tell() > self._limit:
                raise PageTooLarge(_LARGE)
            chunk = self._inflater.unused_data
            if self._inflater.eof:
                self._inflater, self._ended = None, True

    def _is_member(self, start: bytes) -> bool:
        """Whether another gzip member begins; what follows the last is not looked at."""
        return self._name != "deflate" and start[:2] == b"\x1f\x8b"[: len(start)]

    def _window(self, start: bytes) -> int:
        """zlib's word for the wrapper: gzip, zlib, or the bare stream that some servers call deflate."""
        if self._name != "deflate":
            return zlib.MAX_WBITS | 16
        zlib_header = start[0] & 0x0F == 8 and (len(start) < 2 or (start[0] * 256 + start[1]) % 31 == 0)
        return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS
