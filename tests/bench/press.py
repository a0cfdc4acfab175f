"""Several hundred different news pages: the sample articles and the tests' own, under ever other names."""

import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from bot.console.loopback import Answer, Request
from bot.console.news import print_page, read_samples
from bot.reading.page import read_page
from tests.scenario import articles

LANGUAGES = ("en", "es", "fr")
_TESTS = Path(__file__).parents[1]
_DAY = date(2026, 3, 2)
_HTML = "text/html; charset=utf-8"
# The first word of each company that the texts name.
_NAMES = re.compile(
    r"\b(?:OpenAI|Microsoft|Inflection|Oracle|NVIDIA|MGX|Tarsovia|Kelvarra|Orbelune|Cassadie|Quillory|Marevia"
    r"|Velmora|Pinderley|Norvento|Lanternfish|Brackwater|Halden|Kuiper|Norrland|Calder|Zeeland|Barrow|Orvik"
    r"|Larra|Volta|Rurstahl|Verneuil|Scaldis|Erdre|Tamarack|Cablenor|Duero|Fiacabo|Corvane|Tessel|Copperfield"
    r"|Lumbra)\b"
)
_HEADS = (
    "Bra",
    "Cal",
    "Dor",
    "El",
    "Fen",
    "Gri",
    "Hal",
    "Ist",
    "Jor",
    "Kel",
    "Lun",
    "Mor",
    "Nor",
    "Or",
    "Pel",
)
_MIDDLES = ("ba", "cli", "da", "fre", "gan", "le", "mi", "no", "qui", "ro", "sta", "tu", "ven", "vo", "xa")
_TAILS = ("dex", "ker", "lia", "mont", "nor", "ra", "ris", "son", "tek", "ton", "vane", "vio", "wick", "yra")
_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="The Morning Bench"><meta property="og:type" content="article">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "{title}", "datePublished": "2026-02-{day:02}T06:30:00Z"}}</script>
<script>{script}</script></head>
<body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1>
{body}
</article><aside>{teasers}</aside></main>
<footer><p>The Morning Bench is printed every day. Subscribe, advertise, complain.</p></footer></body></html>
"""


@dataclass(frozen=True, slots=True)
class Story:
    """One page: `path` on its server, its language and its HTML."""

    path: str
    lang: str
    html: bytes


class Press:
    """`count` stories, the same for the same seed, each made of one to four of the texts of a language.

    They take `seconds` to come.
    """

    def __init__(self, count: int, *, seed: int = 5, seconds: float = 0.0) -> None:
        chance = random.Random(seed)
        self._seconds = seconds
        sources = _sources()
        self.stories = tuple(
            _story(number, LANGUAGES[number % 3], sources, chance) for number in range(count)
        )
        self._pages: Mapping[str, bytes] = {story.path: story.html for story in self.stories}

    def answer(self, request: Request) -> Answer:
        """What a web server with these pages says."""
        time.sleep(self._seconds)
        page = self._pages.get(urlsplit(request.target).path)
        return Answer(404, _HTML, b"") if page is None else Answer(200, _HTML, page)


def _story(number: int, lang: str, sources: Mapping[str, list[str]], chance: random.Random) -> Story:
    texts = chance.sample(sources[lang], min(len(sources[lang]), chance.randint(1, 4)))
    text = _renamed("\n".join(texts), chance)
    title, *paragraphs = [line for line in text.split("\n") if line.strip()]
    html = _PAGE.format(
        lang=lang,
        title=escape(f"{title} ({number})"),
        day=1 + number % 28,
        script="".join(f"window.q{i}={chance.random()};" for i in range(400)),
        menu="".join(f'<li><a href="/section/{i}">Section {i}</a></li>' for i in range(60)),
        body="\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs),
        teasers="".join(f'<div><h3><a href="/t/{i}">Teaser {i} of the day</a></h3></div>' for i in range(12)),
    )
    return Story(f"/{lang}/2026/{number}-{chance.getrandbits(32):08x}", lang, html.encode())


def _renamed(text: str, chance: random.Random) -> str:
    """The same text of companies that exist in no other but by chance."""
    names: dict[str, str] = {}

    def another(match: re.Match[str]) -> str:
        if match[0] not in names:
            names[match[0]] = chance.choice(_HEADS) + chance.choice(_MIDDLES) + chance.choice(_TAILS)
        return names[match[0]]

    return _NAMES.sub(another, text)


def _sources() -> dict[str, list[str]]:
    """The texts of each language."""
    found: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    for sample in read_samples():
        if sample.lang is not None and sample.published is not None:
            found[sample.lang].append(_text(print_page(sample, _DAY).encode()))
    for lang in LANGUAGES:
        found[lang].append((_TESTS / "extraction" / "articles" / f"alliance_{lang}.txt").read_text("utf-8"))
        for page in sorted((_TESTS / "reading" / "pages").glob(f"{lang}_*.html")):
            found[lang].append(_text(page.read_bytes()))
    found["en"] += [articles.PURCHASE, articles.ALIAS]
    found["es"].append(articles.ACCENTS)
    return found


def _text(html: bytes) -> str:
    page = read_page(html, content_type=_HTML, url=None)
    return f"{page.title}\n{page.text}"
