"""What Seams asks of Slack: manifest.json, in the variants that an installation can choose."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from bot.errors import SettingsError

PATH = Path(__file__).parent.parent / "manifest.json"
PRIVATE_SCOPES = ("groups:history", "groups:read")
PRIVATE_EVENTS = ("message.groups",)
ORGANISATION_EVENTS = ("team_access_revoked",)
EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"


def read_manifest() -> dict[str, Any]:
    """The manifest of one workspace in Socket Mode; raises SettingsError when the file is missing."""
    try:
        manifest: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{PATH} is missing: run Seams from its checkout.", code="manifest") from error
    return manifest


def build_manifest(
    *, url: str = "", many: bool = False, private: bool = False, organisation: bool = False
) -> dict[str, Any]:
    """The manifest for what is wanted.

    `url` ("https://seams.example.com") is where Slack reaches Seams over HTTP, else it is Socket Mode; with
    `many` workspaces install it there by themselves, and tokens expire and are renewed; `private` reads
    private channels too; `organisation` lets an Enterprise organisation install it for all its workspaces.
    Raises SettingsError for an address that Slack would refuse.
    """
    manifest = deepcopy(read_manifest())
    settings, scopes = manifest["settings"], manifest["oauth_config"]["scopes"]
    events = settings["event_subscriptions"]
    if private:
        scopes["bot"] = sorted({*scopes["bot"], *PRIVATE_SCOPES})
        events["bot_events"] = sorted({*events["bot_events"], *PRIVATE_EVENTS})
    if organisation:
        settings["org_deploy_enabled"] = True
        events["bot_events"] = sorted({*events["bot_events"], *ORGANISATION_EVENTS})
    if url:
        base = _checked(url)
        settings["socket_mode_enabled"], settings["token_rotation_enabled"] = False, many
        events["request_url"] = settings["interactivity"]["request_url"] = base + EVENTS_PATH
        for command in manifest["features"]["slash_commands"]:
            command["url"] = base + EVENTS_PATH
        if many:
            manifest["oauth_config"]["redirect_urls"] = [base + REDIRECT_PATH]
    elif many:
        raise SettingsError("Many workspaces need --url, where Slack reaches Seams.", code="url")
    return manifest


def bot_scopes(*, private: bool) -> tuple[str, ...]:
    """The scopes that an installation asks for."""
    return tuple(build_manifest(private=private)["oauth_config"]["scopes"]["bot"])


def _checked(url: str) -> str:
    base = url.rstrip("/")
    if not base.startswith("https://") or base.count("/") != 2:
        raise SettingsError(
            "--url is where Slack reaches Seams: https:// and a host, nothing behind it.", code="url"
        )
    return base
