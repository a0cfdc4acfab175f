"""How fast articles are read, from the queue to the record: `make bench-read`.

The same pages three times: their texts through raw spaCy, through the reader alone in as many processes as
there are reader processes, and through everything: queue, fetch, parse, extract, reconcile, store. Told are
articles a second and core by the clock, and the seconds of processor time that one article takes (of Seams's
processes, not of the database's): the second holds also where others use the machine.
"""

import argparse
import logging
import multiprocessing
import multiprocessing.synchronize
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.capacity import default_readers
from bot.extraction.models import Models
from bot.extraction.pipeline import Reader
from bot.reading.page import read_page
from bot.reading.pool import NICE
from bot.services import backfill
from bot.services.work import add_read
from bot.values import Audience, Page
from storage.engine import transaction
from tests.bench.press import LANGUAGES, Press
from tests.bench.workshop import CHANNEL, ME, PRESS, Workshop, databases, message, open_workshop, printed

WARM = 24  # pages read before the clock starts: each reader process loads three languages
GOAL = 0.85
LOOK = 0.25  # seconds


def main() -> None:
    """Print articles a second and core, and the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=360)
    count = parser.parse_args().pages
    readers = default_readers()
    stories = Press(WARM + count).stories
    pages = [read_page(s.html, content_type="text/html; charset=utf-8", url=None) for s in stories[WARM:]]
    size = sum(len(page.text) for page in pages) / count
    logging.disable(logging.ERROR)
    print(f"{count} pages of {size:,.0f} characters of text, {readers} reader processes", flush=True)  # noqa: T201
    raw = _raw_spacy(pages)
    alone = _reader_alone(pages, readers)
    print(f"raw spaCy: {raw}", flush=True)  # noqa: T201
    print(f"reader alone: {alone}; {alone.of(raw)} raw spaCy", flush=True)  # noqa: T201
    with databases() as urls, printed(WARM + count) as address:
        for name, url in urls.items():
            allow = address.removeprefix("http://")
            with open_workshop(url, fetch_allow=allow, readers=readers) as workshop:
                links = [address + story.path for story in stories]
                whole = _end_to_end(workshop, links, readers)
            share = f"{whole.of(alone)} the reader alone (goal {GOAL})"
            print(f"end to end on {name}: {whole}; {share}", flush=True)  # noqa: T201


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate` in articles a second and core; `cost` in seconds of processor time an article."""

    rate: float
    cost: float

    def of(self, other: "Pace") -> str:
        """This pace as a share of another."""
        return f"{self.rate / other.rate:.2f} by the clock, {other.cost / self.cost:.2f} by processor time of"

    def __str__(self) -> str:
        return f"{self.rate:.2f} articles/s per core, {self.cost * 1000:.0f} ms each"


class Stopwatch:
    """Runs from when it is made; `pace` stops it."""

    def __init__(self) -> None:
        self._start, self._used = time.perf_counter(), _used()

    def pace(self, articles: int, cores: int) -> Pace:
        """What so many articles took on so many cores."""
        seconds = time.perf_counter() - self._start
        return Pace(articles / seconds / cores, (_used() - self._used) / articles)


def _used() -> float:
    """Seconds of processor time that this process and its living children have used."""
    ticks = 0
    children = [child.pid for child in multiprocessing.active_children() if child.name != PRESS]
    for pid in (os.getpid(), *children):
        with suppress(OSError):  # it may just have ended
            # https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: utime and stime are fields 14 and 15
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _raw_spacy(pages: Sequence[Page]) -> Pace:
    """The texts through nlp.pipe, language by language."""
    models = Models()
    batches = {lang: [page.text for page in pages if page.lang == lang] for lang in LANGUAGES}
    for lang in LANGUAGES:
        list(models.load(lang).pipe(batches[lang][:2]))
    watch = Stopwatch()
    for lang, batch in batches.items():
        list(models.load(lang).pipe(batch))
    return watch.pace(len(pages), 1)


def _reader_alone(pages: Sequence[Page], readers: int) -> Pace:
    """The texts through the reader in processes that do nothing else."""
    context = multiprocessing.get_context("spawn")
    warm = context.Barrier(readers)
    with context.Pool(readers, initializer=_load, initargs=(pages[:6], warm)) as pool:
        pool.map(_ready, range(readers), chunksize=1)
        watch = Stopwatch()
        pool.map(_extract, pages, chunksize=1)
        return watch.pace(len(pages), readers)


_reader: Reader | None = None  # of a child process


def _load(pages: Sequence[Page], warm: multiprocessing.synchronize.Barrier) -> None:
    global _reader
    os.nice(NICE)
    _reader = Reader()
    for page in pages:
        _extract(page)
    warm.wait()


def _ready(_number: int) -> None:
    pass


def _extract(page: Page) -> None:
    assert _reader is not None
    _reader.extract(page.text, title=page.title, published=page.published, lang=page.lang)


def _end_to_end(workshop: Workshop, links: Sequence[str], readers: int) -> Pace:
    """The pages from a full queue to the record."""
    services = workshop.services
    workshop.open_team(ME)
    backfill.keep_channel(services, team_id=ME, channel_id=CHANNEL, audience=Audience.PUBLIC)
    for number, link in enumerate(links):
        for article_id in backfill.keep_message(services, message(ME, CHANNEL, number, [link])):
            with transaction(services.engine) as session:
                add_read(services, session, ME, article_id, because="bench")
        if number == WARM:
            _wait(workshop, WARM)
    before, watch = workshop.count_read(ME), Stopwatch()
    _wait(workshop, len(links))
    return watch.pace(len(links) - before, readers)


def _wait(workshop: Workshop, count: int) -> None:
    while workshop.count_read(ME) < count:
        time.sleep(LOOK)


if __name__ == "__main__":
    main()
