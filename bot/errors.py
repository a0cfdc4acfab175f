"""The one tree of errors.

SeamsError
 +-- UserError            what a person asked can't be done; says what to do next
 +-- SettingsError        the configuration is incomplete or wrong
 +-- ReadingError         a link or a file did not become an article
 |    +-- LinkRefused     the guard will not fetch it
 |    +-- PageUnavailable dead, down, too slow (may work later)
 |    +-- PageTooLarge
 |    +-- NotAnArticle    a page, but no article on it
 |    +-- PageBlocked     paywall, consent or login wall
 |    +-- Unreadable      broken or unknown content, or parsing took too long
 +-- SecondReaderFailed  the language model's endpoint gave no usable answer
 +-- SlackGone            the workspace or channel can't be written to any more
 +-- StorageError         the database is missing, too old or damaged

`message` is for the person, `code` for logs and the database: a short slug that never changes.
"""


class SeamsError(Exception):
    """The base of every error that Seams raises on purpose."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        """Keep what a person should read and, when it is narrower than the class's, the code."""
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class UserError(SeamsError):
    """What was asked can't be done as it was asked."""

    code = "bad_request"


class SettingsError(SeamsError):
    """The environment lacks a setting or holds a wrong one."""

    code = "settings"


class ReadingError(SeamsError):
    """A link or a file did not become an article."""

    code = "unreadable"


class LinkRefused(ReadingError):
    """The fetch guard refuses the address."""

    code = "link_refused"


class PageUnavailable(ReadingError):
    """The page is dead, down or too slow."""

    code = "page_unavailable"


class PageTooLarge(ReadingError):
    """The page is larger than what is read."""

    code = "page_too_large"


class NotAnArticle(ReadingError):
    """There is a page, but no article on it."""

    code = "not_an_article"


class PageBlocked(ReadingError):
    """The page shows a paywall, consent or login wall instead of the article."""

    code = "page_blocked"


class Unreadable(ReadingError):
    """The content is broken, of an unknown kind, or took too long to parse."""

    code = "unreadable"


class SecondReaderFailed(SeamsError):
    """The optional second reader gave no usable answer; the built-in reader's result stands."""

    code = "llm"


class SlackGone(SeamsError):
    """The workspace or the channel can't be written to any more."""

    code = "slack_gone"


class StorageError(SeamsError):
    """The database is missing, too old or damaged."""

    code = "storage"
