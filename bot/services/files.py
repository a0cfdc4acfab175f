"""Files that people ask for: enqueued, made by the worker, posted once; and a word where that can't be."""

import logging
from contextlib import suppress

from bot.errors import SlackGone
from bot.file_message import FileMessage
from bot.jobs import RetryLater
from bot.queries import Command, CompanyQuery, DealsQuery, RelationshipQuery, parse
from bot.query_files import FileKind
from bot.services import Services, languages
from bot.services.answers import deals_answer, relationship_answer
from bot.services.audiences import ask_again
from bot.services.company import company_answer
from bot.services.digests import refuse_outsiders, require_member
from bot.services.file_making import Fileable, can_be_filed, make_file
from bot.services.work import add_file
from bot.slack_files import share_once, upload, whisper
from bot.values import Audience
from bot.views import files
from bot.views.message import Message
from storage import channels
from storage.engine import snapshot, transaction
from storage.file_posts import FilePost, FileState, claim_file, mark_file

_log = logging.getLogger(__name__)


def ask_for_file(
    services: Services,
    answer: Fileable,
    kind: FileKind,
    command: Command,
    *,
    team_id: str,
    channel_id: str,
    user_id: str,
) -> Message:
    """Have the file of an answer posted in the channel; raises UserError where that can't be.

    The same again within a minute is a double click.
    """
    refuse_outsiders(services, team_id=team_id, channel_id=channel_id)
    require_member(services, team_id, channel_id, f"{command} … {kind}")
    text = f"{answer.text} {kind}".strip()
    minute = f"{services.now():%Y-%m-%dT%H:%M}"
    with transaction(services.engine) as session:
        add_file(services, session, team_id, channel_id, user_id, command, text, minute)
    return files.render_underway(kind)


def post_file(
    services: Services, team_id: str, channel_id: str, user_id: str, command: str, text: str, minute: str
) -> None:
    """Make a file from what the channel's members may see now, and post it; raises RetryLater."""
    with suppress(SlackGone):
        ask_again(services, services.slack(team_id), team_id, channel_id)
    key = f"{channel_id}:{user_id}:{command}:{text}:{minute}"
    with transaction(services.engine) as session:
        post = claim_file(session, team_id=team_id, key=key, now=services.now())
        audience = channels.get_channel(session, team_id=team_id, channel_id=channel_id).audience
    if post.state in (FileState.POSTED, FileState.FAILED):
        return
    if audience is Audience.SHARED:
        _mark(services, team_id, key, FileState.FAILED, code="shared_channel")
        return
    with languages.posted_in(services, team_id=team_id, channel_id=channel_id, user_id=user_id):
        file = _made(services, team_id, channel_id, user_id, Command(command), text)
    if file is None:
        _mark(services, team_id, key, FileState.FAILED, code="nothing_to_show")
        return
    try:
        _post(services, team_id, channel_id, key, post, file)
    except SlackGone as gone:
        _log.warning("a file can't be posted in %s: %s", channel_id, gone.code)
        _mark(services, team_id, key, FileState.FAILED, code=gone.code)
        _explain(services, team_id, channel_id, user_id, gone.code, file)
        return
    _mark(services, team_id, key, FileState.POSTED)


def _made(
    services: Services, team_id: str, channel_id: str, user_id: str, command: Command, text: str
) -> FileMessage | None:
    """The file, or None when there is nothing left to show in it."""
    query = parse(command, text, today=services.now().date())
    place = {"team_id": team_id, "channel_id": channel_id}
    with snapshot(services.engine) as session:
        match query:
            case DealsQuery():
                answer: object = deals_answer(session, query, team_id=team_id, channel_id=channel_id)
            case CompanyQuery():
                answer = company_answer(
                    session, query, team_id=team_id, channel_id=channel_id, now=services.now()
                )
            case RelationshipQuery():
                answer = relationship_answer(session, query, **place, now=services.now())
            case _:
                return None
    if query.file is None or not can_be_filed(answer, query.file):
        return None
    return make_file(services, answer, query.file, **place, asked_by=user_id)


def _post(
    services: Services, team_id: str, channel_id: str, key: str, post: FilePost, file: FileMessage
) -> None:
    client = services.slack(team_id)
    file_id = post.file_id or upload(client, file)
    _mark(services, team_id, key, FileState.POSTING, file_id=file_id)
    try:
        share_once(
            client,
            file,
            file_id=file_id,
            channel_id=channel_id,
            may_be_shared=post.state is FileState.POSTING,
        )
    except RetryLater as later:
        if later.seconds is not None:  # refused for now, and so certainly not posted
            _mark(services, team_id, key, FileState.CLAIMED)
        raise


def _explain(
    services: Services, team_id: str, channel_id: str, user_id: str, code: str, file: FileMessage
) -> None:
    with languages.spoken_to(services, team_id=team_id, user_id=user_id):
        said = files.refusal(code, file)
    with suppress(SlackGone):
        whisper(services.slack(team_id), channel_id=channel_id, user_id=user_id, text=said)


def _mark(
    services: Services,
    team_id: str,
    key: str,
    state: FileState,
    *,
    file_id: str | None = None,
    code: str | None = None,
) -> None:
    with transaction(services.engine) as session:
        mark_file(session, team_id=team_id, key=key, state=state, file_id=file_id, code=code)
