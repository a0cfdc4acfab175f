"""Articles from the shell: add, extract, rebuild."""

import mimetypes
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from bot.errors import SeamsError, UserError
from bot.jobs import SetAside
from bot.reading.links import canonical_url
from bot.services import rebuilding
from bot.services.answers import reading_answer
from bot.services.reading import read_article
from bot.shell.opening import Record, open_record
from bot.shell.showing import show
from bot.values import Page
from bot.views import reading
from storage import articles, postings
from storage.engine import snapshot, transaction

MAX_FILE_BYTES = 5_000_000


def add(sources: Sequence[str], *, team: str | None, console: Console) -> bool:
    """Read addresses and files into the record, and show what each says; False when one could not be read."""
    well = True
    with open_record(team) as opened:
        for source in sources:
            with console.status(f"Reading {escape(source)}"):
                try:
                    posting_id = _add(opened, source)
                except SeamsError as error:
                    console.print(f"{source}: {error.message}", markup=False, style="red")
                    well = False
                    continue
            well &= _show(opened, source, posting_id, console)
    return well


def _add(opened: Record, source: str) -> str:
    services, team_id, now = opened.services, opened.team_id, opened.services.now()
    place = {"team_id": team_id, "channel_id": "", "message_ts": f"{now.timestamp():.6f}"}
    with transaction(services.engine) as session:
        if source.startswith(("http://", "https://")):
            captured = postings.record_links(
                session,
                **place,
                edited_ts=None,
                thread_ts=None,
                user_id=None,
                urls=[canonical_url(source)],
                now=now,
            )
            wanted = captured.new_articles
        else:
            page = parse_file(opened, Path(source))
            text_id = articles.add_text(
                session,
                **place,
                title=page.title,
                text=page.text,
                site=page.site,
                published=page.published,
                now=now,
            )
            wanted = (text_id,)
    for article_id in wanted:
        with suppress(SetAside):  # kept with the article too, and shown
            read_article(services, team_id, article_id, "shell", tries_left=0)
    with snapshot(services.engine) as session:
        found = postings.postings_of_message(session, **place)
    return found[0].id


def parse_file(opened: Record, path: Path) -> Page:
    """The page that a file holds; raises UserError or ReadingError."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError("That file is too large; 5 MB are read at most.")
        body = path.read_bytes()
    except OSError as error:
        raise UserError(f"That file can't be read ({error.strerror}).") from error
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return opened.services.read.parse(body, content_type=kind, filename=path.name)


def _show(opened: Record, source: str, posting_id: str, console: Console) -> bool:
    with snapshot(opened.services.engine) as session:
        answer = reading_answer(session, team_id=opened.team_id, posting_id=posting_id)
    if answer is None:
        raise UserError(f"{source} is being read by another process; ask again in a moment.")
    message = reading.render(answer)
    if message is None:
        console.print(f"{source}: read; it says nothing about companies.", markup=False)
    else:
        show(message, console)
    return answer.is_read


def rebuild(*, team: str | None, console: Console) -> None:
    """Derive companies, deals, relationships and changes again from the stored articles."""
    with open_record(team, gives_way=True) as opened, Progress(console=console) as bar:
        task = bar.add_task("Rebuilding", total=None)
        rebuilding.rebuild(
            opened.services,
            opened.team_id,
            threads=opened.threads,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
