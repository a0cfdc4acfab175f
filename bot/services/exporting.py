"""The record to take away: every deal a reader may see, as CSV or JSON Lines."""

import csv
import json
from collections.abc import Iterator
from typing import TextIO

from bot.answers import DealLine
from bot.answers_json import deal_json, number
from bot.services.proofs import proofs_of_deals
from bot.views.text import clean
from storage import record
from storage.engine import Session
from storage.record import DealFilter

AT_ONCE = 200
ALL = DealFilter()
COLUMNS = (
    "id",
    "kind",
    "source",
    "target",
    "status",
    "amount",
    "currency",
    "other_amounts",
    "date",
    "first_seen",
    "last_seen",
    "confidence",
    "evidence",
    "language",
    "site",
    "article_title",
    "article_url",
    "published",
    "message_url",
    "shared_by",
)
# What a spreadsheet may take for a formula, also in its full-width forms.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")


def export_deals_csv(
    session: Session, file: TextIO, *, team_id: str, channel_id: str = "", wanted: DealFilter = ALL
) -> int:
    """Write a header and one row a deal; gives how many. `channel_id` is the reader's, "" for what is public.

    Open the file with newline="".
    """
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for line in iter_deals(session, team_id=team_id, channel_id=channel_id, wanted=wanted):
        writer.writerow([safe_cell(value) for value in _row(line)])
        count += 1
    return count


def export_deals_json(
    session: Session, file: TextIO, *, team_id: str, channel_id: str = "", wanted: DealFilter = ALL
) -> int:
    """Write one JSON object a line, each a deal with all its sources; gives how many."""
    count = 0
    for line in iter_deals(session, team_id=team_id, channel_id=channel_id, wanted=wanted):
        file.write(json.dumps(deal_json(line), ensure_ascii=False) + "\n")
        count += 1
    return count


def iter_deals(
    session: Session, *, team_id: str, channel_id: str = "", wanted: DealFilter = ALL
) -> Iterator[DealLine]:
    """Every wanted deal that a reader in the channel may see, newest first, some in memory at a time."""
    place = {"team_id": team_id, "channel_id": channel_id}
    for some in record.iter_deals(session, **place, filter=wanted, at_once=AT_ONCE):
        proofs = proofs_of_deals(session, **place, deals=some)
        yield from map(proofs.deal_line, some)


def safe_cell(value: object) -> object:
    """A visible line that no spreadsheet runs: what looks like a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(line: DealLine) -> list[object]:
    deal = line.deal
    amounts = [value.money for value in deal.amounts]
    first = amounts[0] if amounts else None
    source = line.sources[0] if line.sources else None
    return [
        deal.id,
        deal.kind.value,
        line.source.name,
        line.target.name,
        deal.status.value,
        number(first.amount) if first else None,
        first.currency if first else None,
        "; ".join(f"{number(money.amount)} {money.currency or ''}".strip() for money in amounts[1:]),
        deal.date,
        deal.first_seen.date().isoformat(),
        deal.last_seen.date().isoformat(),
        round(deal.confidence, 3),
        source.text if source else None,
        source.lang if source else None,
        source.site if source else None,
        source.title if source else None,
        source.url if source else None,
        source.published.isoformat() if source and source.published else None,
        source.message_url if source else None,
        source.user_id if source else None,
    ]
