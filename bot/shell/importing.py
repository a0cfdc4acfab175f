"""`seams import`: a Slack export becomes postings and articles, with their own dates and posters."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.jobs import SetAside
from bot.services import backfill
from bot.services.reading import read_article
from bot.shell.opening import LOCAL_TEAM, Record, open_record
from bot.side_by_side import side_by_side
from bot.slack_export import Export, ExportedChannel, open_export
from bot.values import Audience
from handlers.events.message import POSTED, shared_message
from storage import articles
from storage.engine import snapshot


def import_export(path: Path, *, private: bool, team: str | None, console: Console) -> None:
    """Keep every link of an export, and read what has not been read; broken off, it goes on where it was."""
    with (
        open_export(path) as export,
        open_record(team, gives_way=True) as opened,
        Progress(console=console) as bar,
    ):
        channels = export.channels(private=private)
        task = bar.add_task("Looking for links", total=len(channels))
        wanted: dict[str, None] = {}
        for channel in channels:
            wanted |= dict.fromkeys(_keep(opened, export, channel))
            bar.advance(task)
        task = bar.add_task("Reading articles", total=len(wanted))
        outcomes: Counter[str] = Counter()
        for outcome in side_by_side(partial(_read, opened), wanted, threads=opened.threads):
            outcomes[outcome] += 1
            bar.advance(task)
        if opened.team_id != LOCAL_TEAM:
            because = f"import:{opened.services.now().isoformat()}"
            backfill.ask_about_channels(opened.services, opened.team_id, because=because)
    failed = [f"{count} {code}" for code, count in sorted(outcomes.items()) if code]
    console.print(
        f"{len(channels)} channels, {len(wanted)} articles: {outcomes['']} read"
        + (f", not read: {', '.join(failed)}." if failed else "."),
        markup=False,
    )


def _keep(opened: Record, export: Export, channel: ExportedChannel) -> Iterator[str]:
    """The articles of a channel's messages.

    Of a workspace's channel only Slack can say who sees it now; a record without one has but the export.
    """
    audience = Audience.UNKNOWN
    if opened.team_id == LOCAL_TEAM:
        audience = Audience.PRIVATE if channel.private else Audience.PUBLIC
    place = {"team_id": opened.team_id, "channel_id": channel.channel_id}
    backfill.keep_channel(opened.services, **place, audience=audience)
    for message in export.messages(channel):
        if message.get("subtype") in POSTED:
            edited = (message.get("edited") or {}).get("ts")
            shared = shared_message(message, **place, audience=audience, version_ts=edited)
            yield from backfill.keep_message(opened.services, shared)


def _read(opened: Record, article_id: str) -> str:
    """Read an article; gives what keeps it from being read, "" when nothing did."""
    with suppress(SetAside):  # kept with the article too
        read_article(opened.services, opened.team_id, article_id, "import", tries_left=0)
    with snapshot(opened.services.engine) as session:
        found = articles.article_state(session, team_id=opened.team_id, article_id=article_id)
    return "" if found is None else found.code or ""
