"""Who is one of the workspace's own, by what Slack says of them."""

from unittest.mock import create_autospec

import pytest
from slack_sdk import WebClient

from bot.slack_people import is_full_member


@pytest.mark.parametrize(
    ("user", "own"),
    [
        ({"team_id": "T1"}, True),
        ({"team_id": "T1", "is_restricted": True}, False),
        ({"team_id": "T1", "is_ultra_restricted": True}, False),
        ({"team_id": "T1", "deleted": True}, False),
        ({"team_id": "T2"}, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, True),
        (None, False),
    ],
)
def test_guests_and_people_of_other_workspaces_are_not_the_workspaces_own(
    user: dict[str, object] | None, own: bool
) -> None:
    client = create_autospec(WebClient, instance=True)
    client.users_info.return_value = {"user": user}
    assert is_full_member(client, "U1", team_id="T1") is own


def test_when_slack_does_not_say_nobody_is() -> None:
    client = create_autospec(WebClient, instance=True)
    client.users_info.side_effect = OSError
    assert not is_full_member(client, "U1", team_id="T1")
