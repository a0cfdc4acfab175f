"""The `seams` command as people type it."""

import csv
import io
import json
import logging
import os
import re
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.cli import app, main
from bot.jobs import Job, Outbox
from storage.engine import open_engine, transaction

ROOT = Path(__file__).parents[2]
ARTICLE = """Corvane buys Tessel Robotics

The logistics group Corvane has acquired Tessel Robotics for $650 million in cash, the company said on Monday.

Tessel Robotics makes arms for warehouses and employs 400 people in two countries.
"""


@dataclass(frozen=True)
class Done:
    """What a command said and how it ended."""

    status: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Shell:
    """Runs `seams` with a data directory of its own and no Slack."""

    directory: Path

    def run(self, *arguments: str, given: str = "", status: int = 0) -> Done:
        """In this process: starting one for each command takes longer than most of them."""
        environment = {**self.environment, "DATABASE_URL": None, "SLACK_BOT_TOKEN": None}
        with (
            chdir(self.directory),
            patch.object(sys, "argv", ["seams", *arguments]),
            patch.object(logging.getLogger(), "handlers", []),
            CliRunner().isolation(input=given, env=environment) as (out, err, _),
        ):
            ended = 0
            try:
                main()
            except SystemExit as end:
                ended = int(end.code or 0)
            sys.stdout.flush()
            sys.stderr.flush()
            done = Done(ended, out.getvalue().decode(), err.getvalue().decode())
        assert done.status == status, done.stdout + done.stderr
        return done

    def start(self, *arguments: str, given: str = "", status: int = 0) -> Done:
        """As people start it: a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments], input=given, capture_output=True, text=True,
            cwd=self.directory, env={"PATH": os.environ["PATH"], **self.environment}, timeout=90, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stdout + done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SEAMS_DATA_DIR": str(self.directory / "data"), "COLUMNS": "200", "PYTHONPATH": str(ROOT),
            "HOME": str(self.directory),
        }  # fmt: skip


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A record with one article in it."""
    made = Shell(tmp_path_factory.mktemp("shell"))
    (made.directory / "article.txt").write_text(ARTICLE)
    made.run("add", "article.txt")
    return made


@pytest.fixture
def empty(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


COMMANDS = (
    "demo", "run", "add", "import", "extract", "explain", "deals", "relationship", "articles", "digest",
    "rebuild", "export", "doctor", "jobs", "db", "db upgrade", "db check", "db backup", "db restore",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    answer = CliRunner().invoke(app, [*command.split(), "--help"])
    assert answer.exit_code == 0
    assert "Usage" in answer.stdout


def test_running_without_tokens_says_what_is_missing(empty: Shell) -> None:
    done = empty.start("run", status=2)
    assert "SLACK_BOT_TOKEN" in done.stderr
    assert "make demo" in done.stderr


def test_an_unknown_part_is_refused(empty: Shell) -> None:
    assert "worker" in empty.run("run", "everything", status=1).stderr


def test_what_was_added_is_answered(shell: Shell) -> None:
    answer = shell.run("deals", "corvane").stdout
    assert "Tessel Robotics" in answer
    assert "$650 m" in answer


def test_deals_as_json_carry_amount_and_sentence(shell: Shell) -> None:
    [deal] = json.loads(shell.run("deals", "corvane", "--json").stdout)["deals"]
    assert deal["kind"] == "acquisition"
    assert deal["amounts"][0]["amount"] == 650_000_000
    assert "acquired Tessel Robotics" in deal["evidence"][0]["text"]


def test_two_names_with_spaces_are_taken_from_the_shells_quotes(shell: Shell) -> None:
    assert "acquired" in shell.run("relationship", "corvane", "tessel robotics").stdout


def test_an_unknown_company_is_said_to_be_unknown(shell: Shell) -> None:
    assert "Nothing posted so far" in shell.run("deals", "zzyzx").stdout


def test_a_typo_is_answered_with_what_may_have_been_meant(shell: Shell) -> None:
    assert "• Corvane" in shell.run("deals", "corvanne").stdout


@pytest.mark.parametrize("article", ["article.txt", "Corvane buys Tessel Robotics"])
def test_an_article_is_explained_sentence_by_sentence(shell: Shell, article: str) -> None:
    answer = shell.run("explain", article).stdout
    assert "speaks of: Corvane, Tessel Robotics" in answer
    assert "acquisition Corvane → Tessel Robotics, completed, 650,000,000 USD: told" in answer
    assert re.search(r"told \([01]\.\d\d, [\w.]+; network [01]\.\d\d\)", answer)


def test_of_a_tie_that_was_looked_at_twice_both_looks_are_explained(shell: Shell) -> None:
    story = Path(__file__).parents[1] / "extraction" / "articles" / "alliance_en.txt"
    answer = shell.run("explain", str(story)).stdout
    assert re.search(r"told \([01]\.\d\d, [\w.]+; network [01]\.\d\d; without names [01]\.\d\d\)", answer)


def test_an_article_that_is_not_there_is_one_clear_line(shell: Shell) -> None:
    assert "no such article: Nowhere" in shell.run("explain", "Nowhere", status=1).stderr


def test_articles_are_listed(shell: Shell) -> None:
    assert "Corvane buys Tessel Robotics" in shell.run("articles", "tessel").stdout


def test_a_filter_that_does_not_exist_is_explained(shell: Shell) -> None:
    assert "acquisition" in shell.run("deals", "corvane", "type:wedding", status=1).stderr


def test_the_digest_tells_what_was_added(shell: Shell) -> None:
    assert "Tessel Robotics" in shell.run("digest").stdout


def test_the_export_is_a_table(shell: Shell) -> None:
    [row] = csv.DictReader(io.StringIO(shell.run("export").stdout))
    assert (row["source"], row["target"], row["amount"]) == ("Corvane", "Tessel Robotics", "650000000")


def test_one_companys_export_leaves_out_the_others(shell: Shell) -> None:
    assert len(shell.run("export", "--company", "tessel robotics").stdout.splitlines()) == 2
    said = shell.run("export", "--company", "tessel robotix", status=1).stderr
    assert "Did you mean Tessel Robotics?" in said


def test_the_graph_is_exported_to_a_file(shell: Shell) -> None:
    said = shell.run("export", "--format", "graphml", "--out", "seams.graphml").stderr
    assert "Ties written: 1" in said
    assert "Tessel Robotics" in (shell.directory / "seams.graphml").read_text()


def test_a_card_is_shown(shell: Shell) -> None:
    said = shell.run("company", "corvane").stdout
    assert "1 active relationship" in said
    assert (
        json.loads(shell.run("company", "corvane", "--json").stdout)["relationships"][0]["level"] == "allied"
    )


def test_a_picture_is_written_where_one_is(shell: Shell) -> None:
    said = shell.run("company", "corvane", "map").stdout
    assert "Written: corvane-map.png" in said
    assert "Tessel Robotics" in said
    assert (shell.directory / "corvane-map.png").read_bytes().startswith(b"\x89PNG")


def test_a_rebuild_changes_nothing_that_was_right(shell: Shell) -> None:
    before = shell.run("deals", "corvane", "--json").stdout
    shell.run("rebuild")
    assert shell.run("deals", "corvane", "--json").stdout == before


def test_a_restored_backup_answers(shell: Shell, empty: Shell) -> None:
    shell.run("db", "backup", str(empty.directory / "copy.db"))
    empty.run("db", "restore", "copy.db")
    assert "Tessel Robotics" in empty.run("deals", "corvane").stdout


def test_a_fresh_database_is_as_it_should_be(empty: Shell) -> None:
    empty.run("db", "upgrade")
    empty.run("db", "check")


def test_a_missing_database_is_reported(empty: Shell) -> None:
    assert "seams db upgrade" in empty.run("db", "check", status=1).stdout


def test_a_saved_page_keeps_its_site_and_day(empty: Shell) -> None:
    text = "".join(f"<p>{line}</p>" for line in ARTICLE.splitlines() if line)
    (empty.directory / "saved.html").write_text(
        '<html lang="en"><head><title>Corvane buys Tessel Robotics</title>'
        '<meta property="og:site_name" content="The Quay Post">'
        '<meta property="article:published_time" content="2026-11-03T08:00:00Z"></head>'
        f"<body><article>{text}</article></body></html>"
    )
    assert "(The Quay Post, 3 Nov 2026)" in empty.run("add", "saved.html").stdout
    [deal] = json.loads(empty.run("deals", "corvane", "--json").stdout)["deals"]
    assert deal["first_seen"].startswith("2026-11-03")


def test_a_file_that_does_not_exist_is_one_clear_line(empty: Shell) -> None:
    done = empty.run("add", "nowhere.pdf", status=1)
    assert "No such file" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_an_export_to_nowhere_is_one_clear_line(empty: Shell) -> None:
    done = empty.run("export", "--output", "nowhere/deals.csv", status=1)
    assert done.stderr.splitlines() == [
        "nowhere/deals.csv can't be written (No such file or directory). Choose another file."
    ]


def test_a_data_directory_that_can_not_be_made_is_named(empty: Shell) -> None:
    (empty.directory / "data").write_text("in the way")
    done = empty.run("deals", "corvane", status=2)
    assert "SEAMS_DATA_DIR" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("begin", ["%PDF-1.4\n1 0 obj\n", "\n<!DOCTYPE html><p>", "<html><p>"])
def test_what_is_no_plain_text_is_not_extracted_from(empty: Shell, begin: str) -> None:
    (empty.directory / "page").write_text(f"{begin}Corvane has acquired Tessel Robotics.")
    assert "seams add page" in empty.run("extract", "page", status=1).stderr


def test_a_picture_is_no_article(empty: Shell) -> None:
    (empty.directory / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    done = empty.run("add", "picture.png", status=1)
    assert "Traceback" not in done.stdout + done.stderr


def test_an_address_inside_the_network_is_refused(empty: Shell) -> None:
    done = empty.run("add", "http://127.0.0.1:1/secret", status=1)
    assert "Traceback" not in done.stdout + done.stderr


def test_lines_come_out_in_order_and_a_bad_one_is_an_error_in_its_place(empty: Shell) -> None:
    good = {"id": "a", "title": "", "text": "Corvane has acquired Tessel Robotics.", "lang": "en"}
    done = empty.start(
        "extract", "--jsonl", given=f"{json.dumps(good)}\nnonsense\n" + '{"id": "c"}\n', status=1
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, "c"]
    assert ["error" in answer for answer in answers] == [False, True, True]


def test_no_lines_are_no_error(empty: Shell) -> None:
    assert empty.run("extract", "--jsonl").stdout == ""


def test_the_doctor_says_what_was_set_aside_and_the_shell_what_to_do(empty: Shell) -> None:
    empty.run("db", "upgrade")
    assert "Waiting or running: 0" in empty.run("jobs").stdout
    engine = open_engine(f"sqlite:///{empty.directory / 'data' / 'seams.db'}")
    outbox = Outbox(engine)
    with transaction(engine) as session:
        outbox.add(session, Job("tell_posting", "telling", "tell_posting:T1:p:x", ("T1", "p", "x")))
        session.execute(text("UPDATE workflow_status SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'"))
    outbox.close()
    engine.dispose()
    assert "1 jobs were set aside or failed" in " ".join(empty.run("doctor", status=1).stdout.split())
    [listed] = json.loads(empty.run("jobs", "--json").stdout)
    assert (listed["id"], listed["reason"]) == ("tell_posting:T1:p:x", "killed_worker")
    assert "Enqueued again: 1" in empty.run("jobs", "retry", listed["id"]).stdout
    assert "Waiting or running: 1" in empty.run("jobs").stdout
    assert "No job of this id" in empty.run("jobs", "retry", listed["id"], status=1).stderr


def test_the_doctor_says_what_is_missing(empty: Shell) -> None:
    done = empty.run("doctor", status=1)
    assert "SLACK_BOT_TOKEN" in done.stdout
    assert "languages" in done.stdout
