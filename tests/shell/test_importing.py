"""`seams import`: what was shared before Seams was there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.shell.opening import LOCAL_TEAM
from bot.values import Posting
from storage import postings
from storage.engine import open_engine, snapshot
from storage.schema import PostingRow
from tests.scenario.pages import Pages, page
from tests.test_slack_export import write_export

PUBLIC = """Corvane buys Tessel Robotics
The logistics group Corvane has acquired Tessel Robotics for $650 million in cash, the company said on Monday.
Tessel Robotics makes arms for warehouses and employs 400 people in two countries.
"""
PRIVATE = """Dunmore buys Halvard Systems
The chip maker Dunmore has acquired Halvard Systems for $90 million in cash, the company said on Friday.
Halvard Systems makes sensors for cars and employs 120 people in one country.
"""


@dataclass(frozen=True)
class Imported:
    """A data directory and the pages that its import reads."""

    directory: Path
    pages: Pages

    @property
    def archive(self) -> str:
        return str(self.directory / "export.zip")

    def run(self, *arguments: str) -> str:
        environment = {
            "SEAMS_DATA_DIR": str(self.directory / "data"), "SEAMS_FETCH_ALLOW": self.pages.host,
            "SEAMS_READERS": "1", "COLUMNS": "200",
        }  # fmt: skip
        done = CliRunner().invoke(app, arguments, env=environment)
        assert done.exit_code == 0, done.output
        return done.output

    def postings(self) -> list[Posting]:
        engine = open_engine(f"sqlite:///{self.directory}/data/seams.db")
        with snapshot(engine) as session:
            rows = session.query(PostingRow).all()
            found = [
                postings.get_posting(session, team_id=LOCAL_TEAM, posting_id=row.id)
                for row in sorted(rows, key=lambda row: row.message_ts)
            ]
        engine.dispose()
        return [posting for posting in found if posting is not None]

    def untold(self) -> int:
        engine = open_engine(f"sqlite:///{self.directory}/data/seams.db")
        with snapshot(engine) as session:
            count = session.query(PostingRow).filter(PostingRow.telling != "told").count()
        engine.dispose()
        return count


def _message(url: str, ts: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U7", "text": f"look: <{url}>", "ts": ts} | more


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    directory = tmp_path_factory.mktemp("import")
    with Pages() as pages:
        public, private = pages.put(page(PUBLIC)), pages.put(page(PRIVATE))
        write_export(
            directory / "export.zip",
            {
                "channels.json": [{"id": "C1", "name": "news"}],
                "groups.json": [{"id": "G1", "name": "board"}],
                "news/2024-02-05.json": [
                    _message(public, "1707130800.000100"),
                    _message(f"{pages.url}/gone.html", "1707130801.000100"),
                    _message(private, "1707130802.000100", bot_id="B1"),
                    {"type": "message", "subtype": "channel_join", "ts": "1707130803.000100", "user": "U8"},
                ],
                "board/2024-02-06.json": [_message(private, "1707217200.000100")],
            },
        )
        made = Imported(directory, pages)
        assert "1 channels, 2 articles: 1 read, not read: 1 " in made.run("import", made.archive)
        yield made


def test_what_was_shared_is_answered(imported: Imported) -> None:
    assert "Tessel Robotics" in imported.run("deals", "corvane")


def test_postings_keep_their_date_and_poster(imported: Imported) -> None:
    first = imported.postings()[0]
    assert (first.channel_id, first.user_id) == ("C1", "U7")
    assert first.posted_at == datetime.fromtimestamp(1707130800.0001, UTC)


def test_nothing_of_it_is_told(imported: Imported) -> None:
    assert imported.untold() == 0


def test_the_same_export_again_changes_nothing(imported: Imported) -> None:
    before = imported.postings()
    assert "2 articles: 1 read, not read: 1 " in imported.run("import", imported.archive)
    assert imported.postings() == before


def test_a_private_channel_is_left_out_until_asked_for_and_then_hidden(imported: Imported) -> None:
    assert "G1" not in {p.channel_id for p in imported.postings()}
    assert "2 channels, 3 articles: 2 read" in imported.run("import", imported.archive, "--private")
    assert "G1" in {p.channel_id for p in imported.postings()}
    assert "Halvard" not in imported.run("deals", "dunmore")
