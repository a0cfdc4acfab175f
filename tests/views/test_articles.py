"""What /articles shows: what was read, newest first, with where it was shared."""

from datetime import date

from bot.answers import ArticleLine, ArticlesAnswer
from bot.views.actions import State
from bot.views.articles import render, render_bots
from tests.views.making import JUNE, MICROSOFT, buttons, shown

LINE = ArticleLine(
    article_id="a1",
    title="Costuras",
    url="https://elpais.com/costuras",
    site="El País",
    lang="es",
    published=date(2024, 6, 14),
    message_url="https://acme.slack.com/archives/C012AB3CD/p1718441234567890",
    user_id="U012AB3CD",
    posted_at=JUNE,
)


def answer(
    *lines: ArticleLine, words: str = "", page: int = 0, pages: int = 1, total: int = 0
) -> ArticlesAnswer:
    return ArticlesAnswer(words=words, page=page, pages=pages, total=total or len(lines), lines=lines)


def test_an_article_shows_title_site_dates_and_posting() -> None:
    text = shown(render(answer(LINE)))
    assert "<https://elpais.com/costuras|Costuras>\nEl País · 14 Jun 2024 · shared by <@U012AB3CD> <" in text


def test_articles_about_a_company_that_a_button_named_by_its_id_say_its_name() -> None:
    asked = ArticlesAnswer(words="#1a", page=0, pages=2, total=12, lines=(LINE,), about=MICROSOFT)
    message = render(asked)
    assert "12 articles about Microsoft, page 1 of 2" in message.text
    assert "#1a" not in shown(message)
    assert buttons(message)["Next"] == State("/articles", "#1a", 1)


def test_an_article_without_a_title_shows_its_address() -> None:
    untitled = ArticleLine(
        article_id="a",
        title=None,
        url="https://a.com/x",
        site=None,
        lang=None,
        published=None,
        message_url=None,
        user_id=None,
        posted_at=JUNE,
    )
    assert "<https://a.com/x|https://a.com/x>\nshared 15 Jun 2024" in shown(render(answer(untitled)))


def test_pages_keep_the_words() -> None:
    message = render(answer(LINE, words="nube oracle", page=1, pages=3, total=21))
    assert buttons(message)["Next"] == State("/articles", "nube oracle", 2)
    assert "21 articles with “nube oracle”, page 2 of 3" in message.text
    assert "\n11. Costuras" in message.text


def test_no_find_says_what_to_try() -> None:
    assert "Try fewer words" in render(answer(words="lluvia")).text


def test_an_empty_list_says_how_to_begin() -> None:
    assert "Post a link" in render(answer()).text


def test_reading_of_bots_is_confirmed() -> None:
    assert "bots off" in render_bots(on=True).text
    assert "bots on" in render_bots(on=False).text
