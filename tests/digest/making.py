"""A digest straight from reports."""

from collections.abc import Iterable

from bot.digest.digest import Digest, build_digest
from bot.digest.schedule import Period
from bot.relationships.reconcile import reconcile
from bot.values import Change, ChangeType, Report, Status, TieKind
from tests.relationships.factory import day, report, seed

K, S = TieKind, Status
WEEK = Period("a week", day(0), day(7))


def changes(*reports: Report) -> list[Change]:
    pairs = {tuple(sorted((r.source_id, r.target_id))) for r in reports}
    return [
        change
        for a_id, b_id in sorted(pairs)
        for change in reconcile(
            a_id, b_id, [r for r in reports if {r.source_id, r.target_id} == {a_id, b_id}]
        ).changes
    ]


def digest(*reports: Report, told: Iterable[str] = (), period: Period = WEEK, limit: int = 20) -> Digest:
    return build_digest(changes(*reports), told=frozenset(told), period=period, limit=limit)


def leads(found: Digest) -> list[tuple[ChangeType, TieKind | None]]:
    return [(line.lead.type, line.lead.kind) for line in found.lines]


def whole_seed() -> list[Report]:
    return [
        *seed(),
        report(K.ACQUISITION, target="inflection", amount=650_000_000, article="seed"),
        report(K.SUPPLY, S.ANNOUNCED, source="oracle", amount=10_000_000_000, article="seed"),
        report(K.INVESTMENT, S.RUMORED, source="nvidia", article="seed"),
        report(K.INVESTMENT, S.RUMORED, source="mgx", article="seed"),
    ]
