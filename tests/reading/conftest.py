"""What the tests of reading share: a site on loopback, a resolver that asks nobody."""

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.reading.fetch import Fetcher, Limits
from tests.reading.serving import Site

HERE = Path(__file__).parent


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def tls_site() -> Iterator[Site]:
    """Its certificate is its own, for the name paper.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(HERE / "self_signed.pem")
    with Site(tls=context) as running:
        yield running


@pytest.fixture
def fetcher(site: Site, nobody: ssl.SSLContext) -> Fetcher:
    """Lets the site through, and takes only small pages."""
    return Fetcher(frozenset({site.host}), limits=Limits(seconds=60, size=10_000), tls=nobody)


@pytest.fixture(scope="session")
def nobody() -> ssl.SSLContext:
    """Trusts no certificate, and takes no time to load."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture
def own_authority() -> ssl.SSLContext:
    """Trusts the certificate of `tls_site`."""
    return ssl.create_default_context(cafile=HERE / "self_signed.pem")


Names = Callable[[dict[str, list[str]]], list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Put a table in the place of the name service; returns the list of names that were asked for."""

    def install(table: dict[str, list[str]]) -> list[str]:
        asked: list[str] = []

        def getaddrinfo(host: str, port: int, *_: Any) -> list[Any]:
            asked.append(host)
            if host not in table:
                raise socket.gaierror(socket.EAI_NONAME, "unknown")
            return [
                (
                    socket.AF_INET6 if ":" in address else socket.AF_INET,
                    socket.SOCK_STREAM,
                    6,
                    "",
                    (address, port),
                )
                for address in table[host]
            ]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return install
