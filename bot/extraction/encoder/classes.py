"""What the network answers: of a token, whether it names a company; of a pair, what ties it."""

from bot.values import SYMMETRIC_KINDS, Status, TieKind

# Of a token: outside, a name's first and further ones, those of a noun that stands for a company.
OUTSIDE, NAME, IN_NAME, ROLE, IN_ROLE = range(5)
TAGS = 5

STATUSES = tuple(s.value for s in Status)
_DIRECTED = tuple(k for k in TieKind if k not in SYMMETRIC_KINDS)
# (kind, forward): forward reads from the company mentioned first to the other; symmetric kinds are forward.
CLASSES: tuple[tuple[TieKind, bool], ...] = (
    *((kind, True) for kind in _DIRECTED),
    *((kind, False) for kind in _DIRECTED),
    *((kind, True) for kind in TieKind if kind in SYMMETRIC_KINDS),
)
SAME = len(CLASSES)  # the answer after them all: whether a noun stands for a company


def class_of(kind: str, *, forward: bool) -> int:
    """The index of a class; a symmetric kind has one for both ways."""
    found = TieKind(kind)
    return CLASSES.index((found, forward or found in SYMMETRIC_KINDS))
