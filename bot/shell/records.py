"""The record from the shell: deals, relationship, digest."""

import json
from collections.abc import Mapping
from typing import Any

from rich.console import Console

from bot.answers import as_json
from bot.digest.schedule import Period
from bot.queries import Command, Help, parse
from bot.services import digests
from bot.services.answers import digest_answer
from bot.services.commands import answer, find
from bot.services.exporting import digest_json
from bot.shell.opening import open_record
from bot.shell.showing import show
from bot.views import digest as digest_view
from bot.views.actions import State
from storage.engine import snapshot


def ask(command: Command, text: str, *, page: int, as_data: bool, team: str | None, console: Console) -> None:
    """Answer a command as Slack would, or as JSON; raises UserError."""
    with open_record(team) as opened:
        if not as_data:
            show(answer(opened.services, opened.viewer, State(command, text, page)), console)
            return
        query = parse(command, text, today=opened.services.now().date())
        if isinstance(query, Help):
            raise_help(command)
        _print_json(as_json(find(opened.services, opened.viewer, query, page=page)))


def show_digest(*, channel: str, as_data: bool, team: str | None, console: Console) -> None:
    """What the digest of a channel ("" for what everybody may know) would say now."""
    with open_record(team) as opened:
        place = {"team_id": opened.team_id, "channel_id": channel}
        digest = digests.preview(opened.services, **place)
        with snapshot(opened.services.engine) as session:
            found = digest_answer(session, **place, digest=digest)
        if as_data:
            _print_json(digest_json(found))
        else:
            show(digest_view.render(found), console)


def _print_json(value: Mapping[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))  # noqa: T201 - the command's output
