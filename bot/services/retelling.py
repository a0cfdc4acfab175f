"""What a correction means for digests: what they told wrongly is told again, what merely moved is not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.relationships.corrections import origin_id
from bot.values import Change
from storage import digests, record, reports, tellings
from storage.engine import Session
from storage.stated import Statements
from storage.tellings import CorrectedTelling

_PEOPLE = ("U", "W")  # what the ids of people begin with


@dataclass(frozen=True, slots=True)
class Author:
    """Who corrects, when, and under which batch it stands in the history."""

    batch_id: str
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Look:
    """The changes between some companies that one channel knows, and the origin of each of their ties."""

    changes: tuple[Change, ...]
    origins: Mapping[str, str]

    def origins_of(self, change: Change) -> frozenset[str]:
        return frozenset(self.origins.get(tie_id, tie_id) for tie_id in change.tie_ids)

    def resting_on(self, origins: Collection[str]) -> list[Change]:
        """The changes of deals and bonds that rest on one of the ties, oldest first."""
        return [c for c in self.changes if c.kind is not None and self.origins_of(c) & frozenset(origins)]


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
            # What a person was told at once is no digest of theirs.
            if self._article_ids and not channel_id.startswith(_PEOPLE):
                self._note(channel_id, before, after, told, author)

    def _look(self, channel_id: str) -> _Look:
        place = {"team_id": self._team_id, "channel_id": channel_id}
        ids = frozenset(reports.resolve_keys(self._session, **place, keys=self._keys).values())
        changes = record.changes(self._session, team_id=self._team_id, channel_id=channel_id, company_ids=ids)
        statements = Statements(self._session, **place)
        origins = {
            told.tie_id: origin_id(article_id, told.stated.origin)
            for article_id in self._article_ids
            for told in statements.of_article(article_id)
        }
        return _Look(changes, origins)

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
    ) -> None:
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
        for change, origins in heard:
            now = _counterpart(change, after.resting_on(origins))
            if now is not None and _content(now) == _content(change):
                tellings.forget_corrected(self._session, **place, change_ids=[change.id])
                continue
            telling = CorrectedTelling(
                told=change,
                now=now,
                origins=origins,
                batch_id=author.batch_id,
                corrected_at=author.at,
                corrected_by=author.user_id,
            )
            tellings.note_corrected(self._session, **place, telling=telling)


def _counterpart(told: Change, now: Collection[Change]) -> Change | None:
    """Of the changes that rest on the same ties now, the one that tells what was told, else the last."""
    alike = [change for change in now if change.id == told.id or change.type is told.type]
    return next(reversed([*now, *alike]), None)


def _content(change: Change) -> tuple[object, ...]:
    return change.kind, change.source_id, change.target_id, change.status_after, change.money
