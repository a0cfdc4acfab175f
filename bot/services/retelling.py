"""What a correction means for those who were told otherwise: they hear of it, and not of what merely moved.

What was told at once is corrected at once, the rest in the next digest.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.relationships.corrections import origin_id
from bot.services.corrected import company_change_id, corrected_changes, fact_change_id
from bot.values import Change
from storage import alerts, companies, digests, record, reports, tellings
from storage.engine import Session
from storage.stated import Statements
from storage.tellings import CorrectedCompany, CorrectedTelling


@dataclass(frozen=True, slots=True)
class Author:
    """Who corrects, when, and under which batch it stands in the history.

    `undoes` is when that batch was written down, for somebody who takes it back.
    """

    batch_id: str
    user_id: str
    at: datetime
    undoes: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """What one reader knows of some companies: their changes, and whence the ties of these come.

    `names` are the companies of the changes by id, `ids` those of the name keys looked at.
    """

    changes: tuple[Change, ...]
    origins: Mapping[str, str]
    names: Mapping[str, str]
    ids: Mapping[str, str]

    def origins_of(self, change: Change) -> frozenset[str]:
        return frozenset(self.origins.get(tie_id, tie_id) for tie_id in change.tie_ids)

    def resting_on(self, origins: Collection[str]) -> list[Change]:
        """The changes of deals and bonds that rest on one of the ties, oldest first."""
        return [c for c in self.changes if c.kind is not None and self.origins_of(c) & frozenset(origins)]

    def tells(self, change: Change, elsewhere: "_Look") -> bool:
        """Whether what was told `elsewhere` by a change is told by one here, in the same names."""
        names = elsewhere.named(change)
        return any(
            self.named(own) == names and not set(own.tie_ids).isdisjoint(change.tie_ids)
            for own in self.changes
        )

    def named(self, change: Change) -> frozenset[str | None]:
        """What the two companies of a change are called."""
        return frozenset((self.names.get(change.a_id), self.names.get(change.b_id)))


class Retelling:
    """Compares what channels know before a correction and after it."""

    def __init__(
        self, session: Session, *, team_id: str, article_ids: Collection[str], keys: Collection[str]
    ) -> None:
        """Look at what is, while nothing is corrected yet; `keys` are those of the companies concerned."""
        self._session, self._team_id = session, team_id
        self._article_ids, self._keys = frozenset(article_ids), frozenset(keys)
        self._before = {
            channel_id: self._look(channel_id)
            for channel_id in tellings.told_channels(session, team_id=team_id)
        }

    def settle(self, author: Author) -> None:
        """Look again, once the record is refreshed; keep what the next digests have to say, and need not."""
        for channel_id, before in self._before.items():
            told = digests.told_changes(self._session, team_id=self._team_id, channel_id=channel_id)
            after = self._look(channel_id)
            self._carry(channel_id, before, after, told, author)
            note = self._note if self._article_ids else self._note_company
            self._tell_at_once(channel_id, note(channel_id, before, after, told, author), author)

    def _look(self, channel_id: str) -> _Look:
        place = {"team_id": self._team_id, "channel_id": channel_id}
        ids = reports.resolve_keys(self._session, **place, keys=self._keys)
        changes = record.changes(
            self._session,
            team_id=self._team_id,
            channel_id=channel_id,
            company_ids=frozenset(ids.values()),
        )
        statements = Statements(self._session, **place)
        origins = {
            told.tie_id: origin_id(article_id, told.stated.origin)
            for article_id in self._article_ids
            for told in statements.of_article(article_id)
        }
        parties = {each for change in changes for each in (change.a_id, change.b_id)}
        known = companies.get_companies(self._session, **place, ids=parties)
        return _Look(changes, origins, {each.id: each.name for each in known.values()}, ids)

    def _carry(
        self, channel_id: str, before: _Look, after: _Look, told: Collection[str], author: Author
    ) -> None:
        """Count as told what only has another id now, and what nothing but the correction brought about."""
        known = {change.id for change in before.changes}
        heard = {o for c in before.changes if c.id in told for o in before.origins_of(c)}
        unheard = {o for c in before.changes if c.id not in told for o in before.origins_of(c)}
        if not heard:
            return
        moved = [
            change.id
            for change in after.changes
            if change.id not in known
            and (after.origins_of(change) & heard or not after.origins_of(change) & unheard)
        ]
        digests.mark_told(
            self._session, team_id=self._team_id, channel_id=channel_id, change_ids=moved, now=author.at
        )

    def _note(
        self, channel_id: str, before: _Look, after: _Look, told: Collection[str], author: Author
    ) -> list[str]:
        """Keep which facts are otherwise than a reader was told; gives the ids of what it was told."""
        place = {"team_id": self._team_id, "channel_id": channel_id}
        waiting = {each.told.id: each for each in tellings.corrected_tellings(self._session, **place)}
        # What only a correction made of it was never told.
        untold = waiting.keys() | {each.now.id for each in waiting.values() if each.now is not None}
        heard = [
            (change, before.origins_of(change))
            for change in before.resting_on(before.origins.values())
            if change.id in told and change.id not in untold
        ]
        touched = frozenset(before.origins.values()) | frozenset(after.origins.values())
        heard += [(each.told, each.origins) for each in waiting.values() if each.origins & touched]
        otherwise = []
        for change, origins, now in _as_it_stands(heard, after):
            if now is not None and _content(now) == _content(change):
                tellings.forget_corrected(self._session, **place, change_ids=[change.id])
            else:
                otherwise.append((change, now, origins))
        if author.undoes is not None:
            shown = {now.id for _told, now, _origins in otherwise if now is not None}
            otherwise += [
                (change, change, after.origins_of(change))
                for change in after.resting_on(touched)
                if change.id not in shown and fact_change_id(change, author.batch_id, author.undoes) in told
            ]
        for change, now, origins in otherwise:
            telling = CorrectedTelling(
                told=change,
                now=now,
                origins=origins,
                batch_id=author.batch_id,
                corrected_at=author.at,
                corrected_by=author.user_id,
            )
            tellings.note_corrected(self._session, **place, telling=telling)
        return [change.id for change, _now, _origins in otherwise]

    def _note_company(
        self, channel_id: str, before: _Look, after: _Look, told: Collection[str], author: Author
    ) -> list[str]:
        """Keep that companies are called, or are, otherwise than a reader was told; gives the same."""
        place = {"team_id": self._team_id, "channel_id": channel_id}
        undone = author.undoes is not None
        self._follow_ids(
            channel_id, {before.ids[key]: id_ for key, id_ in after.ids.items() if key in before.ids}
        )
        waiting = {each.batch_id for each in tellings.corrected_companies(self._session, **place)}
        if undone and author.batch_id in waiting:
            tellings.forget_companies(self._session, **place, batch_ids=[author.batch_id])
            return []
        said = company_change_id(author.batch_id, undone=False)
        otherwise = [
            change.id
            for change in before.changes
            if change.id in told and change.kind is not None and not after.tells(change, before)
        ]
        otherwise += [said] if said in told else []
        if otherwise:
            corrected = CorrectedCompany(
                batch_id=author.batch_id, undone=undone, corrected_at=author.at, corrected_by=author.user_id
            )
            tellings.note_company(self._session, **place, corrected=corrected)
        return otherwise

    def _follow_ids(self, channel_id: str, moved: Mapping[str, str]) -> None:
        """Have what waits to be corrected speak of the companies by the ids that they have now."""
        place = {"team_id": self._team_id, "channel_id": channel_id}
        for each in tellings.corrected_tellings(self._session, **place):
            now = each.now and _renamed(each.now, moved)
            telling = replace(each, told=_renamed(each.told, moved), now=now)
            if telling != each:
                tellings.note_corrected(self._session, **place, telling=telling)

    def _tell_at_once(self, reader_id: str, otherwise: Collection[str], author: Author) -> None:
        """Have a reader that was told at once what is otherwise now told that at once too."""
        reader = {"team_id": self._team_id, "reader_id": reader_id}
        if alerts.any_told(self._session, **reader, change_ids=otherwise):
            waiting = corrected_changes(self._session, team_id=self._team_id, channel_id=reader_id)
            news = [change.id for change in waiting if change.known_at == author.at]
            alerts.add_alerts(self._session, **reader, change_ids=news, now=author.at)


def _as_it_stands(
    heard: Sequence[tuple[Change, frozenset[str]]], after: _Look
) -> Iterator[tuple[Change, frozenset[str], Change | None]]:
    """What was told, each with what tells it now; None for what is not so any more."""
    found = [(change, origins, _counterpart(change, after.resting_on(origins))) for change, origins in heard]
    stated = frozenset(after.origins.values())
    for change, origins, now in found:
        if now is None and origins & stated:
            # Its ties still say it, and move nothing by themselves: how the deal stands tells it.
            beside = [
                other for told, _origins, other in found if other and _subject(told) == _subject(change)
            ]
            same = [other for other in after.changes if _subject(other) == _subject(change)]
            now = _counterpart(change, [*same, *beside])
        yield change, origins, now


def _renamed(change: Change, moved: Mapping[str, str]) -> Change:
    """A change with the ids that its companies have now."""
    a_id, b_id = sorted(moved.get(id_, id_) for id_ in (change.a_id, change.b_id))
    source_id, target_id = change.source_id or "", change.target_id or ""
    return replace(
        change,
        a_id=a_id,
        b_id=b_id,
        source_id=moved.get(source_id, change.source_id),
        target_id=moved.get(target_id, change.target_id),
    )


def _subject(change: Change) -> tuple[object, ...]:
    return change.kind, change.source_id, change.target_id


def _counterpart(told: Change, now: Collection[Change]) -> Change | None:
    """Of the changes that rest on the same ties now, the one that tells what was told, else the last."""
    alike = [change for change in now if change.id == told.id or change.type is told.type]
    return next(reversed([*now, *alike]), None)


def _content(change: Change) -> tuple[object, ...]:
    return change.kind, change.source_id, change.target_id, change.status_after, change.money
