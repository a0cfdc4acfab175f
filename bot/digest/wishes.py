"""What a channel wants its digest to tell, beside what it has been told already.

Only what is known can be too small: a deal whose amount nobody reports is told whatever the minimum. The
minimum is compared with the amount as it stands, whatever its currency. A correction is always told.
"""

from dataclasses import dataclass
from decimal import Decimal

from bot.digest.watching import Tier
from bot.values import Change, ChangeType

SURE = 0.6
"""The confidence under which a line says that it may be wrong."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which changes a channel's digest tells, and whether a week without any is said to be so."""

    followed_only: bool = False
    minimum: Decimal | None = None
    sure_only: bool = False
    say_quiet: bool = True

    def wants(self, change: Change, tier: Tier | None) -> bool:
        """Whether to tell a change, of which the channel's watches say `tier`.

        What is followed is told whatever its amount, and what is followed silently never.
        """
        if change.type is ChangeType.CORRECTED:
            return True
        if tier is Tier.SILENT or (self.sure_only and change.confidence < SURE):
            return False
        if tier is not None:
            return True
        return not self.followed_only and not self._is_small(change)

    def _is_small(self, change: Change) -> bool:
        return self.minimum is not None and change.money is not None and change.money.amount < self.minimum


EVERYTHING = Wishes()
