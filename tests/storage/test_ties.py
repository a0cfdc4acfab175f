from datetime import date

import pytest

from bot.values import CompanyName
from storage import evidence as proofs
from storage import ties
from storage.claims import claims_touching
from tests.factories import ELSEWHERE, PUBLIC, SECRET, TEAM, Desk, make_extraction, make_page, make_tie, ts

URL = "https://news.example/1"


def ids(desk: Desk, article_id: str) -> list[str]:
    return list(ties.ties_of(desk.session, team_id=TEAM, article_id=article_id))


def evidence(desk: Desk, channel_id: str, tie_ids: list[str]) -> dict[str, proofs.EvidenceLine]:
    return dict(proofs.evidence(desk.session, team_id=TEAM, channel_id=channel_id, tie_ids=tie_ids))


def test_tie_comes_back_as_it_was(desk: Desk) -> None:
    tie = make_tie(date="2024-06", confidence=0.73, start=12)
    article_id = desk.share(tie)
    assert list(ties.ties_of(desk.session, team_id=TEAM, article_id=article_id).values()) == [tie]


def test_ties_are_in_the_order_of_the_text(desk: Desk) -> None:
    late, early = make_tie(start=500), make_tie("Oracle", "OpenAI", start=3)
    article_id = desk.share(late, early)
    assert list(ties.ties_of(desk.session, team_id=TEAM, article_id=article_id).values()) == [early, late]


def test_ids_stay_the_same_when_an_article_is_read_again(desk: Desk) -> None:
    article_id = desk.share(make_tie())
    before = ids(desk, article_id)
    desk.read(article_id, make_extraction(make_tie(confidence=0.5)), make_page("Another."))
    assert ids(desk, article_id) == before


def test_same_tie_of_two_articles_has_two_ids(desk: Desk) -> None:
    one = desk.share(make_tie(), url=URL, page=make_page("One."))
    two = desk.share(make_tie(), url="https://news.example/2", page=make_page("Two."))
    assert ids(desk, one) != ids(desk, two)


def test_evidence_names_the_article_and_its_posting(desk: Desk) -> None:
    page = make_page("Text.", url=URL, title="Title", site="Site", published=date(2026, 1, 2))
    article_id = desk.share(make_tie(), url=URL, page=page, message_ts=ts(3))
    (tie_id,) = ids(desk, article_id)
    line = evidence(desk, "", [tie_id])[tie_id]
    assert (line.text, line.article_id, line.article_title, line.article_url, line.site, line.published) == (
        make_tie().evidence.text,
        article_id,
        "Title",
        URL,
        "Site",
        date(2026, 1, 2),
    )
    assert (line.channel_id, line.message_ts, line.user_id) == (PUBLIC, ts(3), "U1")


@pytest.mark.parametrize(
    ("reader", "shown"), [("", PUBLIC), (PUBLIC, PUBLIC), (ELSEWHERE, ELSEWHERE), (SECRET, SECRET)]
)
def test_evidence_prefers_the_readers_channel_then_the_earliest(desk: Desk, reader: str, shown: str) -> None:
    article_id = desk.share(make_tie(), url=URL, channel_id=SECRET, message_ts=ts(1))
    for minute, channel_id in ((2, PUBLIC), (3, ELSEWHERE), (4, PUBLIC)):
        desk.post(URL, channel_id=channel_id, message_ts=ts(minute))
    (tie_id,) = ids(desk, article_id)
    assert evidence(desk, reader, [tie_id])[tie_id].channel_id == shown


def test_hidden_evidence_is_missing(desk: Desk) -> None:
    article_id = desk.share(make_tie(), channel_id=SECRET)
    assert evidence(desk, PUBLIC, ids(desk, article_id)) == {}


def test_unknown_ties_and_no_ties_have_no_evidence(desk: Desk) -> None:
    assert evidence(desk, PUBLIC, []) == {}
    assert evidence(desk, PUBLIC, ["nothing"] * 2000) == {}


def test_names_of_ties_are_claimed_even_when_the_article_does_not_list_them(desk: Desk) -> None:
    desk.share(make_tie("Microsoft", "OpenAI"), companies=())
    found = claims_touching(desk.session, team_id=TEAM, channel_id="", keys={"microsoft", "openai"})
    assert {claim.name for claim in found} == {"Microsoft", "OpenAI"}


def test_company_listed_twice_keeps_all_its_aliases(desk: Desk) -> None:
    desk.share(companies=(CompanyName("Alpha", ("A1",)), CompanyName("Alpha", ("A2",))))
    (claim,) = claims_touching(desk.session, team_id=TEAM, channel_id="", keys={"alpha"})
    assert claim.aliases == ("A1", "A2")


@pytest.mark.parametrize("name", ["", " ", "—", "x" * 201])
def test_what_can_be_no_name_is_left_out(desk: Desk, name: str) -> None:
    article_id = desk.share(make_tie(name, "OpenAI"), make_tie("Oracle", "OpenAI", start=90))
    assert len(ids(desk, article_id)) == 1
