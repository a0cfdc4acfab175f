"""Commands: what was typed -> query -> answer -> message. The shell, the buttons and Slack share this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from bot.answers import (
    AmbiguousName,
    Answer,
    ArticlesAnswer,
    DealsAnswer,
    MissingName,
    RelationshipAnswer,
    UnknownName,
)
from bot.company_answer import CompanyAnswer
from bot.digest.schedule import next_run
from bot.digest.settings import DigestSettings
from bot.digest.watching import Tier
from bot.errors import UserError
from bot.locale import _
from bot.queries import (
    ArticlesQuery,
    Command,
    CompanyQuery,
    DealsQuery,
    DigestAction,
    DigestQuery,
    Help,
    RelationshipQuery,
    parse,
)
from bot.query_watch import WatchQuery
from bot.services import Services, digests, languages, members
from bot.services.answers import (
    articles_answer,
    deals_answer,
    digest_answer,
    relationship_answer,
)
from bot.services.company import company_answer
from bot.services.digest_forms import open_form
from bot.services.digest_settings import change_settings, settings_of
from bot.services.direct import remember_conversation
from bot.services.file_making import can_be_filed
from bot.services.files import ask_for_file
from bot.services.followed import reader_at, watch_list
from bot.services.watching import change_tier, stop_watching, watch
from bot.views import articles as articles_view
from bot.views import choices, company, deals, digest_settings, relationship
from bot.views import digest as digest_view
from bot.views import watch as watch_view
from bot.views.actions import STOP, State, WatchChoice
from bot.views.buttons import without_sharing
from bot.views.help import render_help
from bot.views.message import Message, View
from storage import channels, events
from storage.engine import snapshot, transaction

_BOTS = MappingProxyType({"bots on": True, "bots off": False})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, and where: what they may know follows from the channel they read in.

    `request_id` is Slack's own for what they did: what posts or flips something does so once for it.
    """

    team_id: str
    channel_id: str
    user_id: str
    request_id: str = ""

    @property
    def is_operator(self) -> bool:
        """Whether it is whoever sits at the shell, of whom Slack knows nothing."""
        return not self.user_id and not self.channel_id

    @property
    def is_alone(self) -> bool:
        """Whether they ask in their own conversation with us, where nobody else reads."""
        return self.channel_id.startswith("D")


def answer(services: Services, viewer: Viewer, state: State) -> Message:
    """Answer a command to the person who typed it; raises UserError for what can't be asked."""
    _refuse_guests(services, viewer)
    command, text = _command(state.command), state.text
    if command is Command.ARTICLES and (on := _BOTS.get(" ".join(text.lower().split()))) is not None:
        return _set_bots(services, viewer, on=on)
    query = parse(command, text, today=_today(services))
    if isinstance(query, Help):
        return render_help(command)
    if isinstance(query, DigestQuery):
        return _DIGEST[query.action](services, viewer, query)
    if isinstance(query, WatchQuery):
        remember_conversation(services, viewer.team_id, viewer.user_id, viewer.channel_id)
        reader = reader_at(viewer.team_id, viewer.channel_id, viewer.user_id)
        return watch_view.render(watch(services, reader, query, user_id=viewer.user_id, page=state.page))
    found = find(services, viewer, query, page=state.page)
    if not isinstance(query, ArticlesQuery) and query.file and can_be_filed(found, query.file):
        place = {"team_id": viewer.team_id, "channel_id": viewer.channel_id, "user_id": viewer.user_id}
        return ask_for_file(services, found, query.file, command, **place)
    return render(found)


def form(services: Services, viewer: Viewer, state: State) -> View | None:
    """The modal that a command opens where modals can be opened; None for one that is answered in words."""
    if _command(state.command) is not Command.DIGEST:
        return None
    query = parse(Command.DIGEST, state.text, today=_today(services))
    if not isinstance(query, DigestQuery) or query.action is not DigestAction.SETTINGS:
        return None
    return open_form(services, viewer.team_id, viewer.channel_id, viewer.user_id)


def _refuse_guests(services: Services, viewer: Viewer) -> None:
    if not viewer.is_operator:
        members.refuse_guests(services, team_id=viewer.team_id, user_id=viewer.user_id)


def choose_tier(services: Services, viewer: Viewer, choice: WatchChoice) -> Message:
    """Change how soon something followed is told, or stop following it; gives the list as it is then."""
    _refuse_guests(services, viewer)
    reader = reader_at(viewer.team_id, viewer.channel_id, viewer.user_id)
    if choice.tier == STOP:
        stop_watching(services, reader, choice.watch_id)
    else:
        change_tier(services, reader, choice.watch_id, Tier(choice.tier))
    with snapshot(services.engine) as session:
        return watch_view.render(watch_list(session, reader, page=choice.page))


def answer_openly(services: Services, viewer: Viewer, state: State) -> Message:
    """The same for everybody in the channel to read: in its language, from what all its members may know."""
    place = {"team_id": viewer.team_id, "channel_id": viewer.channel_id}
    with languages.posted_in(services, **place, user_id=viewer.user_id):
        if not viewer.is_alone:
            digests.refuse_outsiders(services, **place)
        return without_sharing(answer(services, viewer, state))


def share(services: Services, viewer: Viewer, state: State) -> Message | None:
    """The same answer as it is posted to the channel: from what all its members may know.

    None for the same request again.
    """
    _refuse_guests(services, viewer)
    query = parse(_command(state.command), state.text, today=_today(services))
    if isinstance(query, Help | DigestQuery | WatchQuery):
        raise UserError(_("There is nothing to share in that."))
    digests.refuse_outsiders(services, team_id=viewer.team_id, channel_id=viewer.channel_id)
    request = {"team_id": viewer.team_id, "request_id": viewer.request_id}
    with transaction(services.engine) as session:
        if not events.claim_request(session, **request, now=services.now()):
            return None
    with languages.posted_in(
        services, team_id=viewer.team_id, channel_id=viewer.channel_id, user_id=viewer.user_id
    ):
        return render(find(services, viewer, query, page=state.page), shared_by=viewer.user_id)


def after_sharing(services: Services, viewer: Viewer, state: State) -> Message:
    """What stands before the person who shared an answer: the same, and nothing offers to share it again."""
    return without_sharing(answer(services, viewer, state))


def find(
    services: Services,
    viewer: Viewer,
    query: DealsQuery | CompanyQuery | RelationshipQuery | ArticlesQuery,
    *,
    page: int = 0,
) -> Answer | CompanyAnswer:
    """Look a query up in the record as the viewer may see it."""
    place = {"team_id": viewer.team_id, "channel_id": viewer.channel_id}
    with snapshot(services.engine) as session:
        match query:
            case DealsQuery():
                return deals_answer(session, query, **place, page=page)
            case CompanyQuery():
                alone = viewer.user_id if viewer.is_alone else None
                return company_answer(session, query, **place, now=services.now(), page=page, user_id=alone)
            case RelationshipQuery():
                found = relationship_answer(session, query, **place, now=services.now())
                return replace(found, page=page) if isinstance(found, RelationshipAnswer) else found
            case ArticlesQuery():
                return articles_answer(session, query, **place, page=page)


def render(found: Answer | CompanyAnswer, *, shared_by: str | None = None) -> Message:
    """The message of an answer; `shared_by` is the person who puts it into the channel."""
    match found:
        case UnknownName():
            return choices.render_unknown(found)
        case AmbiguousName():
            return choices.render_ambiguous(found)
        case MissingName():
            return choices.render_missing(found)
        case DealsAnswer():
            return deals.render(found, shared_by=shared_by)
        case CompanyAnswer():
            return company.render(found, shared_by=shared_by)
        case RelationshipAnswer():
            return relationship.render(found, shared_by=shared_by)
        case ArticlesAnswer():
            return articles_view.render(found, shared_by=shared_by)


def _set_bots(services: Services, viewer: Viewer, *, on: bool) -> Message:
    with transaction(services.engine) as session:
        channels.set_capture_bots(session, team_id=viewer.team_id, channel_id=viewer.channel_id, on=on)
    return articles_view.render_bots(on=on)


def _preview(services: Services, viewer: Viewer, _query: DigestQuery) -> Message:
    place = {"team_id": viewer.team_id, "channel_id": viewer.channel_id}
    digest = digests.preview(services, team_id=viewer.team_id, channel_id=viewer.channel_id)
    with snapshot(services.engine) as session:
        return digest_view.render(digest_answer(session, **place, digest=digest), preview=True)


def _post_now(services: Services, viewer: Viewer, _query: DigestQuery) -> Message:
    place = {"team_id": viewer.team_id, "channel_id": viewer.channel_id}
    digests.post_now(services, **place, request_id=viewer.request_id)
    return digest_settings.render_posting()


def _switch_on(services: Services, viewer: Viewer, query: DigestQuery) -> Message:
    return _settings_message(services, _change(services, viewer, on=True, when=query.schedule or None))


def _switch_off(services: Services, viewer: Viewer, _query: DigestQuery) -> Message:
    _change(services, viewer, on=False, when=None)
    return digest_settings.render_off()


def _when(services: Services, viewer: Viewer, query: DigestQuery) -> Message:
    """Without a schedule: say the present one."""
    if query.schedule:
        settings = _change(services, viewer, on=None, when=query.schedule)
    else:
        settings = settings_of(services, team_id=viewer.team_id, channel_id=viewer.channel_id)
    return _settings_message(services, settings)


def _language(services: Services, viewer: Viewer, query: DigestQuery) -> Message:
    """Without a language: say the present one."""
    place = {"team_id": viewer.team_id, "channel_id": viewer.channel_id}
    if query.language:
        languages.choose_channel_language(services, **place, named=query.language)
    return digest_settings.render_language(languages.channel_language(services, **place))


_DIGEST: Mapping[DigestAction, Callable[[Services, Viewer, DigestQuery], Message]] = MappingProxyType(
    {
        DigestAction.PREVIEW: _preview,
        DigestAction.NOW: _post_now,
        DigestAction.ON: _switch_on,
        DigestAction.OFF: _switch_off,
        DigestAction.WHEN: _when,
        DigestAction.SETTINGS: _when,
        DigestAction.LANGUAGE: _language,
    }
)


def _change(services: Services, viewer: Viewer, *, on: bool | None, when: str | None) -> DigestSettings:
    return change_settings(
        services,
        team_id=viewer.team_id,
        channel_id=viewer.channel_id,
        user_id=viewer.user_id,
        on=on,
        when=when,
    )


def _settings_message(services: Services, settings: DigestSettings) -> Message:
    following = next_run(settings.schedule, services.now()) if settings.on else None
    return digest_settings.render_settings(settings, next_run=following)


def _command(text: str) -> Command:
    try:
        return Command(text)
    except ValueError:
        raise UserError(_("I know no command {command}. Try /deals help.").format(command=text)) from None


def _today(services: Services) -> date:
    return services.now().date()
