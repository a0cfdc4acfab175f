"""The changes of a period -> the lines of one channel's digest."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.digest.schedule import Period
from bot.digest.stories import Story, tell_once
from bot.digest.watching import NOTHING, Follows
from bot.digest.wishes import EVERYTHING, Wishes
from bot.values import SYMMETRIC_KINDS, Change, ChangeType

LOOK_BACK = timedelta(weeks=5)
"""How long an untold change stays news: a digest switched on late, or paused, does not pour out the past."""

_ALONE = frozenset({ChangeType.WARMED, ChangeType.COOLED, ChangeType.CORRECTED, ChangeType.AMOUNT_REVISED})


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line: `changes` are told side by side, most often one ("NVIDIA and MGX may invest in OpenAI").

    Where there are several they have type, kind, status, amount and `party` in common. `folded` are changes
    that the line makes superfluous: earlier steps of the same deal, the disputes behind a cooling.
    """

    changes: tuple[Change, ...]
    folded: tuple[Change, ...] = ()
    party: str | None = None
    """The company id that several changes have in common; None for a single change."""
    followed: bool = False
    """Whether the channel follows what the line is about."""

    @property
    def lead(self) -> Change:
        """The change that stands for the line."""
        return self.changes[0]

    @property
    def change_ids(self) -> frozenset[str]:
        """The ids of everything that counts as told once the line is posted."""
        return frozenset(change.id for change in (*self.changes, *self.folded))


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest of a period; `omitted` counts the lines that the limit left out.

    Omitted lines are not told: while they are news they compete again in the next digest.
    """

    period: Period
    lines: tuple[DigestLine, ...]
    omitted: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.lines

    @property
    def change_ids(self) -> frozenset[str]:
        """The ids to write into the ledger of what was told."""
        return frozenset[str]().union(*(line.change_ids for line in self.lines))


def build_digest(
    changes: Iterable[Change],
    *,
    told: Collection[str],
    period: Period,
    limit: int,
    wishes: Wishes = EVERYTHING,
    follows: Follows = NOTHING,
) -> Digest:
    """The untold changes that the team learnt before the period's end, most significant first.

    `changes` are the present projection: what was withdrawn is no longer among them, or has no tie left.
    Of these only what the channel wants is told, and what it follows before everything else.
    """
    stories = tell_once(sorted(_news(changes, frozenset(told), period), key=_learning))
    tiers = [(story, follows.tier_of(story.change)) for story in stories]
    wanted = [(story, tier is not None) for story, tier in tiers if wishes.wants(story.change, tier)]
    # Groups come in the order of their first story, which is their most significant.
    lines = [
        line
        for chosen in (True, False)
        for line in _group(
            sorted((story for story, followed in wanted if followed is chosen), key=_rank), followed=chosen
        )
    ]
    kept = tuple(lines[: max(0, limit)])
    return Digest(period, kept, len(lines) - len(kept))


def _news(changes: Iterable[Change], told: frozenset[str], period: Period) -> list[Change]:
    earliest = period.end - LOOK_BACK
    distinct = {change.id: change for change in changes}
    return [
        change
        for change in distinct.values()
        if change.id not in told
        and earliest <= change.known_at < period.end
        and (change.tie_ids or change.type is ChangeType.CORRECTED)
    ]


def _learning(change: Change) -> tuple[object, ...]:
    return change.known_at, change.happened_at, change.id


def _rank(story: Story) -> tuple[object, ...]:
    return -story.points, *_learning(story.change)


def _group(stories: Sequence[Story], *, followed: bool) -> list[DigestLine]:
    """Stories that differ in one company alone become one line: "NVIDIA and MGX may invest in OpenAI"."""
    sizes = Counter(handle for story in stories for handle in _handles(story.change))
    groups: dict[tuple[object, ...], list[Story]] = {}
    for story in stories:
        handles = _handles(story.change)
        # The largest group wins; of equals the one with the target in common (max takes the first).
        groups.setdefault(max(handles, key=lambda handle: sizes[handle]), []).append(story)
    return [_line(str(handle[-1]), group, followed=followed) for handle, group in groups.items()]


def _line(party: str, group: Sequence[Story], *, followed: bool) -> DigestLine:
    folded = tuple(change for story in group for change in story.folded)
    return DigestLine(tuple(s.change for s in group), folded, party if len(group) > 1 else None, followed)


def _handles(change: Change) -> list[tuple[object, ...]]:
    """The groups a change could join; the last part of each is the party that the group has in common."""
    if change.type in _ALONE or change.source_id is None or change.target_id is None:
        return [("alone", change.id)]
    like = (change.type, change.kind, change.status_before, change.status_after, change.money)
    if change.kind in SYMMETRIC_KINDS:
        return [(*like, "party", change.target_id), (*like, "party", change.source_id)]
    return [(*like, "target", change.target_id), (*like, "source", change.source_id)]
