from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.keys import new_key
from bot.settings import Settings

NAMES = (
    "DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "PORT",
    "SEAMS_FETCH_ALLOW", "SEAMS_LOG_LEVEL", "SEAMS_DATA_DIR", "SEAMS_HOST", "SEAMS_READERS", "DYNO",
    "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SEAMS_ENCRYPTION_KEY", "SEAMS_PRIVATE_CHANNELS",
    "SEAMS_SHARED_CHANNELS",
)  # fmt: skip


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_is_needed_to_read_settings() -> None:
    assert Settings.load().database == "sqlite:///seams-data/seams.db"


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")
    monkeypatch.setenv("SEAMS_LOG_LEVEL", "loud")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert "PORT" in caught.value.message
    assert "SEAMS_LOG_LEVEL" in caught.value.message


def test_all_missing_tokens_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.load().require_slack()
    assert "SLACK_BOT_TOKEN" in caught.value.message
    assert "SLACK_SIGNING_SECRET" in caught.value.message
    assert "make demo" in caught.value.message


@pytest.mark.parametrize("transport", ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
def test_a_bot_token_and_one_transport_suffice(monkeypatch: pytest.MonkeyPatch, transport: str) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv(transport, "secret")
    Settings.load().require_slack()


def test_an_app_token_means_socket_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
    assert Settings.load().socket_mode


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "")
    assert not Settings.load().socket_mode


def test_the_env_file_is_read() -> None:
    Path(".env").write_text("SLACK_BOT_TOKEN=xoxb-from-file\nPORT=4000\n")
    settings = Settings.load()
    assert settings.bot_token is not None
    assert settings.port == 4000


def test_the_environment_wins_over_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("PORT=4000\n")
    monkeypatch.setenv("PORT", "5000")
    assert Settings.load().port == 5000


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "very-secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://seams:very-secret@db/seams")
    monkeypatch.setenv("SEAMS_LLM_URL", "https://me:very-secret@models.example/v1")
    settings = Settings.load()
    assert "very-secret" not in f"{settings!r}{settings}"


def test_the_api_address_gets_its_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api")
    assert Settings.load().slack_api_url == "http://127.0.0.1:9/api/"


def test_allowed_hosts_are_trimmed_and_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEAMS_FETCH_ALLOW", " News.Example:8080 ,,127.0.0.1:99 ")
    assert Settings.load().fetch_allow_hosts == {"news.example:8080", "127.0.0.1:99"}


def test_a_database_address_wins_over_the_data_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/seams")
    assert Settings.load().database == "postgresql://db/seams"


def many(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Settings:
    """What many workspaces need, and what else is said."""
    needed = {
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "a client secret",
        "SLACK_SIGNING_SECRET": "a signing secret",
        "SEAMS_ENCRYPTION_KEY": new_key(),
    }
    for name, value in (needed | settings).items():
        monkeypatch.setenv(name, value)
    return Settings.load()


def test_a_client_id_means_many_workspaces(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = many(monkeypatch)
    settings.require_slack()
    assert settings.many_workspaces


def test_tokens_are_not_kept_without_a_key_and_it_is_said_how_to_make_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SettingsError, match=r"SEAMS_ENCRYPTION_KEY.*\.venv/bin/seams key"):
        many(monkeypatch, SEAMS_ENCRYPTION_KEY="").require_slack()


def test_a_broken_key_is_said_to_be_one_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as refusal:
        many(monkeypatch, SEAMS_ENCRYPTION_KEY=f"{new_key()},hunter2").require_slack()
    assert "hunter2" not in refusal.value.message


def test_one_workspace_and_many_at_once_contradict_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN and SLACK_APP_TOKEN for one workspace, or"):
        many(monkeypatch, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1").require_slack()


def test_the_secrets_of_many_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "a client secret" not in repr(many(monkeypatch))


def test_closed_channels_are_off_unless_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Settings.load().private_channels
    assert many(monkeypatch, SEAMS_PRIVATE_CHANNELS="on").private_channels
