import pytest
from sqlalchemy import text as statement
from sqlalchemy import update

from storage import articles, companies
from storage.articles import ArticlePage
from storage.schema import ArticleRow
from storage.word_index import are_few
from tests.factories import ELSEWHERE, PUBLIC, SECRET, TEAM, Desk, make_page, make_tie, ts


def search(
    desk: Desk, words: str = "", *, channel_id: str = "", limit: int = 10, offset: int = 0
) -> ArticlePage:
    return articles.search_articles(
        desk.session, team_id=TEAM, channel_id=channel_id, words=words, limit=limit, offset=offset
    )


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    for number, (title, text) in enumerate(
        [
            ("Telefónica vende su filial", "La compañía española cierra la operación en Perú."),
            ("Meta opens a centre", "The metals trade went on; 100% of it."),
            ("Nothing of note", "A quiet day_in the market."),
        ]
    ):
        desk.share(
            url=f"https://news.example/{number}", page=make_page(text, title=title), message_ts=ts(number)
        )
    return desk


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("telefonica", ["Telefónica vende su filial"]),
        ("TELEFÓNICA", ["Telefónica vende su filial"]),
        ("operacion peru", ["Telefónica vende su filial"]),
        ("peru telef", ["Telefónica vende su filial"]),
        ("telefonica meta", []),
        ("lefonica", []),
        ("met", ["Meta opens a centre"]),
        ("%", []),
        ("100%", ["Meta opens a centre"]),
        ("_", []),
        ("day_in", ["Nothing of note"]),
        ("' OR 1=1 --", []),
        ("", ["Nothing of note", "Meta opens a centre", "Telefónica vende su filial"]),
    ],
)
def test_every_word_must_begin_a_word_of_the_article(shelf: Desk, words: str, titles: list[str]) -> None:
    found = search(shelf, words)
    assert ([line.title for line in found.articles], found.total) == (titles, len(titles))


def test_pages_follow_each_other_and_the_total_stays(shelf: Desk) -> None:
    pages = [search(shelf, limit=1, offset=offset) for offset in range(4)]
    assert [len(page.articles) for page in pages] == [1, 1, 1, 0]
    assert {page.total for page in pages} == {3}
    assert len({line.article_id for page in pages for line in page.articles}) == 3


def test_hidden_articles_are_neither_listed_nor_counted(desk: Desk) -> None:
    desk.share(channel_id=SECRET)
    assert [search(desk, channel_id=channel_id).total for channel_id in ("", PUBLIC, SECRET)] == [0, 0, 1]


def test_pending_and_failed_articles_are_not_found(desk: Desk) -> None:
    desk.post("https://news.example/1")
    assert search(desk).total == 0


def test_article_in_several_channels_is_listed_once_with_the_readers_posting(desk: Desk) -> None:
    desk.share(url="https://news.example/1", message_ts=ts(1))
    desk.post("https://news.example/1", channel_id=ELSEWHERE, message_ts=ts(2))
    assert [
        [line.channel_id for line in search(desk, channel_id=channel_id).articles]
        for channel_id in (PUBLIC, ELSEWHERE, SECRET)
    ] == [[PUBLIC], [ELSEWHERE], [PUBLIC]]


def test_articles_about_a_company_are_found_by_its_id(desk: Desk) -> None:
    about = desk.share(make_tie("Oracle", "OpenAI"), url="https://news.example/1", page=make_page("One."))
    desk.share(make_tie("Meta", "Giphy"), url="https://news.example/2", page=make_page("Two."))
    desk.share(
        make_tie("Oracle", "Sun"), url="https://news.example/3", channel_id=SECRET, page=make_page("Three.")
    )
    (oracle,) = companies.find_companies(desk.session, team_id=TEAM, channel_id="", name="oracle")
    counts = {
        channel_id: articles.search_articles(
            desk.session, team_id=TEAM, channel_id=channel_id, company_id=oracle.id, limit=9
        )
        for channel_id in ("", PUBLIC, SECRET)
    }
    assert [counts[channel_id].total for channel_id in ("", PUBLIC, SECRET)] == [1, 1, 2]
    assert counts[""].articles[0].article_id == about


def test_words_that_an_article_lost_find_it_no_more(desk: Desk) -> None:
    article_id = desk.share(page=make_page("The old word."))
    desk.session.execute(update(ArticleRow).where(ArticleRow.id == article_id).values(folded=" another one "))
    assert [search(desk, words).total for words in ("old", "another")] == [0, 1]


def test_dropped_articles_are_found_by_no_word(desk: Desk) -> None:
    desk.share(page=make_page("Gone tomorrow."), message_ts=ts(1))
    desk.delete(ts(1))
    desk.share(page=make_page("Here to stay."), url="https://news.example/2", message_ts=ts(2))
    assert [search(desk, words).total for words in ("gone", "stay")] == [0, 1]


@pytest.mark.parametrize("most_sorted", [0, 9])
def test_very_many_articles_are_not_counted_and_come_latest_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, most_sorted: int
) -> None:
    monkeypatch.setattr("storage.search.MOST_SORTED", most_sorted)
    for module in ("storage.search", "storage.counting"):
        monkeypatch.setattr(f"{module}.MOST_COUNTED", 2)
    for number in range(4):
        url, page = f"https://news.example/{number}", make_page(f"Number {number}.", title=str(number))
        desk.share(url=url, page=page, message_ts=ts(number))
    desk.post("https://news.example/0", channel_id=ELSEWHERE, message_ts=ts(9))
    desk.share(url="https://news.example/5", channel_id=SECRET, page=make_page("Number 5.", title="5"))
    for words in ("number", ""):
        found = search(desk, words, limit=2, offset=1)
        assert ([line.title for line in found.articles], found.total) == (["2", "1"], 3)
    assert [search(desk, "number 3").total, search(desk, "number 5").total] == [1, 0]


def test_of_very_many_articles_those_are_found_that_the_index_would_find(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        url, page = f"https://news.example/{number}", make_page(f"Plan B, {number}.", title=str(number))
        desk.share(url=url, page=page, message_ts=ts(number))
    desk.share(url="https://news.example/4", page=make_page("Plan beta.", title="4"), message_ts=ts(4))
    indexed = {words: titles(desk, words) for words in ("plan b", "pla be", "b", "lan")}
    assert indexed == {"plan b": ["3", "2", "1", "0"], "pla be": ["4"], "b": ["3", "2", "1", "0"], "lan": []}
    monkeypatch.setattr("storage.search.MOST_SORTED", 0)
    for module in ("storage.search", "storage.counting"):
        monkeypatch.setattr(f"{module}.MOST_COUNTED", 0)
    assert {words: titles(desk, words) for words in indexed} == indexed


def titles(desk: Desk, words: str) -> list[str | None]:
    return [line.title for line in search(desk, words, limit=9).articles]


def test_a_word_is_known_to_be_in_few_articles_or_in_many(desk: Desk) -> None:
    many = " ".join(f"order{number}" for number in range(100))  # PostgreSQL says nothing of fewer words
    for number in range(30):
        page = make_page(f"The market was {'calm' if number else 'wild'}: it took {many} and {number}.")
        desk.share(url=f"https://news.example/{number}", page=page, message_ts=ts(number))
    if desk.session.get_bind().dialect.name == "postgresql":
        desk.session.execute(statement("ANALYZE article_words"))
    few = {word: are_few(desk.session, team_id=TEAM, words=word, most=9) for word in ("market", "wild", "")}
    assert few == {"market": False, "wild": True, "": False}
