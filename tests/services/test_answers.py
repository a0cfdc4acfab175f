"""Queries become answers from what a reader in one channel may know."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from bot.answers import (
    ARTICLES_A_PAGE,
    DEALS_A_PAGE,
    AmbiguousName,
    ArticlesAnswer,
    DealsAnswer,
    MissingName,
    RelationshipAnswer,
    UnknownName,
)
from bot.digest.digest import build_digest
from bot.digest.schedule import Period
from bot.errors import UserError
from bot.queries import ArticlesQuery, Command, DealsQuery, RelationshipQuery, parse
from bot.services.answers import (
    articles_answer,
    deals_answer,
    digest_answer,
    reading_answer,
    relationship_answer,
)
from bot.values import Audience, CompanyName, Level, Status, TieKind
from storage import articles, channels, postings, record, teams
from tests.factories import NOW, PUBLIC, SECRET, TEAM, Desk, make_page, make_tie, ts, usd

LATER = NOW + timedelta(days=1)
BUYS = make_tie("Microsoft", "Inflection", TieKind.ACQUISITION, money=usd(650_000_000))
RUMOUR = make_tie("NVIDIA", "OpenAI", status=Status.RUMORED, start=100)


def deals(desk: Desk, text: str, *, channel_id: str = PUBLIC, page: int = 0) -> object:
    query = parse(Command.DEALS, text, today=date(2026, 3, 2))
    assert isinstance(query, DealsQuery)
    return deals_answer(desk.session, query, team_id=TEAM, channel_id=channel_id, page=page)


def listed(desk: Desk, text: str, *, channel_id: str = PUBLIC, page: int = 0) -> DealsAnswer:
    answer = deals(desk, text, channel_id=channel_id, page=page)
    assert isinstance(answer, DealsAnswer)
    return answer


def relationship(desk: Desk, text: str, *, channel_id: str = PUBLIC) -> object:
    query = parse(Command.RELATIONSHIP, text, today=date(2026, 3, 2))
    assert isinstance(query, RelationshipQuery)
    return relationship_answer(desk.session, query, team_id=TEAM, channel_id=channel_id, now=LATER)


def found_articles(desk: Desk, words: str, *, channel_id: str = PUBLIC, page: int = 0) -> ArticlesAnswer:
    return articles_answer(desk.session, ArticlesQuery(words), team_id=TEAM, channel_id=channel_id, page=page)


# --- deals ---


@pytest.mark.parametrize("text", ["microsoft", "MICROSOFT", "Microsoft Corp.", '"Microsoft"'])
def test_deals_of_a_company_come_with_their_sentences(desk: Desk, text: str) -> None:
    desk.share(BUYS)
    (line,) = listed(desk, text).lines
    assert (line.source.name, line.target.name) == ("Microsoft", "Inflection")
    assert [source.text for source in line.sources] == [BUYS.evidence.text]


def test_the_text_of_an_answer_asks_for_it_again(desk: Desk) -> None:
    desk.share(BUYS)
    answer = listed(desk, "microsoft type:buy since:2020")
    assert listed(desk, answer.text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "banco santander openai",
        "openai banco santander",
        "banco santander y openai",
        '"banco santander" openai',
        "openai with:banco santander",
        "con:openai banco santander",
    ],
)
def test_two_names_are_told_apart_by_what_is_known(desk: Desk, text: str) -> None:
    desk.share(make_tie("Banco Santander", "OpenAI"), BUYS)
    answer = listed(desk, text)
    assert {company.name for company in answer.companies} == {"Banco Santander", "OpenAI"}
    assert answer.total == 1


def test_a_name_with_a_connective_is_one_company(desk: Desk) -> None:
    desk.share(make_tie("Johnson y Johnson", "OpenAI"))
    assert [company.name for company in listed(desk, "johnson y johnson").companies] == ["Johnson y Johnson"]


def test_one_company_named_twice_is_one_company(desk: Desk) -> None:
    desk.share(
        make_tie("Meta", "Scale AI"), companies=[CompanyName("Meta", ("Facebook",)), CompanyName("Scale AI")]
    )
    assert len(listed(desk, "meta, facebook").companies) == 1


def test_two_ways_to_read_two_names_are_both_offered(desk: Desk) -> None:
    desk.share(make_tie("Banco", "Santander Tech"), make_tie("Banco Santander", "Tech", start=100))
    answer = deals(desk, "banco santander tech")
    assert isinstance(answer, AmbiguousName)
    assert {choice.label for choice in answer.choices} == {"Banco – Santander Tech", "Banco Santander – Tech"}


def test_more_deals_take_no_more_questions_to_the_database(desk: Desk) -> None:
    def questions(text: str) -> int:
        asked: list[str] = []
        connection = desk.session.connection()

        def count(*arguments: object) -> None:
            asked.append(str(arguments[2]))

        event.listen(connection, "before_cursor_execute", count)
        listed(desk, text)
        event.remove(connection, "before_cursor_execute", count)
        return len(asked)

    def share_more(numbers: range) -> None:
        for number in numbers:
            url = f"https://news.example/more/{number}"
            desk.share(make_tie("Microsoft", f"Startup {number}"), BUYS, url=url)

    share_more(range(DEALS_A_PAGE))
    a_page = questions("microsoft")
    share_more(range(DEALS_A_PAGE, 2 * DEALS_A_PAGE))
    assert questions("microsoft") == a_page


def test_every_page_knows_how_many_deals_there_are(desk: Desk) -> None:
    desk.share(*(make_tie("Microsoft", f"Startup {number}") for number in range(DEALS_A_PAGE + 1)))
    answers = [listed(desk, "microsoft", page=page) for page in range(3)]
    assert [(len(answer.lines), answer.total, answer.page) for answer in answers] == [
        (DEALS_A_PAGE, DEALS_A_PAGE + 1, 0),
        (1, DEALS_A_PAGE + 1, 1),
        (1, DEALS_A_PAGE + 1, 1),
    ]


def test_filters_alone_ask_for_everybody(desk: Desk) -> None:
    desk.share(BUYS, RUMOUR)
    assert [line.target.name for line in listed(desk, "status:rumored").lines] == ["OpenAI"]


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("microsoft type:acquisition", 1),
        ("microsoft type:merger", 0),
        ("microsoft status:completed", 1),
        ("microsoft status:denied", 0),
        ("microsoft min:650M", 1),
        ("microsoft min:651M", 0),
    ],
)
def test_filters_narrow(desk: Desk, text: str, total: int) -> None:
    desk.share(BUYS)
    answer = listed(desk, text)
    assert (answer.total, answer.unfiltered) == (total, 1)


def test_an_empty_answer_offers_the_list_without_filters(desk: Desk) -> None:
    desk.share(BUYS)
    answer = listed(desk, "microsoft type:merger")
    assert listed(desk, answer.unfiltered_text).total == 1


def test_two_companies_without_a_deal_lead_to_the_deals_of_each(desk: Desk) -> None:
    desk.share(BUYS, RUMOUR)
    answer = listed(desk, "microsoft openai")
    assert [listed(desk, partner.text).total for partner in answer.partners] == [1, 1]


def test_deals_come_in_pages(desk: Desk) -> None:
    desk.share(*(make_tie("Microsoft", f"Startup {n}", start=100 * n) for n in range(DEALS_A_PAGE + 1)))
    first, second = listed(desk, "microsoft"), listed(desk, "microsoft", page=1)
    assert (first.pages, len(first.lines), len(second.lines)) == (2, DEALS_A_PAGE, 1)
    assert not {line.deal.id for line in first.lines} & {line.deal.id for line in second.lines}


def test_exactly_one_page_has_no_next(desk: Desk) -> None:
    desk.share(*(make_tie("Microsoft", f"Startup {n}", start=100 * n) for n in range(DEALS_A_PAGE)))
    assert listed(desk, "microsoft").pages == 1


def test_a_page_that_is_no_more_becomes_the_last(desk: Desk) -> None:
    desk.share(BUYS)
    answer = listed(desk, "microsoft", page=7)
    assert (answer.page, len(answer.lines)) == (0, 1)


def test_what_a_private_channel_knows_stays_there(desk: Desk) -> None:
    desk.share(BUYS, channel_id=SECRET)
    assert isinstance(deals(desk, "microsoft"), UnknownName)
    assert listed(desk, "microsoft", channel_id=SECRET).total == 1


def test_a_button_made_in_a_private_channel_tells_nothing_elsewhere(desk: Desk) -> None:
    desk.share(BUYS, channel_id=SECRET)
    text = listed(desk, "microsoft", channel_id=SECRET).text
    answer = deals(desk, text)
    assert isinstance(answer, UnknownName)
    assert not answer.suggestions


def test_links_lead_to_the_message_and_the_article(desk: Desk) -> None:
    teams.remember_team(desk.session, team_id=TEAM, url="https://acme.slack.com/")
    channels.remember_audience(desk.session, team_id=TEAM, channel_id="C012AB3CD", audience=Audience.PUBLIC)
    desk.share(BUYS, url="https://elpais.com/a", channel_id="C012AB3CD", message_ts="1772445600.000100")
    (source,) = listed(desk, "microsoft").lines[0].sources
    assert source.url == "https://elpais.com/a"
    assert source.message_url == "https://acme.slack.com/archives/C012AB3CD/p1772445600000100"


# --- names ---


def test_an_unknown_name_gets_an_answer_without_suggestions(desk: Desk) -> None:
    answer = deals(desk, "zzyzx")
    assert answer == UnknownName(Command.DEALS, ("zzyzx",), ())


@pytest.mark.parametrize("text", ["Microsfot", "micrsoft", "Micrósoft Azur"])
def test_a_mistyped_name_is_suggested_not_assumed(desk: Desk, text: str) -> None:
    desk.share(BUYS)
    answer = deals(desk, text)
    assert isinstance(answer, UnknownName)
    assert "Microsoft" in [suggestion.label for suggestion in answer.suggestions]


def test_a_suggestion_runs_the_corrected_command_with_its_filters(desk: Desk) -> None:
    desk.share(BUYS, make_tie("Microsoft", "OpenAI", start=100))
    answer = deals(desk, "Microsfot type:acquisition")
    assert isinstance(answer, UnknownName)
    assert listed(desk, answer.suggestions[0].text).total == 1


def test_with_one_half_known_the_other_is_corrected(desk: Desk) -> None:
    desk.share(make_tie("Banco Santander", "OpenAI"))
    answer = deals(desk, "banco santadner openai")
    assert isinstance(answer, UnknownName)
    assert answer.names == ("banco santadner",)
    assert answer.suggestions[0].label == "Banco Santander – OpenAI"


def test_with_one_half_known_no_pair_without_it_is_suggested(desk: Desk) -> None:
    desk.share(make_tie("Acme Robotics", "Globex Systems"), make_tie("Globex Sons", "Slowpoke Systems"))
    answer = relationship(desk, "globx systems vs acme robotics")
    assert isinstance(answer, UnknownName)
    assert [label for each in answer.suggestions if "Acme Robotics" not in (label := each.label)] == []
    assert "Globex Systems – Acme Robotics" in [each.label for each in answer.suggestions]


def test_an_ambiguous_name_is_never_guessed(desk: Desk) -> None:
    for number, name in enumerate(("Delta Air Lines", "Delta Electronics")):
        desk.share(
            make_tie(name, "Boeing"),
            url=f"https://news.example/{number}",
            companies=[CompanyName(name, ("Delta",)), CompanyName("Boeing")],
        )
    answer = deals(desk, "delta type:investment")
    assert isinstance(answer, AmbiguousName)
    assert [choice.label for choice in answer.choices] == ["Delta Air Lines", "Delta Electronics"]
    assert listed(desk, answer.choices[1].text).companies[0].name == "Delta Electronics"


# --- relationship ---


def test_a_relationship_tells_level_history_deals_and_bonds(desk: Desk) -> None:
    desk.share(
        make_tie("Microsoft", "OpenAI", TieKind.PARTNERSHIP),
        make_tie("Microsoft", "OpenAI", money=usd(13_000_000_000), start=100),
        url="https://news.example/1",
        page=make_page("Good times.", published=date(2026, 1, 10)),
    )
    desk.share(
        make_tie("OpenAI", "Microsoft", TieKind.DISPUTE),
        make_tie("OpenAI", "Microsoft", TieKind.DEPENDENCY, start=100),
        url="https://news.example/2",
        page=make_page("Bad times.", published=date(2026, 3, 1)),
    )
    answer = relationship(desk, "openai microsoft")
    assert isinstance(answer, RelationshipAnswer)
    assert answer.level is Level.STRAINED
    assert [state.level for state in answer.states] == [Level.STRAINED, Level.ALLIED]
    assert {line.deal.kind for line in answer.deals} == {TieKind.PARTNERSHIP, TieKind.INVESTMENT}
    assert {line.bond.kind for line in answer.bonds} == {TieKind.DISPUTE, TieKind.DEPENDENCY}
    assert any(source.text == "OpenAI dispute Microsoft." for source in answer.states[0].sources)


def test_a_relationship_is_the_same_either_way(desk: Desk) -> None:
    desk.share(BUYS)
    one, other = relationship(desk, "microsoft inflection"), relationship(desk, "inflection microsoft")
    assert isinstance(one, RelationshipAnswer)
    assert isinstance(other, RelationshipAnswer)
    assert (one.level, one.states, one.deals) == (other.level, other.states, other.deals)


def test_companies_with_nothing_between_them_lead_to_what_is_known(desk: Desk) -> None:
    desk.share(BUYS, RUMOUR)
    answer = relationship(desk, "microsoft openai")
    assert isinstance(answer, RelationshipAnswer)
    assert answer.level is None
    assert [partner.label for partner in answer.partners] == ["Microsoft – Inflection", "OpenAI – NVIDIA"]


def test_one_company_is_asked_for_its_partner(desk: Desk) -> None:
    desk.share(make_tie("Banco Santander", "OpenAI"))
    answer = relationship(desk, "banco santander")
    assert isinstance(answer, MissingName)
    assert isinstance(relationship(desk, answer.choices[0].text), RelationshipAnswer)


def test_two_names_of_one_company_are_refused(desk: Desk) -> None:
    desk.share(BUYS)
    with pytest.raises(UserError, match="Both names mean Microsoft"):
        relationship(desk, "microsoft, Microsoft Corp")


def test_what_was_told_a_moment_ahead_of_our_clock_counts(desk: Desk) -> None:
    desk.share(make_tie("Microsoft", "OpenAI", TieKind.DISPUTE), message_ts=ts(60))
    query = parse(Command.RELATIONSHIP, "microsoft openai", today=date(2026, 3, 2))
    assert isinstance(query, RelationshipQuery)
    answer = relationship_answer(desk.session, query, team_id=TEAM, channel_id=PUBLIC, now=NOW)
    assert isinstance(answer, RelationshipAnswer)
    assert answer.level is Level.STRAINED


def test_a_private_dispute_is_not_felt_elsewhere(desk: Desk) -> None:
    desk.share(make_tie("Microsoft", "OpenAI", TieKind.PARTNERSHIP), url="https://news.example/1")
    desk.share(
        make_tie("Microsoft", "OpenAI", TieKind.DISPUTE), url="https://news.example/2", channel_id=SECRET
    )
    outside, inside = (
        relationship(desk, "microsoft openai"),
        relationship(desk, "microsoft openai", channel_id=SECRET),
    )
    assert isinstance(outside, RelationshipAnswer)
    assert isinstance(inside, RelationshipAnswer)
    assert (outside.level, inside.level) == (Level.COOPERATING, Level.STRAINED)
    assert not outside.bonds


# --- articles ---


def test_articles_are_found_by_words_and_by_company(desk: Desk) -> None:
    desk.share(BUYS, page=make_page("Nubes y costuras.", title="Costuras"))
    assert [line.title for line in found_articles(desk, "nube").lines] == ["Costuras"]
    assert [line.title for line in found_articles(desk, "inflection").lines] == ["Costuras"]
    assert found_articles(desk, "lluvia").total == 0


def test_articles_come_in_pages_and_a_page_too_far_is_the_last(desk: Desk) -> None:
    for number in range(ARTICLES_A_PAGE + 1):
        desk.share(url=f"https://news.example/{number}", page=make_page(f"Text {number}."))
    answer = found_articles(desk, "", page=9)
    assert (answer.total, answer.page, answer.pages, len(answer.lines)) == (ARTICLES_A_PAGE + 1, 1, 2, 1)


def test_articles_of_a_private_channel_are_listed_there_alone(desk: Desk) -> None:
    desk.share(BUYS, channel_id=SECRET)
    assert found_articles(desk, "microsoft").total == 0
    assert found_articles(desk, "microsoft", channel_id=SECRET).total == 1


# --- digest and replies ---


def test_a_digest_comes_with_its_companies_and_sentences(desk: Desk) -> None:
    desk.share(BUYS)
    week = Period("p", NOW - timedelta(days=6), LATER)
    changes = record.changes(desk.session, team_id=TEAM, channel_id=PUBLIC)
    digest = build_digest(changes, told=(), period=week, limit=10)
    answer = digest_answer(desk.session, team_id=TEAM, channel_id=PUBLIC, digest=digest)
    assert {company.name for company in answer.companies.values()} == {"Microsoft", "Inflection"}
    assert {source.text for source in answer.sources.values()} == {BUYS.evidence.text}


def _only_posting(desk: Desk, article_id: str) -> str:
    (posting,) = postings.untold_postings(desk.session, team_id=TEAM, article_id=article_id)
    return posting.id


def test_a_reply_holds_what_the_article_says(desk: Desk) -> None:
    article_id = desk.share(BUYS)
    answer = reading_answer(desk.session, team_id=TEAM, posting_id=_only_posting(desk, article_id))
    assert answer is not None
    assert (answer.is_read, answer.ties, answer.known_at) == (True, (BUYS,), None)


def test_a_second_posting_tells_who_was_first(desk: Desk) -> None:
    article_id = desk.share(BUYS)
    captured = desk.post("https://news.example/1", user_id="U2")
    answer = reading_answer(desk.session, team_id=TEAM, posting_id=captured.known[0])
    assert answer is not None
    assert (answer.article_id, answer.known_by) == (article_id, "U1")


def test_a_second_posting_does_not_tell_of_a_private_first(desk: Desk) -> None:
    desk.share(BUYS, channel_id=SECRET)
    captured = desk.post("https://news.example/1", user_id="U2")
    answer = reading_answer(desk.session, team_id=TEAM, posting_id=captured.known[0])
    assert answer is not None
    assert (answer.known_by, answer.known_at) == (None, None)


def test_a_page_that_failed_says_why(desk: Desk) -> None:
    (article_id,) = desk.post("https://news.example/1").new_articles
    posting_id = _only_posting(desk, article_id)
    articles.fail_reading(desk.session, team_id=TEAM, article_id=article_id, code="page_blocked")
    answer = reading_answer(desk.session, team_id=TEAM, posting_id=posting_id)
    assert answer is not None
    assert (answer.is_read, answer.error_code) == (False, "page_blocked")


def test_a_withdrawn_posting_has_no_reply(desk: Desk) -> None:
    assert reading_answer(desk.session, team_id=TEAM, posting_id="gone") is None


def test_an_article_that_is_not_read_yet_has_no_reply(desk: Desk) -> None:
    (article_id,) = desk.post("https://news.example/1").new_articles
    assert reading_answer(desk.session, team_id=TEAM, posting_id=_only_posting(desk, article_id)) is None
