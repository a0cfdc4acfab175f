"""The record from the shell: deals, relationship, digest, export."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from rich.console import Console

from bot.answers_json import Json, as_json
from bot.errors import UserError
from bot.queries import Command, CompanyQuery, DealsQuery, DigestQuery, Help, RelationshipQuery, parse
from bot.query_files import FileKind
from bot.query_watch import WatchQuery
from bot.services import digests
from bot.services.answers import digest_answer
from bot.services.commands import answer, find, render
from bot.services.exporting import export_deals_csv, export_deals_json
from bot.services.exporting_graph import export_graph
from bot.services.file_making import can_be_filed, make_file
from bot.services.resolving import Resolver, name_by_id
from bot.shell.opening import Record, open_record
from bot.shell.showing import json_text, show
from bot.views import digest as digest_view
from bot.views.actions import State
from storage.engine import Session, snapshot
from storage.record import DealFilter


class Format(StrEnum):
    """What the record can be exported as."""

    CSV = "csv"
    JSON = "json"
    GRAPHML = "graphml"


def ask(command: Command, text: str, *, page: int, as_data: bool, team: str | None, console: Console) -> None:
    """Answer a command as Slack would, or as JSON; raises UserError. `page` counts from 1."""
    with open_record(team) as opened:
        query = parse(command, text, today=opened.services.now().date())
        if as_data and not isinstance(query, Help | DigestQuery | WatchQuery):
            _print_json(as_json(find(opened.services, opened.viewer, query, page=page - 1)))
        elif isinstance(query, DealsQuery | CompanyQuery | RelationshipQuery) and query.file:
            _write_file(opened, query, query.file, console)
        else:
            show(answer(opened.services, opened.viewer, State(command, text, page - 1)), console)


def _write_file(
    opened: Record, query: DealsQuery | CompanyQuery | RelationshipQuery, kind: FileKind, console: Console
) -> None:
    """Write a picture or a table into the present folder, under the name that it would have in Slack."""
    found = find(opened.services, opened.viewer, query)
    if not can_be_filed(found, kind):
        show(render(found), console)
        return
    viewer = opened.viewer
    file = make_file(
        opened.services, found, kind, team_id=viewer.team_id, channel_id=viewer.channel_id, asked_by=""
    )
    try:
        Path(file.filename).write_bytes(file.content)
    except OSError as error:
        raise UserError(f"{file.filename} can't be written here ({error.strerror}).") from error
    console.print(f"Written: {file.filename}", markup=False)
    if file.alt_text:
        console.print(file.alt_text, markup=False)


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


def export(*, form: Format, company: str | None, output: Path | None, team: str | None) -> int:
    """Write deals, or the graph of ties, to a file or standard output; gives how many. Raises UserError."""
    with open_record(team) as opened, snapshot(opened.services.engine) as session:
        of_whom = None if company is None else _company_id(session, opened, company)
        with _open(output) as file:
            if form is Format.GRAPHML:
                now = opened.services.now()
                return export_graph(session, file, team_id=opened.team_id, company_id=of_whom, now=now)
            write = export_deals_csv if form is Format.CSV else export_deals_json
            wanted = DealFilter(company_id=of_whom)
            return write(session, file, team_id=opened.team_id, wanted=wanted)


def _company_id(session: Session, opened: Record, named: str) -> str:
    """The company called so; raises UserError when there is none, or several."""
    resolver = Resolver(session, opened.team_id, opened.viewer.channel_id)
    found = resolver.find(named)
    if len(found) == 1:
        return found[0].id
    if found:
        which = ", ".join(f"{name_by_id(each)} ({each.name})" for each in found)
        raise UserError(f"Several companies are called {named}. Say --company with one of: {which}")
    near = ", ".join(each.name for each in resolver.suggest(named))
    raise UserError(f"Nothing posted so far names {named}." + (f" Did you mean {near}?" if near else ""))


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
    print(json_text(value))  # noqa: T201 - the command's output
