"""The questions that are put to a made-up record, each as a handler or a job puts it to the services."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from bot.services import Services, alerts, commands, homes, questions, record
from bot.services.commands import Viewer
from bot.services.questions import Question
from bot.settings import Settings
from bot.values import CompanyName, Evidence, Extraction, Page, Status, Tie, TieKind
from bot.views.actions import State
from storage import articles, postings
from storage.engine import Engine, snapshot, transaction
from tests.bench.record.world import CHANNELS, HUB, NOW, SMALL, TEAM, World

VIEWER = Viewer(TEAM, CHANNELS[0], "U1")
PERSON = {"user": {"team_id": TEAM}}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: `ask` puts it once, each time another one of its sort."""

    name: str
    ask: Callable[[], object]
    writes: bool = False


def open_services(engine: Engine, outbox: Any = None) -> Services:
    """Services on a database, for the moment at which the made-up news end."""
    slack: Any = lambda _team_id: SimpleNamespace(users_info=lambda **_user: PERSON)  # noqa: E731
    read: Any = None
    return Services(engine, Settings(), outbox, slack, read, read, lambda: NOW)


def lookups(services: Services, world: World) -> Iterator[Asked]:
    """What people ask."""
    draw = random.Random(world.seed)
    companies = world.companies

    def command(name: str, text: Callable[[], str], page: int = 0) -> Callable[[], object]:
        return lambda: commands.answer(services, VIEWER, State(name, text(), page))

    def pair() -> tuple[str, str]:
        number = draw.randrange(world.pairs)
        return companies[world.a[number]].name, companies[world.b[number]].name

    def small() -> str:
        return companies[draw.choice(SMALL)].name

    def mistyped() -> str:
        name = companies[int(draw.choice(world.b))].name
        place = draw.randrange(1, len(name) - 2)
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]

    hub = companies[HUB].name
    yield Asked("/deals, company with 10 ties", command("/deals", small))
    yield Asked("/deals, company in the news every day", command("/deals", lambda: hub))
    yield Asked("  its twentieth page", command("/deals", lambda: hub, 19))
    yield Asked("/deals of two", command("/deals", lambda: "{}, {}".format(*pair())))
    yield Asked("/deals of everybody", command("/deals", lambda: "type:merger since:2020-01-01"))
    yield Asked("/relationship", command("/relationship", lambda: "{}, {}".format(*pair())))
    yield Asked("/company, company with 10 ties", command("/company", small))
    yield Asked("/company, company in the news every day", command("/company", lambda: hub))
    yield Asked("a mistyped name", command("/deals", mistyped))
    for name, place in (("rare", 20_000), ("common", 1000), ("very common", 20)):
        rank = place
        yield Asked(
            f"/articles, a {name} word",
            command("/articles", lambda rank=rank: world.vocabulary[rank + draw.randrange(10)]),  # type: ignore[misc]
        )
    yield Asked(
        "/articles, two words",
        command("/articles", lambda: " ".join(world.vocabulary[[300, 400 + draw.randrange(10)]])),
    )
    yield Asked("/articles of a company with 10 ties", command("/articles", small))
    yield Asked("/articles of a company", command("/articles", lambda: companies[draw.choice(world.b)].name))
    yield Asked("/articles, the latest", command("/articles", lambda: ""))
    yield Asked("a question in plain words", lambda: _understood(services, pair()))
    yield Asked("App Home", lambda: homes.home_of(services, team_id=TEAM, user_id="U1"))
    yield Asked("weekly digest", lambda: _digest(services))


def _understood(services: Services, names: tuple[str, str]) -> object:
    question = Question(
        team_id=TEAM,
        channel_id=CHANNELS[0],
        user_id="U1",
        message_ts="1",
        thread_ts=None,
        text="<@UB> how do {} and {} get along these days?".format(*names),
        has_links=False,
    )
    with snapshot(services.engine) as session:
        return questions._understand(services, session, question)


def _digest(services: Services) -> object:
    return commands.answer(services, VIEWER, State("/digest", "preview"))


def writes(services: Services, world: World) -> Iterator[Asked]:
    """What comes in."""
    draw = random.Random(world.seed + 1)
    numbers = iter(range(10**6))
    run = time.time_ns()
    several = [world.companies[int(end)].name for end in world.b[-5000:]]

    def add(names: list[str]) -> object:
        return add_article(services, f"https://new.example/{run}/{next(numbers)}", names)

    yield Asked("add an article with 20 ties", lambda: add(draw.sample(several, 21)), writes=True)
    yield Asked(
        "  one of them with the company in the news every day",
        lambda: add([world.companies[HUB].name, *draw.sample(several, 20)]),
        writes=True,
    )


def add_article(services: Services, url: str, names: list[str]) -> str:
    """Take in and finish an article that tells of deals from each name to the next."""
    ties: list[Tie] = []
    start = 0
    for source, target in pairwise(names):
        text = f"{source} supplies {target}."
        ties.append(
            Tie(
                kind=TieKind.SUPPLY,
                source=source,
                target=target,
                status=Status.ANNOUNCED,
                money=None,
                date=None,
                confidence=0.9,
                evidence=Evidence(text, start, start + len(text)),
                rule="bench",
            )
        )
        start += len(text) + 1
    text = " ".join(tie.evidence.text for tie in ties)
    page = Page(url=url, title=url, site=None, lang="en", published=NOW.date(), text=f"{text} {url}")
    said = Extraction("en", tuple(map(CompanyName, names)), tuple(ties))
    with transaction(services.engine) as session:
        captured = postings.record_links(
            session,
            team_id=TEAM,
            channel_id=CHANNELS[1],
            message_ts=f"{NOW.timestamp():.6f}",
            edited_ts=None,
            thread_ts=None,
            user_id="U1",
            urls=[url],
            now=NOW,
        )
        [article_id] = captured.new_articles
        kept = articles.finish_reading(
            session, team_id=TEAM, article_id=article_id, page=page, extraction=said, now=NOW
        )
        record.refresh(session, team_id=TEAM, article_ids=[article_id, kept], were_read=True)
        alerts.note_changes(services, session, TEAM, [kept])
    return kept
