"""What a reader (a channel, or a person) wants to hear about the companies it follows.

A company is followed alone or in a pair with another. What a pair's watch says of a change between the two
is the last word on it; else the louder of the watches of the two companies decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.values import Change

Pair = frozenset[str]
"""Two company ids."""


class Tier(StrEnum):
    """How soon a reader hears of a change."""

    NOW = "now"  # at once
    DIGEST = "digest"  # in the digest, before everything else
    SILENT = "silent"  # not at all: the company is on the list, and no more


_LOUDNESS = {Tier.SILENT: 0, Tier.DIGEST: 1, Tier.NOW: 2}


@dataclass(frozen=True, slots=True)
class Follows:
    """The watches of one reader, by the company ids that their names mean today."""

    companies: Mapping[str, Tier] = field(default_factory=dict)
    pairs: Mapping[Pair, Tier] = field(default_factory=dict)

    def tier_of(self, change: Change) -> Tier | None:
        """What the watches say of a change; None when nobody follows either company."""
        pair = self.pairs.get(frozenset((change.a_id, change.b_id)))
        if pair is not None:
            return pair
        tiers = [self.companies[each] for each in (change.a_id, change.b_id) if each in self.companies]
        return max(tiers, key=_LOUDNESS.__getitem__, default=None)


NOTHING = Follows()


def louder(one: Tier | None, other: Tier) -> Tier:
    """Of two tiers the one by which a reader hears more; two watches may come to mean one company."""
    return other if one is None else max(one, other, key=_LOUDNESS.__getitem__)
