"""The keys that seal what must not lie about readable: the tokens of installed workspaces."""

from cryptography.fernet import Fernet, MultiFernet

from bot.errors import SettingsError

HOW_TO_MAKE_ONE = "Make one with: .venv/bin/seams key"


def new_key() -> str:
    """A fresh random key, as SEAMS_ENCRYPTION_KEY takes it."""
    return Fernet.generate_key().decode()


def read_keys(text: str) -> MultiFernet:
    """The keys of a comma-separated list: the first seals, all open. Raises SettingsError, naming no key."""
    written = [key.strip() for key in text.split(",") if key.strip()]
    if not written:
        raise SettingsError(f"SEAMS_ENCRYPTION_KEY is empty. {HOW_TO_MAKE_ONE}", code="encryption_key")
    try:
        return MultiFernet([Fernet(key) for key in written])
    except ValueError:
        raise SettingsError(
            "SEAMS_ENCRYPTION_KEY holds something that is no key (32 random bytes in URL-safe base64). "
            + HOW_TO_MAKE_ONE,
            code="encryption_key",
        ) from None
