"""The record from the shell: deals, relationship, digest, export."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from rich.console import Console

from bot.answers_json import Json, as_json
from bot.errors import UserError
from bot.queries import Command, DigestQuery, Help, parse
from bot.query_watch import WatchQuery
from bot.services import digests
from bot.services.answers import digest_answer
from bot.services.commands import answer, find
from bot.services.exporting import export_deals_csv, export_deals_json
from bot.shell.opening import open_record
from bot.shell.showing import show
from bot.views import digest as digest_view
from bot.views.actions import State
from storage.engine import snapshot


class Format(StrEnum):
    """What the record can be exported as."""

    CSV = "csv"
    JSON = "json"


def ask(command: Command, text: str, *, page: int, as_data: bool, team: str | None, console: Console) -> None:
    """Answer a command as Slack would, or as JSON; raises UserError. `page` counts from 1."""
    with open_record(team) as opened:
        query = parse(command, text, today=opened.services.now().date())
        if as_data and not isinstance(query, Help | DigestQuery | WatchQuery):
            _print_json(as_json(find(opened.services, opened.viewer, query, page=page - 1)))
        else:
            show(answer(opened.services, opened.viewer, State(command, text, page - 1)), console)


def show_digest(*, channel: str, as_data: bool, team: str | None, console: Console) -> None:
    """What the digest of a channel ("" for what everybody may know) would say now."""
    with open_record(team) as opened:
        place = {"team_id": opened.team_id, "channel_id": channel}
        digest = digests.preview(opened.services, team_id=opened.team_id, channel_id=channel)
        with snapshot(opened.services.engine) as session:
            found = digest_answer(session, **place, digest=digest)
        if as_data:
            _print_json(as_json(found))
        else:
            show(digest_view.render(found), console)


def export(*, form: Format, output: Path | None, team: str | None) -> int:
    """Write every deal to a file or to standard output; gives how many. Raises UserError."""
    with open_record(team) as opened, snapshot(opened.services.engine) as session, _open(output) as file:
        write = export_deals_csv if form is Format.CSV else export_deals_json
        return write(session, file, team_id=opened.team_id)


@contextmanager
def _open(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        file = output.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise UserError(f"{output} can't be written ({error.strerror}). Choose another file.") from error
    with file:
        yield file


def _print_json(value: Json) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))  # noqa: T201 - the command's output
