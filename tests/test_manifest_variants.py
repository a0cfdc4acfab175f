"""The manifests that `seams manifest` prints for what an installation chooses."""

import json

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import SettingsError
from bot.manifest import bot_scopes, build_manifest, read_manifest
from bot.views.install_page import REASONS

URL = "https://seams.example.com"


def printed(*options: str) -> dict[str, dict[str, object]]:
    result = CliRunner().invoke(app, ["manifest", *options])
    assert result.exit_code == 0
    answer: dict[str, dict[str, object]] = json.loads(result.stdout)
    return answer


def test_without_options_it_is_the_file() -> None:
    assert printed() == printed("--socket") == read_manifest()


def test_over_http_every_address_is_the_hosts() -> None:
    manifest = build_manifest(url=URL + "/")
    assert not manifest["settings"]["socket_mode_enabled"]
    addresses = {command["url"] for command in manifest["features"]["slash_commands"]}
    addresses.add(manifest["settings"]["event_subscriptions"]["request_url"])
    addresses.add(manifest["settings"]["interactivity"]["request_url"])
    assert addresses == {f"{URL}/slack/events"}


def test_many_workspaces_come_back_to_the_host_and_get_tokens_that_expire() -> None:
    manifest = build_manifest(url=URL, many=True)
    assert manifest["settings"]["token_rotation_enabled"]
    assert manifest["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]


def test_a_token_that_is_copied_by_hand_never_expires() -> None:
    """Rotation can't be switched off again, and nobody would renew it."""
    assert not build_manifest(url=URL)["settings"]["token_rotation_enabled"]


def test_many_workspaces_need_an_address() -> None:
    with pytest.raises(SettingsError, match="--url"):
        build_manifest(many=True)


@pytest.mark.parametrize("url", ["http://seams.example.com", "seams.example.com", f"{URL}/slack"])
def test_an_address_that_slack_would_refuse_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="https://"):
        build_manifest(url=url)


def test_private_channels_are_asked_for_only_when_wanted() -> None:
    without, with_private = set(bot_scopes(private=False)), set(bot_scopes(private=True))
    assert with_private - without == {"groups:history", "groups:read"}
    assert "message.groups" in build_manifest(private=True)["settings"]["event_subscriptions"]["bot_events"]


def test_an_organisation_may_install_it_when_wanted() -> None:
    assert build_manifest(organisation=True)["settings"]["org_deploy_enabled"]
    assert not build_manifest()["settings"]["org_deploy_enabled"]


@pytest.mark.parametrize("scope", bot_scopes(private=True))
def test_the_landing_page_says_why_each_scope_is_asked_for(scope: str) -> None:
    assert scope in REASONS
