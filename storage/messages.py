"""The versions of a message: which one was seen last, without its text."""

from decimal import Decimal, InvalidOperation
from enum import Enum, auto

from storage.engine import Session
from storage.inserting import insert_new
from storage.schema import MessageRow


class Version(Enum):
    """What a version of a message is to us."""

    FIRST = auto()  # nothing was heard of the message before
    NEXT = auto()
    STALE = auto()  # a newer one, or the message's deletion, was seen before


def accept_version(
    session: Session, *, team_id: str, channel_id: str, message_ts: str, edited_ts: str | None
) -> Version:
    """Keep the version of a message, unless it is stale; its versions wait for each other's transactions.

    The same version again is accepted: whoever takes it twice must get the same result.
    """
    key = {"team_id": team_id, "channel_id": channel_id, "message_ts": message_ts}
    if insert_new(session, MessageRow, **key, edited_ts=edited_ts, deleted=False):
        return Version.FIRST
    row = session.get_one(MessageRow, (team_id, channel_id, message_ts), with_for_update=True)
    if row.deleted or _moment(edited_ts) < _moment(row.edited_ts):
        return Version.STALE
    row.edited_ts = edited_ts
    session.flush()
    return Version.NEXT


def remember_deletion(session: Session, *, team_id: str, channel_id: str, message_ts: str) -> None:
    """Keep that a message is gone, also one never seen: its versions may still arrive."""
    key = {"team_id": team_id, "channel_id": channel_id, "message_ts": message_ts}
    if insert_new(session, MessageRow, **key, edited_ts=None, deleted=True):
        return
    row = session.get_one(MessageRow, (team_id, channel_id, message_ts), with_for_update=True)
    row.deleted = True
    session.flush()


def _moment(ts: str | None) -> Decimal:
    """A Slack time as a number; a message that was never edited comes before all its edits."""
    try:
        moment = Decimal(ts) if ts else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return moment if moment.is_finite() else Decimal(0)
