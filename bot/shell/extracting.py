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
    try:
        text = sys.stdin.read() if path is None or str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"That is no text file that can be read ({error}). Try: seams add FILE") from None
    extraction = Reader().extract(text)
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
