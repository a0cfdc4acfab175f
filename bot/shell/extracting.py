"""`seams extract`: what texts say, without keeping anything."""

import io
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from bot.answers import ReadingAnswer
from bot.errors import UserError
from bot.extraction.jsonl import answer_line, extract_lines
from bot.extraction.pipeline import Reader
from bot.shell.showing import show
from bot.views import reading

_MARKUP = ("%pdf-", "<!doctype", "<html")


def extract_jsonl() -> bool:
    """Answer every line of standard input in order; False when one was bad."""
    incoming = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace", newline="\n")
    well = True
    with Progress(
        TextColumn("Extracted {task.completed}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task("", total=None)
        for answer, good in extract_lines(incoming, Reader()):
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()
            bar.advance(task)
            well &= good
    return well


def extract_file(path: Path | None, *, as_data: bool, console: Console) -> bool:
    """Say what one text says; raises UserError when it can't be read."""
    extraction = Reader().extract(_read(path))
    if as_data:
        sys.stdout.write(answer_line(None if path is None else path.name, extraction) + "\n")
        return True
    message = reading.render(
        ReadingAnswer(
            article_id="",
            channel_id="",
            message_ts="",
            thread_ts=None,
            url=None,
            title=path.name if path else None,
            site=None,
            published=None,
            ties=extraction.ties,
        )
    )
    if message is None:
        console.print("It says nothing about companies.")
    else:
        show(message, console)
    return True


def _read(path: Path | None) -> str:
    """The plain text of a file or of standard input; markup would be quoted as if it were sentences."""
    if path is None or str(path) == "-":
        return sys.stdin.read()
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} can't be read ({error.strerror}).") from error
    except UnicodeDecodeError:
        raise _no_text(path) from None
    if text.lstrip().lower().startswith(_MARKUP):
        raise _no_text(path)
    return text


def _no_text(path: Path) -> UserError:
    return UserError(f"{path} is no plain text. Try: seams add {path}")
