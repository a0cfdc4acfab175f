"""Tokens that expire are renewed in time, on every path, and never lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.oauth.token_rotation import TokenRotator
from sqlalchemy import text

from bot.connecting import open_store
from bot.errors import SettingsError, SlackGone, StorageError
from bot.jobs import RetryLater
from bot.services import digests
from bot.settings import Settings
from bot.shell.database import examine
from bot.slack import identify
from bot.tokens import Tokens
from storage.backup import backup
from storage.installing import InstallationStore
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import words
from tests.workspaces.conftest import CLIENT_ID, CLIENT_SECRET, NEW_KEY, OLD_KEY, House

HOUR = 3600


def store_of(house: House, keys: str = NEW_KEY) -> InstallationStore:
    settings = house.seams.services.settings.model_copy(update={"encryption_key": SecretStr(keys)})
    return open_store(settings, house.seams.services.engine)


def tokens_of(house: House) -> Tokens:
    """The tokens as a process of its own has them."""
    client = WebClient(base_url=house.server.api_url)
    return Tokens(
        store_of(house), TokenRotator(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, client=client)
    )


def refreshes(house: House) -> int:
    calls = house.server.calls("oauth.v2.access")
    return sum(call.args.get("grant_type") == "refresh_token" for call in calls)


@pytest.fixture
def expiring(house: House) -> House:
    """A workspace whose token lives an hour yet; those that replace it live for twelve."""
    house.desk.lifetime = HOUR
    house.install(house.one)
    house.desk.lifetime = 12 * HOUR
    return house


def test_a_token_that_lives_long_enough_is_left_alone(house: House) -> None:
    house.install(house.one)
    before = refreshes(house)
    house.one.ask("/articles")
    assert refreshes(house) == before


def test_a_request_renews_the_token_once(expiring: House) -> None:
    old, before = expiring.one.workspace.bot_token, refreshes(expiring)
    for _ in range(3):
        expiring.one.ask("/articles")
    assert refreshes(expiring) == before + 1
    assert expiring.one.workspace.bot_token != old


def test_the_worker_and_the_clock_get_a_fresh_token_too(expiring: House) -> None:
    old = expiring.one.workspace.bot_token
    assert identify(expiring.seams.services.slack("T0ONE")).team_id == "T0ONE"
    assert expiring.one.workspace.bot_token != old
    expiring.one.workspace.older_tokens.clear()  # now the old one has expired
    ts = expiring.one.share(expiring.one.publish(PURCHASE))
    assert "Tessel" in words(expiring.one.replies(ts)[0])


def test_a_digest_renews_a_token_that_is_about_to_expire(house: House) -> None:
    house.desk.lifetime = HOUR
    house.install(house.one)
    house.one.share(house.one.publish(PURCHASE))
    house.one.ask("/digest", "on")
    old, house.desk.lifetime = house.one.workspace.bot_token, 12 * HOUR
    house.clock.advance(timedelta(weeks=1))
    digests.enqueue_due(house.seams.services)
    house.one.settle()
    assert "Tessel" in words(house.one.said()[-1])
    assert house.one.workspace.bot_token != old


def test_processes_that_renew_at_once_all_get_a_token_that_works(expiring: House) -> None:
    processes = [tokens_of(expiring) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        bots = list(pool.map(lambda tokens: tokens.bot_of("T0ONE", enterprise_id=None), processes))
    workspace = expiring.one.workspace
    good = {workspace.bot_token, *workspace.older_tokens}
    assert all(bot is not None and bot.bot_token in good for bot in bots)
    kept = store_of(expiring).find_bot_of_team("T0ONE", enterprise_id=None)
    assert kept is not None
    assert kept.bot_token == workspace.bot_token


def test_while_slack_renews_nothing_the_present_token_serves(expiring: House) -> None:
    expiring.server.faults.fail_next("oauth.v2.access", status=503)
    assert expiring.seams.services.slack("T0ONE").token == expiring.one.workspace.bot_token


def test_a_token_that_expired_while_slack_was_away_is_waited_for(house: House) -> None:
    house.desk.lifetime = 0
    house.install(house.one)
    house.server.faults.fail_next("oauth.v2.access", status=503)
    time.sleep(1.1)  # a token's last second is not over at once
    with pytest.raises(RetryLater):
        house.seams.services.slack("T0ONE")
    assert house.seams.services.slack("T0ONE").token == house.one.workspace.bot_token


def test_a_workspace_that_is_not_installed_has_no_client(house: House) -> None:
    with pytest.raises(SlackGone) as gone:
        house.seams.services.slack("T0TWO")
    assert gone.value.code == "not_installed"


def test_tokens_are_opened_by_any_key_and_sealed_again_with_the_first(house: House) -> None:
    house.install(house.one)
    store = store_of(house, f"{OLD_KEY},{NEW_KEY}")
    assert store.seal_again() == 1
    bot = store_of(house, OLD_KEY).find_bot_of_team("T0ONE", enterprise_id=None)
    assert bot is not None
    assert bot.bot_token == house.one.workspace.bot_token
    with pytest.raises(StorageError, match="No key"):
        store_of(house, NEW_KEY).find_bot_of_team("T0ONE", enterprise_id=None)


def test_no_column_holds_a_token_as_it_is(house: House) -> None:
    house.install(house.one)
    with house.seams.services.engine.connect() as connection:
        rows = [
            *connection.execute(text("SELECT * FROM slack_bots")),
            *connection.execute(text("SELECT * FROM slack_installations")),
        ]
    assert len(rows) == 2
    assert "xox" not in str(rows)


def test_a_backup_holds_no_token_as_it_is_and_no_key(house: House, tmp_path: Path) -> None:
    house.install(house.one)
    backup(house.seams.services.engine, tmp_path / "copy")
    copy = (tmp_path / "copy").read_bytes()
    assert b"T0ONE" in copy
    assert [
        each for each in ("xoxb-", "xoxe-", NEW_KEY, OLD_KEY, CLIENT_SECRET) if each.encode() in copy
    ] == []


def test_a_key_that_is_none_is_refused_without_being_repeated(house: House) -> None:
    with pytest.raises(SettingsError) as refusal:
        store_of(house, "not-a-key")
    assert "not-a-key" not in refusal.value.message
    assert "seams key" in refusal.value.message


def test_the_doctor_names_what_a_workspace_has_not_granted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.install(house.one)
    house.install(house.two)
    house.two.workspace.scopes = frozenset({"chat:write", "commands"})
    settings = house.seams.services.settings
    monkeypatch.setattr(Settings, "load", lambda: settings)
    [slack] = [finding for finding in examine() if finding.name == "Slack"]
    assert not slack.well
    assert "T0ONE" not in slack.said
    assert "T0TWO (not granted: " in slack.said
    assert "channels:history" in slack.said
