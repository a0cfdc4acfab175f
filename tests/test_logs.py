"""What a line of the log says, and what it never says."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs
from bot.errors import PageUnavailable
from bot.logs import LogFormat, about

QUOTED = "Corvane is said to buy Tessel"
TOKENS = ("xoxb-1234-abcd", "xapp-1-A0-9", "xoxe.xoxb-1-Mi0y", "postgresql://seams:hush@db/seams")


@pytest.fixture(params=LogFormat)
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What was logged, in either form."""
    root = logging.getLogger()
    before, level, stream = root.handlers[:], root.level, io.StringIO()
    logs.set_up("DEBUG", request.param, stream=stream)
    yield stream
    root.handlers[:], root.level = before, level


def fail() -> None:
    try:
        raise PageUnavailable(QUOTED)
    except PageUnavailable as error:
        raise ValueError(QUOTED) from error


def test_an_error_is_one_line_with_its_types_and_places_and_none_of_its_words(lines: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("bot.test").exception("error %s", "4f00ba12")
    [line] = lines.getvalue().splitlines()
    assert "4f00ba12" in line
    assert "ValueError from PageUnavailable(page_unavailable)" in line
    assert "test_logs.py:" in line
    assert "Corvane" not in line


@pytest.mark.parametrize("secret", TOKENS)
def test_what_looks_like_a_token_or_a_password_is_held_back(lines: io.StringIO, secret: str) -> None:
    logging.getLogger("somebody.else").warning("refused: %s", secret, extra={"sent": secret})
    assert "refused" in lines.getvalue()
    assert not any(part in lines.getvalue() for part in ("abcd", "A0-9", "Mi0y", "hush"))


def test_what_is_bound_stands_on_every_line_inside_and_on_none_after(lines: io.StringIO) -> None:
    with about(team="T9", job="read_article"):
        logging.getLogger("bot.test").info("inside")
    logging.getLogger("bot.test").info("after")
    inside, after = lines.getvalue().splitlines()
    assert "T9" in inside
    assert "T9" not in after


def test_json_is_one_object_a_line_with_fields_of_its_own() -> None:
    stream, root = io.StringIO(), logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.set_up("INFO", LogFormat.JSON, stream=stream)
    logging.getLogger("bot.test").info("read an article", extra={"article": "a1", "ties": 3})
    root.handlers[:], root.level = before, level
    told = json.loads(stream.getvalue())
    assert told["event"] == "read an article"
    assert (told["article"], told["ties"], told["level"], told["logger"]) == ("a1", 3, "info", "bot.test")
    assert told["timestamp"].endswith("Z")
