"""The web pages on which a workspace installs Seams: plain HTML that needs no script and loads nothing."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from types import MappingProxyType

from bot.locale import N_, _, spoken

START_PATH = "/slack/install/start"
LANDING_PATH = "/slack/install"

_STYLE = """
:root{color-scheme:light dark}
body{font:1.05rem/1.55 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1.5rem;\
color:#1d2733;background:#fff}
h1{font-size:1.7rem;line-height:1.25;margin:.5rem 0 1rem}
h2{font-size:1.15rem;margin:1.8rem 0 .4rem}
ul{padding-left:1.2rem;margin:.4rem 0}
li{margin:.25rem 0}
a{color:#0b5394}
code{font-size:.95em}
.go{display:inline-block;margin:1rem 0;padding:.7rem 1.3rem;border-radius:.4rem;background:#1f3a4d;\
color:#fff;font-weight:600;text-decoration:none}
.go:focus-visible,a:focus-visible{outline:3px solid #d98a00;outline-offset:2px}
@media (prefers-color-scheme:dark){
body{color:#e6edf3;background:#10161d}
a{color:#8cc4ff}
.go{background:#cfe3f1;color:#10161d}
}
"""
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "app_mentions:read": N_("to hear a question that begins with @Seams"),
        "channels:history": N_("to see links in the public channels it was invited to"),
        "channels:read": N_("to know whether a channel is public, so that nothing private shows elsewhere"),
        "chat:write": N_("to answer in threads and to post the digest"),
        "commands": N_("for /deals and the other commands, and for “Save article”"),
        "files:write": N_("to post charts and tables as files"),
        "groups:history": N_("to see links in the private channels it was invited to"),
        "groups:read": N_("to know who may see a private channel"),
        "im:history": N_("to read what you write to Seams itself"),
        "im:read": N_("to know its own conversation with you"),
        "im:write": N_("to write to you, when you asked for it"),
        "reactions:write": N_("for the bookmark under a message whose article was saved"),
        "users:read": N_("for your time zone and language"),
    }
)
_READS = (
    N_("Links in the channels it is invited to, in no other, and the public pages behind them."),
    N_("A text or a file that somebody gives it on purpose."),
)
_KEEPS = (
    N_("The article, and what it says about companies, with the sentence that proves it."),
    N_("Where it was posted: workspace, channel, message and the poster's id."),
)
_NEVER = (
    N_("It never stores the text of your messages."),
    N_("It never shows outside a private channel what was learnt in it."),
    N_("It asks for nobody's personal token, and joins no channel by itself."),
    N_("It sends nothing to an AI vendor, unless the person who runs it has named one."),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an installation did not come about: the status, what happened, what to do."""

    status: int
    happened: str
    to_do: str


_AGAIN = N_("Begin again from the page of Seams.")
PROBLEMS: Mapping[str, Problem] = MappingProxyType(
    {
        "access_denied": Problem(
            200,
            N_("You did not allow it, so nothing was installed."),
            N_("If that was a slip, begin again. In some workspaces an administrator approves apps."),
        ),
        "invalid_browser": Problem(
            400,
            N_("This link belongs to an installation that is finished, or was begun in another browser."),
            N_(
                "If Seams is in your Slack already, you are done. Else begin again here, and allow cookies "
                "for this page: one is needed for ten minutes."
            ),
        ),
        "invalid_state": Problem(
            401,
            N_("This link has been used, or is older than ten minutes."),
            N_("If Seams is in your Slack already, you are done. Else begin again."),
        ),
        "missing_code": Problem(401, N_("Slack sent you back without its permission."), _AGAIN),
        "invalid_code": Problem(
            401,
            N_("Slack did not accept its own permission any more."),
            N_("Begin again. If it stays, tell the person who runs Seams: its client secret may be wrong."),
        ),
        "unreachable": Problem(
            503, N_("Slack can't be reached at the moment."), N_("Try again in a few minutes.")
        ),
        "storage_error": Problem(
            500,
            N_("Seams could not keep the permission."),
            N_("Nothing was installed. Tell the person who runs Seams, and begin again later."),
        ),
    }
)
_UNKNOWN = Problem(400, N_("Slack refused the installation."), _AGAIN)


def problem(reason: str) -> Problem:
    """What to say of a reason; one that Slack or somebody else made up is not repeated."""
    return PROBLEMS.get(reason, _UNKNOWN)


def render_landing(scopes: Sequence[str]) -> str:
    """What Seams reads, keeps and never does, and the way to install it with these scopes."""
    go = _button(START_PATH, N_("Add to Slack"))
    extra = N_("an extra")
    rights = [f"<code>{escape(scope)}</code>: {_say(REASONS.get(scope, extra))}" for scope in scopes]
    return _page(
        _("Add Seams to your Slack"),
        f"<p>{_say(_ABOUT)}</p>",
        go,
        _list(_("What it reads"), map(_say, _READS)),
        _list(_("What it keeps"), map(_say, _KEEPS)),
        _list(_("What it never does"), map(_say, _NEVER)),
        _list(_("What it asks Slack for, and why"), rights),
        f"<p>{_say(_LEAVING)}</p>",
        go,
    )


def render_success(*, workspace: str, open_url: str) -> str:
    """Seams is in the workspace; `open_url` leads back to Slack."""
    name = escape(workspace or _("your workspace"))
    done = _say(N_("Seams is in {name} now.")).format(name=f"<strong>{name}</strong>")
    return _page(
        _("Seams is installed"),
        f"<p>{done}</p>",
        _button(open_url, N_("Open Slack")),
        _list(
            _("First steps"),
            [
                _say(N_("Invite it to a channel: {command}")).format(command="<code>/invite @Seams</code>"),
                _say(N_("Post a link to an article there, and see the bookmark appear under it.")),
                _say(N_("Ask what is known: {command}")).format(command="<code>/deals microsoft</code>"),
            ],
        ),
    )


def render_problem(reason: str) -> str:
    """Seams was not installed: why, and what to do."""
    found = problem(reason)
    return _page(
        _("Seams was not installed"),
        f"<p>{_say(found.happened)}</p>",
        f"<p>{_say(found.to_do)}</p>",
        _button(LANDING_PATH, N_("Begin again")),
    )


_ABOUT = N_(
    "Seams reads the articles that your team posts in Slack and keeps what they say about companies: who "
    "bought, funded, supplied or sued whom, for how much, and how sure the text is."
)
_LEAVING = N_(
    "Whoever removes Seams from the workspace removes all that it keeps for it: articles, facts and settings."
)


def _list(title: str, items: Iterable[str]) -> str:
    """A titled list; the items are HTML."""
    return f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _button(address: str, label: str) -> str:
    return f'<p><a class="go" href="{escape(address)}">{_say(label)}</a></p>'


def _say(text: str) -> str:
    """A text of ours in the language that is spoken, as HTML."""
    return escape(_(text), quote=False)


def _page(title: str, *parts: str) -> str:
    return (
        f'<!doctype html><html lang="{spoken()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{''.join(parts)}</main></body></html>"
    )
