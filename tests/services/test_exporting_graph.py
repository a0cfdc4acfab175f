"""The graph can be read by others, and holds what the reader may see and nothing else."""

import io

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.services import exporting_graph
from bot.services.exporting_graph import export_graph
from bot.values import Status, TieKind
from storage import companies, record
from tests.factories import NOW, SECRET, TEAM, Desk, make_tie, usd

BUYS = make_tie("Microsoft", "Inflection", TieKind.ACQUISITION, money=usd(650_000_000), date="2024-03")
RIVALS = make_tie("Microsoft", "Oracle", TieKind.COMPETITION, start=100)
SUPPLIES = make_tie("Oracle", "OpenAI", TieKind.SUPPLY, Status.ANNOUNCED, start=200)


def graph(desk: Desk, channel_id: str = "", company: str | None = None) -> networkx.MultiDiGraph:
    place = {"team_id": TEAM, "channel_id": channel_id}
    company_id = None
    if company:
        [found] = companies.find_companies(desk.session, **place, name=company)
        company_id = found.id
    file = io.StringIO()
    count = export_graph(desk.session, file, **place, company_id=company_id, now=NOW)
    read = networkx.parse_graphml(file.getvalue(), force_multigraph=True)
    assert read.number_of_edges() == count
    return read


def named(read: networkx.MultiDiGraph) -> set[tuple[str, str, str]]:
    names = read.nodes(data="name")
    return {(names[a], kind, names[b]) for a, b, kind in read.edges(data="kind")}


def test_companies_are_nodes_and_deals_and_bonds_are_edges(desk: Desk) -> None:
    desk.share(BUYS, RIVALS, SUPPLIES)
    read = graph(desk)
    assert ("Microsoft", "acquisition", "Inflection") in named(read)
    assert ("Oracle", "supply", "OpenAI") in named(read)
    assert len(named(read)) == 3
    assert set(dict(read.nodes(data="name")).values()) == {"Microsoft", "Inflection", "Oracle", "OpenAI"}


def test_an_edge_holds_what_is_known_of_it(desk: Desk) -> None:
    desk.share(BUYS)
    [(_, _, edge)] = graph(desk).edges(data=True)
    expected = {
        "kind": "acquisition",
        "deal": True,
        "symmetric": False,
        "status": "completed",
        "level": "allied",
        "amount": 650_000_000.0,
        "currency": "USD",
        "date": "2024-03",
        "evidence": BUYS.evidence.text,
        "article_url": "https://news.example/1",
    }
    assert {key: edge[key] for key in expected} == expected


def test_an_empty_record_is_an_empty_graph(desk: Desk) -> None:
    assert graph(desk).number_of_nodes() == 0


def test_one_company_is_exported_with_its_partners_alone(desk: Desk) -> None:
    desk.share(BUYS, RIVALS, SUPPLIES)
    assert named(graph(desk, company="OpenAI")) == {("Oracle", "supply", "OpenAI")}


def test_a_private_tie_is_in_the_graph_of_its_channel_alone(desk: Desk) -> None:
    desk.share(BUYS, channel_id=SECRET)
    assert graph(desk).number_of_nodes() == 0
    assert len(named(graph(desk, SECRET))) == 1


def test_more_pairs_than_are_read_at_once_all_come_out(desk: Desk) -> None:
    desk.share(
        *(make_tie("Microsoft", f"Startup {n}", start=100 * n) for n in range(record.PAIRS_AT_ONCE + 1))
    )
    assert graph(desk).number_of_edges() == record.PAIRS_AT_ONCE + 1


@settings(max_examples=200)
@given(st.text())
def test_any_text_can_be_written_and_read_again(text: str) -> None:
    file = io.StringIO()
    exporting_graph._element(file, "node", {"id": text}, {"name": text})
    [node] = etree.fromstring(f"<graph>{file.getvalue()}</graph>")
    assert (node[0].text or "") == exporting_graph.writable(text).replace("\r\n", "\n").replace("\r", "\n")
