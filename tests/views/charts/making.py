"""Pictures of every size, and strategies for any."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st
from matplotlib.text import Text

from bot.answers import BondLine, DealLine
from bot.company_answer import PartnerLine
from bot.pictures import CompanyPicture, Edge, MapPicture, RelationshipPicture, Step, took_place
from bot.values import (
    DEAL_KINDS,
    Bond,
    Company,
    Deal,
    Level,
    Money,
    ReportedMoney,
    Status,
    StatusStep,
    TieKind,
)
from bot.views.charts.canvas import WIDTH, Canvas
from tests.views.making import HOSTILE

NOW = datetime(2026, 11, 28, tzinfo=UTC)
MICROSOFT = Company("me", "Microsoft", ("MSFT",))
NAMES = (
    "OpenAI",
    "International Business Machines Corporation of America",
    "株式会社日立製作所",
    "شركة أرامكو السعودية",
    "$$$ Money_{x} & Co $a$",
    "Telefónica, S.A.",
    "🦊🦊 Fox 🦊",
    "Banco Bilbao Vizcaya Argentaria",
    "X",
    "Rindfleischetikettierungsüberwachungsgesellschaft",
)


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def deal(number: int, kind: TieKind, when: datetime, **changes: object) -> Deal:
    values: dict[str, object] = {
        "id": f"d{number}",
        "kind": kind,
        "source_id": "me",
        "target_id": "c0",
        "status": Status.COMPLETED,
        "amounts": (ReportedMoney(Money(Decimal(13_000_000_000), "USD"), ("t",)),),
        "date": None,
        "history": (StatusStep(Status.COMPLETED, when, when, ("t",)),),
        "first_seen": when,
        "last_seen": when,
        "confidence": 0.9,
        "tie_ids": ("t",),
    }
    return Deal(**(values | changes))  # type: ignore[arg-type]


def company(number: int, name: str | None = None) -> Company:
    return Company(f"c{number}", NAMES[number % len(NAMES)] if name is None else name)


def partner(number: int, random: Random, name: str | None = None) -> PartnerLine:
    other = company(number, name)
    ties: list[DealLine | BondLine] = []
    for kind in random.sample(list(TieKind), random.randint(1, 4)):
        when = days_ago(random.randint(1, 3000))
        if kind in DEAL_KINDS:
            ties.append(DealLine(deal(number, kind, when), MICROSOFT, other, ()))
        else:
            bond = Bond(
                kind=kind,
                source_id=other.id,
                target_id="me",
                status=Status.COMPLETED,
                first_seen=when,
                last_seen=when,
                tie_ids=(),
            )
            ties.append(BondLine(bond, other, MICROSOFT, ()))
    return PartnerLine(other, random.choice(list(Level)), NOW, tuple(ties))


def company_picture(partners: int, deals: int, *, name: str | None = None) -> CompanyPicture:
    random = Random(partners)
    kinds = sorted(DEAL_KINDS)
    made = (deal(n, random.choice(kinds), days_ago(4500 * random.random() ** 2)) for n in range(deals))
    owner = MICROSOFT if name is None else Company("me", name)
    lines = tuple(partner(n, random, name) for n in range(partners))
    return CompanyPicture(owner, lines, tuple(made), NOW)


def map_picture(neighbours: int, edges: int = 0, *, left_out: int = 0, name: str | None = None) -> MapPicture:
    random = Random(neighbours)
    lines = tuple(partner(n, random, name) for n in range(neighbours))
    ids = sorted(line.company.id for line in lines)
    pairs = [(a, b) for n, a in enumerate(ids) for b in ids[n + 1 :]]
    chosen = random.sample(pairs, min(edges, len(pairs)))
    made = (Edge(a, b, random.choice(list(TieKind)), random.choice(list(Level))) for a, b in chosen)
    owner = MICROSOFT if name is None else Company("me", name)
    return MapPicture(owner, lines, tuple(made), left_out)


def relationship_picture(
    deals: int, steps: int, *, years: float = 9, name: str | None = None
) -> RelationshipPicture:
    random = Random(deals)
    other = company(0, name)
    lines = [
        DealLine(
            deal(
                n,
                random.choice(sorted(DEAL_KINDS)),
                days_ago(365 * years * random.random() ** 2),
                status=random.choice(list(Status)),
            ),
            MICROSOFT,
            other,
            (),
        )
        for n in range(deals)
    ]
    lines.sort(key=lambda line: took_place(line.deal))
    levels = tuple(
        Step(
            random.choice(list(Level)), days_ago(365 * years * (steps - n) / (steps + 1)), 0 < n == steps - 1
        )
        for n in range(steps)
    )
    return RelationshipPicture(MICROSOFT, other, levels, tuple(lines), NOW)


ANY_NAME = HOSTILE | st.text(max_size=60)
SIZES = st.integers(0, 12)


def overlapping(canvas: Canvas) -> list[tuple[str, str]]:
    """The pairs of texts that run into each other."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in canvas.texts]
    return [
        (said, other)
        for number, (said, box) in enumerate(boxes)
        for other, second in boxes[number + 1 :]
        if min(box.x1, second.x1) - max(box.x0, second.x0) > 1
        and min(box.y1, second.y1) - max(box.y0, second.y0) > 3  # descenders may come near the line below
    ]


def outside(canvas: Canvas) -> list[str]:
    """The texts that run off the sheet."""
    return [text.get_text() for text in canvas.texts if not _inside(canvas, text)]


def _inside(canvas: Canvas, text: Text) -> bool:
    box = text.get_window_extent()
    return bool(box.x0 >= 0 and box.x1 <= WIDTH and box.y0 >= 0 and box.y1 <= canvas.height)
