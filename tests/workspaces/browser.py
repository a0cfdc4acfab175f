"""A browser that follows redirects and keeps cookies, and no more."""

import http.client
import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit


@dataclass(frozen=True)
class Page:
    """What a browser shows."""

    url: str
    status: int
    headers: dict[str, str]
    body: str

    def link(self, label: str) -> str:
        """Where the link of that label leads."""
        for target, text in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', self.body):
            if unescape(text) == label:
                return urljoin(self.url, unescape(target))
        raise LookupError(f"no link {label!r} on {self.body}")


class Browser:
    """One person's browser; `followed` are all addresses it went to."""

    def __init__(self, language: str = "en") -> None:
        self.cookies: dict[str, dict[str, str]] = {}
        self.followed: list[str] = []
        self._language = language

    def get(self, url: str) -> Page:
        """Open an address and follow where it leads."""
        for _ in range(5):
            page = self._once(url)
            if page.status not in {301, 302, 303}:
                return page
            url = urljoin(url, page.headers["location"])
        raise AssertionError("too many redirects")

    def _once(self, url: str) -> Page:
        self.followed.append(url)
        address = urlsplit(url)
        jar = self.cookies.setdefault(address.netloc, {})
        connection = http.client.HTTPConnection(address.netloc, timeout=60)
        headers = {"Accept-Language": self._language}
        if jar:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        target = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read().decode()
        connection.close()
        if "set-cookie" in found:
            name, _, rest = found["set-cookie"].partition("=")
            jar[name] = rest.split(";")[0]
        return Page(url, answer.status, found, body)
