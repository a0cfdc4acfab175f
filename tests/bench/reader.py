"""How fast the reader is, as a ratio to raw spaCy on the same texts in the same run: `make bench`."""

import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date

from bot.console.news import print_page, read_samples
from bot.extraction.models import Models
from bot.extraction.pipeline import Reader
from bot.reading.page import read_page

ROUNDS = 5


def main() -> None:
    """Print for each language how many characters a second, and the share of raw spaCy's speed."""
    texts: dict[str, list[str]] = defaultdict(list)
    for sample in read_samples():
        if sample.lang is not None and sample.published is not None:
            page = print_page(sample, date(2026, 3, 2)).encode()
            texts[sample.lang].append(read_page(page, content_type="text/html", url=None).text)
    models, reader = Models(), Reader()
    for lang, batch in sorted(texts.items()):
        nlp = models.load(lang)

        def parse(batch: list[str] = batch, nlp: Callable[[str], object] = nlp) -> None:
            for text in batch:
                nlp(text)

        def read(batch: list[str] = batch, lang: str = lang) -> None:
            for text in batch:
                reader.extract(text, lang=lang)

        raw, whole = _seconds(parse), _seconds(read)
        size = sum(map(len, batch))
        print(  # noqa: T201
            f"{lang}: {len(batch)} texts, {size / whole:,.0f} characters/s, "
            f"{raw / whole:.2f} of raw spaCy's speed"
        )


def _seconds(work: Callable[[], None]) -> float:
    """The median of some rounds, after one that warms up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[ROUNDS // 2]


if __name__ == "__main__":
    main()
