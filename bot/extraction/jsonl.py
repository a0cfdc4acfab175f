"""The lines of `seams extract --jsonl`: one article in, one record out, in order.

In: {"id", "title", "text", "url"?, "published"?, "lang"?}. Out: {"id", "lang", "companies", "ties"}, or
{"id", "error"} for a line that can't be read; the others still come out.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from bot.values import Extraction, Tie

_log = logging.getLogger(__name__)


class Extracts(Protocol):
    """What `Reader` does."""

    def extract(
        self, text: str, *, title: str | None = None, published: date | None = None, lang: str | None = None
    ) -> Extraction:
        """The companies and ties of one article."""


@dataclass(frozen=True, slots=True)
class InputLine:
    """One article as a line gives it; `published` is None unless it is a whole date."""

    id: str | int | None
    text: str
    title: str | None
    published: date | None
    lang: str | None


class BadLine(ValueError):
    """A line that is no article; `id` is its id when it has one."""

    def __init__(self, message: str, line_id: str | int | None = None) -> None:
        """Keep what to answer with."""
        super().__init__(message)
        self.id = line_id


def extract_lines(lines: Iterable[str], reader: Extracts) -> Iterator[tuple[str, bool]]:
    """Each line's answer (without line break) and whether it is a good one; blank lines are passed over."""
    for line in lines:
        if line.strip():
            yield _answer(line, reader)


def _answer(line: str, reader: Extracts) -> tuple[str, bool]:
    try:
        article = read_line(line)
    except BadLine as error:
        return error_line(error.id, str(error)), False
    try:
        found = reader.extract(
            article.text, title=article.title, published=article.published, lang=article.lang
        )
    except Exception:  # noqa: BLE001 - one poisonous article must not stop the others
        _log.exception("extraction failed for one line")
        return error_line(article.id, "the text could not be extracted"), False
    return answer_line(article.id, found), True


def read_line(line: str) -> InputLine:
    """One line of input; raises BadLine."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine("not a line of JSON") from None
    if not isinstance(record, dict):
        raise BadLine("not a JSON object")
    line_id = record.get("id")
    if isinstance(line_id, bool) or not isinstance(line_id, str | int):
        raise BadLine('"id" is missing or neither a string nor a whole number')
    text = record.get("text")
    if not isinstance(text, str):
        raise BadLine('"text" is missing or not a string', line_id)
    for name in ("title", "published", "lang", "url"):
        if record.get(name) is not None and not isinstance(record[name], str):
            raise BadLine(f'"{name}" is not a string', line_id)
    if not _is_unicode(text) or not _is_unicode(record.get("title") or ""):
        raise BadLine("the text is not valid Unicode", line_id)
    return InputLine(
        line_id, text, record.get("title"), _day(record.get("published")), record.get("lang") or None
    )


def _is_unicode(text: str) -> bool:
    """Whether a text can be encoded: JSON can smuggle half a surrogate pair in."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _day(published: str | None) -> date | None:
    """The day of an ISO date or time; less than a day ("2020") is no help in dating and is left out."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def answer_line(line_id: str | int | None, found: Extraction) -> str:
    """The record of one article."""
    return _dump(
        {
            "id": line_id,
            "lang": found.lang,
            "companies": [{"name": c.name, "aliases": list(c.aliases)} for c in found.companies],
            "ties": [_tie(tie) for tie in found.ties],
        }
    )


def error_line(line_id: str | int | None, message: str) -> str:
    """The record that stands in for a bad line."""
    return _dump({"id": line_id, "error": message})


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "kind": tie.kind.value,
        "source": tie.source,
        "target": tie.target,
        "status": tie.status.value,
        "amount": None if tie.money is None else _number(tie.money.amount),
        "currency": None if tie.money is None else tie.money.currency,
        "date": tie.date,
        "confidence": tie.confidence,
        "evidence": {"text": tie.evidence.text, "start": tie.evidence.start, "end": tie.evidence.end},
    }


def _number(amount: Decimal) -> int | float:
    """Whole units as an integer: 13000000000, never 1.3E+10."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _dump(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
