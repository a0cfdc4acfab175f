from bot.digest.schedule import Period
from bot.values import ChangeType, Status, TieKind
from tests.digest.making import changes, digest, leads
from tests.relationships.factory import day, report, usd

K, S, T = TieKind, Status, ChangeType


def test_deal_that_is_new_and_completed_within_the_week_is_told_once() -> None:
    story = [report(K.SUPPLY, S.RUMORED, told=1), report(K.SUPPLY, S.COMPLETED, told=4, amount=5)]
    (line,) = digest(*story).lines
    told = line.lead
    assert (told.type, told.status_before, told.status_after, told.money) == (
        T.NEW_DEAL,
        None,
        S.COMPLETED,
        usd(5),
    )


def test_deal_told_as_a_rumour_last_week_moves_this_week() -> None:
    rumour, done = report(K.FINANCING, S.RUMORED, told=-3), report(K.FINANCING, S.COMPLETED, told=3)
    last_week = digest(rumour, period=Period("last week", day(-7), day(0)))
    (line,) = digest(rumour, done, told=last_week.change_ids).lines
    assert (line.lead.type, line.lead.status_before, line.lead.status_after) == (
        T.STATUS_MOVED,
        S.RUMORED,
        S.COMPLETED,
    )


def test_two_moves_in_a_week_are_told_as_one() -> None:
    story = [report(K.FINANCING, status, told=at) for at, status in ((-9, S.RUMORED), (1, S.ANNOUNCED))]
    told = {change.id for change in changes(*story[:1])}
    (line,) = digest(*story, report(K.FINANCING, S.COMPLETED, told=5), told=told).lines
    assert (line.lead.status_before, line.lead.status_after) == (S.RUMORED, S.COMPLETED)


def test_move_at_another_price_says_what_the_price_was() -> None:
    known = report(K.ACQUISITION, S.ANNOUNCED, told=-9, amount=500)
    told = {change.id for change in changes(known)}
    (line,) = digest(known, report(K.ACQUISITION, told=1, amount=650), told=told).lines
    assert (line.lead.type, line.lead.money_before, line.lead.money) == (T.STATUS_MOVED, usd(500), usd(650))


def test_price_that_was_revised_after_the_move_is_proved_by_who_revised_it() -> None:
    rumour = report(K.ACQUISITION, S.RUMORED, told=-9, amount=600)
    moved = report(K.ACQUISITION, S.ANNOUNCED, told=1, amount=650)
    revised = report(K.ACQUISITION, S.ANNOUNCED, told=2, amount=600)
    told = {change.id for change in changes(rumour)}
    (line,) = digest(rumour, moved, revised, told=told).lines
    assert (line.lead.status_after, line.lead.money) == (S.ANNOUNCED, usd(600))
    assert line.lead.tie_ids == (revised.tie_id, moved.tie_id)


def test_new_deal_has_no_price_before() -> None:
    story = [report(K.ACQUISITION, S.ANNOUNCED, told=1, amount=5), report(K.ACQUISITION, told=2, amount=9)]
    (line,) = digest(*story).lines
    assert (line.lead.type, line.lead.money_before, line.lead.money) == (T.NEW_DEAL, None, usd(9))


def test_rumour_denied_within_the_week_is_told_as_denied() -> None:
    story = report(K.ACQUISITION, S.RUMORED, told=1), report(K.ACQUISITION, S.DENIED, told=2)
    assert leads(digest(*story)) == [(T.DENIED, K.ACQUISITION)]


def test_denial_withdrawn_within_the_week_is_not_told() -> None:
    story = [
        report(K.MERGER, status, told=at)
        for at, status in ((-9, S.ANNOUNCED), (1, S.DENIED), (2, S.ANNOUNCED))
    ]
    told = {change.id for change in changes(*story[:1])}
    assert digest(*story, told=told).is_empty


def test_amount_that_returns_to_what_it_was_is_not_told() -> None:
    amounts = [(-9, 10), (1, 11), (2, 11), (3, 10), (4, 10)]
    story = [report(K.SUPPLY, told=at, amount=amount) for at, amount in amounts]
    told = {change.id for change in changes(*story[:1])}
    assert digest(*story, told=told).is_empty


def test_warming_by_a_deal_is_told_by_the_deal() -> None:
    known = report(K.PARTNERSHIP, told=-9)
    told = {change.id for change in changes(known)}
    assert leads(digest(known, report(K.ACQUISITION, told=1), told=told)) == [(T.NEW_DEAL, K.ACQUISITION)]


def test_cooling_by_an_end_is_told_by_the_end() -> None:
    known = report(K.PARTNERSHIP, told=-9)
    told = {change.id for change in changes(known)}
    assert leads(digest(known, report(K.PARTNERSHIP, S.ENDED, told=1), told=told)) == [
        (T.ENDED, K.PARTNERSHIP)
    ]


def test_warming_by_the_end_of_a_dispute_is_told_as_warming() -> None:
    known = [report(K.PARTNERSHIP, told=-9), report(K.DISPUTE, told=-8)]
    told = {change.id for change in changes(*known)}
    assert leads(digest(*known, report(K.DISPUTE, S.ENDED, told=1), told=told)) == [(T.WARMED, None)]


def test_cooling_and_warming_back_within_the_week_is_no_move_of_the_level() -> None:
    known = report(K.PARTNERSHIP, told=-9)
    told = {change.id for change in changes(known)}
    found = digest(known, report(K.DISPUTE, told=1), report(K.DISPUTE, S.ENDED, told=2), told=told)
    assert T.COOLED not in {line.lead.type for line in found.lines}


def test_takeover_in_the_article_that_cools_keeps_its_own_line() -> None:
    story = report(K.ACQUISITION, article="a"), report(K.DISPUTE, article="a")
    assert {lead for lead, _ in leads(digest(*story))} == {T.NEW_DEAL, T.COOLED}


def test_announcement_in_the_article_that_cools_keeps_its_own_line() -> None:
    story = [report(K.SUPPLY, S.ANNOUNCED, article="a"), report(K.DISPUTE, article="a")]
    assert {lead for lead, _ in leads(digest(*story))} == {T.NEW_DEAL, T.COOLED}
