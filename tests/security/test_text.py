"""Text: whatever an article, a person or the database says, it shows as text wherever it goes.

That every view keeps to it, whatever it is given, is in tests/views/test_any_content.py.
"""

import ast
import csv
import io
import json
import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from rich.console import Console

from bot import logs
from bot.extraction.explaining import ExplainedSentence
from bot.logs import LogFormat
from bot.services.exporting import safe_cell
from bot.shell import explaining
from bot.shell.showing import json_text, show
from bot.values import Company
from bot.views import deals, install_page
from bot.views.limits import problems
from bot.views.message import Message
from bot.views.mrkdwn import text_object_problems
from bot.views.text import link, plain
from tests.views.making import deal_line, deals_answer, injected, source

ROOT = Path(__file__).parents[2]
CASES = {
    "channel": "<!channel>",
    "here": "<!here>",
    "a person": "<@U0EVIL>",
    "a channel": "<#C0EVIL>",
    "a group": "<!subteam^S0EVIL>",
    "a link under a false name": "<http://evil.com|Microsoft>",
    "bar and bracket": "https://a.com/|x><!here>",
    "javascript": "javascript:alert(1)",
    "an entity": "&amp;lt;!here&gt;",
    "backticks": "`rm` ```x```",
    "newlines": "one\ntwo\r\n> three\u2028four\x85five",
    "right to left": "\u202egpj.exe\u202c\u2067x\u2069",
    "zero width": "Micro\u200bsoft\ufeff\u2060\u00ad",
    "controls": "\x1b]0;owned\x07\x1b[2J\x9b31m\x00\x08red",
    "emoji at the cut": "👩‍👩‍👧‍👦" * 400,
    "entities at the cut": "&<>" * 1400,
    "a formula": '=HYPERLINK("http://evil.com","x")',
    "a formula after blanks": "\t\u200b @SUM(A1)",
    "terminal markup": "[link=http://evil.com]x[/link] [/] [bold",
    "html": '<img src=x onerror="alert(1)"><script>x</script>',
    "a format": "{0} {name} %s %(x)s $HOME",
}
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# What rich writes itself: colours, and hyperlinks, which lead to the web alone.
STYLES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;\x1b]*;(https?://[\x21-\x7e]+)?\x1b\\")


def message_of(text: str) -> Message:
    """An answer in which everything that comes from outside is this text."""
    told = source(text=text, title=text, site=text, url=text, message_url=text, user_id=text)
    line = deal_line(told, date=text)
    named = Company("1a", text, (text,))
    line = type(line)(line.deal, named, named, line.sources)
    return deals.render(deals_answer(line, companies=(named,)))


def in_message(text: str) -> None:
    message = message_of(text)
    assert problems(message) + injected(message) == []
    assert not UNSEEN.search(json.dumps([message.text, *message.blocks], ensure_ascii=False))


def in_plain_text(text: str) -> None:
    shown = {"type": "plain_text", "text": plain(text, 75) or "-"}
    assert list(text_object_problems("text", shown, 75, plain_only=True)) == []
    assert not UNSEEN.search(shown["text"])


def in_link(text: str) -> None:
    for written in (link(text, "a label"), link("https://elpais.com/", text), link(text, text)):
        message = Message(written, ())
        assert problems(message) + injected(message) == []
        assert all(address.startswith("http") for address in re.findall(r"<([^|>]*)", written))


def in_terminal(text: str) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=120, highlight=False)
    show(message_of(text), console)
    explaining.show([ExplainedSentence(text, (text,), ())], console)
    written = console.file.getvalue()  # type: ignore[attr-defined]
    assert not UNSEEN.search(STYLES.sub("", written))
    assert "evil.com" not in "".join(STYLES.findall(written))


def in_json(text: str) -> None:
    written = json_text({"name": text})
    assert json.loads(written) == {"name": text}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)


def in_csv(text: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([safe_cell(text), "next"])
    [[cell, after]] = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert after == "next"
    assert not UNSEEN.search(cell)
    assert not cell.startswith(("=", "+", "-", "@"))


def in_log(text: str) -> None:
    for form in LogFormat:
        stream, root = io.StringIO(), logging.getLogger()
        before, level = root.handlers[:], root.level
        logs.set_up("INFO", form, stream=stream)
        logging.getLogger("bot.test").warning("refused: %s", text, extra={"what": text})
        root.handlers[:], root.level = before, level
        [line] = stream.getvalue().splitlines()
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)


def in_page(text: str) -> None:
    plain_page, page = (
        html.fromstring(install_page.render_success(workspace=name, open_url="https://slack.com/"))
        for name in ("Name", text)
    )
    assert [each.tag for each in page.iter()] == [each.tag for each in plain_page.iter()]


DESTINATIONS = (in_message, in_plain_text, in_link, in_terminal, in_json, in_csv, in_log, in_page)


@pytest.mark.parametrize("text", CASES.values(), ids=list(CASES))
@pytest.mark.parametrize("shows_as_text", DESTINATIONS, ids=lambda each: each.__name__)
def test_foreign_text_is_text(shows_as_text: Callable[[str], None], text: str) -> None:
    shows_as_text(text)


SENDING = {"chat_postMessage", "chat_postEphemeral", "chat_update", "respond"}


def calls() -> list[ast.Call]:
    """Every call that puts words before people."""
    sources = [path for top in ("bot", "handlers") for path in (ROOT / top).rglob("*.py")]
    return [
        node
        for path in sources
        if "console" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") in SENDING or getattr(node.func, "id", "") in SENDING)
    ]


def test_no_post_unfurls_its_links() -> None:
    off = [
        {
            each.arg
            for each in call.keywords
            if isinstance(each.value, ast.Constant) and each.value.value is False
        }
        for call in calls()
    ]
    assert len(off) >= 3
    assert all(named >= {"unfurl_links", "unfurl_media"} for named in off)


def test_links_and_mentions_are_written_in_one_place() -> None:
    """The text "<http", "<{address}" or "<@{person}" is put together by `bot.views.text` alone."""
    wrote = [
        str(path.relative_to(ROOT))
        for top in ("bot", "handlers")
        for path in (ROOT / top).rglob("*.py")
        if "console" not in path.parts  # that is Slack's side
        and re.search(r'f"[^"\n]*<([@#!]+\{|(\{[^}]*\}|https?:)[^"\n]*\|)', path.read_text())
    ]
    assert wrote == ["bot/views/text.py"]
