"""manifest.json asks Slack for what the program listens to and calls: all of it, and nothing more."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.console.web_api import SCOPES
from bot.manifest import ORGANISATION_EVENTS
from bot.queries import Command
from bot.views.actions import Action, Callback

ROOT = Path(__file__).parent.parent
MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text())
FEATURES, SETTINGS = MANIFEST["features"], MANIFEST["settings"]
ASKED = frozenset(MANIFEST["oauth_config"]["scopes"]["bot"])

# An event, as the listener names it, the kinds of channels it comes from, and what reading there takes.
MESSAGE_EVENTS = {
    "app_mention": "app_mentions:read",
    "member_joined_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}
# Each of these is asked of public channels; the same for private ones is an option that the README tells of.
PUBLIC = re.compile(r"channels:|chat:|reactions:|files:|users:|im:write|commands")


def sources() -> Iterator[str]:
    """The program's own code, without the stand-in workspace."""
    for folder in ("bot", "handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            if "console" not in path.parts:
                yield path.read_text()


def found(pattern: str) -> frozenset[str]:
    """What a pattern's group catches in the code."""
    return frozenset(name for source in sources() for name in re.findall(pattern, source))


def methods() -> frozenset[str]:
    """The Web API methods that the code calls, as Slack writes them."""
    called = found(r"\bclient\.([a-z]+_[a-zA-Z]+)\(")
    return frozenset(name.replace("_", ".", 1) for name in called)


def scopes_used() -> frozenset[str]:
    """The scopes that the called methods, the events and the commands take."""
    by_methods = {scope for method in methods() for scope in SCOPES.get(method, ()) if PUBLIC.match(scope)}
    events = SETTINGS["event_subscriptions"]["bot_events"]
    by_events = {MESSAGE_EVENTS[event] for event in events if event in MESSAGE_EVENTS}
    return frozenset(by_methods | by_events | {"commands"})


def test_the_commands_are_those_that_are_answered() -> None:
    assert {command["command"] for command in FEATURES["slash_commands"]} == {*map(str, Command)}


def test_the_shortcuts_are_those_that_are_listened_to() -> None:
    constants = found(r'^CALLBACK_ID = "(\w+)"') | found(r'\nCALLBACK_ID = "(\w+)"')
    assert {shortcut["callback_id"] for shortcut in FEATURES["shortcuts"]} == constants


def test_the_events_are_those_that_are_listened_to() -> None:
    subscribed = {event.split(".")[0] for event in SETTINGS["event_subscriptions"]["bot_events"]}
    assert subscribed | {*ORGANISATION_EVENTS} == found(r'app\.event\(\s*"(\w+)"')


def test_every_button_is_listened_to() -> None:
    assert found(r"app\.action\(pattern\(Action\.(\w+)\)") == {action.name for action in Action}


def test_every_modal_is_listened_to() -> None:
    assert found(r"app\.view\(Callback\.(\w+)\)") == {callback.name for callback in Callback}


def test_buttons_are_let_in_when_there_are_any() -> None:
    assert SETTINGS["interactivity"]["is_enabled"]


@pytest.mark.parametrize("method", sorted(methods()))
def test_every_method_that_is_called_has_its_scope(method: str) -> None:
    needed = SCOPES.get(method, ())
    assert not needed or ASKED & frozenset(needed)


@pytest.mark.parametrize("scope", sorted(ASKED))
def test_every_scope_is_used(scope: str) -> None:
    assert scope in scopes_used()


def test_the_scan_of_the_code_finds_what_posts() -> None:
    """The tests above would pass on an empty list."""
    assert {"chat.postMessage", "views.open", "reactions.add"} <= methods()
