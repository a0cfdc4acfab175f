"""The record leaves as files that no spreadsheet runs, with what the reader may see and nothing else."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.exporting import (
    AT_ONCE,
    COLUMNS,
    export_deals_csv,
    export_deals_json,
    iter_deals,
    safe_cell,
)
from bot.values import TieKind
from tests.factories import SECRET, TEAM, Desk, make_tie, usd

BUYS = make_tie("Microsoft", "Inflection", TieKind.ACQUISITION, money=usd(650_000_000), date="2024-03")


def rows(desk: Desk, channel_id: str = "") -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    export_deals_csv(desk.session, file, team_id=TEAM, channel_id=channel_id)
    file.seek(0)
    return list(csv.DictReader(file))


def test_a_deal_is_a_row(desk: Desk) -> None:
    desk.share(BUYS)
    (row,) = rows(desk)
    expected = {
        "kind": "acquisition",
        "source": "Microsoft",
        "target": "Inflection",
        "status": "completed",
        "amount": "650000000",
        "currency": "USD",
        "date": "2024-03",
        "evidence": BUYS.evidence.text,
        "site": "The Daily",
        "article_url": "https://news.example/1",
    }
    assert {key: row[key] for key in expected} == expected


def test_an_empty_record_is_a_header(desk: Desk) -> None:
    file = io.StringIO(newline="")
    assert export_deals_csv(desk.session, file, team_id=TEAM) == 0
    assert file.getvalue() == ",".join(COLUMNS) + "\r\n"


def test_a_private_deal_is_exported_to_its_channel_alone(desk: Desk) -> None:
    desk.share(BUYS, channel_id=SECRET)
    assert rows(desk) == []
    assert len(rows(desk, SECRET)) == 1


def test_another_teams_deals_are_not_exported(desk: Desk) -> None:
    desk.share(BUYS)
    assert list(iter_deals(desk.session, team_id="T-other")) == []


def test_json_lines_hold_every_source(desk: Desk) -> None:
    desk.share(BUYS, url="https://news.example/1")
    desk.share(BUYS, url="https://news.example/2")
    file = io.StringIO()
    export_deals_json(desk.session, file, team_id=TEAM)
    (line,) = file.getvalue().splitlines()
    urls = {source["article"]["url"] for source in json.loads(line)["evidence"]}
    assert urls == {"https://news.example/1", "https://news.example/2"}


def test_more_deals_than_are_read_at_once_all_come_out(desk: Desk) -> None:
    desk.share(*(make_tie("Microsoft", f"Startup {n}", start=100 * n) for n in range(AT_ONCE + 1)))
    ids = [line.deal.id for line in iter_deals(desk.session, team_id=TEAM)]
    assert len(ids) == len(set(ids)) == AT_ONCE + 1


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\n=1", "\u200b=1", "＝1", "|calc", "%x"]
)
def test_formulas_are_made_text(text: str) -> None:
    assert safe_cell(text) == f"'{text.strip().strip(chr(0x200B))}"


@pytest.mark.parametrize("value", ["Microsoft", "3M", "a=b", "", 650_000_000, None, -1.5])
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) == value


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert str(safe_cell(text)).lstrip()[:1] not in {"=", "+", "-", "@"}
