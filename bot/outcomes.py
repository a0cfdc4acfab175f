"""What becomes of each refusal of Slack's: what is done, what operator and person read, what mends it.

Troubles that pass by themselves (429, 5xx, no connection) are no refusals: they are tried again, and a post
whose answer was lost is looked for first (see `bot.slack`). Every code that does not stand here is `DROP`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.locale import N_

# How long a job waits at most for a token or a permission, `bot.jobs.MOST_PAUSES` times: about eight days.
HOLD_SECONDS = 3600.0


class Act(StrEnum):
    """What is done about a refusal."""

    HOLD = "hold"  # the workspace takes nothing for now: the job waits, and nothing is lost
    PAUSE = "pause"  # the channel takes nothing for now: replies are dropped, its digest waits for a way back
    SHORTEN = "shorten"  # it is said again in fewer words
    DROP = "drop"  # it will never be said


@dataclass(frozen=True, slots=True)
class Outcome:
    """`operator` stands in the log, `person` is said in Slack (None where nobody is reached)."""

    act: Act
    operator: str
    person: str | None = None


_TOKEN = Outcome(
    Act.HOLD,
    "Slack refuses the token of this workspace. Install Seams again (at /slack/install, or with a new "
    "SLACK_BOT_TOKEN): what waits is said then.",
)
_POLICY = Outcome(
    Act.HOLD,
    "The organisation's rules keep Seams out for now. Ask its administrators; what waits is said once "
    "they let it in.",
)
_SCOPE = Outcome(
    Act.HOLD,
    "Seams lacks a permission. Install it again (at /slack/install, or Reinstall on the app's page) to grant "
    "it; what waits is said then.",
    N_("I lack a permission of Slack's for that. Ask whoever runs me to install me again, which grants it."),
)
_OUTSIDE = Outcome(
    Act.PAUSE,
    "Seams is not in the channel. It goes on by itself once it is invited again.",
    N_("I am no longer in that channel. Type /invite @Seams there, and it goes on by itself."),
)
_ARCHIVED = Outcome(
    Act.PAUSE,
    "The channel is archived. It goes on by itself once it is not any more.",
    N_("That channel is archived. It goes on by itself once the channel is brought back."),
)
_RULES = Outcome(
    Act.PAUSE,
    "The channel's rules keep Seams from posting. It goes on by itself once they allow it.",
    N_("The rules of that channel don't let me post. It goes on by itself once an administrator allows it."),
)
_TOO_LONG = Outcome(Act.SHORTEN, "Slack found the message too long; it is said in fewer words.")
UNKNOWN = Outcome(Act.DROP, "Slack will not take this however often it is tried.")

OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        **dict.fromkeys(
            ("account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"), _TOKEN
        ),
        **dict.fromkeys(
            ("access_denied", "ekm_access_denied", "org_login_required", "team_access_not_granted"), _POLICY
        ),
        **dict.fromkeys(("missing_scope", "not_allowed_token_type"), _SCOPE),
        **dict.fromkeys(("channel_not_found", "not_in_channel"), _OUTSIDE),
        "is_archived": _ARCHIVED,
        **dict.fromkeys(
            (
                "restricted_action",
                "restricted_action_non_threadable_channel",
                "restricted_action_read_only_channel",
                "restricted_action_thread_only_channel",
            ),
            _RULES,
        ),
        **dict.fromkeys(("msg_too_long", "msg_blocks_too_long"), _TOO_LONG),
    }
)


def outcome(code: str) -> Outcome:
    """What becomes of a refusal."""
    return OUTCOMES.get(code, UNKNOWN)
