"""A Slack export, read."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.errors import UserError
from bot.slack_export import ExportedChannel, open_export

NEWS = ExportedChannel("C1", "news", private=False)
BOARD = ExportedChannel("G1", "board", private=True)
FILES: Mapping[str, Any] = {
    "channels.json": [{"id": "C1", "name": "news"}, {"id": "C2", "name": "empty"}],
    "groups.json": [{"id": "G1", "name": "board"}],
    "dms.json": [{"id": "D1", "members": ["U1", "U2"]}],
    "news/2024-02-02.json": [{"type": "message", "ts": "3.0"}],
    "news/2024-02-01.json": [{"type": "message", "ts": "1.0"}, {"type": "pin", "ts": "2.0"}, "noise"],
    "board/2024-02-01.json": [{"type": "message", "ts": "4.0"}],
    "D1/2024-02-01.json": [{"type": "message", "ts": "5.0"}],
}


def write_export(path: Path, files: Mapping[str, Any] = FILES) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, str) else json.dumps(content))
    return path


def test_the_public_channels_are_listed_by_name(tmp_path: Path) -> None:
    with open_export(write_export(tmp_path / "export.zip")) as export:
        assert [c.name for c in export.channels()] == ["empty", "news"]


def test_private_channels_are_listed_when_asked_for_and_direct_messages_never(tmp_path: Path) -> None:
    with open_export(write_export(tmp_path / "export.zip")) as export:
        assert [c.channel_id for c in export.channels(private=True)] == ["G1", "C2", "C1"]


def test_messages_come_day_by_day_and_nothing_else_with_them(tmp_path: Path) -> None:
    with open_export(write_export(tmp_path / "export.zip")) as export:
        assert [m["ts"] for m in export.messages(NEWS)] == ["1.0", "3.0"]
        assert [m["ts"] for m in export.messages(BOARD)] == ["4.0"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"news/2024-02-01.json": []}, "no channels.json"),
        ({"channels.json": "{"}, "channels.json in the export is damaged"),
        ({"channels.json": '{"id": 1}'}, "channels.json in the export is damaged"),
    ],
)
def test_another_archive_is_refused(tmp_path: Path, files: Mapping[str, Any], said: str) -> None:
    path = write_export(tmp_path / "export.zip", files)
    with open_export(path) as export, pytest.raises(UserError, match=said):
        export.channels()


def test_a_damaged_day_is_named(tmp_path: Path) -> None:
    path = write_export(tmp_path / "export.zip", {**FILES, "news/2024-02-01.json": "["})
    with open_export(path) as export, pytest.raises(UserError, match=r"2024-02-01\.json .* damaged"):
        list(export.messages(NEWS))


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "export.zip"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"export\.zip"), open_export(path):
        pass
