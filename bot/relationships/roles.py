"""What the two parties of each kind of tie are called."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.values import TieKind

ROLES: Mapping[TieKind, tuple[str, str]] = MappingProxyType(
    {
        TieKind.ACQUISITION: ("acquirer", "acquired"),
        TieKind.MERGER: ("merging party", "merging party"),
        TieKind.INVESTMENT: ("investor", "investee"),
        TieKind.PARTNERSHIP: ("partner", "partner"),
        TieKind.SUPPLY: ("supplier", "customer"),
        TieKind.LICENSING: ("licensor", "licensee"),
        TieKind.FINANCING: ("lender", "borrower"),
        TieKind.OWNERSHIP: ("owner", "owned"),
        TieKind.DEPENDENCY: ("dependent", "depended on"),
        TieKind.COMPETITION: ("rival", "rival"),
        TieKind.DISPUTE: ("disputant", "disputant"),
        TieKind.LITIGATION: ("plaintiff", "defendant"),
    }
)
"""The role of a tie's source and of its target; symmetric kinds name both parties alike."""
