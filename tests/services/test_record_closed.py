"""A closed channel that joins or parts public companies has its own view of them, and nobody else has."""

import pytest

from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.services import correcting
from bot.services.correcting import Corrector
from bot.values import CompanyName, PairRecord
from storage import companies, record
from storage.record import DealFilter
from tests.factories import ELSEWHERE, NOW, OTHER_SECRET, PUBLIC, SECRET, TEAM, Desk, make_tie

EVERYWHERE = ["", PUBLIC, ELSEWHERE, OTHER_SECRET, "C-new"]
HIDDEN = CompanySaid(CompanyVerdict.HIDE, ("gamma",), "Gamma")
JOINED = (CompanyName("Alpha", ("Alpha Group",)),)


def find(desk: Desk, channel_id: str, name: str) -> list[str]:
    return [
        c.id for c in companies.find_companies(desk.session, team_id=TEAM, channel_id=channel_id, name=name)
    ]


def pairs(desk: Desk, channel_id: str, name: str) -> list[PairRecord]:
    return [
        pair
        for company_id in find(desk, channel_id, name)
        for pair in record.pairs_of(desk.session, team_id=TEAM, channel_id=channel_id, company_id=company_id)
    ]


def deals(desk: Desk, channel_id: str) -> int:
    return record.deals(desk.session, team_id=TEAM, channel_id=channel_id, filter=DealFilter(), limit=9).total


@pytest.fixture
def joining(desk: Desk) -> Desk:
    """Publicly two companies deal with Gamma; a secret article says that they are one."""
    desk.share(make_tie("Alpha", "Gamma"), url="https://news.example/1")
    desk.share(make_tie("Alpha Group", "Gamma"), url="https://news.example/2")
    desk.share(url="https://news.example/3", channel_id=SECRET, companies=JOINED, message_ts="3.0")
    return desk


def test_members_see_one_company_in_place_of_two(joining: Desk) -> None:
    assert find(joining, SECRET, "Alpha") == find(joining, SECRET, "Alpha Group")
    assert len(pairs(joining, SECRET, "Alpha")) == 1
    assert deals(joining, SECRET) == 1


@pytest.mark.parametrize("channel_id", EVERYWHERE)
def test_others_see_two_companies(joining: Desk, channel_id: str) -> None:
    assert find(joining, channel_id, "Alpha") != find(joining, channel_id, "Alpha Group")
    assert deals(joining, channel_id) == 2


def test_public_news_of_a_joined_company_reaches_the_members(joining: Desk) -> None:
    joining.share(make_tie("Alpha Group", "Omega"), url="https://news.example/4")
    assert len(pairs(joining, SECRET, "Alpha")) == 2


def test_partner_renamed_in_public_is_renamed_for_the_members(joining: Desk) -> None:
    joining.share(url="https://news.example/5", companies=(CompanyName("Gamma", ("Aaa Gamma",)),))
    assert {pair.b_id for pair in pairs(joining, SECRET, "Alpha")} | {
        pair.a_id for pair in pairs(joining, SECRET, "Alpha")
    } == {*find(joining, SECRET, "Alpha"), *find(joining, "", "Gamma")}


def test_withdrawing_the_secret_article_parts_them_again(joining: Desk) -> None:
    joining.delete("3.0", SECRET)
    assert find(joining, SECRET, "Alpha") != find(joining, SECRET, "Alpha Group")
    assert deals(joining, SECRET) == 2


def test_partner_hidden_in_public_is_back_for_the_members_once_that_is_undone(joining: Desk) -> None:
    before = pairs(joining, SECRET, "Alpha")
    person = Corrector(team_id=TEAM, channel_id=PUBLIC, user_id="U1", at=NOW)
    hidden = correcting.correct_company(joining.session, person, HIDDEN)
    assert pairs(joining, SECRET, "Alpha") == []
    correcting.undo(joining.session, person, hidden)
    assert pairs(joining, SECRET, "Alpha") == before
