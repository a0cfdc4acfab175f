"""Whatever an article, a person or the database holds, views keep Slack's limits and our markup."""

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.answers import (
    AmbiguousName,
    ArticlesAnswer,
    DealsAnswer,
    DigestAnswer,
    MissingName,
    ReadingAnswer,
    RelationshipAnswer,
    Suggestion,
    UnknownName,
)
from bot.company_answer import CompanyAnswer
from bot.digest.watching import Tier
from bot.locale import LANGUAGES, speaking
from bot.queries import Command
from bot.values import Company
from bot.views import alert, articles, choices, company, deals, digest, help, reading, relationship, watch
from bot.views.feedback import FeedbackButtons
from bot.views.limits import problems
from bot.views.message import Message
from bot.watch_answers import Alert, Watched, WatchList
from tests.views.making import (
    ARTICLES_ANSWERS,
    COMPANIES,
    DEALS_ANSWERS,
    DIGEST_ANSWERS,
    MANY_SUGGESTIONS,
    READING_ANSWERS,
    RELATIONSHIP_ANSWERS,
    TEXTS,
    injected,
)
from tests.views.making_company import COMPANY_ANSWERS

SHARERS = st.none() | st.just("U012AB3CD")
# Shrinking values of this size takes minutes and shows little.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
patient = settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=30, phases=PHASES)


def sound(render: Callable[[], Message | None]) -> bool:
    """In every language, as some say the same in more words."""
    for language in LANGUAGES:
        with speaking(language):
            message = render()
        assert message is None or problems(message) + injected(message) == []
    return True


@patient
@given(DEALS_ANSWERS, SHARERS)
def test_deals_are_sound(answer: DealsAnswer, shared_by: str | None) -> None:
    assert sound(lambda: deals.render(answer, shared_by=shared_by))


@patient
@given(COMPANY_ANSWERS, SHARERS)
def test_cards_are_sound(answer: CompanyAnswer, shared_by: str | None) -> None:
    assert sound(lambda: company.render(answer, shared_by=shared_by))


@settings(patient, max_examples=12)  # the largest of all values: drawing one takes most of a second
@given(RELATIONSHIP_ANSWERS, SHARERS)
def test_relationships_are_sound(answer: RelationshipAnswer, shared_by: str | None) -> None:
    assert sound(lambda: relationship.render(answer, shared_by=shared_by))


@patient
@given(ARTICLES_ANSWERS, SHARERS)
def test_articles_are_sound(answer: ArticlesAnswer, shared_by: str | None) -> None:
    assert sound(lambda: articles.render(answer, shared_by=shared_by))


@patient
@given(DIGEST_ANSWERS, st.booleans(), st.none() | st.just(FeedbackButtons("2026-W47-1T0900Z")))
def test_digests_are_sound(answer: DigestAnswer, preview: bool, feedback: FeedbackButtons | None) -> None:
    assert sound(lambda: digest.render(answer, preview=preview, feedback=feedback))


ALERTS = st.builds(
    Alert,
    DIGEST_ANSWERS.filter(lambda answer: bool(answer.digest.lines)),
    st.booleans(),
    st.none() | st.just(100),
)
WATCHED = st.builds(Watched, st.just("w" * 24), st.tuples(TEXTS, TEXTS), st.sampled_from(Tier), st.booleans())


@patient
@given(ALERTS)
def test_alerts_are_sound(told: Alert) -> None:
    assert sound(lambda: alert.render(told))


@patient
@given(st.lists(WATCHED, max_size=10), TEXTS)
def test_watch_lists_are_sound(watched: list[Watched], zone: str) -> None:
    answer = WatchList(
        watched=tuple(watched),
        total=len(watched),
        page=0,
        pages=1,
        person=False,
        quiet=None,
        timezone=zone,
        cap=10,
        digest_on=False,
    )
    assert sound(lambda: watch.render(answer))


@patient
@given(READING_ANSWERS)
def test_replies_are_sound(answer: ReadingAnswer) -> None:
    assert sound(lambda: reading.render(answer))


@patient
@given(st.sampled_from(Command), st.lists(TEXTS, min_size=1, max_size=2).map(tuple), MANY_SUGGESTIONS)
def test_unknown_names_are_sound(
    command: Command, names: tuple[str, ...], suggestions: tuple[Suggestion, ...]
) -> None:
    assert sound(lambda: choices.render_unknown(UnknownName(command, names, suggestions)))


@patient
@given(st.sampled_from(Command), TEXTS, MANY_SUGGESTIONS)
def test_choices_are_sound(command: Command, name: str, found: tuple[Suggestion, ...]) -> None:
    assert sound(lambda: choices.render_ambiguous(AmbiguousName(command, name, found)))


@patient
@given(COMPANIES, MANY_SUGGESTIONS)
def test_missing_names_are_sound(company: Company, found: tuple[Suggestion, ...]) -> None:
    assert sound(lambda: choices.render_missing(MissingName(Command.RELATIONSHIP, company, found)))


@patient
@given(TEXTS)
def test_errors_are_sound(text: str) -> None:
    assert sound(lambda: help.render_error(text))
    assert sound(lambda: help.render_unexpected(text))
