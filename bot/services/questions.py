"""Questions in plain words: a mention in a channel or a thread, or a message to the bot alone.

A question is understood before it is acknowledged. Until it is answered the command that it means is kept,
as a button would carry it, and never the message.
"""

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bot.errors import SlackGone, UserError
from bot.explaining import explain
from bot.jobs import RetryLater
from bot.locale import _
from bot.queries import Command, DigestAction, digest_query
from bot.services import Services, languages, members
from bot.services.commands import Viewer, answer_openly
from bot.services.work import add_answer
from bot.slack import post_once
from bot.spoken_queries import Chat, Heard, hear
from bot.views import conversation
from bot.views.actions import State
from bot.views.message import Message
from storage import companies, events
from storage import questions as stored
from storage.engine import Session, transaction
from storage.questions import Waiting

_REFUSED = "refused"  # stands where else the command stands; the text is what to say

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A message that speaks to us. `text` is Slack's, mention and all; `has_links` that it shares pages."""

    team_id: str
    channel_id: str
    user_id: str
    message_ts: str
    thread_ts: str | None
    text: str
    has_links: bool

    @property
    def viewer(self) -> Viewer:
        """Who asks, and where."""
        return Viewer(self.team_id, self.channel_id, self.user_id)


def take_question(services: Services, event_id: str, question: Question) -> None:
    """Understand a question and enqueue its answer; the same event again is nothing new."""
    team_id, now = question.team_id, services.now()
    with _known_language(services, question), transaction(services.engine) as session:
        if not events.claim_event(session, team_id=team_id, event_id=event_id, now=now):
            return
        understood = _understand(services, session, question)
        if understood is None:
            return
        asks, text = understood
        waiting = Waiting(
            channel_id=question.channel_id,
            message_ts=question.message_ts,
            thread_ts=question.thread_ts,
            user_id=question.user_id,
            asks=asks,
            text=text,
            with_links=question.has_links and question.viewer.is_alone,
        )
        stored.add_question(session, team_id=team_id, question=waiting, now=now)
        add_answer(services, session, team_id, question.channel_id, question.message_ts)


def _known_language(services: Services, question: Question) -> AbstractContextManager[None]:
    """The language in which a refusal is worded, without asking Slack: nothing is acknowledged yet."""
    team_id, channel_id = question.team_id, question.channel_id
    if question.viewer.is_alone:
        return languages.spoken_to(services, team_id=team_id, user_id=question.user_id, ask=False)
    return languages.posted_in(services, team_id=team_id, channel_id=channel_id)


def _understand(services: Services, session: Session, question: Question) -> tuple[str, str] | None:
    """The command and its text, or what to say instead; None when nothing was asked."""
    alone = question.viewer.is_alone
    try:
        meant = hear(
            question.text,
            today=services.now().date(),
            known=lambda names: companies.called_so(
                session, team_id=question.team_id, channel_id=question.channel_id, names=names
            ),
        )
    except UserError as refusal:
        return _REFUSED, refusal.message
    if isinstance(meant, Heard):
        return meant.command, meant.text
    if meant is Chat.NOTHING and question.has_links:
        # In a channel the message is read as any other, and that is the answer.
        return None if not alone else (_REFUSED, "")
    return meant, ""


def answer_question(services: Services, team_id: str, channel_id: str, message_ts: str) -> None:
    """Post the answer where the question stands, once; raises RetryLater while Slack is down."""
    where = {"team_id": team_id, "channel_id": channel_id, "message_ts": message_ts}
    with transaction(services.engine) as session:
        begun = stored.begin_answer(session, **where)
    if begun is None:
        return
    waiting, again = begun
    viewer = Viewer(team_id, channel_id, waiting.user_id)
    with languages.posted_in(services, team_id=team_id, channel_id=channel_id, user_id=waiting.user_id):
        message = _say(services, viewer, waiting.asks, waiting.text)
        if waiting.with_links:
            message = conversation.with_links_refused(message)
    try:
        post_once(
            services.slack(team_id),
            channel_id=channel_id,
            message=message,
            key=f"question:{channel_id}:{message_ts}",
            # A conversation of two needs no thread.
            thread_ts=waiting.thread_ts or (None if viewer.is_alone else message_ts),
            may_be_posted=again,
        )
    except SlackGone as gone:
        _log.warning("a question in %s can't be answered: %s", channel_id, gone.code)
    with transaction(services.engine) as session:
        stored.drop_question(session, **where)


def _say(services: Services, viewer: Viewer, asks: str, text: str) -> Message:
    try:
        # Before anything else: what is understood depends on which names are known.
        members.refuse_guests(services, team_id=viewer.team_id, user_id=viewer.user_id)
        if asks == _REFUSED:
            return conversation.render_words(text)
        if asks in list(Chat):
            return conversation.render_chat(Chat(asks))
        if asks == Command.DIGEST:
            _refuse_posting(text)
        return answer_openly(services, viewer, State(asks, text))
    except RetryLater:
        raise
    except Exception as error:  # noqa: BLE001 - put into words, where else there would be silence
        return explain(error)


def _refuse_posting(text: str) -> None:
    """An answer may be made twice, when the first could not be posted; a digest must not."""
    query = digest_query(text)
    if query is not None and query.action is DigestAction.NOW:
        raise UserError(
            _("To post the digest now, type {command} in the channel.").format(command=_("/digest now")),
            code="type_it",
        )
