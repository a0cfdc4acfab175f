import pytest

from bot.errors import StorageError
from bot.values import Posting
from storage import articles, postings
from storage.articles import ArticleState
from storage.postings import Captured
from tests.factories import NOW, PUBLIC, SECRET, TEAM, Desk, make_extraction, make_page, ts

ONE, TWO = "https://news.example/1", "https://news.example/2"


def state_of(desk: Desk, article_id: str) -> ArticleState:
    status = articles.article_state(desk.session, team_id=TEAM, article_id=article_id)
    assert status
    return status.state


def shared_in(desk: Desk, channel_id: str = PUBLIC) -> tuple[str, ...]:
    return postings.articles_of_channel(desk.session, team_id=TEAM, channel_id=channel_id)


def untold(desk: Desk, article_id: str) -> tuple[Posting, ...]:
    return postings.untold_postings(desk.session, team_id=TEAM, article_id=article_id)


def test_new_link_is_to_be_read(desk: Desk) -> None:
    captured = desk.post(ONE)
    assert (len(captured.new_articles), captured.known, captured.changed) == (1, (), ())
    assert state_of(desk, captured.new_articles[0]) is ArticleState.PENDING


def test_links_of_a_message_keep_their_order(desk: Desk) -> None:
    first, second = desk.post(TWO, ONE).new_articles
    assert [
        status.url
        for article_id in (first, second)
        if (status := articles.article_state(desk.session, team_id=TEAM, article_id=article_id))
    ] == [TWO, ONE]


def test_link_named_twice_in_a_message_is_one_posting(desk: Desk) -> None:
    (article_id,) = desk.post(ONE, ONE).new_articles
    assert len(untold(desk, article_id)) == 1


def test_message_without_links_shares_nothing(desk: Desk) -> None:
    assert desk.post() == Captured()


def test_article_posted_while_it_is_read_is_told_by_its_reader(desk: Desk) -> None:
    (article_id,) = desk.post(ONE).new_articles
    assert desk.post(ONE, channel_id=SECRET) == Captured()
    assert [posting.channel_id for posting in untold(desk, article_id)] == [PUBLIC, SECRET]


def test_article_posted_after_it_was_read_is_known(desk: Desk) -> None:
    article_id = desk.share(url=ONE)
    captured = desk.post(ONE, channel_id=SECRET)
    assert (captured.new_articles, len(captured.known), captured.changed) == ((), 1, (article_id,))


def test_event_taken_twice_gives_the_same_postings(desk: Desk) -> None:
    desk.share(url=ONE)
    first = desk.post(ONE, message_ts="5.0")
    again = desk.post(ONE, message_ts="5.0")
    assert first.known == again.known
    assert len(shared_in(desk)) == 1


def test_told_posting_is_not_known_again_by_an_edit(desk: Desk) -> None:
    desk.share(url=ONE)
    (posting_id,) = desk.post(ONE, message_ts="5.0").known
    postings.mark_told(desk.session, team_id=TEAM, posting_id=posting_id, reply_ts="6.0")
    assert desk.post(ONE, message_ts="5.0", edited_ts="7.0") == Captured()


def test_failed_article_is_read_again_when_it_is_posted_again(desk: Desk) -> None:
    (article_id,) = desk.post(ONE, message_ts="1.0").new_articles
    articles.fail_reading(desk.session, team_id=TEAM, article_id=article_id, code="page_unavailable")
    assert desk.post(ONE, message_ts="2.0").new_articles == (article_id,)
    assert state_of(desk, article_id) is ArticleState.PENDING


def test_failed_article_is_not_read_again_because_its_message_unfurls(desk: Desk) -> None:
    (article_id,) = desk.post(ONE, message_ts="1.0").new_articles
    articles.fail_reading(desk.session, team_id=TEAM, article_id=article_id, code="page_unavailable")
    assert desk.post(ONE, message_ts="1.0", edited_ts="1.5") == Captured()


def test_edit_that_adds_a_link_brings_only_the_new_one(desk: Desk) -> None:
    desk.post(ONE, message_ts="1.0")
    added = desk.post(ONE, TWO, message_ts="1.0", edited_ts="2.0")
    assert len(added.new_articles) == 1
    assert len(shared_in(desk)) == 2


def test_edit_that_removes_a_link_drops_its_posting(desk: Desk) -> None:
    first, second = desk.post(ONE, TWO, message_ts="1.0").new_articles
    assert desk.post(TWO, message_ts="1.0", edited_ts="2.0").changed == (first,)
    assert shared_in(desk) == (second,)


def test_edit_that_removes_the_link_keeps_a_text_given_beside_it(desk: Desk) -> None:
    desk.post(ONE, message_ts="1.0")
    article_id = articles.add_text(
        desk.session,
        team_id=TEAM,
        title=None,
        text="Pasted.",
        channel_id=PUBLIC,
        message_ts="1.0",
        thread_ts=None,
        user_id="U1",
        now=NOW,
    )
    desk.post(message_ts="1.0", edited_ts="2.0")
    assert shared_in(desk) == (article_id,)


@pytest.mark.parametrize("late", [None, "2.0", "2.999999"])
def test_version_older_than_the_last_seen_changes_nothing(desk: Desk, late: str | None) -> None:
    desk.post(TWO, message_ts="1.0", edited_ts="3.0")
    assert desk.post(ONE, message_ts="1.0", edited_ts=late) == Captured()
    assert len(shared_in(desk)) == 1


def test_versions_compare_as_numbers(desk: Desk) -> None:
    desk.post(ONE, message_ts="1.0", edited_ts="9.5")
    assert desk.post(ONE, TWO, message_ts="1.0", edited_ts="10.5").new_articles


@pytest.mark.parametrize("edited_ts", [None, "9.0"])
def test_nothing_of_a_deleted_message_is_taken(desk: Desk, edited_ts: str | None) -> None:
    desk.post(ONE, message_ts="1.0")
    desk.delete("1.0")
    assert desk.post(ONE, message_ts="1.0", edited_ts=edited_ts) == Captured()
    assert shared_in(desk) == ()


def test_deletion_that_overtakes_its_message_holds(desk: Desk) -> None:
    desk.delete("1.0")
    assert desk.post(ONE, message_ts="1.0") == Captured()


def test_deleting_twice_is_deleting_once(desk: Desk) -> None:
    (article_id,) = desk.post(ONE, message_ts="1.0").new_articles
    where = {"team_id": TEAM, "channel_id": PUBLIC, "message_ts": "1.0"}
    assert postings.delete_message(desk.session, **where).changed == (article_id,)
    assert postings.delete_message(desk.session, **where) == Captured()


def test_deleting_a_message_leaves_the_same_ts_in_another_channel(desk: Desk) -> None:
    desk.post(ONE, message_ts="1.0")
    desk.post(ONE, message_ts="1.0", channel_id=SECRET)
    desk.delete("1.0", SECRET)
    assert len(shared_in(desk)) == 1


def test_link_added_again_by_a_second_edit_is_posted_again(desk: Desk) -> None:
    desk.share(url=ONE, message_ts="1.0")
    desk.refresh(*desk.post(TWO, message_ts="1.0", edited_ts="2.0").changed)
    assert len(desk.post(ONE, TWO, message_ts="1.0", edited_ts="3.0").new_articles) == 1


def test_posting_is_as_old_as_its_message(desk: Desk) -> None:
    (article_id,) = desk.post(ONE, message_ts="1767225600.000200").new_articles
    assert untold(desk, article_id)[0].posted_at.isoformat() == "2026-01-01T00:00:00.000200+00:00"


@pytest.mark.parametrize("odd", ["", "nonsense", "nan", "inf", "1e300", "-1e300"])
def test_message_with_an_odd_ts_is_as_old_as_its_arrival(desk: Desk, odd: str) -> None:
    (article_id,) = desk.post(ONE, message_ts=odd).new_articles if odd else desk.post(ONE).new_articles
    assert untold(desk, article_id)[0].posted_at.year == NOW.year


def test_long_addresses_are_kept(desk: Desk) -> None:
    long = "https://news.example/" + "x" * 8000
    (article_id,) = desk.post(long).new_articles
    assert desk.post(long).new_articles == ()
    assert state_of(desk, article_id) is ArticleState.PENDING


def test_posting_is_told_once(desk: Desk) -> None:
    desk.share(url=ONE)
    (posting_id,) = desk.post(ONE).known
    first = postings.mark_telling(desk.session, team_id=TEAM, posting_id=posting_id)
    assert first
    assert not first.again
    postings.mark_told(desk.session, team_id=TEAM, posting_id=posting_id, reply_ts=None)
    assert postings.mark_telling(desk.session, team_id=TEAM, posting_id=posting_id) is None


def test_telling_that_broke_off_says_so_the_second_time(desk: Desk) -> None:
    desk.share(url=ONE)
    (posting_id,) = desk.post(ONE).known
    postings.mark_telling(desk.session, team_id=TEAM, posting_id=posting_id)
    second = postings.mark_telling(desk.session, team_id=TEAM, posting_id=posting_id)
    assert second
    assert second.again


def test_withdrawn_posting_is_not_told(desk: Desk) -> None:
    (article_id,) = desk.post(ONE, message_ts="1.0").new_articles
    (posting,) = untold(desk, article_id)
    desk.delete("1.0")
    assert postings.mark_telling(desk.session, team_id=TEAM, posting_id=posting.id) is None
    assert postings.get_posting(desk.session, team_id=TEAM, posting_id=posting.id) is None
    postings.mark_told(desk.session, team_id=TEAM, posting_id=posting.id, reply_ts="2.0")


def test_visible_postings_are_those_in_public_and_in_the_readers_channel(desk: Desk) -> None:
    (article_id,) = desk.post(ONE, message_ts=ts(2)).new_articles
    desk.post(ONE, channel_id=SECRET, message_ts=ts(1))
    seen = {
        channel_id: [
            posting.channel_id
            for posting in postings.visible_postings(
                desk.session, team_id=TEAM, channel_id=channel_id, article_id=article_id
            )
        ]
        for channel_id in ("", PUBLIC, SECRET)
    }
    assert seen == {"": [PUBLIC], PUBLIC: [PUBLIC], SECRET: [SECRET, PUBLIC]}


def test_nothing_is_recorded_for_a_team_that_left(desk: Desk) -> None:
    with pytest.raises(StorageError):
        Desk(desk.session, "T-gone").post(ONE)


def test_text_that_is_read_for_a_failed_link_is_told_there(desk: Desk) -> None:
    (article_id,) = desk.post(ONE, message_ts="1.0").new_articles
    articles.fail_reading(desk.session, team_id=TEAM, article_id=article_id, code="page_blocked")
    (posting,) = untold(desk, article_id)
    postings.mark_told(desk.session, team_id=TEAM, posting_id=posting.id, reply_ts="1.1")
    articles.add_text(
        desk.session,
        team_id=TEAM,
        article_id=article_id,
        title="Pasted",
        text="The text behind the wall.",
        channel_id=PUBLIC,
        message_ts="1.0",
        thread_ts=None,
        user_id="U1",
        now=NOW,
    )
    desk.read(article_id, make_extraction(), make_page("The text behind the wall."))
    assert [told.id for told in untold(desk, article_id)] == [posting.id]
