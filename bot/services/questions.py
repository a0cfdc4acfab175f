"""Questions in plain words: a mention in a channel or a thread, or a message to the bot alone.

A question is understood before it is acknowledged. What is kept until it is answered is the command that it
means, as a button would carry it, and never the message.
"""

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bot.errors import SlackGone, UserError
from bot.explaining import explain
from bot.jobs import RetryLater
from bot.locale import _
from bot.queries import Command, DigestAction, digest_query
from bot.services import Services, languages
from bot.services.commands import Viewer, answer_openly
from bot.services.work import add_answer
from bot.slack import post_once
from bot.spoken_queries import Chat, Heard, hear
from bot.values import Audience
from bot.views import conversation
from bot.views.actions import State
from bot.views.message import Message
from storage import companies, events
from storage.engine import Session, transaction

_REFUSED = "refused"  # stands where else the command stands; the text is what to say
_LINKS = "links"  # says that links came along which are not read

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A message that speaks to us. `text` is Slack's, mention and all; `has_links` that it shares pages."""

    team_id: str
    channel_id: str
    user_id: str
    message_ts: str
    thread_ts: str | None
    audience: Audience  # UNKNOWN when the event does not say
    text: str
    has_links: bool

    @property
    def viewer(self) -> Viewer:
        """Who asks, and where."""
        return Viewer(self.team_id, self.channel_id, self.user_id)


def take_question(services: Services, event_id: str, question: Question) -> None:
    """Understand a question and enqueue its answer; the same event again is nothing new."""
    with _known_language(services, question), transaction(services.engine) as session:
        now = services.now()
        if not events.claim_event(session, team_id=question.team_id, event_id=event_id, now=now):
            return
        asked = _understand(services, session, question)
        if asked is None:
            return
        add_answer(
            services,
            session,
            question.team_id,
            question.channel_id,
            question.message_ts,
            question.thread_ts or "",
            question.user_id,
            *asked,
            _LINKS if question.has_links and question.viewer.is_alone else "",
        )


def _known_language(services: Services, question: Question) -> AbstractContextManager[None]:
    """The language in which a refusal is worded, without asking Slack: nothing is acknowledged yet."""
    team_id, channel_id = question.team_id, question.channel_id
    if question.viewer.is_alone:
        return languages.spoken_to(services, team_id=team_id, user_id=question.user_id, ask=False)
    return languages.posted_in(services, team_id=team_id, channel_id=channel_id)


def _understand(services: Services, session: Session, question: Question) -> tuple[str, str] | None:
    """The command and its text, or what to say instead; None when nothing was asked."""
    alone = question.viewer.is_alone
    if question.audience is Audience.SHARED and alone:
        return _REFUSED, _("I answer only people of the organisation that I work for.")
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


def answer_question(
    services: Services,
    team_id: str,
    channel_id: str,
    message_ts: str,
    thread_ts: str,
    user_id: str,
    command: str,
    text: str,
    note: str,
) -> None:
    """Post the answer where the question stands, once; raises RetryLater while Slack is down."""
    viewer = Viewer(team_id, channel_id, user_id)
    with languages.posted_in(services, team_id=team_id, channel_id=channel_id, user_id=user_id):
        message = _answer(services, viewer, command, text, with_links=note == _LINKS)
    with transaction(services.engine) as session:
        first = events.claim_event(
            session, team_id=team_id, event_id=f"answering:{channel_id}:{message_ts}", now=services.now()
        )
    try:
        post_once(
            services.slack(team_id),
            channel_id=channel_id,
            message=message,
            key=f"question:{channel_id}:{message_ts}",
            # A conversation of two needs no thread.
            thread_ts=thread_ts or (None if viewer.is_alone else message_ts),
            may_be_posted=not first,
        )
    except SlackGone as gone:
        _log.warning("a question in %s can't be answered: %s", channel_id, gone.code)


def _answer(services: Services, viewer: Viewer, command: str, text: str, *, with_links: bool) -> Message:
    message = _say(services, viewer, command, text)
    return conversation.with_links_refused(message) if with_links else message


def _say(services: Services, viewer: Viewer, command: str, text: str) -> Message:
    if command == _REFUSED:
        return conversation.render_words(text)
    if command in list(Chat):
        return conversation.render_chat(Chat(command))
    try:
        if command == Command.DIGEST:
            _refuse_posting(text)
        return answer_openly(services, viewer, State(command, text))
    except RetryLater:
        raise
    except Exception as error:  # noqa: BLE001 - put into words, where else there would be silence
        return explain(error)


def _refuse_posting(text: str) -> None:
    """An answer may be made twice, when the first could not be posted; a digest must not."""
    query = digest_query(text)
    if query is not None and query.action is DigestAction.NOW:
        raise UserError(
            _("To post the digest now, type {command} in the channel.").format(
                command=f"{Command.DIGEST} {DigestAction.NOW}"
            ),
            code="type_it",
        )
