"""What becomes of each refusal of Slack's."""

import pytest

from bot.outcomes import OUTCOMES, Act, outcome
from bot.views.pauses import render_pause

# What Slack's page of chat.postMessage, and its guides, say a post may end in for good.
REFUSALS = {
    "token_revoked": Act.HOLD,
    "account_inactive": Act.HOLD,
    "invalid_auth": Act.HOLD,
    "missing_scope": Act.HOLD,
    "is_archived": Act.PAUSE,
    "not_in_channel": Act.PAUSE,
    "channel_not_found": Act.PAUSE,
    "restricted_action": Act.PAUSE,
    "msg_too_long": Act.SHORTEN,
    "message_not_found": Act.DROP,
}


@pytest.mark.parametrize(("code", "act"), REFUSALS.items(), ids=REFUSALS.keys())
def test_each_refusal_has_its_own_outcome(code: str, act: Act) -> None:
    assert outcome(code).act is act


@pytest.mark.parametrize("code", sorted(code for code, each in OUTCOMES.items() if each.act is Act.PAUSE))
def test_whoever_waits_for_a_channel_reads_the_way_back(code: str) -> None:
    said = render_pause("C012AB3CD", code)
    assert "<#C012AB3CD>" in said.text
    assert "goes on by itself" in said.text


@pytest.mark.parametrize("code", sorted(OUTCOMES))
def test_the_operator_reads_what_to_do(code: str) -> None:
    assert OUTCOMES[code].operator
