"""The fetch guard: nothing in a chat may make this host talk to its own network."""

import asyncio
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.errors import LinkRefused, PageUnavailable
from bot.reading.fetch import Fetcher, Limits
from bot.reading.guard import parse_allow
from tests.reading.conftest import Names
from tests.reading.serving import SOON, Site, answer, redirect

PUBLIC = "93.184.216.34"
# What each address is, beside a private one: these stand in the names of the tests.
KINDS = (
    ("::ffff:", "mapped"),
    ("64:ff9b:", "NAT64"),
    ("2002:", "6to4"),
    ("2001:0:", "Teredo"),
    ("2001::1", "Teredo"),
    ("::127.", "compatible"),
    ("::7f00", "compatible"),
    ("100.100.100.200", "metadata"),
    ("168.63.129.16", "metadata"),
    ("169.254.169.254", "metadata"),
    ("169.254.170.2", "metadata"),
    ("192.0.0.192", "metadata"),
    ("fd00:ec2::254", "metadata"),
    ("100.64.", "CGNAT"),
    ("224.", "multicast"),
    ("239.", "multicast"),
    ("ff0", "multicast"),
    ("127.", "loopback"),
    ("::1", "loopback"),
    ("169.254.", "link-local"),
    ("fe80:", "link-local"),
    ("fec0:", "site-local"),
)
PRIVATE_V4 = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "127.0.0.1"),  # noqa: S104
    *("127.255.255.254", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.8"),
    *("192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1"),
    *("198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1"),
    *("255.255.255.255", "168.63.129.16"),
]
PRIVATE_V6 = [
    *("::", "::1", "::127.0.0.1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1"),
    *("::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    *("64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1"),
    *("2001:10::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "4000::1", "5f00::1"),
    *("fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "ff0e::1"),
]


def kind_of(address: str) -> str:
    """What a test's name says of an address."""
    return f"{next((kind for start, kind in KINDS if address.startswith(start)), 'private')} {address}"


@pytest.fixture(autouse=True)
def no_connection(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note each address that is dialled, and connect to none."""
    dialled: list[object] = []

    async def connect(*, remote_host: str, **_: object) -> None:
        dialled.append(remote_host)
        raise OSError("not in a test")

    monkeypatch.setattr("anyio.connect_tcp", connect)
    return dialled


@pytest.fixture
def fetcher(nobody: ssl.SSLContext) -> Fetcher:
    return Fetcher(limits=Limits(seconds=1), tls=nobody)


@pytest.mark.parametrize("address", [*PRIVATE_V4, *PRIVATE_V6], ids=kind_of)
def test_an_address_that_is_not_public_is_refused_as_a_literal(
    fetcher: Fetcher, no_connection: list[object], address: str
) -> None:
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(LinkRefused) as refused:
        fetcher.fetch(f"http://{host}/")
    assert refused.value.code == "address_refused"
    assert not no_connection


@pytest.mark.parametrize("address", [*PRIVATE_V4, *PRIVATE_V6], ids=kind_of)
def test_a_name_that_leads_there_is_refused(
    fetcher: Fetcher, names: Names, no_connection: list[object], address: str
) -> None:
    names({"inside.example": [address]})
    with pytest.raises(LinkRefused):
        fetcher.fetch("https://inside.example/latest/meta-data/")
    assert not no_connection


@pytest.mark.parametrize(
    "answers",
    [
        [PUBLIC, "127.0.0.1"],
        ["10.0.0.1", PUBLIC],
        ["2606:2800:220::1", "::1"],
        ["2606:2800:220::1", "10.0.0.1"],
    ],
    ids=["mixed good and bad", "mixed bad and good", "mixed IPv6", "mixed IPv6 and IPv4"],
)
def test_one_bad_answer_among_good_ones_refuses_all(
    fetcher: Fetcher, names: Names, no_connection: list[object], answers: list[str]
) -> None:
    names({"mixed.example": answers})
    with pytest.raises(LinkRefused):
        fetcher.fetch("https://mixed.example/")
    assert not no_connection


@pytest.mark.parametrize(
    "spelling",
    [
        *("127.1", "127.0.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1", "0"),
        *("127.0.0.1.", "0x7F.0x0.0x0.0x1", "①②⑦.⓪.⓪.①", "127。0。0。1"),
    ],
)
def test_an_address_in_disguise_is_refused(
    fetcher: Fetcher, no_connection: list[object], spelling: str
) -> None:
    with pytest.raises((LinkRefused, PageUnavailable)):
        fetcher.fetch(f"http://{spelling}/")
    assert not no_connection


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://paper.example/", "file:///etc/passwd", "gopher://paper.example:70/1", "data:text/html,hi"),
        *(
            "javascript:alert(1)",
            "ws://paper.example/",
            "//paper.example/",
            "paper.example",
            "unix:/run/x.sock",
        ),
        *("http://user@paper.example/", "http://user:pw@paper.example/", "http://paper.example@127.0.0.1/"),
        *("http://paper.example:22/", "http://paper.example:6379/", "https://paper.example:8080/"),
        *("http://paper.example:8443/", "http://paper.example:0/", "http://paper.example:65536/"),
        *(
            "http://paper.example\\@127.0.0.1/",
            "http://127.0.0.1\\.paper.example/",
            "http://paper.exam%70le/",
        ),
        *("http://paper.example:80:80/", "http://[::1%25eth0]/", "http:///paper.example/", "http://:80/"),
        *("http:\\\\127.0.0.1/", "http://paper.example:+80/"),
        *("http://127.0.0.1#@paper.example:22/", "http://paper.example:22#@80/", "http://a@b@paper.example/"),
    ],
)
def test_a_link_of_another_kind_is_refused_before_any_look_up(
    fetcher: Fetcher, names: Names, no_connection: list[object], url: str
) -> None:
    asked = names({"paper.example": [PUBLIC], "paper.exam%70le": [PUBLIC]})
    with pytest.raises(LinkRefused):
        fetcher.fetch(url)
    assert not asked
    assert not no_connection


def test_the_address_that_was_checked_is_the_one_dialled(
    fetcher: Fetcher, names: Names, no_connection: list[object]
) -> None:
    asked = names({"paper.example": [PUBLIC]})
    with pytest.raises(PageUnavailable):
        fetcher.fetch("https://paper.example/a")
    assert asked == ["paper.example"]
    assert no_connection == [PUBLIC]


def test_rebinding_finds_no_second_look_up(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, no_connection: list[object]
) -> None:
    answers = iter([PUBLIC, "127.0.0.1"])  # rebinding: public for the check, private for the connection

    def getaddrinfo(host: str, port: int, *_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(PageUnavailable):
        fetcher.fetch("https://rebind.example/")
    assert no_connection == [PUBLIC]


def test_the_next_address_is_tried_when_the_first_is_deaf(
    fetcher: Fetcher, names: Names, no_connection: list[object]
) -> None:
    names({"paper.example": ["2606:2800:220::1", PUBLIC]})
    with pytest.raises(PageUnavailable):
        fetcher.fetch("https://paper.example/")
    assert no_connection == ["2606:2800:220::1", PUBLIC]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://faß.example/", "xn--fa-hia.example"),
        ("https://xn--espaa-rta.example/", "xn--espaa-rta.example"),
        ("https://ESPAÑA.example/", "xn--espaa-rta.example"),
    ],
)
def test_foreign_names_are_looked_up_in_their_own_spelling(
    fetcher: Fetcher, names: Names, url: str, host: str
) -> None:
    asked = names({})
    with pytest.raises(PageUnavailable):
        fetcher.fetch(url)
    assert asked == [host]


def test_a_name_that_nobody_knows_is_an_error_for_later(fetcher: Fetcher, names: Names) -> None:
    names({})
    with pytest.raises(PageUnavailable) as raised:
        fetcher.fetch("https://nowhere.example/")
    assert raised.value.code == "page_unavailable"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("localhost", "127.0.0.1"),
        ("localhost.", "127.0.0.1"),
        ("localhost", "::1"),
        ("7f000001.nip.io", "127.0.0.1"),
        ("10.0.0.1.nip.io", "10.0.0.1"),
        ("localtest.me", "127.0.0.1"),
        ("metadata.google.internal", "169.254.169.254"),
        ("intranet", "10.0.0.7"),
    ],
)
def test_a_name_for_the_inside_is_refused(
    fetcher: Fetcher, names: Names, no_connection: list[object], name: str, address: str
) -> None:
    names({name: [address]})
    with pytest.raises((LinkRefused, PageUnavailable)):
        fetcher.fetch(f"http://{name}/")
    assert not no_connection


@pytest.mark.parametrize("entry", ["127.0.0.1:9000", "LOCALHOST", "[::1]:9000"])
def test_the_allow_list_lets_only_its_own_host_and_port_through(
    names: Names, nobody: ssl.SSLContext, no_connection: list[object], entry: str
) -> None:
    names({"localhost": ["127.0.0.1"], "other.example": ["127.0.0.1"]})
    fetcher = Fetcher(parse_allow(f" {entry} ,"), limits=Limits(seconds=1), tls=nobody)
    allowed = "localhost:9000" if entry == "LOCALHOST" else entry
    with pytest.raises(PageUnavailable):  # dialled, and nobody there
        fetcher.fetch(f"http://{allowed}/")
    assert len(no_connection) == 1
    for other in ("127.0.0.1:9001", "127.0.0.2:9000", "other.example:9000", "[::1]:9001", "other.example"):
        with pytest.raises(LinkRefused):
            fetcher.fetch(f"http://{other}/")
    assert len(no_connection) == 1


def test_a_name_service_that_is_silent_is_left_at_the_deadline(
    nobody: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()

    def deaf(*_: object) -> list[object]:
        over.wait(600)
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", deaf)
    begun = time.monotonic()
    with pytest.raises(PageUnavailable, match="too long"):
        Fetcher(limits=Limits(seconds=0.1), tls=nobody).fetch("https://slow.example/")
    assert time.monotonic() - begun < SOON
    over.set()


def test_names_that_nobody_answers_for_keep_no_other_waiting(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, no_connection: list[object]
) -> None:
    over = threading.Event()

    def getaddrinfo(host: str, port: int, *_: object) -> list[object]:
        if host.startswith("slow"):
            over.wait(600)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, port))]

    def fetch(url: str) -> None:
        with pytest.raises(PageUnavailable):
            fetcher.fetch(url)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    fetcher._limits = Limits(seconds=0.1)
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(fetch, [f"https://slow{number}.example/" for number in range(20)]))
    assert not no_connection
    fetcher._limits = Limits(seconds=60)
    fetch("https://paper.example/")
    over.set()
    assert no_connection == [PUBLIC]


def test_a_host_that_takes_no_connection_is_left_at_the_deadline(
    names: Names, nobody: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def connect(**_: object) -> None:
        await asyncio.sleep(600)

    monkeypatch.setattr("anyio.connect_tcp", connect)
    names({"paper.example": [PUBLIC]})
    begun = time.monotonic()
    with pytest.raises(PageUnavailable):
        Fetcher(limits=Limits(seconds=0.1), tls=nobody).fetch("https://paper.example/")
    assert time.monotonic() - begun < SOON


# One of each kind, as a site may write it into a Location.
INSIDE = [
    *("0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "168.63.129.16"),  # noqa: S104
    *("169.254.169.254", "172.16.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1"),
    *("198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1"),
    *("64:ff9b:1::7f00:1", "100::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "2002:7f00:1::"),
    *("3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1"),
]


class TestOverTheWire:
    """Redirects and certificates, against a site on loopback that the allow list lets through."""

    @pytest.fixture(autouse=True)
    def no_connection(self) -> None:
        """These do connect."""

    @pytest.mark.parametrize(
        ("target", "code"),
        [
            ("http://127.0.0.1:1/", "port_refused"),
            ("http://169.254.169.254/latest/", "address_refused"),
            ("http://[::ffff:10.0.0.1]/", "address_refused"),
            ("//10.0.0.1/", "address_refused"),
            ("http://127.1/", "address_refused"),
            ("http://2130706433/", "address_refused"),
            ("http://[::]/", "address_refused"),
            ("file:///etc/passwd", "scheme_refused"),
            ("ftp://127.0.0.1/", "scheme_refused"),
            ("gopher://127.0.0.1/", "scheme_refused"),
            ("data:,x", "link_refused"),
            ("http://user@paper.example/", "credentials_refused"),
            ("http://paper.example:22/", "port_refused"),
        ],
    )
    def test_a_redirect_to_what_is_refused_is_refused(
        self, site: Site, nobody: ssl.SSLContext, target: str, code: str
    ) -> None:
        site.pages["/"] = redirect(target)
        with pytest.raises(LinkRefused) as refused:
            Fetcher(frozenset({site.host}), limits=Limits(seconds=1), tls=nobody).fetch(site.url())
        assert refused.value.code == code
        assert len(site.heads) == 1

    @pytest.mark.parametrize(
        "target", ["http://127.0.0.2:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://user@127.0.0.1:{}/"]
    )
    def test_a_host_that_is_let_through_leads_to_no_neighbour_of_its_own(
        self, site: Site, nobody: ssl.SSLContext, target: str
    ) -> None:
        site.pages["/"] = redirect(target.format(site.port))
        with pytest.raises(LinkRefused):
            Fetcher(frozenset({site.host}), limits=Limits(seconds=1), tls=nobody).fetch(site.url())
        assert len(site.heads) == 1

    @pytest.mark.parametrize("address", INSIDE, ids=kind_of)
    def test_a_redirect_to_each_kind_of_address_is_refused(
        self, site: Site, nobody: ssl.SSLContext, address: str
    ) -> None:
        host = f"[{address}]" if ":" in address else address
        site.pages["/"] = redirect(f"http://{host}/latest/meta-data/")
        with pytest.raises(LinkRefused) as refused:
            Fetcher(frozenset({site.host}), limits=Limits(seconds=1), tls=nobody).fetch(site.url())
        assert refused.value.code == "address_refused"

    def test_a_redirect_to_a_name_that_leads_inside_is_refused(
        self, site: Site, nobody: ssl.SSLContext, names: Names
    ) -> None:
        names({"paper.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]})
        site.pages["/"] = redirect("http://inside.example/")
        fetcher = Fetcher(frozenset({"paper.example"}), limits=Limits(seconds=1), tls=nobody)
        with pytest.raises(LinkRefused):
            fetcher.fetch(f"http://paper.example:{site.port}/")

    def test_a_site_that_never_finishes_its_handshake_is_left_in_time(self, nobody: ssl.SSLContext) -> None:
        limits = Limits(seconds=10 * SOON, connect_seconds=0.1)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            host = f"127.0.0.1:{silent.getsockname()[1]}"
            begun = time.monotonic()
            with pytest.raises(PageUnavailable):
                Fetcher(frozenset({host}), limits=limits, tls=nobody).fetch(f"https://{host}/")
        assert time.monotonic() - begun < SOON

    def test_a_redirect_down_to_http_is_refused(
        self, site: Site, tls_site: Site, names: Names, own_authority: ssl.SSLContext
    ) -> None:
        names({"paper.example": ["127.0.0.1"]})
        tls_site.pages["/"] = redirect(site.url("/plain"))
        fetcher = Fetcher(
            frozenset({"paper.example", site.host}), limits=Limits(seconds=1), tls=own_authority
        )
        with pytest.raises(LinkRefused) as refused:
            fetcher.fetch(f"https://paper.example:{tls_site.port}/")
        assert refused.value.code == "downgrade_refused"
        assert not site.heads

    def test_the_certificate_is_checked_for_the_name_and_the_name_is_sent(
        self, tls_site: Site, names: Names, own_authority: ssl.SSLContext
    ) -> None:
        names({"paper.example": ["127.0.0.1"]})
        tls_site.pages["/"] = answer(b"fine", kind="text/plain")
        fetched = Fetcher(frozenset({"paper.example"}), tls=own_authority).fetch(
            f"https://paper.example:{tls_site.port}/"
        )
        assert fetched.body == b"fine"
        assert f"host: paper.example:{tls_site.port}\r\n" in tls_site.heads[0].lower()

    def test_a_certificate_for_another_name_fails(
        self, tls_site: Site, names: Names, own_authority: ssl.SSLContext
    ) -> None:
        names({"bank.example": ["127.0.0.1"]})
        with pytest.raises(PageUnavailable) as raised:
            Fetcher(frozenset({"bank.example"}), tls=own_authority).fetch(
                f"https://bank.example:{tls_site.port}/"
            )
        assert raised.value.code == "bad_certificate"

    def test_a_certificate_that_nobody_vouches_for_fails(self, tls_site: Site) -> None:
        with pytest.raises(PageUnavailable) as raised:
            Fetcher(frozenset({tls_site.host})).fetch(tls_site.url())
        assert raised.value.code == "bad_certificate"
        assert not tls_site.heads
