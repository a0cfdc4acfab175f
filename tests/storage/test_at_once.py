"""Two at work for one team at once: nothing of what either does is lost, and captures wait for nobody."""

import threading
from collections.abc import Callable
from typing import TypeVar

import pytest
from sqlalchemy import text

from bot.values import Audience, Posting
from storage import articles, channels, postings, teams
from storage.engine import Engine, is_sqlite, transaction
from storage.postings import Captured
from tests.factories import NOW, PUBLIC, TEAM, Desk, make_extraction, make_page

T = TypeVar("T")
ONE, TWO = "https://news.example/one", "https://news.example/two"
MESSAGE = {"team_id": TEAM, "channel_id": PUBLIC, "message_ts": "1.0"}


@pytest.fixture(autouse=True)
def team(engine: Engine) -> None:
    with transaction(engine) as session:
        Desk(session).open()


def at_once(engine: Engine, first: Callable[[Desk], object], second: Callable[[Desk], T]) -> T:
    """Do the second while the first has not committed yet; gives what the second finds."""
    found: list[T] = []

    def work() -> None:
        with transaction(engine) as session:
            found.append(second(Desk(session)))

    other = threading.Thread(target=work)
    with transaction(engine) as session:
        first(Desk(session))
        other.start()
        while not is_sqlite(engine) and other.is_alive() and not waiting(engine):
            pass
    other.join()
    return found[0]


def waiting(engine: Engine) -> bool:
    asked = text(
        "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE NOT granted AND datname = current_database())"
    )
    with engine.connect() as connection:
        return bool(connection.scalar(asked))


def posted(engine: Engine, *urls: str, **more: str) -> Captured:
    with transaction(engine) as session:
        return Desk(session).post(*urls, **more)


def shared(engine: Engine) -> tuple[Posting, ...]:
    """What the message shares."""
    with transaction(engine) as session:
        return postings.postings_of_message(session, **MESSAGE)


def read(desk: Desk, article_id: str, page_text: str = "A text.") -> tuple[str, ...]:
    """Finish reading; gives the messages whose posting is to be told then."""
    kept = articles.finish_reading(
        desk.session,
        team_id=TEAM,
        article_id=article_id,
        page=make_page(page_text),
        extraction=make_extraction(),
        now=NOW,
    )
    untold = postings.untold_postings(desk.session, team_id=TEAM, article_id=kept)
    return tuple(posting.message_ts for posting in untold)


def test_who_shares_an_article_while_its_reading_ends_is_told(engine: Engine) -> None:
    (article_id,) = posted(engine, ONE, message_ts="1.0").new_articles
    told = at_once(engine, lambda desk: desk.post(ONE, message_ts="2.0"), lambda desk: read(desk, article_id))
    assert told == ("1.0", "2.0")


def test_who_shares_an_article_just_after_its_reading_ended_is_told_by_the_message(engine: Engine) -> None:
    (article_id,) = posted(engine, ONE, message_ts="1.0").new_articles
    captured = at_once(
        engine, lambda desk: read(desk, article_id), lambda desk: desk.post(ONE, message_ts="2.0")
    )
    assert (captured.new_articles, len(captured.known)) == ((), 1)


def test_an_article_that_is_shared_again_while_it_would_go_stays(engine: Engine) -> None:
    (article_id,) = posted(engine, ONE, message_ts="1.0").new_articles
    posted(engine, message_ts="1.0", edited_ts="2.0")  # nobody shares it any more
    gone = at_once(
        engine,
        lambda desk: desk.post(ONE, message_ts="3.0"),
        lambda desk: articles.delete_unposted(desk.session, team_id=TEAM, article_ids=[article_id]),
    )
    assert gone == ()


def test_an_article_that_is_shared_again_while_it_goes_is_read_again(engine: Engine) -> None:
    (article_id,) = posted(engine, ONE, message_ts="1.0").new_articles
    posted(engine, message_ts="1.0", edited_ts="2.0")
    captured = at_once(
        engine,
        lambda desk: articles.delete_unposted(desk.session, team_id=TEAM, article_ids=[article_id]),
        lambda desk: desk.post(ONE, message_ts="3.0"),
    )
    assert captured.new_articles == (article_id,)


def test_who_shares_an_article_that_turns_out_to_be_another_shares_that_one(engine: Engine) -> None:
    first, second = posted(engine, ONE, TWO, message_ts="1.0").new_articles
    with transaction(engine) as session:
        read(Desk(session), first, "The same text.")
    told = at_once(
        engine,
        lambda desk: desk.post(ONE, TWO, message_ts="2.0"),
        lambda desk: read(desk, second, "The same text."),
    )
    assert told == ("1.0", "2.0")


def test_of_two_who_share_a_new_link_at_once_one_has_it_read(engine: Engine) -> None:
    captured = at_once(
        engine, lambda desk: desk.post(ONE, message_ts="1.0"), lambda desk: desk.post(ONE, message_ts="2.0")
    )
    assert captured == Captured()


def test_a_message_that_comes_while_its_edit_is_taken_changes_nothing(engine: Engine) -> None:
    at_once(
        engine,
        lambda desk: desk.post(TWO, message_ts="1.0", edited_ts="3.0"),
        lambda desk: desk.post(ONE, message_ts="1.0"),
    )
    assert len(shared(engine)) == 1


def test_a_reply_that_begins_while_its_message_goes_is_looked_for(engine: Engine) -> None:
    posted(engine, ONE, message_ts="1.0")
    (posting,) = shared(engine)
    gone = at_once(
        engine,
        lambda desk: postings.mark_telling(desk.session, team_id=TEAM, posting_id=posting.id),
        lambda desk: postings.delete_message(desk.session, **MESSAGE),
    )
    assert gone.unnoted == (posting.id,)


def test_a_reply_to_a_message_that_went_meanwhile_is_not_begun(engine: Engine) -> None:
    posted(engine, ONE, message_ts="1.0")
    (posting,) = shared(engine)
    telling = at_once(
        engine,
        lambda desk: postings.delete_message(desk.session, **MESSAGE),
        lambda desk: postings.mark_telling(desk.session, team_id=TEAM, posting_id=posting.id),
    )
    assert telling is None


def test_a_message_is_captured_while_the_teams_record_is_worked_on(engine: Engine) -> None:
    """Only one writes to a SQLite file; on PostgreSQL it would wait for ever here, as nobody goes on."""
    if is_sqlite(engine):
        pytest.skip("one writes at a time")
    with transaction(engine) as session:
        teams.lock_team(session, team_id=TEAM)
        channels.remember_audience(session, team_id=TEAM, channel_id="C9", audience=Audience.PUBLIC)
        assert posted(engine, ONE).new_articles
