"""Whose a request is."""

from typing import Any
from unittest.mock import Mock

import pytest
from slack_bolt import BoltContext

from bot.app import name_workspace
from bot.errors import StorageError
from bot.services.job_types import unless_gone


@pytest.mark.parametrize(
    ("named", "body", "workspace"),
    [
        ("T1", {"user": {"id": "U1", "team_id": "T2"}}, "T1"),
        ("E1", {"user": {"id": "U1", "team_id": "T2"}}, "T2"),
        (None, {"user": {"id": "U1", "team_id": "T2"}}, "T2"),
        (None, {"user": "U1"}, None),
    ],
)
def test_a_request_belongs_to_the_workspace_it_was_made_in(
    named: str | None, body: dict[str, Any], workspace: str | None
) -> None:
    context = BoltContext({"team_id": named})
    went_on = Mock()
    name_workspace(body, context, went_on)
    assert context.team_id == workspace
    went_on.assert_called_once_with()


def test_work_for_a_workspace_that_left_ends_in_quiet() -> None:
    unless_gone(Mock(side_effect=StorageError("gone", code="unknown_team")))(("T1",), 3)


def test_any_other_trouble_with_the_database_is_tried_again() -> None:
    with pytest.raises(StorageError):
        unless_gone(Mock(side_effect=StorageError("damaged")))(("T1",), 3)
