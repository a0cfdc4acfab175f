"""Everything that can be set, read once from the environment and `.env`, all problems reported at once."""

from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.capacity import default_readers
from bot.errors import SettingsError
from bot.keys import HOW_TO_MAKE_ONE, read_keys
from bot.logs import LogFormat
from bot.reader_mode import ReaderMode

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

README_STEPS = 'README.md, "Connect your workspace"'
README_MANY = 'README.md, "Several workspaces"'


class Settings(BaseSettings):
    """The configuration. Secrets are `SecretStr`, so they show in no log, error or repr."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True, populate_by_name=True
    )

    database_url: str | None = Field(None, validation_alias="DATABASE_URL", repr=False)  # with a password
    bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    client_id: str | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    encryption_key: SecretStr | None = Field(None, validation_alias="SEAMS_ENCRYPTION_KEY")
    private_channels: bool = Field(False, validation_alias="SEAMS_PRIVATE_CHANNELS")
    shared_channels: bool = Field(False, validation_alias="SEAMS_SHARED_CHANNELS")
    slack_api_url: str = Field("https://slack.com/api/", validation_alias="SLACK_API_URL")
    host: str = Field("0.0.0.0", validation_alias="SEAMS_HOST")  # noqa: S104 - a server is there to be reached
    port: int = Field(3000, validation_alias="PORT", ge=0, le=65535)
    fetch_allow: str = Field("", validation_alias="SEAMS_FETCH_ALLOW")
    log_level: str = Field("INFO", validation_alias="SEAMS_LOG_LEVEL")
    log_format: LogFormat = Field(LogFormat.TEXT, validation_alias="SEAMS_LOG_FORMAT")
    metrics_port: int | None = Field(None, validation_alias="SEAMS_METRICS_PORT", ge=0, le=65535)
    metrics_host: str = Field("127.0.0.1", validation_alias="SEAMS_METRICS_HOST")
    metrics_token: SecretStr | None = Field(None, validation_alias="SEAMS_METRICS_TOKEN", min_length=16)
    data_dir: Path = Field(Path("seams-data"), validation_alias="SEAMS_DATA_DIR")
    process_name: str = Field("seams", validation_alias="DYNO")  # for people who read logs
    keep_articles_days: int = Field(0, validation_alias="SEAMS_KEEP_ARTICLES_DAYS", ge=0)  # 0: for ever
    # More than the days in which an event can come again, and work for it be enqueued twice.
    keep_work_days: int = Field(30, validation_alias="SEAMS_KEEP_WORK_DAYS", ge=8)
    readers: int = Field(default_factory=default_readers, validation_alias="SEAMS_READERS", ge=1, le=64)
    preload: bool = Field(False, validation_alias="SEAMS_PRELOAD")

    # How long a workspace gets the reading of a public page that another posted; 0: each reads it anew.
    shared_hours: int = Field(6, validation_alias="SEAMS_SHARED_HOURS", ge=0, le=168)

    reader: ReaderMode = Field(ReaderMode.BUILTIN, validation_alias="SEAMS_READER")
    llm_url: str = Field("", validation_alias="SEAMS_LLM_URL", repr=False, pattern=r"^(https?://\S+)?$")
    llm_model: str = Field("", validation_alias="SEAMS_LLM_MODEL")
    llm_key: SecretStr = Field(SecretStr(""), validation_alias="SEAMS_LLM_KEY")
    llm_daily: int = Field(500, validation_alias="SEAMS_LLM_DAILY", ge=0)  # articles a day

    @model_validator(mode="after")
    def _knows_whom_to_ask(self) -> Self:
        if self.reader is not ReaderMode.BUILTIN and not (self.llm_url and self.llm_model):
            raise ValueError("SEAMS_READER=llm or compare needs SEAMS_LLM_URL and SEAMS_LLM_MODEL")
        return self

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_a_slash(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must be an http(s) address ending in /api/")
        return url if url.endswith("/") else url + "/"

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, level: str) -> str:
        if level.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
            raise ValueError("must be DEBUG, INFO, WARNING, ERROR or CRITICAL")
        return level.upper()

    @classmethod
    def load(cls, **overrides: object) -> Self:
        """Read the environment; raises SettingsError that names every wrong setting."""
        try:
            return cls(**overrides)  # type: ignore[arg-type]
        except ValidationError as error:
            lines = [_problem(problem) for problem in error.errors()]
            raise SettingsError("These settings are wrong:\n  " + "\n  ".join(lines)) from None

    @property
    def socket_mode(self) -> bool:
        """Whether events arrive over a WebSocket (an app token is set) instead of HTTP."""
        return self.app_token is not None

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        """The secrets with which Slack may sign: two, with a comma between, while one replaces the other."""
        written = self.signing_secret.get_secret_value() if self.signing_secret else ""
        return tuple(secret.strip() for secret in written.split(",") if secret.strip())

    @property
    def database(self) -> str:
        """DATABASE_URL, or the SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'seams.db'}"

    @property
    def fetch_allow_hosts(self) -> frozenset[str]:
        """The `host[:port]`s that the fetch guard lets through although private."""
        return frozenset(host.strip().lower() for host in self.fetch_allow.split(",") if host.strip())

    @property
    def many_workspaces(self) -> bool:
        """Whether workspaces install Seams by themselves (OAuth), instead of one being named by its token."""
        return self.client_id is not None or self.client_secret is not None

    def require_slack(self) -> None:
        """Raise SettingsError unless there is all that is needed to talk to Slack."""
        if self.many_workspaces:
            self._require_many()
            return
        missing = []
        if self.bot_token is None:
            missing.append("SLACK_BOT_TOKEN (starts with xoxb-)")
        if self.app_token is None and not self.signing_secrets:
            missing.append("SLACK_APP_TOKEN (xapp-, for Socket Mode) or SLACK_SIGNING_SECRET (for HTTP)")
        if missing:
            raise SettingsError(
                "Seams can't reach Slack yet. Missing in the environment or in .env:\n  "
                + "\n  ".join(missing)
                + f"\nHow to get them, step by step: {README_STEPS}.\nTo try Seams without Slack: make demo"
            )

    def _require_many(self) -> None:
        one = {"SLACK_BOT_TOKEN": self.bot_token, "SLACK_APP_TOKEN": self.app_token}
        if meant := [name for name, value in one.items() if value is not None]:
            raise SettingsError(
                f"Set {' and '.join(meant)} for one workspace, or SLACK_CLIENT_ID for many that install "
                "Seams themselves over HTTP: not both."
            )
        needed = {
            "SLACK_CLIENT_ID": self.client_id,
            "SLACK_CLIENT_SECRET": self.client_secret,
            "SLACK_SIGNING_SECRET": self.signing_secrets or None,
            f"SEAMS_ENCRYPTION_KEY, which seals the tokens of the workspaces. {HOW_TO_MAKE_ONE}": (
                self.encryption_key
            ),
        }
        if missing := [name for name, value in needed.items() if value is None]:
            raise SettingsError(
                "Workspaces can't install Seams yet. Missing in the environment or in .env:\n  "
                + "\n  ".join(missing)
                + f"\nHow to get them, step by step: {README_MANY}."
            )
        read_keys(self.encryption_key.get_secret_value() if self.encryption_key else "")


def _problem(problem: "ErrorDetails") -> str:
    """One wrong setting in a line; a problem of several settings together has no name."""
    return ": ".join([*(str(part) for part in problem["loc"][:1]), problem["msg"]])
