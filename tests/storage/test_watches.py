"""What readers follow, kept by name."""

from typing import Any

import pytest

from bot.digest.quiet import QuietHours
from bot.digest.watching import Tier
from storage import watches
from storage.watches import DEFAULT_CAP, Named, ReaderSettings
from tests.factories import ELSEWHERE, NOW, PUBLIC, TEAM, Desk

MICROSOFT, OPENAI = Named("Microsoft", "microsoft"), Named("OpenAI", "openai")
HERE = {"team_id": TEAM, "reader_id": PUBLIC}


def follow(desk: Desk, *named: Named, tier: Tier = Tier.NOW, reader_id: str = PUBLIC) -> watches.Watch:
    return watches.follow(
        desk.session, team_id=TEAM, reader_id=reader_id, named=named, tier=tier, user_id="U1", now=NOW
    )


def test_what_is_followed_comes_back(desk: Desk) -> None:
    made = follow(desk, MICROSOFT)
    assert watches.watches_of(desk.session, **HERE) == (made,)
    assert (made.named, made.tier, made.made_by, made.made_at) == ((MICROSOFT,), Tier.NOW, "U1", NOW)


def test_a_pair_is_one_watch_in_either_order(desk: Desk) -> None:
    assert follow(desk, MICROSOFT, OPENAI) == follow(desk, OPENAI, MICROSOFT)
    assert len(watches.watches_of(desk.session, **HERE)) == 1


def test_a_pair_and_its_companies_are_three_watches(desk: Desk) -> None:
    follow(desk, MICROSOFT)
    follow(desk, OPENAI)
    follow(desk, MICROSOFT, OPENAI)
    assert len(watches.watches_of(desk.session, **HERE)) == 3


def test_to_follow_again_changes_how_and_keeps_who_began(desk: Desk) -> None:
    follow(desk, MICROSOFT)
    again = watches.follow(desk.session, **HERE, named=[MICROSOFT], tier=Tier.SILENT, user_id="U2", now=NOW)
    assert (again.tier, again.made_by) == (Tier.SILENT, "U1")


def test_each_reader_follows_for_itself(desk: Desk) -> None:
    made = follow(desk, MICROSOFT)
    follow(desk, MICROSOFT, reader_id=ELSEWHERE)
    watches.unfollow(desk.session, **HERE, watch_id=made.id)
    assert [each.reader_id for each in watches.all_watches(desk.session, team_id=TEAM)] == [ELSEWHERE]


def test_what_is_followed_no_more_can_be_neither_changed_nor_dropped(desk: Desk) -> None:
    made = follow(desk, MICROSOFT)
    assert watches.unfollow(desk.session, **HERE, watch_id=made.id) == made
    assert watches.unfollow(desk.session, **HERE, watch_id=made.id) is None
    assert watches.set_tier(desk.session, **HERE, watch_id=made.id, tier=Tier.NOW) is None


@pytest.mark.parametrize("quiet", [None, QuietHours(0, 1), QuietHours(1320, 480)])
def test_a_readers_settings_come_back(desk: Desk, quiet: QuietHours | None) -> None:
    watches.set_reader(desk.session, **HERE, settings=ReaderSettings(QuietHours(1, 2), "UTC", 1))
    settings = ReaderSettings(quiet, "Europe/Madrid", 7)
    watches.set_reader(desk.session, **HERE, settings=settings)
    assert watches.get_reader(desk.session, **HERE) == settings


def test_a_reader_that_chose_nothing_has_the_defaults(desk: Desk) -> None:
    assert watches.get_reader(desk.session, **HERE) == ReaderSettings(None, None, DEFAULT_CAP)


def test_readers_are_found_by_either_name_that_they_follow(desk: Desk) -> None:
    place: dict[str, Any] = {"team_id": TEAM, "tier": Tier.NOW, "user_id": "U1", "now": NOW}
    watches.follow(desk.session, reader_id="U1", named=[Named("Acme", "acme")], **place)
    watches.follow(
        desk.session, reader_id="U2", named=[Named("Beta", "beta"), Named("Acme", "acme")], **place
    )
    watches.follow(desk.session, reader_id="U3", named=[Named("Gamma", "gamma")], **place)
    found = [
        watches.readers_of(desk.session, team_id=TEAM, keys=keys) for keys in (["acme"], ["beta"], [], ["x"])
    ]
    assert found == [("U1", "U2"), ("U2",), (), ()]
