"""What a reader, a channel or a person, has still to be told of what it was told wrongly."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from bot.relationships.company_corrections import CompanySaid
from bot.relationships.ids import stable_id
from bot.values import Change, ChangeType, Status
from storage import companies, corrections, derived_companies, tellings
from storage.engine import Session
from storage.tellings import CorrectedCompany, CorrectedTelling

_Subject = tuple[object, ...]


def corrected_changes(session: Session, *, team_id: str, channel_id: str) -> tuple[Change, ...]:
    """One change for each deal or bond that was told there, and each company, that people corrected since.

    What rested on an article that is gone is passed over: nothing more is said of it.
    """
    found = _groups(session, team_id, channel_id)
    known = companies.get_companies(
        session,
        team_id=team_id,
        channel_id=channel_id,
        ids={id_ for group in found.values() for each in group for id_ in _companies_of(each)},
    )
    facts = [
        _change(group) for group in found.values() if all(id_ in known for id_ in _companies_of(group[-1]))
    ]
    return (*facts, *_company_changes(session, team_id, channel_id))


def forget_told(session: Session, *, team_id: str, channel_id: str, change_ids: Collection[str]) -> None:
    """Keep no more of what a message with these changes has set right."""
    for group in _groups(session, team_id, channel_id).values():
        if _change(group).id in change_ids:
            told = [each.told.id for each in group]
            tellings.forget_corrected(session, team_id=team_id, channel_id=channel_id, change_ids=told)
    place = {"team_id": team_id, "channel_id": channel_id}
    batches = [
        each.batch_id
        for each in tellings.corrected_companies(session, **place)
        if company_change_id(each.batch_id, undone=each.undone) in change_ids
    ]
    tellings.forget_companies(session, **place, batch_ids=batches)


def fact_change_id(told: Change, batch_id: str, corrected_at: datetime) -> str:
    """The id of the change that corrects what was told."""
    return stable_id("corrected", told.id, batch_id, corrected_at.isoformat())


def company_change_id(batch_id: str, *, undone: bool) -> str:
    """The id of the change that tells what a batch said of companies, or that it was taken back."""
    return stable_id("corrected company", batch_id, *(["undone"] if undone else []))


def _company_changes(session: Session, team_id: str, channel_id: str) -> Iterator[Change]:
    place = {"team_id": team_id, "channel_id": channel_id}
    for each in tellings.corrected_companies(session, **place):
        for row in corrections.batch(session, **place, batch_id=each.batch_id):
            if isinstance(row.said, CompanySaid) and (known := _known(session, row.said, **place)):
                yield _company_change(each, row.said, known)


def _known(session: Session, said: CompanySaid, *, team_id: str, channel_id: str) -> str | None:
    """The company that is spoken of, hidden or not; None when it, or the other one, is no more."""
    ids = [
        sorted(
            derived_companies.found_under(session, team_id=team_id, audience=channel_id, keys=[key])
            or derived_companies.found_under(session, team_id=team_id, audience="", keys=[key])
        )
        for key in (said.keys[0], *said.other_keys[:1])
    ]
    return ids[0][0] if all(ids) else None


def _company_change(corrected: CorrectedCompany, said: CompanySaid, company_id: str) -> Change:
    return Change(
        id=company_change_id(corrected.batch_id, undone=corrected.undone),
        type=ChangeType.CORRECTED,
        a_id=company_id,
        b_id=company_id,
        kind=None,
        source_id=None,
        target_id=None,
        deal_id=None,
        status_before=None,
        status_after=Status.ENDED if corrected.undone else Status.COMPLETED,
        level_before=None,
        level_after=None,
        money=None,
        money_before=None,
        confidence=1.0,
        happened_at=corrected.corrected_at,
        known_at=corrected.corrected_at,
        tie_ids=(),
        corrects=said,
        by=corrected.corrected_by,
    )


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
        id=fact_change_id(told, telling.batch_id, telling.corrected_at),
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
