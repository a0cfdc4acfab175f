"""Logging: one line an event, with ids; never texts, tokens or addresses.

Any module logs with the standard library, ids as `extra={"article": ...}`; what is bound with `about` stands
on every line logged inside. Errors are told by their types and places, as their words may quote an article.
"""

import logging
import re
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO, TypeVar

from structlog.contextvars import bind_contextvars, bound_contextvars, clear_contextvars, merge_contextvars
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, WrappedLogger

T = TypeVar("T")

# These log request bodies, SQL or full addresses at INFO.
_TOO_TALKATIVE = (
    "slack_bolt",
    "slack_sdk",
    "httpx",
    "httpcore",
    "apscheduler",
    "trafilatura",
    "waitress",
    "sqlalchemy",
    "alembic",
)
_SECRET = re.compile(r"xox[a-z][.-][\w.-]+|xapp-[\w-]+|(?<=://)[^/@\s]+@")
# What ends a line, or has a terminal do something.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_FRAMES = 12  # of a trace, the innermost


class LogFormat(StrEnum):
    """What a line looks like."""

    TEXT = "text"  # for people
    JSON = "json"  # for collectors: one object a line


about = bound_contextvars
"""A context manager: the ids that it is given stand on every line logged inside, on this thread."""


def begin(**ids: str | None) -> None:
    """A new request begins on this thread: its ids stand on every line until the next one."""
    clear_contextvars()
    bind_contextvars(**{name: value for name, value in ids.items() if value})


class Listeners(ThreadPoolExecutor):
    """Threads that log with the ids of whoever gave them their work."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        """Have something done."""
        return super().submit(copy_context().run, fn, *args, **kwargs)


def set_up(level: str, form: LogFormat = LogFormat.TEXT, *, stream: TextIO | None = None) -> None:
    """Log from `level` on, to standard error when no `stream` is given."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(form))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TOO_TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.getLevelName(level), logging.WARNING))
    for name in ("pypdf", "htmldate", "trafilatura", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _formatter(form: LogFormat) -> logging.Formatter:
    shown = JSONRenderer() if form is LogFormat.JSON else _as_text
    return ProcessorFormatter(
        foreign_pre_chain=[
            merge_contextvars,
            ExtraAdder(),
            add_log_level,
            add_logger_name,
            TimeStamper(fmt="iso", utc=True),
        ],
        processors=[_tell_error, ProcessorFormatter.remove_processors_meta, _hold_back_secrets, shown],
    )


def _as_text(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """A line for people: when, how grave, where, what, and the fields."""
    head = (event.pop(name, "") for name in ("timestamp", "level", "logger", "event"))
    when, level, where, what = map(str, head)
    fields = (
        f" {name}={value!r}" if " " in str(value) else f" {name}={value}" for name, value in event.items()
    )
    return _CONTROLS.sub(" ", f"{when} {level.upper()} {where}: {what}{''.join(fields)}")


def _tell_error(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put the types and the places of an error where its words would stand."""
    found = event.pop("exc_info", None)
    event.pop("exception", None)
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"], event["trace"] = kinds(error), places(error.__traceback__)
    return event


def kinds(error: BaseException) -> str:
    """The type of an error, with its code where it has one, and of what caused it."""
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        code = getattr(cause, "code", None) or getattr(getattr(cause, "orig", None), "sqlstate", None)
        told.append(f"{type(cause).__name__}({code})" if code else type(cause).__name__)
        cause = cause.__cause__
    return " from ".join(told)


def places(trace: TracebackType | None) -> str:
    """Where an error came by, the innermost place last: "jobs.py:209 > reading.py:40"."""
    found: list[str] = []
    while trace is not None:
        found.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(found[-_FRAMES:])


def _hold_back_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The last defence: nothing that looks like a token or a password leaves, whoever logs it."""
    return {
        name: _SECRET.sub("[secret]", value) if isinstance(value, str) else value
        for name, value in event.items()
    }
