"""What is said of a link that did not become an article, by the error's code."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.locale import N_, _


class Failure(NamedTuple):
    """What happened, as the end of "I could not read it: ", and whether trying again may help."""

    said: str
    may_work_later: bool = False


_REFUSED = Failure(N_("I don't open addresses of that kind."))
_LOGIN = Failure(N_("it wants a login."))
_BROKEN = Failure(N_("what is on the page is broken, or took too long to take apart."))
_EMPTY = Failure(N_("there is too little text on it for an article."))

FAILURES: Mapping[str, Failure] = {
    "link_refused": _REFUSED,
    "address_refused": _REFUSED,
    "credentials_refused": _REFUSED,
    "downgrade_refused": _REFUSED,
    "port_refused": _REFUSED,
    "scheme_refused": _REFUSED,
    "redirect_loop": Failure(N_("the address leads to others without end."), may_work_later=True),
    "page_unavailable": Failure(N_("the page does not answer, or is too slow."), may_work_later=True),
    "dead_link": Failure(N_("there is no page at that address any more.")),
    "rate_limited": Failure(N_("the site takes no more requests for now."), may_work_later=True),
    "bad_certificate": Failure(
        N_("the site's certificate is not valid, so I don't trust what it sends."), may_work_later=True
    ),
    "bad_answer": Failure(N_("the site sent something that is no page."), may_work_later=True),
    "bad_encoding": Failure(N_("the site sent something that is no page."), may_work_later=True),
    "page_too_large": Failure(N_("the page is too large.")),
    "not_an_article": Failure(N_("there is no article on that page.")),
    "empty": _EMPTY,
    "empty_page": _EMPTY,
    "list_page": Failure(N_("it is a list of stories. Post the link of the story itself.")),
    "script_page": Failure(N_("its text appears only in a browser, and I don't run scripts.")),
    "wrong_type": Failure(N_("it is no page of text that I can read.")),
    "page_blocked": Failure(N_("it shows a paywall, a login or a consent wall instead of the article.")),
    "paywall": Failure(N_("it is for subscribers (a paywall).")),
    "login_required": _LOGIN,
    "consent_wall": Failure(N_("it shows only a question about cookies instead of the article.")),
    "robot_check": Failure(N_("the site wants to know first that I am no robot, which I am.")),
    "robots_refused": Failure(N_("the site asks programs not to read that page (in its robots.txt).")),
    "refused_by_site": Failure(N_("the site doesn't let me read it.")),
    "legal": Failure(N_("the site may not show it here, for legal reasons.")),
    "unreadable": _BROKEN,
    "child_died": _BROKEN,
    "killed_worker": _BROKEN,
    "child_failed": _BROKEN,
    "binary": Failure(N_("it is no text.")),
    "pdf_broken": Failure(N_("the PDF is damaged.")),
    "pdf_locked": Failure(N_("the PDF is locked with a password.")),
    "pdf_no_text": Failure(N_("the PDF holds pictures of pages, and no text.")),
    "too_big": Failure(N_("it is too large to take apart.")),
    "too_slow": Failure(N_("it took too long to take apart.")),
    "internal_error": Failure(N_("something went wrong on my side."), may_work_later=True),
}


def failure(code: str) -> Failure:
    """What to say of a code; a stored code of another version is said to be broken."""
    found = FAILURES.get(code, _BROKEN)
    return found._replace(said=_(found.said))
