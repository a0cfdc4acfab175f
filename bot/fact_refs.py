"""What a button says it is about: a deal, a bond or one tie, in few characters."""

from dataclasses import dataclass

from bot.values import Bond, Change, ChangeType, Deal, TieKind

_DEAL, _BOND, _TIE = "d", "b", "t"
_KINDS = frozenset(kind.value for kind in TieKind)


@dataclass(frozen=True, slots=True)
class FactRef:
    """One of: a deal by its id, a bond by kind and company ids, a tie by its id."""

    deal_id: str | None = None
    bond: tuple[TieKind, str, str] | None = None
    tie_id: str | None = None

    def __str__(self) -> str:
        """As it stands in a button: "d:1f3a..."."""
        if self.bond is not None:
            return ":".join((_BOND, *self.bond))
        return f"{_DEAL}:{self.deal_id}" if self.deal_id else f"{_TIE}:{self.tie_id}"


def read_ref(text: str) -> FactRef | None:
    """The reverse of `str`; None for what is none."""
    match text.split(":"):
        case ["d", deal_id] if deal_id:
            return FactRef(deal_id=deal_id)
        case ["t", tie_id] if tie_id:
            return FactRef(tie_id=tie_id)
        case ["b", kind, source_id, target_id] if kind in _KINDS:
            return FactRef(bond=(TieKind(kind), source_id, target_id))
    return None


def ref_of_deal(deal: Deal) -> FactRef:
    """A deal as buttons name it."""
    return FactRef(deal_id=deal.id)


def ref_of_bond(bond: Bond) -> FactRef:
    """A bond as buttons name it."""
    return FactRef(bond=(bond.kind, bond.source_id, bond.target_id))


def ref_of_change(change: Change) -> FactRef | None:
    """What a change is about; None for a change of level, which many facts make, and for what is no more."""
    if change.type is ChangeType.CORRECTED and change.status_after is None:
        return None
    if change.deal_id is not None:
        return FactRef(deal_id=change.deal_id)
    if change.kind is None or change.source_id is None or change.target_id is None:
        return None
    return FactRef(bond=(change.kind, change.source_id, change.target_id))
