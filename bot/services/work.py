"""The jobs that Seams enqueues: names, queues and the ids that make each one unique."""

from collections.abc import Iterable

from bot.jobs import Job, Priority
from bot.services import Services
from storage.engine import Session

READING = "reading"
TELLING = "telling"
DRAWING = "drawing"

READ_ARTICLE = "read_article"
REFRESH = "refresh"
TELL_POSTING = "tell_posting"
TELL_READER = "tell_reader"
TELL_LEFT_OUT = "tell_left_out"
TAKE_BACK = "take_back"
TAKE_BACK_LOST = "take_back_lost"
RECHECK = "recheck_audiences"
POST_DIGEST = "post_digest"
GREET = "greet"
POST_FILE = "post_file"
ANSWER_QUESTION = "answer_question"
TELL_PAUSE = "tell_pause"
RESUME = "resume_digests"
SEE_INSTALLED = "see_installed"


def add_read(
    services: Services,
    session: Session,
    team_id: str,
    article_id: str,
    *,
    because: str,
    priority: Priority = Priority.POSTED,
) -> None:
    """Read an article; `because` tells one wish to read it from the next."""
    key = f"{READ_ARTICLE}:{team_id}:{article_id}:{because}"
    services.outbox.add(session, Job(READ_ARTICLE, READING, key, (team_id, article_id, because), priority))


def queue_of(name: str) -> str:
    """Where jobs of a name wait."""
    return {READ_ARTICLE: READING, REFRESH: READING, POST_FILE: DRAWING}.get(name, TELLING)


def read_key(key: str) -> tuple[str, tuple[str, ...]]:
    """The name and the args that a job's id (`NAME:TEAM:...`, with `#n.m` at later tries) tells."""
    name, *args = key.partition("#")[0].split(":", 3)
    return name, tuple(args)


def add_tell(services: Services, session: Session, team_id: str, posting_id: str, *, because: str) -> None:
    """Say in the thread of a posting what its article says; `because` as for the reading."""
    key = tell_key(team_id, posting_id) + because
    services.outbox.add(session, Job(TELL_POSTING, TELLING, key, (team_id, posting_id, because)))


def tell_key(team_id: str, posting_id: str) -> str:
    """What the ids of all jobs begin with that tell a posting."""
    return f"{TELL_POSTING}:{team_id}:{posting_id}:"


def add_alert(services: Services, session: Session, team_id: str, reader_id: str, batch: str) -> None:
    """Tell a reader what waits for it; once for each `batch`, a minute say."""
    key = f"{TELL_READER}:{team_id}:{reader_id}:{batch}"
    services.outbox.add(session, Job(TELL_READER, TELLING, key, (team_id, reader_id, batch)))


def add_note(services: Services, session: Session, team_id: str, channel_id: str, message_ts: str) -> None:
    """Say that a message has more links than are read."""
    key = f"{TELL_LEFT_OUT}:{team_id}:{channel_id}:{message_ts}"
    services.outbox.add(session, Job(TELL_LEFT_OUT, TELLING, key, (team_id, channel_id, message_ts)))


def add_take_back(services: Services, session: Session, team_id: str, channel_id: str, reply_ts: str) -> None:
    """Delete a reply of ours to what is shared no more."""
    key = f"{TAKE_BACK}:{team_id}:{channel_id}:{reply_ts}"
    services.outbox.add(session, Job(TAKE_BACK, TELLING, key, (team_id, channel_id, reply_ts)))


def add_take_back_lost(
    services: Services, session: Session, team_id: str, channel_id: str, message_ts: str, posting_id: str
) -> None:
    """Delete a reply of ours that may stand to what a message shares no more."""
    args = (team_id, channel_id, message_ts, posting_id)
    services.outbox.add(session, Job(TAKE_BACK_LOST, TELLING, ":".join((TAKE_BACK_LOST, *args)), args))


def add_refresh(
    services: Services,
    session: Session,
    team_id: str,
    article_ids: Iterable[str],
    because: str,
    priority: Priority = Priority.AT_ONCE,
) -> None:
    """Bring the record up to date after the postings of some articles changed."""
    for article_id in article_ids:
        key = f"{REFRESH}:{team_id}:{article_id}:{because}"
        services.outbox.add(session, Job(REFRESH, READING, key, (team_id, article_id), priority))


def add_recheck(services: Services, session: Session, team_id: str, because: str) -> None:
    """Ask Slack again who can see the channels; once for each `because`, an hour say."""
    key = f"{RECHECK}:{team_id}:{because}"
    services.outbox.add(session, Job(RECHECK, TELLING, key, (team_id,)))


def add_digest(services: Services, session: Session, team_id: str, channel_id: str, period: str) -> None:
    """Post the digest of one period in a channel."""
    key = f"{POST_DIGEST}:{team_id}:{channel_id}:{period}"
    services.outbox.add(session, Job(POST_DIGEST, TELLING, key, (team_id, channel_id, period)))


def add_answer(services: Services, session: Session, team_id: str, channel_id: str, message_ts: str) -> None:
    """Answer the question that a message asks."""
    key = f"{ANSWER_QUESTION}:{team_id}:{channel_id}:{message_ts}"
    services.outbox.add(session, Job(ANSWER_QUESTION, TELLING, key, (team_id, channel_id, message_ts)))


def add_greeting(services: Services, session: Session, team_id: str, place_id: str) -> None:
    """Introduce ourselves to a channel or a person."""
    key = f"{GREET}:{team_id}:{place_id}"
    services.outbox.add(session, Job(GREET, TELLING, key, (team_id, place_id)))


def add_file(
    services: Services,
    session: Session,
    team_id: str,
    channel_id: str,
    user_id: str,
    command: str,
    text: str,
    minute: str,
) -> None:
    """Make the file that a command asks for, and post it; `text` names companies by id."""
    args = (team_id, channel_id, user_id, command, text, minute)
    services.outbox.add(session, Job(POST_FILE, DRAWING, ":".join((POST_FILE, *args)), args))


def add_digest_again(
    services: Services, session: Session, team_id: str, channel_id: str, period: str, because: str
) -> None:
    """Post a digest that failed, once for each `because`."""
    key = f"{POST_DIGEST}:{team_id}:{channel_id}:{period}:{because}"
    services.outbox.add(session, Job(POST_DIGEST, TELLING, key, (team_id, channel_id, period)))


def add_pause_note(services: Services, session: Session, team_id: str, channel_id: str, because: str) -> None:
    """Tell who wanted a digest that it can't be posted; once for each `because`."""
    key = f"{TELL_PAUSE}:{team_id}:{channel_id}:{because}"
    services.outbox.add(session, Job(TELL_PAUSE, TELLING, key, (team_id, channel_id, because)))


def add_resume(services: Services, session: Session, team_id: str, because: str) -> None:
    """Look whether paused digests can be posted again; once for each `because`, an hour say."""
    key = f"{RESUME}:{team_id}:{because}"
    services.outbox.add(session, Job(RESUME, TELLING, key, (team_id, because)))


def add_look(services: Services, session: Session, team_id: str, because: str) -> None:
    """See whether the token of a workspace still lives; once for each `because`, a day say."""
    key = f"{SEE_INSTALLED}:{team_id}:{because}"
    services.outbox.add(session, Job(SEE_INSTALLED, TELLING, key, (team_id,)))
