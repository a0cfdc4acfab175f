"""A workspace's export as Slack makes it: a ZIP with one folder a channel and one JSON file a day.

Only public channels are taken, and private ones where asked for; direct messages never are.
See https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import UserError

_LISTS = {"channels.json": False, "groups.json": True}  # whether the channels in it are private
_MAX_BYTES = 200_000_000  # of one unpacked file; a day of a busy channel is a few megabytes

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExportedChannel:
    """A channel of the export; `name` is also its folder's."""

    channel_id: str
    name: str
    private: bool


class Export:
    """An open export; every method raises UserError when it is no such thing."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Take an open archive, which stays the caller's to close."""
        self._archive = archive
        self._days: dict[str, list[str]] = {}
        for name in sorted(archive.namelist()):
            folder, _, day = name.rpartition("/")
            if folder and day.endswith(".json"):
                self._days.setdefault(folder, []).append(name)

    def channels(self, *, private: bool = False) -> list[ExportedChannel]:
        """The channels by name: the public ones, with `private` all that are no direct messages."""
        listed = [(name, hidden) for name, hidden in _LISTS.items() if private or not hidden]
        there = set(self._archive.namelist())
        if "channels.json" not in there:
            raise UserError("This is no Slack export: there is no channels.json in it.")
        return sorted(
            (
                ExportedChannel(str(row["id"]), str(row["name"]), hidden)
                for name, hidden in listed
                if name in there
                for row in self._rows(name)
                if row.get("id") and row.get("name")
            ),
            key=lambda channel: channel.name,
        )

    def messages(self, channel: ExportedChannel) -> Iterator[Json]:
        """The messages of a channel in the order of the days."""
        for name in self._days.get(channel.name, ()):
            yield from (row for row in self._rows(name) if row.get("type") == "message" and row.get("ts"))

    def _rows(self, name: str) -> list[Json]:
        if self._archive.getinfo(name).file_size > _MAX_BYTES:
            raise UserError(f"{name} in the export is too large to be read.")
        try:
            found = json.loads(self._archive.read(name))
        except (ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise UserError(f"{name} in the export is damaged.") from error
        if not isinstance(found, list):
            raise UserError(f"{name} in the export is damaged.")
        return [row for row in found if isinstance(row, dict)]


@contextmanager
def open_export(path: Path) -> Iterator[Export]:
    """Open an export; raises UserError when the file can't be opened or is no ZIP."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise UserError(f"{path} can't be opened ({error.strerror}).") from error
    except zipfile.BadZipFile as error:
        raise UserError(f"{path} is no ZIP file. Give the export as Slack made it.") from error
    with archive:
        yield Export(archive)
