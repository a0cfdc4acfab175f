"""Whether the bulk of a made-up record is what the product itself would have derived."""

import random

from bot.relationships.reconcile import reconcile
from storage import record, reports
from storage.engine import Engine, snapshot
from storage.stated import Statements
from tests.bench.record.world import TEAM, World

SAMPLE = 50


def check_pairs(engine: Engine, world: World) -> None:
    """Reconcile some pairs from what is stored; raises ValueError for one that is stored otherwise."""
    draw = random.Random(world.seed)
    with snapshot(engine) as session:
        place = {"team_id": TEAM, "channel_id": ""}
        for number in draw.sample(range(world.pairs), min(SAMPLE, world.pairs)):
            a, b = (world.companies[int(end)].id for end in (world.a[number], world.b[number]))
            company_of = reports.keys_of_companies(session, **place, company_ids=[a, b])
            statements = Statements(session, **place)
            told = reports.reports_between(session, statements, **place, company_of=company_of)
            if record.pair_record(session, **place, a_id=a, b_id=b) != reconcile(a, b, told):
                raise ValueError(f"pair {number} of the made-up record is not as it would be derived")
