"""A reader that needs no language models, and articles that break whoever reads them.

It runs in the real child processes, under their limits; the fetching and the cleaning of pages are real.
"""

import os
import re
import signal
from decimal import Decimal

from bot.reading.pool import ended_within
from bot.services import reader
from bot.services.reader import Patience
from bot.values import CompanyName, Evidence, Extraction, Money, Page, Status, Tie, TieKind

_DEAL = re.compile(r"([A-Z]\w+) (acquired|supplies) ([A-Z]\w+) for \$(\d+) million\.")
_KINDS = {"acquired": TieKind.ACQUISITION, "supplies": TieKind.SUPPLY}
CRASH, LOOP, HOG = "Poison that crashes", "Poison without end", "Poison that fills the memory"
POISONS = (CRASH, LOOP, HOG)


def read(patience: Patience, body: bytes, content_type: str, url: str) -> tuple[Page, Extraction]:
    """A page and its deals, stated in one fixed form."""
    page = reader._parse(patience, body, content_type, url, None)
    with ended_within(patience.extract):
        return page, _extract(page.text)


def _extract(text: str) -> Extraction:
    if CRASH in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    while LOOP in text:
        pass
    if HOG in text:
        bytearray(1 << 40)
    ties = tuple(
        Tie(
            kind=_KINDS[found[2]],
            source=found[1],
            target=found[3],
            status=Status.COMPLETED,
            money=Money(Decimal(found[4]) * 1_000_000, "USD"),
            date=None,
            confidence=0.9,
            evidence=Evidence(found[0], found.start(), found.end()),
            rule="chaos",
        )
        for found in _DEAL.finditer(text)
    )
    names = dict.fromkeys(name for tie in ties for name in (tie.source, tie.target))
    return Extraction(lang="en", companies=tuple(map(CompanyName, names)), ties=ties)
