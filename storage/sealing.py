"""A column whose text lies sealed in the database, and can be read only with the key."""

# ruff: noqa: ARG002  # the signatures are SQLAlchemy's
from cryptography.fernet import InvalidToken, MultiFernet
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from bot.errors import StorageError


class SealedText(TypeDecorator[str]):
    """Text that is encrypted on its way in and decrypted on its way out; null stays null."""

    impl = Text
    cache_ok = False  # the keys are no part of a statement's form

    def __init__(self, keys: MultiFernet | None = None) -> None:
        """Without `keys` the column can be created and compared, not written or read."""
        super().__init__()
        self._keys = keys

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal with the first key."""
        return None if value is None else self._opened().encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open with whichever key fits; raises StorageError when none does."""
        if value is None:
            return None
        try:
            return self._opened().decrypt(value.encode()).decode()
        except InvalidToken:
            raise StorageError(
                "No key of SEAMS_ENCRYPTION_KEY opens the tokens in the database. Put the key they were "
                "sealed with behind the new one, after a comma; if it is lost, each workspace must install "
                "Seams again.",
                code="sealed",
            ) from None

    def _opened(self) -> MultiFernet:
        if self._keys is None:
            raise StorageError("SEAMS_ENCRYPTION_KEY is not set.", code="sealed")
        return self._keys
