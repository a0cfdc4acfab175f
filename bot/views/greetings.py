"""The one post with which Seams introduces itself: to a channel, and to the person who installed it."""

from bot.locale import _
from bot.values import Audience
from bot.views.blocks import section
from bot.views.message import Message
from bot.views.text import user


def render_channel(audience: Audience, *, bot_user_id: str | None) -> Message:
    """What Seams does in this channel, and how to begin and to stop: two sentences."""
    if audience is Audience.SHARED:
        return _said(
            _(
                "Another organisation reads this channel, so I answer no questions here for all "
                "to see, and post no digest. What I learn from links that are posted here "
                "stays with this channel; remove me if I should learn nothing."
            )
        )
    kept = (
        _("I read the links to articles that are posted here and keep what they say about companies.")
        if audience is Audience.PUBLIC
        else _(
            "I read the links to articles that are posted here and keep what they say about companies, for "
            "the members of this channel alone."
        )
    )
    mention = user(bot_user_id) or "@Seams"
    begin = _(
        "Post one to begin; ask me with `{deals}` or by mentioning {me} in a thread, `{digest}` brings what "
        "changed once a week, and removing me from the channel stops it all."
    ).format(deals=_("/deals NAME"), me=mention, digest=_("/digest on"))
    return _said(f"{kept} {begin}")


def render_nothing_read(reason: str) -> Message:
    """Why nothing of what is posted in this channel is read; `reason` is a sentence of ours."""
    return _said(reason)


def render_installer() -> Message:
    """What to do first: two sentences."""
    return _said(
        _(
            "I am in: invite me to a channel where your team posts links to articles (`/invite @Seams`), "
            "and I keep what they say about companies. Ask me there or here, in plain words or "
            "with `{deals}`; my Home tab shows what is kept, every setting and how to delete things."
        ).format(deals=_("/deals NAME"))
    )


def _said(text: str) -> Message:
    return Message(text, (section(text),))
