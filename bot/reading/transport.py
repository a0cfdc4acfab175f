"""The httpx transport that dials only addresses which the guard has checked.

drawbridge's own transport fails on every https address with present anyio versions (it names the server in
bytes), gives Unicode host names to resolver and server (faß.de becomes fass.de), and tries one address only
(localhost may be ::1 first, where few servers listen). Its resolver has eight threads, which as many names
that nobody answers for keep from all others. Its policy and its block list are used.
"""

import asyncio
import ipaddress
import socket
import ssl
from concurrent.futures import Executor
from functools import partial

import httpx
from drawbridge import DrawbridgeDNSError, Policy, UnsafeSchemeError
from drawbridge._transport import _get_effective_port
from drawbridge._validator import check_ip, check_port

_MOST_ADDRESSES = 3  # tried in turn; the fetcher's time is short
_LOOK_UP_SECONDS = 5.0


class GuardedTransport(httpx.AsyncBaseTransport):
    """Resolve once, check every answer, connect to a checked address under the name's certificate."""

    def __init__(self, policy: Policy, tls: ssl.SSLContext, look_ups: Executor) -> None:
        """`look_ups` is where names are looked up; one that hangs keeps its place there for a while."""
        self._policy, self._look_ups = policy, look_ups
        # Connections are known by address, so none may be kept: another name may live at the same one.
        self._inner = httpx.AsyncHTTPTransport(verify=tls, limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Check and send one request; raises drawbridge's and httpx's errors."""
        if request.url.scheme not in ("http", "https"):
            raise UnsafeSchemeError(request.url.scheme)
        host = request.url.raw_host.decode("ascii")
        port = _get_effective_port(request.url)
        addresses = await checked_addresses(host, port, self._policy, self._look_ups)
        *others, last = addresses[:_MOST_ADDRESSES]
        for address in others:
            try:
                return await self._send(request, address, host)
            except httpx.ConnectError:  # nobody answers there; the next may
                continue
        return await self._send(request, last, host)

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()

    async def _send(self, request: httpx.Request, address: str, host: str) -> httpx.Response:
        """Dial an address; the Host header, which httpx has set from the name, stays."""
        request.url = request.url.copy_with(host=address)
        request.extensions["sni_hostname"] = host  # and the name that the certificate must bear
        return await self._inner.handle_async_request(request)


async def checked_addresses(host: str, port: int, policy: Policy, look_ups: Executor) -> list[str]:
    """All addresses of a host, in the resolver's order; one that the policy blocks refuses them all.

    Raises drawbridge's BlockedAddressError, UnsafePortError, DrawbridgeDNSError.
    """
    check_port(port, policy)
    try:
        found = [host]
        ipaddress.ip_address(host)
    except ValueError:
        ask = partial(socket.getaddrinfo, host, port, socket.AF_UNSPEC, socket.SOCK_STREAM)
        look_up = asyncio.get_running_loop().run_in_executor(look_ups, ask)
        try:
            answers = await asyncio.wait_for(look_up, _LOOK_UP_SECONDS)
        except (socket.gaierror, TimeoutError) as error:
            raise DrawbridgeDNSError(host, error) from error
        found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not found:
        raise DrawbridgeDNSError(host, None)
    for address in found:
        check_ip(host, ipaddress.ip_address(address), policy)
    return found
