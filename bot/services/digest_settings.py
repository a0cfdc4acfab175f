"""What a channel chose about its digest: whether, when, and what it tells."""

from dataclasses import replace

from bot.digest.schedule import DEFAULT_SCHEDULE, parse_schedule
from bot.digest.settings import DigestSettings, Saved
from bot.locale import DEFAULT
from bot.services import Services, languages
from bot.services.digests import refuse_outsiders, require_member
from bot.services.followed import reader_at, watch_list
from storage import channels, digest_pauses
from storage.engine import snapshot, transaction


def settings_of(services: Services, *, team_id: str, channel_id: str) -> DigestSettings:
    """The digest settings of a channel."""
    with snapshot(services.engine) as session:
        channel = channels.get_channel(session, team_id=team_id, channel_id=channel_id)
        pause = digest_pauses.digest_pause(session, team_id=team_id, channel_id=channel_id)
    return DigestSettings(
        on=channel.digest_on,
        schedule=channel.schedule,
        wishes=channel.wishes,
        language=channel.language or DEFAULT,
        paused=pause.code if pause else None,
    )


def settings_to_choose(services: Services, *, team_id: str, channel_id: str, user_id: str) -> DigestSettings:
    """The same, with the time zone and the language of the person who chooses where nobody has chosen one."""
    settings = settings_of(services, team_id=team_id, channel_id=channel_id)
    if settings.on:
        return settings
    if settings.schedule == DEFAULT_SCHEDULE:
        zone = languages.time_zone_of(services, team_id=team_id, user_id=user_id)
        schedule = replace(DEFAULT_SCHEDULE, timezone=zone or DEFAULT_SCHEDULE.timezone)
        settings = replace(settings, schedule=schedule)
    return replace(settings, language=_language_to_speak(services, team_id, channel_id, user_id))


def _language_to_speak(services: Services, team_id: str, channel_id: str, user_id: str) -> str:
    """The language that the channel chose; without one, that of the person."""
    chosen = languages.channel_language(services, team_id=team_id, channel_id=channel_id)
    return chosen or languages.language_of(services, team_id=team_id, user_id=user_id)


def change_settings(
    services: Services, *, team_id: str, channel_id: str, user_id: str, on: bool | None, when: str | None
) -> DigestSettings:
    """Switch the digest of a channel on or off, or move it; raises UserError when that can't be.

    A channel that never chose a time gets Monday 09:00 where the person who switches it on lives, and one
    that chose no language speaks theirs from then on, also if a time was set or the digest was on before.
    """
    before = settings_to_choose(services, team_id=team_id, channel_id=channel_id, user_id=user_id)
    schedule = before.schedule if when is None else parse_schedule(when, before.schedule)
    after = replace(before, on=before.on if on is None else on, schedule=schedule)
    if on:
        _require_reach(services, team_id, channel_id)
        language = _language_to_speak(services, team_id, channel_id, user_id)
        after = replace(after, paused=None, language=language)
    else:
        spoken = languages.channel_language(services, team_id=team_id, channel_id=channel_id)
        after = replace(after, language=spoken or DEFAULT)
    # English is not kept: it is spoken anyway, and nobody chose it.
    chosen = None if after.language == DEFAULT else after.language
    _keep(services, team_id, channel_id, user_id, after, subscribe=bool(on), language=chosen)
    return after


def save_settings(
    services: Services,
    *,
    team_id: str,
    channel_id: str,
    user_id: str,
    settings: DigestSettings,
    seen: str,
) -> Saved:
    """Keep what somebody chose in the form; raises UserError when the channel can't get a digest.

    `seen` is the mark of the settings that the form showed. Of two people who choose at once the last one's
    choice holds, and they are told.
    """
    if settings.on:
        _require_reach(services, team_id, channel_id)
    with snapshot(services.engine) as session:
        channel = channels.get_channel(session, team_id=team_id, channel_id=channel_id)
    before = settings_of(services, team_id=team_id, channel_id=channel_id)
    _keep(services, team_id, channel_id, user_id, settings, subscribe=settings.on, language=settings.language)
    changed = seen not in (before.mark(), "") and before.mark() != settings.mark()
    return Saved(
        settings,
        changed_meanwhile=changed,
        overruled=channel.digest_by if changed and channel.digest_by != user_id else None,
        nothing_followed=settings.wishes.followed_only
        and not _follows(services, team_id, channel_id, user_id),
    )


def _follows(services: Services, team_id: str, channel_id: str, user_id: str) -> bool:
    with snapshot(services.engine) as session:
        return bool(watch_list(session, reader_at(team_id, channel_id, user_id)).total)


def _require_reach(services: Services, team_id: str, channel_id: str) -> None:
    refuse_outsiders(services, team_id=team_id, channel_id=channel_id)
    require_member(services, team_id, channel_id, "/digest on")


def _keep(
    services: Services,
    team_id: str,
    channel_id: str,
    user_id: str,
    settings: DigestSettings,
    *,
    subscribe: bool,
    language: str | None,
) -> None:
    with transaction(services.engine) as session:
        channels.set_digest(
            session,
            team_id=team_id,
            channel_id=channel_id,
            on=settings.on,
            schedule=settings.schedule,
            now=services.now(),
            wishes=settings.wishes,
            user_id=user_id,
        )
        if subscribe:
            digest_pauses.remember_subscriber(
                session, team_id=team_id, channel_id=channel_id, user_id=user_id
            )
        if language:
            channels.set_language(session, team_id=team_id, channel_id=channel_id, language=language)
