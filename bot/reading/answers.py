"""What a site's status code means for the person who posted the link."""

from bot.errors import PageBlocked, PageUnavailable, ReadingError

_BLOCKED = {
    401: ("login_required", "The page wants a login. Open it yourself and paste the text."),
    402: ("paywall", "The page is for subscribers. Open it yourself and paste the text."),
    403: (
        "refused_by_site",
        "The site does not let Seams read this page. Open it yourself and paste the text.",
    ),
    407: ("login_required", "The page wants a login. Open it yourself and paste the text."),
    451: ("legal", "The site may not show this page here, for legal reasons. Paste the text if you have it."),
}


def check_status(status: int) -> None:
    """Return for 2xx; else raise PageBlocked or PageUnavailable with a fitting code.

    The code "page_unavailable" means that it is worth trying again by itself; "rate_limited" leaves that to
    a person, so that a busy site is not pressed.
    """
    if 200 <= status < 300:
        return
    raise _error(status)


def _error(status: int) -> ReadingError:
    if status in (404, 410):
        return PageUnavailable(
            "The page is not there any more. Check the link, or paste the text.", code="dead_link"
        )
    if status in _BLOCKED:
        code, message = _BLOCKED[status]
        return PageBlocked(message, code=code)
    if status == 429:
        return PageUnavailable(
            "The site takes no more requests for now. Try again later.", code="rate_limited"
        )
    if status >= 500 or status in (408, 425):
        return PageUnavailable("The site has a problem just now. It will be tried again.")
    return PageUnavailable(
        f"The site answered with an error ({status}). Open the page yourself and paste the text.",
        code="bad_answer",
    )
