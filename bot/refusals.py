"""What a person reads when Slack refuses what they asked for, as far as they can do something about it."""

from http import HTTPStatus

from slack_sdk.errors import SlackApiError

from bot.locale import _
from bot.outcomes import outcome
from bot.pacing import retry_after


def words_of(error: Exception) -> str | None:
    """What happened and what to do next; None for what is no refusal of Slack's, or nobody can mend."""
    if not isinstance(error, SlackApiError):
        return None
    answer = error.response
    code = str(answer.get("error") or "")
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        seconds = round(retry_after(error) or 1)
        return _("Slack takes no more from me for the moment. Try again in {seconds} seconds.").format(
            seconds=max(1, seconds)
        )
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("Slack does not answer at the moment. Try again in a minute.")
    if code == "missing_scope":
        return missing_scope_words(str(answer.get("needed") or ""))
    said = outcome(code).person
    return _(said) if said else None


def missing_scope_words(scope: str) -> str:
    """That a permission is missing, which one, and how it is granted."""
    return _(
        "I lack Slack's permission {scope} for that. Ask whoever runs me to install me again, "
        "which grants it."
    ).format(scope=scope)
