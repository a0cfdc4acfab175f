"""What people said of digests, from the shell."""

import dataclasses
import json

from rich.console import Console
from rich.table import Table

from bot.services import feedback
from bot.shell.opening import open_record
from storage.feedback import WHOLE


def show_feedback(*, as_data: bool, team: str | None, console: Console) -> None:
    """Print how many people found what useful or not, by what had changed; raises UserError."""
    with open_record(team) as opened:
        counts = feedback.counts(opened.services, team_id=opened.team_id)
    if as_data:
        print(json.dumps([dataclasses.asdict(each) for each in counts], indent=2))  # noqa: T201 - the output
        return
    if not counts:
        console.print("Nobody has said yet whether a digest was useful.")
        return
    table = Table("what", "kind", "useful", "not useful")
    for each in counts:
        what = "the whole digest" if each.type == WHOLE else each.type or "a line since withdrawn"
        table.add_row(what, each.kind or "", str(each.useful), str(each.not_useful))
    console.print(table)
