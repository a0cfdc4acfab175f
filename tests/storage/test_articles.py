from datetime import date

import pytest

from bot.values import Article
from storage import articles, postings, ties
from storage.articles import ArticleState
from tests.factories import NOW, PUBLIC, SECRET, TEAM, Desk, make_extraction, make_page, make_tie

ONE, TWO, CANONICAL = "https://m.example/1", "https://m.example/2", "https://news.example/story"
TEXT = "The text of the story."


def get(desk: Desk, article_id: str) -> Article | None:
    return articles.get_article(desk.session, team_id=TEAM, article_id=article_id)


def paste(desk: Desk, text: str = TEXT, *, article_id: str | None = None, message_ts: str = "9.0") -> str:
    return articles.add_text(
        desk.session,
        team_id=TEAM,
        article_id=article_id,
        title=None,
        text=text,
        channel_id=PUBLIC,
        message_ts=message_ts,
        thread_ts=None,
        user_id="U1",
        now=NOW,
    )


def channels_of(desk: Desk, article_id: str) -> list[str]:
    return sorted(
        posting.channel_id
        for posting in postings.untold_postings(desk.session, team_id=TEAM, article_id=article_id)
    )


def test_read_article_is_what_its_page_says(desk: Desk) -> None:
    page = make_page(TEXT, url=ONE, title="Title", site="Site", lang="es", published=date(2026, 2, 1))
    (article_id,) = desk.post(ONE).new_articles
    desk.read(article_id, make_extraction(lang="es"), page)
    article = get(desk, article_id)
    assert article
    assert (article.url, article.title, article.site, article.lang, article.published, article.text) == (
        ONE,
        "Title",
        "Site",
        "es",
        date(2026, 2, 1),
        TEXT,
    )


def test_pending_article_is_no_article_yet(desk: Desk) -> None:
    (article_id,) = desk.post(ONE).new_articles
    assert get(desk, article_id) is None
    assert articles.pending_article(desk.session, team_id=TEAM, article_id=article_id) == (
        articles.PendingArticle(url=ONE, title=None, text=None)
    )


@pytest.mark.parametrize("named", [ONE, "Title"])
def test_an_article_is_found_by_its_address_or_title(desk: Desk, named: str) -> None:
    (article_id,) = desk.post(ONE).new_articles
    desk.read(article_id, make_extraction(lang="es"), make_page(TEXT, url=ONE, title="Title"))
    found = articles.find_article(desk.session, team_id=TEAM, named=named)
    assert found is not None
    assert found.id == article_id


def test_an_article_that_was_not_read_is_not_found(desk: Desk) -> None:
    desk.post(ONE)
    assert articles.find_article(desk.session, team_id=TEAM, named=ONE) is None


def test_read_article_is_not_pending(desk: Desk) -> None:
    article_id = desk.share(url=ONE)
    assert articles.pending_article(desk.session, team_id=TEAM, article_id=article_id) is None


def test_failure_keeps_its_code(desk: Desk) -> None:
    (article_id,) = desk.post(ONE).new_articles
    articles.fail_reading(desk.session, team_id=TEAM, article_id=article_id, code="page_blocked")
    status = articles.article_state(desk.session, team_id=TEAM, article_id=article_id)
    assert status
    assert (status.state, status.code) == (ArticleState.FAILED, "page_blocked")


def test_late_failure_does_not_undo_a_reading(desk: Desk) -> None:
    article_id = desk.share(url=ONE)
    articles.fail_reading(desk.session, team_id=TEAM, article_id=article_id, code="page_unavailable")
    assert get(desk, article_id) is not None


def test_failure_of_an_article_that_is_gone_is_nothing(desk: Desk) -> None:
    articles.fail_reading(desk.session, team_id=TEAM, article_id="gone", code="page_unavailable")
    assert articles.article_state(desk.session, team_id=TEAM, article_id="gone") is None


def test_reading_of_an_article_that_is_gone_stores_nothing(desk: Desk) -> None:
    (article_id,) = desk.post(ONE, message_ts="1.0").new_articles
    desk.delete("1.0")
    assert desk.read(article_id, make_extraction(make_tie())) == article_id
    assert articles.article_ids(desk.session, team_id=TEAM) == ()


def test_address_after_a_redirect_leads_to_the_same_article(desk: Desk) -> None:
    (article_id,) = desk.post(ONE).new_articles
    desk.read(article_id, page=make_page(TEXT, url=CANONICAL))
    assert desk.post(CANONICAL).changed == (article_id,)
    assert desk.post(ONE).changed == (article_id,)


def test_two_addresses_of_one_page_become_one_article(desk: Desk) -> None:
    first = desk.post(ONE).new_articles[0]
    desk.read(first, page=make_page(TEXT, url=CANONICAL))
    (second,) = desk.post(TWO, channel_id=SECRET).new_articles
    assert desk.read(second, page=make_page("An updated text.", url=CANONICAL)) == first
    assert get(desk, second) is None
    assert channels_of(desk, first) == [PUBLIC, SECRET]
    assert desk.post(TWO).changed == (first,)


def test_what_was_read_first_stays_when_another_address_joins(desk: Desk) -> None:
    first = desk.post(ONE).new_articles[0]
    desk.read(first, make_extraction(make_tie()), make_page(TEXT, url=CANONICAL))
    (second,) = desk.post(TWO).new_articles
    desk.read(second, make_extraction(), make_page("An updated text.", url=CANONICAL))
    article = get(desk, first)
    assert article
    assert article.text == TEXT
    assert len(ties.ties_of(desk.session, team_id=TEAM, article_id=first)) == 1


@pytest.mark.parametrize("text", [TEXT, "  the TEXT of the\nstory. "])
def test_same_text_at_another_address_is_the_same_article(desk: Desk, text: str) -> None:
    first = desk.share(url=ONE, page=make_page(TEXT, url=ONE))
    (second,) = desk.post(TWO).new_articles
    assert desk.read(second, page=make_page(text, url=TWO)) == first


def test_empty_texts_are_not_the_same_article(desk: Desk) -> None:
    first = desk.share(url=ONE, page=make_page("", url=ONE))
    (second,) = desk.post(TWO).new_articles
    assert desk.read(second, page=make_page(" ", url=TWO)) != first


def test_address_of_an_article_still_to_be_read_takes_the_reading(desk: Desk) -> None:
    (waiting,) = desk.post(CANONICAL, channel_id=SECRET).new_articles
    (first,) = desk.post(ONE).new_articles
    assert desk.read(first, make_extraction(make_tie()), make_page(TEXT, url=CANONICAL)) == waiting
    article = get(desk, waiting)
    assert article
    assert article.text == TEXT
    assert channels_of(desk, waiting) == [PUBLIC, SECRET]


def test_message_with_two_addresses_of_one_page_shares_it_once(desk: Desk) -> None:
    first, second = desk.post(ONE, TWO).new_articles
    desk.read(first, page=make_page(TEXT, url=CANONICAL))
    desk.read(second, page=make_page(TEXT, url=CANONICAL))
    assert channels_of(desk, first) == [PUBLIC]


def test_edit_of_a_message_with_two_addresses_of_one_page_keeps_it(desk: Desk) -> None:
    first, second = desk.post(ONE, TWO, message_ts="1.0").new_articles
    desk.read(first, page=make_page(TEXT, url=CANONICAL))
    desk.read(second, page=make_page(TEXT, url=CANONICAL))
    desk.refresh(*desk.post(TWO, message_ts="1.0", edited_ts="2.0").changed)
    assert get(desk, first) is not None


def test_reading_again_replaces_text_and_ties(desk: Desk) -> None:
    article_id = desk.share(make_tie(), url=ONE)
    desk.read(article_id, make_extraction(make_tie("Oracle", "OpenAI")), make_page("New.", url=ONE))
    (tie,) = ties.ties_of(desk.session, team_id=TEAM, article_id=article_id).values()
    assert tie.source == "Oracle"


def test_pasted_text_is_to_be_read(desk: Desk) -> None:
    article_id = paste(desk)
    pending = articles.pending_article(desk.session, team_id=TEAM, article_id=article_id)
    assert pending == articles.PendingArticle(url=None, title=None, text=TEXT)


def test_same_text_pasted_twice_is_one_article(desk: Desk) -> None:
    first = paste(desk)
    desk.read(first, page=make_page(TEXT))
    assert paste(desk, f" {TEXT}\n", message_ts="10.0") == first


def test_text_pasted_for_a_blocked_page_keeps_its_address(desk: Desk) -> None:
    (article_id,) = desk.post(ONE).new_articles
    articles.fail_reading(desk.session, team_id=TEAM, article_id=article_id, code="page_blocked")
    assert paste(desk, article_id=article_id) == article_id
    desk.read(article_id, page=make_page(TEXT, url=ONE))
    article = get(desk, article_id)
    assert article
    assert article.url == ONE


def test_link_to_a_text_that_was_pasted_before_joins_it(desk: Desk) -> None:
    pasted = paste(desk)
    desk.read(pasted, page=make_page(TEXT, site=None))
    (linked,) = desk.post(ONE).new_articles
    assert desk.read(linked, page=make_page(TEXT, url=ONE, site="Site")) == pasted
    article = get(desk, pasted)
    assert article
    assert (article.url, article.site) == (ONE, "Site")


def test_text_for_an_article_that_is_gone_is_an_article_of_its_own(desk: Desk) -> None:
    assert paste(desk, article_id="gone") != "gone"


def test_only_articles_without_a_posting_are_deleted(desk: Desk) -> None:
    kept, gone = desk.share(url=ONE), desk.share(url=TWO, message_ts="5.0")
    postings.delete_message(desk.session, team_id=TEAM, channel_id=PUBLIC, message_ts="5.0")
    both = [kept, gone]
    assert articles.delete_unposted(desk.session, team_id=TEAM, article_ids=both) == (gone,)
    assert articles.article_ids(desk.session, team_id=TEAM) == (kept,)


def test_dropped_article_leaves_no_address_behind(desk: Desk) -> None:
    article_id = desk.share(make_tie(), url=ONE)
    articles.drop_article(desk.session, team_id=TEAM, article_id=article_id)
    assert desk.post(ONE).new_articles == (article_id,)


def test_all_read_articles_are_gone_through_in_order(desk: Desk) -> None:
    ids = [desk.share(url=f"https://news.example/{n}", page=make_page(f"Text {n}.")) for n in range(60)]
    desk.post("https://news.example/pending")
    found = [article.id for article in articles.iter_articles(desk.session, team_id=TEAM)]
    assert found == sorted(ids)
