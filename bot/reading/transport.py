"""The httpx transport that dials only addresses which the guard has checked."""

import httpx
from drawbridge import Policy
from drawbridge._transport import SafeTransport


class _AsciiURL(httpx.URL):
    """A URL whose `host` stays in ASCII.

    httpx gives "xn--..." hosts in Unicode; drawbridge would resolve those by the old IDNA rules (faß.de
    becomes fass.de) and send them as raw UTF-8 in the Host header.
    """

    @property
    def host(self) -> str:
        return self.raw_host.decode("ascii")


class GuardedTransport(SafeTransport):
    """drawbridge's transport: resolve once, check every answer, connect to the checked address."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(policy)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Check and send one request; raises drawbridge's and httpx's errors."""
        request.url = _AsciiURL(str(request.url))
        return await super().handle_async_request(request)
