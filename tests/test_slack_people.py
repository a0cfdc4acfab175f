"""Who a person is, by what Slack says of them."""

import socket
from collections.abc import Mapping
from unittest.mock import create_autospec

import pytest
from slack_sdk import WebClient

from bot.slack import open_client
from bot.slack_people import SlackPerson, find_person


def told(user: Mapping[str, object] | None) -> SlackPerson | None:
    client = create_autospec(WebClient, instance=True)
    client.users_info.return_value = {"user": user}
    return find_person(client, "U1", team_id="T1")


@pytest.mark.parametrize(
    ("user", "full_member"),
    [
        ({"team_id": "T1"}, True),
        ({"team_id": "T1", "is_restricted": True}, False),
        ({"team_id": "T1", "is_ultra_restricted": True}, False),
        ({"team_id": "T1", "is_stranger": True}, False),
        ({"team_id": "T1", "deleted": True}, False),
        ({"team_id": "T2"}, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T2", "T3"]}}, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, True),
        ({}, False),
    ],
)
def test_guests_and_people_of_other_workspaces_are_not_the_workspaces_own(
    user: dict[str, object], full_member: bool
) -> None:
    assert told(user) == SlackPerson(None, None, full_member)


def test_the_language_and_the_time_zone_come_along() -> None:
    assert told({"team_id": "T1", "locale": "es-ES", "tz": "UTC"}) == SlackPerson("es-ES", "UTC", True)


def test_when_slack_does_not_say_nobody_is_known() -> None:
    client = create_autospec(WebClient, instance=True)
    client.users_info.side_effect = OSError
    assert find_person(client, "U1", team_id="T1") is None
    assert told(None) is None


def test_nobody_waits_long_for_what_slack_says_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack_people.SOON_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = open_client("xoxb-1", api_url=f"http://127.0.0.1:{silent.getsockname()[1]}/api/")
        assert find_person(client, "U012AB3CD", team_id="T1") is None
