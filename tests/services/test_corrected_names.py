"""What is said under an article keeps to what people said of its companies, where they may know of it."""

import pytest

from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.services import correcting
from bot.services.answers import reading_answer
from bot.services.correcting import Corrector
from bot.values import CompanyName, Tie, TieKind
from storage import postings
from tests.factories import ELSEWHERE, NOW, PUBLIC, SECRET, TEAM, Desk, make_page, make_tie

URL = "https://news.example/1"
HIDE = CompanySaid(CompanyVerdict.HIDE, ("openai",), "OpenAI")
RENAME = CompanySaid(CompanyVerdict.RENAME, ("openai",), "Open Brain", (), "OpenAI")
MERGE = CompanySaid(CompanyVerdict.MERGE, ("microsoft",), "Microsoft", ("openai",), "OpenAI")


def say(desk: Desk, said: CompanySaid, channel_id: str = PUBLIC) -> str:
    who = Corrector(team_id=TEAM, channel_id=channel_id, user_id="U1", at=NOW)
    return correcting.correct_company(desk.session, who, said)


def reply(desk: Desk, article_id: str, channel_id: str = PUBLIC) -> list[tuple[str, str]]:
    """The parties of each tie that the reply in a channel tells, which has a menu for each of them."""
    ids = [
        posting.id
        for posting in postings.visible_postings(
            desk.session, team_id=TEAM, channel_id=channel_id, article_id=article_id
        )
        if posting.channel_id == channel_id
    ]
    answer = reading_answer(desk.session, team_id=TEAM, posting_id=ids[0])
    assert answer is not None
    assert len(answer.tie_ids) == len(answer.ties)
    return [(tie.source, tie.target) for tie in answer.ties]


@pytest.fixture
def article_id(desk: Desk) -> str:
    """Calls a company otherwise than another article does, and has a tie without it."""
    desk.share(make_tie(), companies=(CompanyName("OpenAI", ("Open AI Inc",)),), url=URL)
    return desk.share(
        make_tie("Microsoft", "Open AI Inc"),
        make_tie("Oracle", "Open AI Inc", TieKind.PARTNERSHIP, start=90),
        make_tie("Oracle", "Microsoft", start=180),
        url="https://news.example/2",
        page=make_page("Two."),
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (HIDE, [("Oracle", "Microsoft")]),
        (RENAME, [("Microsoft", "Open Brain"), ("Oracle", "Open Brain"), ("Oracle", "Microsoft")]),
        (MERGE, [("Oracle", "Microsoft"), ("Oracle", "Microsoft")]),
    ],
)
def test_a_reply_keeps_to_what_people_said_of_companies_until_that_is_undone(
    desk: Desk, article_id: str, said: CompanySaid, told: list[tuple[str, str]]
) -> None:
    before = reply(desk, article_id)
    assert before == [("Microsoft", "Open AI Inc"), ("Oracle", "Open AI Inc"), ("Oracle", "Microsoft")]
    batch_id = say(desk, said)
    assert reply(desk, article_id) == told
    correcting.undo(desk.session, Corrector(team_id=TEAM, channel_id=PUBLIC, user_id="U1", at=NOW), batch_id)
    assert reply(desk, article_id) == before


@pytest.mark.parametrize("said", [HIDE, RENAME])
def test_what_a_closed_channel_said_counts_in_its_replies_alone(desk: Desk, said: CompanySaid) -> None:
    first = desk.share(make_tie(), url=URL, channel_id=SECRET)
    say(desk, said, SECRET)
    desk.refresh(*desk.post(URL, channel_id=ELSEWHERE).changed, first)
    assert reply(desk, first, ELSEWHERE) == _parties(make_tie())
    assert reply(desk, first, SECRET) != _parties(make_tie())


def test_an_article_all_of_whose_companies_are_hidden_has_nothing_to_tell(desk: Desk) -> None:
    desk.share(make_tie(), url=URL)
    say(desk, HIDE)
    again = desk.share(make_tie(), url="https://news.example/2", page=make_page("Two."))
    assert reply(desk, again) == []


def _parties(tie: Tie) -> list[tuple[str, str]]:
    return [(tie.source, tie.target)]
