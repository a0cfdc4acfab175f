import pytest

from bot.relationships.roles import ROLES
from bot.values import SYMMETRIC_KINDS, TieKind


@pytest.mark.parametrize("kind", list(TieKind))
def test_roles_are_alike_for_symmetric_kinds_alone(kind: TieKind) -> None:
    source, target = ROLES[kind]
    assert (source == target) is (kind in SYMMETRIC_KINDS)
