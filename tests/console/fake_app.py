"""A tiny app in the place of Seams: bookmarks links, answers commands, posts a digest when it ticks."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.console.demo import Surroundings
from bot.console.loopback import Answer, Loopback, Request
from bot.console.tour import PASTE_BUTTON
from bot.console.values import Json

LINK = re.compile(r"<(https?://[^>]+)>")
NOTHING = Answer(200, "text/plain", b"")


class FakeApp:
    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.client = WebClient(token=surroundings.bot_token, base_url=surroundings.slack_api_url)
        self.url = ""
        self.channel = ""
        self.ticks = 0
        self.submitted: list[Json] = []

    def settle(self, timeout: float) -> bool:
        return True

    def tick(self) -> None:
        self.ticks += 1
        self.client.chat_postMessage(channel=self.channel, text=f"Digest number {self.ticks}")

    def __call__(self, request: Request) -> Answer:
        if request.headers["content-type"] == "application/json":
            self._hear(json.loads(request.body)["event"])
            return NOTHING
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        if "command" in form:
            text = f"You asked {form['command']} {form.get('text', '')}"
            WebhookClient(form["response_url"]).send(text=text)
        else:
            self._interact(json.loads(form["payload"]))
        return NOTHING

    def _hear(self, event: Json) -> None:
        self.channel = event["channel"]
        if event["type"] == "app_home_opened":
            home = [{"type": "section", "text": {"type": "mrkdwn", "text": "All that is kept"}}]
            self.client.views_publish(user_id=event["user"], view={"type": "home", "blocks": home})
        if event["type"] == "app_mention":
            self.client.chat_postMessage(
                channel=self.channel, thread_ts=event["ts"], text=f"You said {event['text'].split('> ')[1]}"
            )
        if event["type"] != "message" or event.get("bot_id") or event.get("subtype"):
            return
        for link in LINK.findall(event["text"]):
            read: Json = {"type": "section", "text": {"type": "mrkdwn", "text": f"I read {link}"}}
            button = {
                "type": "button",
                "action_id": "p",
                "text": {"type": "plain_text", "text": PASTE_BUTTON},
            }
            blocks = [read, {"type": "actions", "elements": [button]}]
            self.client.chat_postMessage(
                channel=self.channel, thread_ts=event["ts"], text=f"I read {link}", blocks=blocks
            )
        if "http" in event["text"]:
            self.client.reactions_add(channel=self.channel, timestamp=event["ts"], name="bookmark")

    def _interact(self, payload: Json) -> None:
        if payload["type"] == "view_submission":
            self.submitted.append(payload["view"]["state"]["values"])
            return
        element = {"type": "plain_text_input", "action_id": "value", "multiline": True}
        field = {"type": "input", "block_id": "text", "label": {"type": "plain_text", "text": "Text"}}
        view = {
            "type": "modal",
            "title": {"type": "plain_text", "text": "Paste"},
            "submit": {"type": "plain_text", "text": "Read it"},
            "blocks": [field | {"element": element}],
        }
        self.client.views_open(trigger_id=payload["trigger_id"], view=view)


class Starter:
    """Starts the fake app and keeps it for the test to look at."""

    def __init__(self) -> None:
        self.app: FakeApp | None = None
        self.folder_was_there = False

    @contextmanager
    def __call__(self, surroundings: Surroundings) -> Iterator[FakeApp]:
        self.folder_was_there = surroundings.data_dir.is_dir()
        self.app = FakeApp(surroundings)
        with Loopback(self.app) as listening:
            self.app.url = listening.url
            yield self.app
