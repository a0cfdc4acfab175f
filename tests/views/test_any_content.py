"""Whatever an article, a person or the database holds, views keep Slack's limits and our markup."""

import importlib
import inspect
from collections.abc import Callable
from enum import Enum
from pkgutil import iter_modules
from typing import Any, get_type_hints

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot import views
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
from tests.examples import examples
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
patient = examples(30, settings(suppress_health_check=list(HealthCheck), deadline=None, phases=PHASES))


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


@examples(12, patient)  # the largest of all values: drawing one takes most of a second
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


PLAIN = {str: TEXTS, str | None: st.none() | TEXTS, bool: st.booleans(), int: st.integers(0, 10**6)}

# One is given a sentence of ours; the other gives nothing for nothing, and has tests of its own.
APART = {"bot.views.greetings.render_nothing_read", "bot.views.conversation.render_words"}


def simple_renderers() -> dict[str, Callable[..., Message]]:
    """Those that are given texts, numbers and choices alone; the others have tests of their own."""
    modules = [importlib.import_module(f"bot.views.{found.name}") for found in iter_modules(views.__path__)]
    functions = [
        (f"{module.__name__}.{name}", function, get_type_hints(function))
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]
    return {
        name: function
        for name, function, hints in functions
        if name not in APART and hints.pop("return", None) is Message and all(map(is_plain, hints.values()))
    }


def is_plain(kind: Any) -> bool:
    return kind in PLAIN or (isinstance(kind, type) and issubclass(kind, Enum))


def test_the_simple_renderers_are_found() -> None:
    assert len(simple_renderers()) >= 10


@examples(100, patient)
@given(st.data(), st.sampled_from(sorted(simple_renderers())))
def test_whatever_is_put_into_a_sentence_is_sound(data: st.DataObject, name: str) -> None:
    render = simple_renderers()[name]
    hints = get_type_hints(render)
    hints.pop("return")
    values = {
        each: data.draw(PLAIN[kind] if kind in PLAIN else st.sampled_from(kind))
        for each, kind in hints.items()
    }
    assert sound(lambda: render(**values))
