"""What a channel's next digest has to say of what earlier ones told wrongly."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.relationships.ids import stable_id
from bot.values import Change, ChangeType
from storage import companies, corrections, tellings
from storage.engine import Session
from storage.tellings import CorrectedTelling

_Subject = tuple[object, ...]


def corrected_changes(session: Session, *, team_id: str, channel_id: str) -> tuple[Change, ...]:
    """One change for each deal or bond that digests told there and people corrected since.

    What rested on an article that is gone is passed over: nothing more is said of it.
    """
    found = _groups(session, team_id, channel_id)
    known = companies.get_companies(
        session,
        team_id=team_id,
        channel_id=channel_id,
        ids={id_ for group in found.values() for each in group for id_ in _companies_of(each)},
    )
    return tuple(
        _change(group) for group in found.values() if all(id_ in known for id_ in _companies_of(group[-1]))
    )


def forget_told(session: Session, *, team_id: str, channel_id: str, change_ids: Collection[str]) -> None:
    """Keep no more of what a digest with these changes has set right."""
    for group in _groups(session, team_id, channel_id).values():
        if _change(group).id in change_ids:
            told = [each.told.id for each in group]
            tellings.forget_corrected(session, team_id=team_id, channel_id=channel_id, change_ids=told)


def _groups(session: Session, team_id: str, channel_id: str) -> Mapping[_Subject, list[CorrectedTelling]]:
    """What was corrected, by the deal or bond that was told, the last told last."""
    place = {"team_id": team_id, "channel_id": channel_id}
    found: defaultdict[_Subject, list[CorrectedTelling]] = defaultdict(list)
    for each in tellings.corrected_tellings(session, **place):
        if corrections.batch(session, **place, batch_id=each.batch_id):
            told = each.told
            found[told.deal_id or (told.kind, told.source_id, told.target_id),].append(each)
    for group in found.values():
        group.sort(key=lambda each: _learning(each.told))
    return found


def _learning(change: Change) -> tuple[datetime, datetime, str]:
    return change.known_at, change.happened_at, change.id


def _companies_of(telling: CorrectedTelling) -> tuple[str, ...]:
    now = telling.now
    return telling.told.a_id, telling.told.b_id, *((now.a_id, now.b_id) if now else ())


def _change(group: Sequence[CorrectedTelling]) -> Change:
    """The correction of what was told last of a subject, as it stands now."""
    telling = group[-1]
    told, now = telling.told, telling.now
    about = now or told
    return Change(
        id=stable_id("corrected", told.id, telling.batch_id, telling.corrected_at.isoformat()),
        type=ChangeType.CORRECTED,
        a_id=about.a_id,
        b_id=about.b_id,
        kind=about.kind,
        source_id=about.source_id,
        target_id=about.target_id,
        deal_id=about.deal_id,
        status_before=told.status_after,
        status_after=now.status_after if now else None,
        level_before=None,
        level_after=None,
        money=now.money if now else None,
        money_before=told.money if now and told.money != now.money else None,
        confidence=1.0,
        happened_at=telling.corrected_at,
        known_at=telling.corrected_at,
        tie_ids=now.tie_ids if now else (),
        corrects=told,
        by=telling.corrected_by,
    )
