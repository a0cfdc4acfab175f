"""The language of what Seams says: gettext catalogues, and who is being spoken to.

The language belongs to one answer or one post, and every word on the way to it needs it. So it travels in a
context variable, as in Django and Flask-Babel, and not through every signature; without `speaking` it is
English. Texts in the code are English and are the keys of the catalogues.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "es")
DEFAULT = "en"
_REGIONS = {"en": "en_GB", "es": "es"}  # whose dates and numbers are written
_HERE = Path(__file__).parent

_spoken: ContextVar[str] = ContextVar("seams_language", default=DEFAULT)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Say everything inside in this language ("es", "es-ES", ...); in English when there is no catalogue."""
    token = _spoken.set(supported(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def supported(language: str | None) -> str:
    """The language of LANGUAGES that a tag such as "es-MX" asks for; English for any other."""
    code = (language or "").replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else DEFAULT


def spoken() -> str:
    """The language in which is spoken now."""
    return _spoken.get()


def region() -> str:
    """The locale, as Babel names it, in which dates and numbers are written now."""
    return _REGIONS[_spoken.get()]


def _(message: str) -> str:
    """The text in the language that is spoken. Placeholders are `str.format`'s, filled in afterwards."""
    return _catalogue(_spoken.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The text for so many, in the language that is spoken."""
    return _catalogue(_spoken.get()).ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """The text of a word that means different things in different places."""
    return _catalogue(_spoken.get()).pgettext(context, message)


def N_(message: str) -> str:
    """Mark a text for the catalogue that is translated, by `_`, only where it is said."""
    return message


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> NullTranslations:
    """The catalogue, compiled from its text when it is first needed."""
    path = _HERE / language / "LC_MESSAGES" / "seams.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as written:
        write_mo(compiled, read_po(written, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
