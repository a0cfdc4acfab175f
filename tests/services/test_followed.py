"""Who follows a company, as far as others may know, and what names mean after companies moved."""

import pytest

from bot.digest.watching import Tier
from bot.services import record as refreshing
from bot.services.followed import Follower, WatchReader, follows_of, reader_at, watch_list, who_follows
from bot.values import CompanyName
from storage import companies, watches
from storage.watches import Named
from tests.factories import ELSEWHERE, NOW, PUBLIC, SECRET, TEAM, Desk, make_page, make_tie

ANA, TOM = "U-ana", "U-tom"


def follow(desk: Desk, reader_id: str, *names: str, tier: Tier = Tier.NOW) -> None:
    named = [Named(name, name.lower()) for name in names]
    watches.follow(
        desk.session, team_id=TEAM, reader_id=reader_id, named=named, tier=tier, user_id=ANA, now=NOW
    )


def company(desk: Desk, name: str, where: str = PUBLIC) -> str:
    [found] = companies.find_companies(desk.session, team_id=TEAM, channel_id=where, name=name)
    return found.id


def followers(desk: Desk, name: str, where: str = PUBLIC, user_id: str | None = None) -> set[Follower]:
    return set(
        who_follows(
            desk.session,
            team_id=TEAM,
            channel_id=where,
            company_id=company(desk, name, where),
            user_id=user_id,
        )
    )


@pytest.fixture
def followed(desk: Desk) -> Desk:
    """Microsoft, followed by two public channels, a private one and two people."""
    desk.share(make_tie("Microsoft", "OpenAI"))
    for reader_id in (PUBLIC, ELSEWHERE, SECRET, ANA, TOM):
        follow(desk, reader_id, "Microsoft")
    return desk


def test_of_others_only_public_channels_are_named(followed: Desk) -> None:
    expected = {Follower(PUBLIC, Tier.NOW), Follower(ELSEWHERE, Tier.NOW)}
    assert followers(followed, "Microsoft") == expected


def test_a_private_channel_sees_itself(followed: Desk) -> None:
    assert Follower(SECRET, Tier.NOW) in followers(followed, "Microsoft", SECRET)


def test_a_person_who_reads_alone_sees_themselves_and_no_other_person(followed: Desk) -> None:
    found = followers(followed, "Microsoft", user_id=ANA)
    assert {follower.reader_id for follower in found} == {PUBLIC, ELSEWHERE, ANA}


def test_a_pair_is_followed_with_its_other_company(desk: Desk) -> None:
    desk.share(make_tie("Microsoft", "OpenAI"))
    follow(desk, PUBLIC, "Microsoft", "OpenAI", tier=Tier.DIGEST)
    assert followers(desk, "OpenAI") == {Follower(PUBLIC, Tier.DIGEST, "Microsoft")}


def test_a_watch_outlives_the_joining_of_its_company_and_a_rebuild(desk: Desk) -> None:
    desk.share(make_tie("Omega", "OpenAI"), url="https://news.example/1", page=make_page("One."))
    follow(desk, PUBLIC, "Omega")
    before = company(desk, "Omega")
    desk.share(
        make_tie("Alpha Omega", "OpenAI"),
        url="https://news.example/2",
        companies=(CompanyName("Alpha Omega", ("Omega",)), CompanyName("OpenAI")),
        page=make_page("Two."),
    )
    refreshing.rebuild(desk.session, team_id=TEAM)
    after = company(desk, "Alpha Omega")
    assert after != before
    reader = WatchReader(TEAM, PUBLIC)
    assert follows_of(desk.session, reader).companies == {after: Tier.NOW}
    assert watch_list(desk.session, reader).watched[0].names == ("Alpha Omega",)


def test_what_is_not_known_to_a_reader_is_followed_by_its_name_alone(desk: Desk) -> None:
    desk.share(make_tie("Microsoft", "OpenAI"), channel_id=SECRET)
    for reader_id in (PUBLIC, SECRET, ANA):
        follow(desk, reader_id, "Microsoft")
    known = {
        reader_id: watch_list(desk.session, WatchReader(TEAM, reader_id)).watched[0].known
        for reader_id in (PUBLIC, SECRET, ANA)
    }
    assert known == {PUBLIC: False, SECRET: True, ANA: False}


@pytest.mark.parametrize(
    ("where", "reader"), [("C1", "C1"), ("G1", "G1"), ("D1", ANA), ("", ANA)], ids=["C", "G", "D", "Home"]
)
def test_in_a_conversation_the_person_is_the_reader(where: str, reader: str) -> None:
    assert reader_at(TEAM, where, ANA) == WatchReader(TEAM, reader)
