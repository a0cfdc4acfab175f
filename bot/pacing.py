"""How soon Slack takes the next call, known beforehand: one post a second a channel, and what its 429s asked.

A call that would come too early is answered here as Slack would answer it, with 429 and Retry-After, and so
waits in the queue like any other. It holds per process; what Slack itself refuses on top is waited out too.
"""

import re
import time
from collections.abc import Callable
from http import HTTPStatus
from threading import Lock
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryState
from slack_sdk.web import SlackResponse

from bot.metrics import Metrics

POST_SECONDS = 1.0  # between two posts in one channel: https://docs.slack.dev/apis/web-api/rate-limits
PATIENCE_SECONDS = 2  # of a listener for one call: what opens a modal is good for three
POST = "chat.postMessage"
POSTING = frozenset({POST, "files.completeUploadExternal"})  # what must not happen twice
UNSURE_SECONDS = 5.0  # until it is looked again whether this process may post
_LIMITED = "ratelimited"
_SLUG = re.compile(r"[a-z_]{1,60}")  # what Slack's own errors look like
_FORGET_BEYOND = 10_000  # channels and methods whose time has come are dropped then


class Pacing:
    """When each channel takes its next post, and each method of a workspace its next call. Thread-safe."""

    def __init__(
        self,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        post_seconds: float | None = None,
        metrics: Metrics | None = None,
        may_post: Callable[[], bool] = lambda: True,
    ) -> None:
        """`monotonic` gives seconds; `post_seconds` lie between two posts in one channel.

        While `may_post` says no, nothing is posted: another process may be about to post the same.
        """
        self.metrics = metrics or Metrics()
        self._monotonic = monotonic
        self._may_post = may_post
        self._post_seconds = POST_SECONDS if post_seconds is None else post_seconds
        self._lock = Lock()
        self._free_at: dict[tuple[str, ...], float] = {}
        self._last_in_line: dict[tuple[str, ...], float] = {}

    def wait_for(self, team_id: str, method: str, channel_id: str) -> float:
        """Seconds to wait before a call; 0 lets it through and counts it.

        Those who have to wait are told times one after the other, so that they don't come back all at once.
        """
        with self._lock:
            now = self._monotonic()
            held = self._free_at.get((team_id, method), 0.0) - now
            if held > 0:
                return held
            if method in POSTING and not self._may_post():
                return UNSURE_SECONDS
            if method != POST or not channel_id:
                return 0.0
            place = (team_id, method, channel_id)
            free_at = self._free_at.get(place, 0.0)
            if free_at <= now:
                self._forget_past(now)
                self._free_at[place] = now + self._post_seconds
                return 0.0
            turn = max(free_at, self._last_in_line.get(place, 0.0) + self._post_seconds)
            self._last_in_line[place] = turn
            return turn - now

    def hold(self, team_id: str, method: str, seconds: float) -> None:
        """Slack wants no more of a method from a workspace for so long."""
        with self._lock:
            free_at = self._monotonic() + seconds
            self._free_at[team_id, method] = max(free_at, self._free_at.get((team_id, method), 0.0))

    def _forget_past(self, now: float) -> None:
        for times in (self._free_at, self._last_in_line):
            if len(times) > _FORGET_BEYOND:
                for key in [key for key, moment in times.items() if moment < now]:
                    del times[key]


class PacedClient(WebClient):
    """A Web API client of one workspace that keeps Slack's pace, and tries once."""

    def __init__(self, *, token: str, team_id: str, base_url: str, timeout: int, pacing: Pacing) -> None:
        """Speak for `team_id`; `pacing` is shared by all clients of a process."""
        # The SDK's own retries repeat a call whose answer was lost, and would post twice.
        super().__init__(token=token, base_url=base_url, timeout=timeout, retry_handlers=[])
        self._team, self._pacing = team_id, pacing

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Call a method; raises SlackApiError, with status 429 when it is too early."""
        sent = arguments.get("json") or arguments.get("params") or arguments.get("data") or {}
        channel_id = str(sent.get("channel") or "") if isinstance(sent, dict) else ""
        if wait := self._pacing.wait_for(self._team, api_method, channel_id):
            raise self._too_early(wait)
        began, failed = time.perf_counter(), None
        try:
            return super().api_call(api_method, **arguments)
        except SlackApiError as error:
            failed = _error_code(error)
            if error.response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
                failed = _LIMITED
                self._pacing.hold(self._team, api_method, retry_after(error) or POST_SECONDS)
            raise
        except Exception as error:
            failed = type(error).__name__
            raise
        finally:
            took = time.perf_counter() - began
            self._pacing.metrics.call(api_method, took, error=failed, limited=failed == _LIMITED)

    def _too_early(self, seconds: float) -> SlackApiError:
        answer = SlackResponse(
            client=self,
            http_verb="POST",
            api_url="",
            req_args={},
            data={"ok": False, "error": "ratelimited"},
            headers={"Retry-After": f"{seconds:.3f}"},
            status_code=HTTPStatus.TOO_MANY_REQUESTS,
        )
        return SlackApiError("too early", answer)  # type: ignore[no-untyped-call]


def _error_code(error: SlackApiError) -> str:
    """Slack's own word for what went wrong; a proxy's page has none."""
    answer = error.response
    code = str(answer.get("error") or "") if hasattr(answer, "get") else ""
    return code if _SLUG.fullmatch(code) else "other"


def retry_after(error: SlackApiError) -> float | None:
    """The seconds that Slack asks us to wait."""
    named = {name.lower(): value for name, value in error.response.headers.items()}
    try:
        return max(0.0, float(named["retry-after"]))
    except (KeyError, ValueError):
        return None


class ShortPatience(RateLimitErrorRetryHandler):
    """Waits once for Slack where a person waits too, and only if that is a matter of seconds."""

    def _can_retry(
        self,
        *,
        state: RetryState,  # noqa: ARG002  # the SDK's signature
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        if response is None or response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
            return False
        named = {name.lower(): values for name, values in response.headers.items()}
        asked = named.get("retry-after") or ["1"]
        return asked[0].isdecimal() and int(asked[0]) <= PATIENCE_SECONDS
