"""Changes that are one story told once: what happened to one deal, or to one pair, within a period."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.digest.significance import significance
from bot.relationships.level import FRICTION
from bot.values import Change, ChangeType, Status, TieKind

_OVER = frozenset({ChangeType.ENDED, ChangeType.DENIED})
_LEVEL = frozenset({ChangeType.WARMED, ChangeType.COOLED})
_TAKEOVERS = frozenset({TieKind.ACQUISITION, TieKind.MERGER})


@dataclass(frozen=True, slots=True)
class Story:
    """One change to tell, and those that need no telling beside it."""

    change: Change
    folded: tuple[Change, ...] = ()

    @property
    def change_ids(self) -> frozenset[str]:
        """The ids of all changes in it."""
        return frozenset(change.id for change in (self.change, *self.folded))

    @property
    def points(self) -> float:
        """The significance of the weightiest thing in it."""
        return max(significance(change) for change in (self.change, *self.folded))


def tell_once(changes: Sequence[Change]) -> list[Story]:
    """One story for each deal, bond, pair level and correction (changes come oldest first)."""
    by_subject: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
    for change in changes:
        by_subject[_subject(change)].append(change)
    told = [_collapse(group) for group in by_subject.values()]
    return _fold_levels([story for story in told if story is not None])


def _subject(change: Change) -> tuple[str, ...]:
    if change.type is ChangeType.CORRECTED:
        return ("correction", change.id)
    if change.type in _LEVEL:
        return ("level", change.a_id, change.b_id)
    if change.deal_id is not None:
        return ("deal", change.deal_id)
    return ("bond", change.kind or "", change.source_id or "", change.target_id or "")


def _collapse(changes: Sequence[Change]) -> Story | None:
    """The last state of a subject, as one move from where it stood before; None when it came back there."""
    if changes[0].type is ChangeType.CORRECTED:
        return Story(changes[-1])
    if changes[0].type in _LEVEL:
        return _collapse_levels(changes)
    moves = [change for change in changes if change.type is not ChangeType.AMOUNT_REVISED]
    revised = [change for change in changes if change.type is ChangeType.AMOUNT_REVISED]
    money, money_before = changes[-1].money, revised[0].money_before if revised else None
    if not moves:
        if money_before == money:
            return None
        return _story(_with(revised[-1], money_before=money_before), changes)
    final, before = moves[-1], moves[0].status_before
    if before is final.status_after:
        return None
    told = _with(
        final,
        id=moves[0].id if before is None else final.id,
        type=_type_of(final, before),
        status_before=before,
        money=money,
        money_before=None if before is None or money_before == money else money_before,
        # What is quoted is the first of them, and it must say the amount that is told.
        tie_ids=changes[-1].tie_ids if changes[-1] in revised else final.tie_ids,
    )
    return _story(told, changes)


def _type_of(final: Change, before: Status | None) -> ChangeType:
    if final.type in _OVER or before is not None:
        return final.type
    return ChangeType.NEW_BOND if final.deal_id is None else ChangeType.NEW_DEAL


def _collapse_levels(changes: Sequence[Change]) -> Story | None:
    before, after = changes[0].level_before, changes[-1].level_after
    if before is None or after is None or before is after:
        return None
    warmed = after.number > before.number
    wanted = ChangeType.WARMED if warmed else ChangeType.COOLED
    final = next((c for c in reversed(changes) if c.type is wanted), changes[-1])
    return _story(_with(final, type=wanted, level_before=before, level_after=after), changes)


def _story(told: Change, changes: Sequence[Change]) -> Story:
    """A story that rests on the ties of all its changes, those of the one told first."""
    ties = dict.fromkeys(told.tie_ids)
    for change in reversed(changes):
        ties |= dict.fromkeys(change.tie_ids)
    return Story(
        _with(told, tie_ids=tuple(ties)), tuple(change for change in changes if change.id != told.id)
    )


def _with(change: Change, **fields: Any) -> Change:  # any field's
    """A change with other values; itself where it has them, as most do: to make one takes long."""
    same = all(getattr(change, name) == value for name, value in fields.items())
    return change if same else replace(change, **fields)


def _fold_levels(stories: Sequence[Story]) -> list[Story]:
    """Each level that moved, in one story with what moved it."""
    by_pair: defaultdict[tuple[str, str], list[Story]] = defaultdict(list)
    for story in stories:
        by_pair[_pair(story.change)].append(story)
    return [story for told in by_pair.values() for story in _fold_level(told)]


def _fold_level(stories: Sequence[Story]) -> Sequence[Story]:
    """The stories of one pair: at most one of them is that of its level."""
    level = next((story for story in stories if story.change.type in _LEVEL), None)
    if level is None:
        return stories
    beside = [s for s in stories if s is not level and s.change.type is not ChangeType.CORRECTED]
    whole = _with_level(level, beside)
    covered = {id(s) for s in (level, *beside) if s.change.id in whole.change_ids}
    return [whole, *(s for s in stories if id(s) not in covered)]


def _with_level(level: Story, beside: Sequence[Story]) -> Story:
    """The story of a level and what it makes superfluous, or of the deal that makes the level so.

    A quarrel behind a cooling is told by the cooling, and so is what the same article recalls of deals
    done before: the ground it cooled from. Without a quarrel, a deal (that is new, moved on or ended)
    tells more than the level it moved. A takeover is always worth its own line.
    """
    behind = [s for s in beside if s.change.deal_id is None and _share_ties(s, level)]
    whole = _absorb(level, behind)
    if level.change.type is ChangeType.COOLED and any(s.change.kind in FRICTION for s in behind):
        return _absorb(whole, [s for s in beside if s not in behind and _is_ground(s, level)])
    deals = [s for s in beside if s.change.deal_id is not None and _share_ties(s, level)]
    if not deals:
        return whole
    deal = max(deals, key=lambda s: (significance(s.change), s.change.id))
    return _absorb(deal, [whole])


def _is_ground(story: Story, level: Story) -> bool:
    change = story.change
    if change.kind in _TAKEOVERS:
        return False
    if change.type in _OVER:
        return _share_ties(story, level)
    recalled = change.status_before is None and change.status_after is Status.COMPLETED
    return recalled and change.known_at == level.change.known_at


def _share_ties(story: Story, other: Story) -> bool:
    return not set(story.change.tie_ids).isdisjoint(other.change.tie_ids)


def _absorb(story: Story, others: Sequence[Story]) -> Story:
    more = tuple(change for other in others for change in (other.change, *other.folded))
    return replace(story, folded=(*story.folded, *more))


def _pair(change: Change) -> tuple[str, str]:
    return change.a_id, change.b_id
