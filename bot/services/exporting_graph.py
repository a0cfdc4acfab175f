"""The record as a graph for network programs (Gephi, yEd, Cytoscape): GraphML, written as it is read.

A company is a node; every deal and bond is an edge from its source to its target. `symmetric` tells those
that read the same both ways; `level` is how the two stand now.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from bot.answers import BondLine, DealLine
from bot.services.company import level_now
from bot.services.proofs import proofs_of_pair
from bot.values import SYMMETRIC_KINDS, PairRecord
from storage import companies, record
from storage.engine import Session

COMPANIES_AT_ONCE = 500
_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE_TYPES = MappingProxyType({"name": "string", "aliases": "string"})
_EDGE_TYPES = MappingProxyType(
    {
        "kind": "string",
        "deal": "boolean",
        "symmetric": "boolean",
        "status": "string",
        "level": "string",
        "amount": "double",
        "currency": "string",
        "date": "string",
        "first_seen": "string",
        "last_seen": "string",
        "evidence": "string",
        "article_url": "string",
    }
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value = str | float | bool | None


def export_graph(
    session: Session,
    file: TextIO,
    *,
    team_id: str,
    channel_id: str = "",
    company_id: str | None = None,
    now: datetime,
) -> int:
    """Write the graph, of one company and its partners if one is named; gives how many edges it has."""
    place = {"team_id": team_id, "channel_id": channel_id}

    def pairs() -> Iterator[PairRecord]:
        return record.iter_pairs(session, **place, company_id=company_id)

    file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_NAMESPACE}">\n')
    _declare(file, "node", _NODE_TYPES)
    _declare(file, "edge", _EDGE_TYPES)
    file.write('<graph id="seams" edgedefault="directed">\n')
    ids = sorted({company for pair in pairs() for company in (pair.a_id, pair.b_id)})
    for start in range(0, len(ids), COMPANIES_AT_ONCE):
        known = companies.get_companies(session, **place, ids=ids[start : start + COMPANIES_AT_ONCE])
        for each in known.values():
            named = {"name": each.name, "aliases": "; ".join(each.aliases)}
            _element(file, "node", {"id": each.id}, named)
    count = 0
    for pair in pairs():
        for source, target, values in _edges(session, pair, team_id, channel_id, now):
            count += 1
            _element(file, "edge", {"id": f"e{count}", "source": source, "target": target}, values)
    file.write("</graph>\n</graphml>\n")
    return count


def _edges(
    session: Session, pair: PairRecord, team_id: str, channel_id: str, now: datetime
) -> Iterator[tuple[str, str, Mapping[str, Value]]]:
    proofs = proofs_of_pair(session, team_id=team_id, channel_id=channel_id, pair=pair)
    level = level_now(pair, now)
    lines: list[DealLine | BondLine] = [
        *map(proofs.deal_line, pair.deals),
        *map(proofs.bond_line, pair.bonds),
    ]
    for line in lines:
        tie = line.deal if isinstance(line, DealLine) else line.bond
        money = line.deal.amounts[0].money if isinstance(line, DealLine) and line.deal.amounts else None
        source = line.sources[0] if line.sources else None
        yield (
            line.source.id,
            line.target.id,
            {
                "kind": tie.kind,
                "deal": isinstance(line, DealLine),
                "symmetric": tie.kind in SYMMETRIC_KINDS,
                "status": tie.status,
                "level": level,
                "amount": float(money.amount) if money else None,
                "currency": money.currency if money else None,
                "date": line.deal.date if isinstance(line, DealLine) else None,
                "first_seen": tie.first_seen.date().isoformat(),
                "last_seen": tie.last_seen.date().isoformat(),
                "evidence": source.text if source else None,
                "article_url": source.url if source else None,
            },
        )


def _declare(file: TextIO, of: str, types: Mapping[str, str]) -> None:
    for name, kind in types.items():
        file.write(f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n')


def _element(file: TextIO, of: str, attributes: Mapping[str, str], values: Mapping[str, Value]) -> None:
    shown = " ".join(f"{name}={quoteattr(writable(value))}" for name, value in attributes.items())
    file.write(f"<{of} {shown}>")
    for name, value in values.items():
        if value is not None:
            said = str(value).lower() if isinstance(value, bool) else str(value)
            file.write(f'<data key="{of}_{name}">{escape(writable(said))}</data>')
    file.write(f"</{of}>\n")


def writable(text: str) -> str:
    """A text without the characters that XML knows no way to write."""
    return _NOT_XML.sub("", text)
