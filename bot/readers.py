"""The readers that the settings ask for, put together with their child processes."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.metrics import Metrics
from bot.reader_mode import ReaderMode
from bot.reading.fetch import Fetcher
from bot.reading.pool import Workers
from bot.services.ports import ReadArticle
from bot.services.reader import APART, FIRST, ArticleReader, Patience
from bot.services.second_reader import Endpoint, SecondReader, TwoReaders
from bot.services.shared_reader import SharedReader
from bot.settings import Settings
from bot.versions import reader_version
from storage.engine import Engine

# Address space of a reader process: three language models take about a third of it.
CHILD_BYTES = 3_000_000_000


@dataclass(frozen=True, slots=True)
class Readers:
    """`first` reads everything; `apart` what took `first` too long, or broke a child of its."""

    first: ReadArticle
    apart: ReadArticle


def open_readers(
    settings: Settings,
    engine: Engine,
    metrics: Metrics,
    now: Callable[[], datetime],
    stack: ExitStack,
    *,
    nice: int,
) -> Readers:
    """The readers; their child processes are so `nice` and end with `stack`."""
    workers = stack.enter_context(Workers(settings.readers, memory=CHILD_BYTES, nice=nice))
    # One text a child: it rarely has to read, and its models take no memory in between.
    apart = stack.enter_context(Workers(1, memory=CHILD_BYTES, tasks=1, nice=nice))
    fetcher = Fetcher(allow=settings.fetch_allow_hosts)

    def reader(children: Workers, patience: Patience) -> ReadArticle:
        chosen = _chosen(settings, ArticleReader(fetcher, children, metrics, patience), now)
        return _shared(settings, engine, chosen, now)

    return Readers(reader(workers, FIRST), reader(apart, APART))


def _chosen(settings: Settings, own: ReadArticle, now: Callable[[], datetime]) -> ReadArticle:
    """The built-in reader, beside or behind the endpoint that the settings name."""
    if settings.reader is ReaderMode.BUILTIN:
        return own
    endpoint = Endpoint(
        url=settings.llm_url,
        model=settings.llm_model,
        key=settings.llm_key.get_secret_value(),
        daily=settings.llm_daily,
    )
    return TwoReaders(own, SecondReader(endpoint, now=now), settings.reader)


def _shared(
    settings: Settings, engine: Engine, reader: ReadArticle, now: Callable[[], datetime]
) -> ReadArticle:
    """The reader, with a memory of what it read where there are many workspaces."""
    if not settings.many_workspaces or not settings.shared_hours:
        return reader
    version = reader_version(settings.reader, settings.llm_url, settings.llm_model)
    keep = timedelta(hours=settings.shared_hours)
    return SharedReader(reader, engine, version=version, keep=keep, now=now)
