"""The form of a channel's digest: opened, tried, saved."""

import json
from collections.abc import Mapping
from typing import Any

from bot.digest.schedule import next_run
from bot.errors import SeamsError, UserError
from bot.explaining import explain
from bot.locale import _
from bot.services import Services, digests, members
from bot.services.answers import digest_answer
from bot.services.digest_settings import save_settings, settings_of, settings_to_choose
from bot.services.languages import posted_in
from bot.values import Audience
from bot.views import digest as digest_view
from bot.views.digest_form import read_form, render_form, render_preview, render_saved
from bot.views.message import View
from storage import channels
from storage.engine import snapshot

Json = Mapping[str, Any]


def open_form(services: Services, team_id: str, channel_id: str, user_id: str) -> View:
    """The form for a channel; for one that nobody chose a time for, in the person's own time zone.

    Raises UserError for guests.
    """
    members.refuse_guests(services, team_id=team_id, user_id=user_id)
    place = {"team_id": team_id, "channel_id": channel_id}
    shown = settings_to_choose(services, **place, user_id=user_id)
    seen = settings_of(services, **place).mark()
    opened = [channel_id, seen, _is_open(services, **place)]
    return render_form(shown, metadata=json.dumps(opened, separators=(",", ":")))


def preview_form(services: Services, team_id: str, view: Json) -> View:
    """What the digest would say with what the form holds, or what is wrong with it."""
    try:
        channel_id, _seen = _metadata(services, team_id, view)
        place = {"team_id": team_id, "channel_id": channel_id}
        chosen = read_form(view, settings_of(services, **place).schedule)
    except SeamsError as error:
        return render_preview(explain(error))
    digest, again = digests.try_out(services, **place, wishes=chosen.wishes)
    with snapshot(services.engine) as session:
        answer = digest_answer(session, **place, digest=digest)
    with posted_in(services, **place):
        return render_preview(digest_view.render(answer, preview=True), again=again)


def save(services: Services, team_id: str, user_id: str, view: Json) -> View:
    """Keep what the form holds; raises FormErrors for its fields, UserError when there can be no digest."""
    channel_id, seen = _metadata(services, team_id, view)
    place = {"team_id": team_id, "channel_id": channel_id}
    chosen = read_form(view, settings_of(services, **place).schedule)
    saved = save_settings(services, **place, user_id=user_id, settings=chosen, seen=seen)
    following = next_run(chosen.schedule, services.now()) if chosen.on else None
    return render_saved(saved, next_run=following)


def _metadata(services: Services, team_id: str, view: Json) -> tuple[str, str]:
    """The channel of a form, and the mark of the settings that it showed; raises UserError for nonsense.

    A form of a channel that was open to all may lie before somebody who is in it no more: once it is closed,
    that form is out of date.
    """
    try:
        match json.loads(str(view.get("private_metadata") or "")):
            case [str(channel_id), str(seen), bool(was_open)]:
                if not was_open or _is_open(services, team_id=team_id, channel_id=channel_id):
                    return channel_id, seen
    except ValueError:
        pass
    raise UserError(_("That form is out of date. Open it again with /digest settings."), code="stale_button")


def _is_open(services: Services, *, team_id: str, channel_id: str) -> bool:
    with snapshot(services.engine) as session:
        known = channels.get_channel(session, team_id=team_id, channel_id=channel_id)
    return known.audience is Audience.PUBLIC
