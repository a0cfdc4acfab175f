"""The record follows what is posted, read, edited, deleted, opened and closed."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import delete, event, update

from bot.services import record as refreshing
from bot.values import Audience, Change, ChangeType, Deal, Level, PairRecord, Status, TieKind
from storage import articles, channels, companies, events, postings, record, teams
from storage.engine import Engine, Session, snapshot, transaction
from storage.projections import CompanyKeyRow, DealRow
from storage.record import DealFilter
from tests.factories import (
    ELSEWHERE,
    NOW,
    OTHER_SECRET,
    PUBLIC,
    SECRET,
    TEAM,
    Desk,
    make_extraction,
    make_page,
    make_tie,
    ts,
    usd,
)

ONE, TWO = "https://news.example/1", "https://news.example/2"
TWO_TEXT = make_page("Another text.")
EVERYWHERE_ELSE = ["", PUBLIC, ELSEWHERE, OTHER_SECRET, "C-new", "D-direct"]


def deals(session: Session, channel_id: str = "") -> tuple[Deal, ...]:
    return record.deals(session, team_id=TEAM, channel_id=channel_id, filter=DealFilter(), limit=50).deals


def changes(desk: Desk, channel_id: str = "") -> tuple[Change, ...]:
    return record.changes(desk.session, team_id=TEAM, channel_id=channel_id)


def pair(desk: Desk, channel_id: str = "", a: str = "Microsoft", b: str = "OpenAI") -> PairRecord | None:
    ids = [
        company.id
        for name in (a, b)
        for company in companies.find_companies(desk.session, team_id=TEAM, channel_id=channel_id, name=name)
    ]
    if len(ids) != 2:
        return None
    return record.pair_record(desk.session, team_id=TEAM, channel_id=channel_id, a_id=ids[0], b_id=ids[1])


def test_empty_record_answers_with_nothing(desk: Desk) -> None:
    assert (deals(desk.session), changes(desk), pair(desk)) == ((), (), None)


def test_refreshing_nothing_is_nothing(desk: Desk) -> None:
    desk.refresh()
    desk.refresh("an article that never was")
    assert deals(desk.session) == ()


def test_article_that_was_read_is_in_the_record(desk: Desk) -> None:
    desk.share(make_tie(money=usd(13_000_000_000)))
    (deal,) = deals(desk.session)
    assert (deal.kind, deal.status, deal.amounts[0].money) == (
        TieKind.INVESTMENT,
        Status.COMPLETED,
        usd(13_000_000_000),
    )
    assert [change.type for change in changes(desk)][:1] == [ChangeType.NEW_DEAL]


def test_two_articles_on_one_event_are_one_deal(desk: Desk) -> None:
    desk.share(make_tie(money=usd(100)), url=ONE)
    desk.share(make_tie(money=usd(100)), url=TWO, page=TWO_TEXT)
    (deal,) = deals(desk.session)
    assert len(deal.tie_ids) == 2


def test_refreshing_twice_changes_nothing(desk: Desk) -> None:
    article_id = desk.share(make_tie())
    before = (deals(desk.session), changes(desk), pair(desk))
    desk.refresh(article_id)
    assert (deals(desk.session), changes(desk), pair(desk)) == before


@pytest.mark.parametrize(("channel_id", "most"), [(PUBLIC, 28), (SECRET, 42)])
def test_however_much_an_article_says_it_is_stored_in_as_many_statements(
    desk: Desk, channel_id: str, most: int
) -> None:
    def stored(article_id: str, ties: int) -> int:
        asked: list[str] = []
        connection = desk.session.connection()

        def count(*arguments: object) -> None:
            asked.append(str(arguments[2]))

        event.listen(connection, "before_cursor_execute", count)
        told = [make_tie(f"Buyer {ties}.{n}", f"Target {n % 3}", start=99 * n) for n in range(ties)]
        desk.read(article_id, make_extraction(*told))
        event.remove(connection, "before_cursor_execute", count)
        return len(asked)

    desk.share(*(make_tie("Buyer", f"Target {n}", start=99 * n) for n in range(3)), channel_id=channel_id)
    few, many = desk.post(f"{ONE}1", f"{ONE}2", channel_id=channel_id).new_articles
    assert (stored(few, 3), stored(many, 30)) == (most, most)


def test_deleted_message_takes_its_facts_along(desk: Desk) -> None:
    desk.share(make_tie(), message_ts="1.0")
    desk.delete("1.0")
    assert (deals(desk.session), changes(desk), pair(desk)) == ((), (), None)
    assert articles.article_ids(desk.session, team_id=TEAM) == ()


def test_fact_with_another_posting_outlives_a_deleted_message(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE, message_ts="1.0")
    desk.post(ONE, message_ts="2.0", channel_id=ELSEWHERE)
    desk.delete("1.0")
    assert len(deals(desk.session)) == 1


def test_what_only_the_deleted_message_supported_goes_and_the_rest_stays(desk: Desk) -> None:
    desk.share(make_tie(money=usd(100)), url=ONE, message_ts="1.0")
    desk.share(make_tie(money=usd(100)), url=TWO, page=TWO_TEXT)
    desk.delete("1.0")
    (deal,) = deals(desk.session)
    assert len(deal.tie_ids) == 1


def test_link_removed_by_an_edit_takes_its_facts_along(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE, message_ts="1.0")
    desk.refresh(*desk.post(message_ts="1.0", edited_ts="2.0").changed)
    assert deals(desk.session) == ()


def test_reading_again_withdraws_what_is_no_longer_said(desk: Desk) -> None:
    article_id = desk.share(make_tie("Microsoft", "OpenAI"))
    desk.read(article_id, make_extraction(make_tie("Oracle", "OpenAI")), make_page("New."))
    assert pair(desk) is None
    assert pair(desk, a="Oracle") is not None
    assert companies.find_companies(desk.session, team_id=TEAM, channel_id="", name="Microsoft") == ()


def test_merged_article_counts_once(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE, page=make_page("Text.", url=ONE))
    desk.share(make_tie(), url=TWO, page=make_page("Text.", url=TWO))
    (deal,) = deals(desk.session)
    assert len(deal.tie_ids) == 1


def test_tie_of_a_company_with_itself_is_left_out(desk: Desk) -> None:
    desk.share(make_tie("Acme Inc.", "ACME"))
    assert deals(desk.session) == ()


@pytest.mark.parametrize("channel_id", EVERYWHERE_ELSE)
def test_private_fact_shows_to_members_only(desk: Desk, channel_id: str) -> None:
    desk.share(make_tie(), channel_id=SECRET)
    assert len(deals(desk.session, SECRET)) == 1
    assert (deals(desk.session, channel_id), changes(desk, channel_id), pair(desk, channel_id)) == (
        (),
        (),
        None,
    )


def test_members_of_a_closed_channel_see_public_facts_beside_their_own(desk: Desk) -> None:
    desk.share(make_tie("Oracle", "OpenAI"), url=ONE)
    desk.share(make_tie("Microsoft", "OpenAI"), url=TWO, channel_id=SECRET, page=TWO_TEXT)
    assert [len(deals(desk.session, c)) for c in (SECRET, PUBLIC, OTHER_SECRET)] == [2, 1, 1]


def test_level_is_reckoned_without_what_the_reader_may_not_know(desk: Desk) -> None:
    """In public an alliance; a secret article says that it broke up."""
    desk.share(make_tie("Microsoft", "OpenAI", TieKind.PARTNERSHIP), url=ONE, message_ts=ts(1))
    desk.share(
        make_tie("Microsoft", "OpenAI", TieKind.LITIGATION),
        url=TWO,
        channel_id=SECRET,
        page=TWO_TEXT,
        message_ts=ts(2),
    )
    levels = {}
    for channel_id in (PUBLIC, OTHER_SECRET, SECRET):
        found = pair(desk, channel_id)
        assert found
        levels[channel_id] = found.states[-1].level.number
    assert levels[PUBLIC] == levels[OTHER_SECRET] > levels[SECRET]
    assert levels[PUBLIC] > Level.NEUTRAL.number


def test_amount_known_only_to_members_is_not_in_the_public_deal(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE)
    desk.share(make_tie(money=usd(650)), url=TWO, channel_id=SECRET, page=TWO_TEXT)
    (public,), (members,) = deals(desk.session, PUBLIC), deals(desk.session, SECRET)
    assert (public.amounts, members.amounts[0].money) == ((), usd(650))


def test_public_news_after_a_private_one_reaches_the_members_too(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE, channel_id=SECRET)
    desk.share(make_tie(), url=TWO, page=TWO_TEXT)
    (members,) = deals(desk.session, SECRET)
    assert len(members.tie_ids) == 2


def test_public_news_withdrawn_is_withdrawn_for_the_members_too(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE, channel_id=SECRET)
    desk.share(make_tie(), url=TWO, page=TWO_TEXT, message_ts="9.0")
    desk.delete("9.0")
    (members,) = deals(desk.session, SECRET)
    assert len(members.tie_ids) == 1


def test_fact_posted_in_public_as_well_is_public(desk: Desk) -> None:
    article_id = desk.share(make_tie(), url=ONE, channel_id=SECRET)
    assert desk.post(ONE).changed == (article_id,)
    desk.refresh(article_id)
    assert len(deals(desk.session, PUBLIC)) == 1


def test_each_audience_learns_a_fact_when_it_was_first_told_it(desk: Desk) -> None:
    article_id = desk.share(make_tie(), url=ONE, channel_id=SECRET, message_ts=ts(1))
    desk.post(ONE, message_ts=ts(600))
    desk.refresh(article_id)
    learnt = {c: min(change.known_at for change in changes(desk, c)) for c in (SECRET, PUBLIC)}
    assert (learnt[PUBLIC] - learnt[SECRET]).total_seconds() == 599 * 60


def set_audience(desk: Desk, channel_id: str, audience: Audience) -> None:
    channels.remember_audience(desk.session, team_id=TEAM, channel_id=channel_id, audience=audience)
    desk.refresh(*postings.articles_of_channel(desk.session, team_id=TEAM, channel_id=channel_id))


def test_channel_that_becomes_private_keeps_its_facts_for_its_members(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE)
    desk.share(make_tie("Oracle", "OpenAI"), url=TWO, channel_id=ELSEWHERE, page=TWO_TEXT)
    set_audience(desk, PUBLIC, Audience.PRIVATE)
    assert [len(deals(desk.session, c)) for c in (PUBLIC, ELSEWHERE, "", SECRET)] == [2, 1, 1, 1]


def test_channel_that_becomes_public_shares_its_facts(desk: Desk) -> None:
    desk.share(make_tie(), channel_id=SECRET)
    set_audience(desk, SECRET, Audience.PUBLIC)
    assert [len(deals(desk.session, c)) for c in (SECRET, PUBLIC, "")] == [1, 1, 1]


def test_there_and_back_again_leaves_the_record_as_it_was(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE)
    desk.share(make_tie("Microsoft", "Inflection"), url=TWO, channel_id=SECRET, page=TWO_TEXT)
    before = {c: (deals(desk.session, c), changes(desk, c)) for c in (PUBLIC, SECRET)}
    set_audience(desk, PUBLIC, Audience.SHARED)
    set_audience(desk, PUBLIC, Audience.PUBLIC)
    assert {c: (deals(desk.session, c), changes(desk, c)) for c in (PUBLIC, SECRET)} == before


def test_channel_of_unknown_audience_is_closed(desk: Desk) -> None:
    desk.share(make_tie(), channel_id="C-new")
    assert [len(deals(desk.session, c)) for c in ("C-new", PUBLIC, "")] == [1, 0, 0]


def test_rebuild_counts_its_progress_to_the_end(desk: Desk) -> None:
    desk.share(make_tie(), make_tie("Oracle", "OpenAI", start=90), url=ONE)
    desk.share(make_tie("Microsoft", "Inflection"), url=TWO, channel_id=SECRET, page=TWO_TEXT)
    told: list[tuple[int, int]] = []
    refreshing.rebuild(desk.session, team_id=TEAM, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_rebuild_mends_a_damaged_record(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE)
    before = (deals(desk.session), changes(desk))
    desk.session.execute(delete(DealRow))
    desk.session.execute(update(CompanyKeyRow).values(key="nonsense"))
    refreshing.rebuild(desk.session, team_id=TEAM)
    assert (deals(desk.session), changes(desk)) == before


def test_rebuild_of_an_empty_record_is_nothing(desk: Desk) -> None:
    refreshing.rebuild(desk.session, team_id=TEAM)
    assert deals(desk.session) == ()


def test_articles_read_at_once_are_all_in_the_record(engine: Engine) -> None:
    with transaction(engine) as session:
        desk = Desk(session).open()
        ids = [desk.post(f"https://news.example/{number}").new_articles[0] for number in range(6)]

    def read(number: int) -> None:
        tie = make_tie("Microsoft", "OpenAI", money=usd(100 + number), start=number)
        with transaction(engine) as session:
            Desk(session).read(ids[number], make_extraction(tie), make_page(f"Text {number}."))

    _at_once(*(partial(read, number) for number in range(6)))
    with snapshot(engine) as session:
        tie_ids = {tie_id for deal in deals(session) for tie_id in deal.tie_ids}
    assert len(tie_ids) == 6


@pytest.mark.parametrize("attempt", range(3))
def test_posting_made_while_its_article_is_finished_is_told_by_one_of_the_two(
    engine: Engine, attempt: int
) -> None:
    with transaction(engine) as session:
        (article_id,) = Desk(session).open().post(ONE).new_articles
    told: list[str] = []

    def finish() -> None:
        with transaction(engine) as session:
            desk = Desk(session)
            desk.read(article_id)
            told.extend(
                posting.channel_id
                for posting in postings.untold_postings(session, team_id=TEAM, article_id=article_id)
            )

    def post() -> None:
        with transaction(engine) as session:
            if Desk(session).post(ONE, channel_id=ELSEWHERE, message_ts="9.0").known:
                told.append(ELSEWHERE)

    _at_once(finish, post)
    assert sorted(told) == sorted([PUBLIC, ELSEWHERE])


def test_one_link_shared_at_once_in_many_messages_is_one_article(engine: Engine) -> None:
    with transaction(engine) as session:
        Desk(session).open()
    captured: list[postings.Captured] = []

    def share(number: int) -> None:
        with transaction(engine) as session:
            assert events.claim_event(session, team_id=TEAM, event_id=f"E{number}", now=NOW)
            captured.append(Desk(session).post(ONE, message_ts=ts(number)))

    _at_once(*(partial(share, number) for number in range(6)))
    (article_id,) = (found for each in captured for found in each.new_articles)
    with snapshot(engine) as session:
        told = postings.untold_postings(session, team_id=TEAM, article_id=article_id)
    assert [posting.message_ts for posting in told] == [ts(number) for number in range(6)]


def test_team_that_leaves_while_an_article_is_read_leaves_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        (article_id,) = Desk(session).open().post(ONE).new_articles
    with transaction(engine) as session:
        teams.purge_team(session, team_id=TEAM)
    with pytest.raises(Exception, match="not installed"), transaction(engine) as session:
        Desk(session).read(article_id, make_extraction(make_tie()))
    with snapshot(engine) as session:
        assert articles.article_ids(session, team_id=TEAM) == ()


def _at_once(*actions: Callable[[], None]) -> None:
    together = threading.Barrier(len(actions))
    failures: list[BaseException] = []

    def run(action: Callable[[], None]) -> None:
        together.wait()
        try:
            action()
        except BaseException as error:  # noqa: BLE001  # whatever it is, the test must tell
            failures.append(error)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
