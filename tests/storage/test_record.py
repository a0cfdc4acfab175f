from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from bot.values import Deal, Money, Status, TieKind
from storage import companies, record
from storage.engine import Engine, transaction
from storage.record import DealFilter
from tests.factories import PUBLIC, TEAM, Desk, make_page, make_tie, ts, usd


def company_id(desk: Desk, name: str) -> str:
    (found,) = companies.find_companies(desk.session, team_id=TEAM, channel_id="", name=name)
    return found.id


def deals(desk: Desk, wanted: DealFilter | None = None, limit: int = 50, offset: int = 0) -> tuple[Deal, ...]:
    return record.deals(
        desk.session, team_id=TEAM, channel_id="", filter=wanted or DealFilter(), limit=limit, offset=offset
    ).deals


@pytest.fixture(scope="module")
def minute(file_engine: Engine) -> float:
    """When all of it is told: deals of Microsoft, and one without it."""
    with transaction(file_engine) as session:
        desk = Desk(session).open()
        tell(desk)
    return desk.minute


@pytest.fixture
def book(file_engine: Engine, minute: float) -> Iterator[Desk]:
    """The desk where it was told; what comes after is taken back."""
    with transaction(file_engine) as session:
        yield Desk(session, minute=minute)
        session.rollback()


def tell(desk: Desk) -> None:
    told = [
        (make_tie("Microsoft", "OpenAI", money=usd(13_000_000_000), date="2023"), date(2024, 10, 1)),
        (
            make_tie("Microsoft", "Inflection", TieKind.ACQUISITION, money=usd(650_000_000), start=50),
            date(2024, 10, 2),
        ),
        (make_tie("Oracle", "OpenAI", TieKind.SUPPLY, Status.ANNOUNCED, money=usd(10_000_000_000)), None),
        (
            make_tie("Microsoft", "Nuance", TieKind.ACQUISITION, Status.RUMORED, date="2024-06"),
            date(2024, 6, 20),
        ),
    ]
    for number, (tie, published) in enumerate(told):
        desk.share(
            tie,
            url=f"https://news.example/{number}",
            page=make_page(f"Text {number}.", published=published),
            message_ts=ts(number),
        )


def partners(desk: Desk, wanted: DealFilter) -> list[str]:
    """The names of the targets, in order."""
    ids = {company_id(desk, name): name for name in ("OpenAI", "Inflection", "Nuance")}
    return [ids[deal.target_id] for deal in deals(desk, wanted)]


def test_deals_are_newest_first(book: Desk) -> None:
    """Oracle's was told on the day it was posted; what happened in 2023 comes last, whenever it was told."""
    found = [(deal.kind, deal.date) for deal in deals(book)]
    assert found == [
        (TieKind.SUPPLY, None),
        (TieKind.ACQUISITION, None),
        (TieKind.ACQUISITION, "2024-06"),
        (TieKind.INVESTMENT, "2023"),
    ]


def test_deals_of_one_day_are_largest_first(desk: Desk) -> None:
    desk.share(
        make_tie("Microsoft", "Inflection", TieKind.ACQUISITION, money=usd(650), start=10),
        make_tie("Microsoft", "OpenAI", money=usd(13_000), start=50),
        make_tie("MGX", "OpenAI", start=90),
    )
    amounts = [deal.amounts[0].money.amount if deal.amounts else None for deal in deals(desk)]
    assert amounts == [13_000, 650, None]


def test_date_still_to_come_does_not_make_a_deal_the_newest(desk: Desk) -> None:
    desk.share(make_tie("Alpha", "Beta", date="2031"), url="https://news.example/1", message_ts=ts(-9999))
    desk.share(
        make_tie("Gamma", "Delta"), url="https://news.example/2", page=make_page("Two."), message_ts=ts(0)
    )
    assert [deal.date for deal in deals(desk)] == [None, "2031"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (DealFilter(kind=TieKind.ACQUISITION), ["Inflection", "Nuance"]),
        (DealFilter(status=Status.RUMORED), ["Nuance"]),
        (DealFilter(kind=TieKind.SUPPLY, status=Status.RUMORED), []),
        (DealFilter(min_amount=Decimal(650_000_000)), ["OpenAI", "Inflection", "OpenAI"]),
        (DealFilter(min_amount=Decimal("650000000.01")), ["OpenAI", "OpenAI"]),
        (DealFilter(since=date(2024, 10, 2)), ["OpenAI", "Inflection"]),
        (DealFilter(since=date(2024, 6, 30)), ["OpenAI", "Inflection", "Nuance"]),
        (DealFilter(since=date(2024, 7, 1), until=date(2025, 1, 1)), ["Inflection"]),
        (DealFilter(until=date(2023, 1, 1)), ["OpenAI"]),
        (DealFilter(until=date(2022, 12, 31)), []),
        (DealFilter(since=date(2023, 12, 31), until=date(2023, 12, 31)), ["OpenAI"]),
    ],
)
def test_filters_keep_what_they_say(book: Desk, wanted: DealFilter, found: list[str]) -> None:
    assert partners(book, wanted) == found


def test_filter_by_company_takes_both_its_roles(book: Desk) -> None:
    assert len(deals(book, DealFilter(company_id=company_id(book, "OpenAI")))) == 2


def test_filter_by_two_companies_does_not_mind_their_order(book: Desk) -> None:
    microsoft, openai = company_id(book, "Microsoft"), company_id(book, "OpenAI")
    assert (
        deals(book, DealFilter(company_id=microsoft, with_id=openai))
        == deals(book, DealFilter(company_id=openai, with_id=microsoft))
        != ()
    )


def test_pages_cover_all_deals_once(book: Desk) -> None:
    pages = [deals(book, limit=1, offset=offset) for offset in range(5)]
    assert [deal for page in pages for deal in page] == list(deals(book))


def test_total_does_not_depend_on_the_page(book: Desk) -> None:
    page = record.deals(book.session, team_id=TEAM, channel_id="", filter=DealFilter(), limit=1, offset=99)
    assert (page.total, page.deals) == (4, ())


def test_disagreeing_amounts_are_all_kept_exactly(desk: Desk) -> None:
    for number, amount in enumerate(("1000000000.10", "1100000000.25")):
        desk.share(
            make_tie(money=Money(Decimal(amount), "EUR")),
            url=f"https://news.example/{number}",
            page=make_page(f"Text {number}."),
        )
    (deal,) = deals(desk)
    assert {str(reported.money.amount) for reported in deal.amounts} == {"1000000000.10", "1100000000.25"}


def test_pair_is_found_in_either_order(book: Desk) -> None:
    microsoft, openai = company_id(book, "Microsoft"), company_id(book, "OpenAI")
    there, back = (
        record.pair_record(book.session, team_id=TEAM, channel_id="", a_id=a_id, b_id=b_id)
        for a_id, b_id in ((microsoft, openai), (openai, microsoft))
    )
    assert there == back
    assert there
    assert there.deals


@pytest.mark.parametrize("other", ["Oracle", "Microsoft"])
def test_pair_that_nothing_connects_is_none(book: Desk, other: str) -> None:
    a_id, b_id = company_id(book, "Microsoft"), company_id(book, other)
    assert record.pair_record(book.session, team_id=TEAM, channel_id="", a_id=a_id, b_id=b_id) is None


def test_pairs_of_a_company_are_last_moved_first(book: Desk) -> None:
    microsoft = company_id(book, "Microsoft")
    found = record.pairs_of(book.session, team_id=TEAM, channel_id="", company_id=microsoft)
    others = [({pair.a_id, pair.b_id} - {microsoft}).pop() for pair in found]
    assert others == [company_id(book, name) for name in ("Nuance", "Inflection", "OpenAI")]


@pytest.mark.parametrize(
    ("most", "names", "all_there"),
    [
        (1, ["Nuance"], False),
        (2, ["Nuance", "Inflection"], False),
        (9, ["Nuance", "Inflection", "OpenAI"], True),
    ],
)
def test_of_a_company_in_the_news_the_pairs_that_moved_last_are_read(
    book: Desk, most: int, names: list[str], all_there: bool
) -> None:
    microsoft = company_id(book, "Microsoft")
    found, complete = record.latest_pairs(
        book.session, team_id=TEAM, channel_id=PUBLIC, company_id=microsoft, most=most
    )
    others = [({pair.a_id, pair.b_id} - {microsoft}).pop() for pair in found]
    assert (others, complete) == ([company_id(book, name) for name in names], all_there)


def test_changes_of_a_time_take_in_its_beginning_and_leave_out_its_end(book: Desk) -> None:
    all_changes = record.changes(book.session, team_id=TEAM, channel_id="")
    times = sorted({change.known_at for change in all_changes})
    found = record.changes(
        book.session, team_id=TEAM, channel_id="", known_since=times[1], known_before=times[2]
    )
    assert {change.known_at for change in found} == {times[1]}


def test_article_is_told_when_it_was_published_but_not_after_it_was_known(desk: Desk) -> None:
    """A page dated tomorrow, as one from the other side of the world is, was told when it was posted."""
    posted = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    for number, published in enumerate((date(2026, 2, 1), date(2026, 3, 3))):
        desk.share(
            make_tie(f"Buyer {number}", "Target"),
            url=f"https://news.example/{number}",
            page=make_page(f"Text {number}.", published=published),
            message_ts=str(posted.timestamp()),
        )
    told = {deal.first_seen for deal in deals(desk)}
    assert told == {datetime(2026, 2, 1, tzinfo=UTC), posted}


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    yield statements
    event.remove(engine, "before_cursor_execute", count)


def test_more_rows_take_no_more_queries(desk: Desk, engine: Engine) -> None:
    def ask() -> int:
        microsoft = company_id(desk, "Microsoft")
        with counted(engine) as statements:
            deals(desk)
            record.pairs_of(desk.session, team_id=TEAM, channel_id=PUBLIC, company_id=microsoft)
            record.changes(desk.session, team_id=TEAM, channel_id=PUBLIC)
        return len(statements)

    desk.share(make_tie("Microsoft", "Firm"), url="https://news.example/0", page=make_page("0"))
    before = ask()
    desk.share(
        *(make_tie("Microsoft", f"Firm {number}", start=99 * number) for number in range(10)),
        url="https://news.example/1",
        page=make_page("1"),
    )
    assert ask() == before


def test_times_come_back_as_they_were(desk: Desk) -> None:
    desk.share(make_tie(), message_ts=ts(0))
    (deal,) = deals(desk)
    assert deal.first_seen.utcoffset() == timedelta(0)
