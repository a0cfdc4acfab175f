"""Who is spoken to in which language: asked of Slack once a day, and never in the way of an answer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackClientError

from bot.errors import SlackGone, UserError
from bot.locale import spoken
from bot.services import languages
from storage import teams
from storage.engine import Engine, transaction
from tests.factories import TEAM
from tests.services.slack_desk import SlackDesk

LUCIA = {"team_id": TEAM, "user_id": "U1"}


class Desk(SlackDesk):
    """A workspace that counts what it is asked."""

    def __init__(self, engine: Engine, told: Mapping[str, Any]) -> None:
        super().__init__(engine)
        self.client.users_info.return_value = {"user": told}

    def language(self, *, ask: bool = True) -> str:
        with languages.spoken_to(self.services, **LUCIA, ask=ask):
            return spoken()

    def posted(self, channel_id: str) -> str:
        with languages.posted_in(self.services, team_id=TEAM, channel_id=channel_id, user_id="U1"):
            return spoken()

    def choose(self, named: str) -> str:
        return languages.choose_channel_language(self.services, team_id=TEAM, channel_id="C1", named=named)


@pytest.fixture
def spanish(engine: Engine) -> Desk:
    return Desk(engine, {"locale": "es-MX", "tz": "America/Mexico_City"})


def test_a_person_is_spoken_to_in_the_language_of_their_slack(spanish: Desk) -> None:
    assert spanish.language() == "es"


@pytest.mark.parametrize("locale", ["fr-FR", "en-GB", "", None])
def test_a_language_that_is_not_spoken_is_english(engine: Engine, locale: str | None) -> None:
    assert Desk(engine, {"locale": locale}).language() == "en"


def test_slack_is_asked_once_a_day(spanish: Desk) -> None:
    for hours in (0, 1, 22, 2):
        spanish.now += timedelta(hours=hours)
        spanish.language()
    assert spanish.client.users_info.call_count == 2


def test_before_an_ack_slack_is_not_asked(spanish: Desk) -> None:
    assert spanish.language(ask=False) == "en"
    spanish.language()
    assert spanish.language(ask=False) == "es"
    assert spanish.client.users_info.call_count == 1


@pytest.mark.parametrize("failure", [SlackClientError("no"), OSError(), SlackGone("revoked")])
def test_when_slack_does_not_answer_what_was_known_counts(spanish: Desk, failure: Exception) -> None:
    spanish.language()
    spanish.now += timedelta(days=3)
    spanish.client.users_info.side_effect = failure
    assert spanish.language() == "es"


def test_a_team_that_has_left_is_answered_all_the_same(spanish: Desk) -> None:
    with transaction(spanish.services.engine) as session:
        teams.purge_team(session, team_id=TEAM)
    assert spanish.language() == "en"


def test_the_time_zone_comes_with_the_language(spanish: Desk) -> None:
    assert languages.time_zone_of(spanish.services, **LUCIA) == "America/Mexico_City"
    assert spanish.client.users_info.call_count == 1


@pytest.mark.parametrize("named", ["es", "ES", "español", "Spanish", "castellano", "es-AR"])
def test_a_channel_chooses_its_language_by_code_or_name(spanish: Desk, named: str) -> None:
    assert spanish.posted("C1") == "en"
    spanish.choose(named)
    assert spanish.posted("C1") == "es"


def test_a_language_that_is_not_spoken_cannot_be_chosen(spanish: Desk) -> None:
    with pytest.raises(UserError, match="/digest language es"):
        spanish.choose("klingon")


def test_a_conversation_with_one_person_is_in_their_language(spanish: Desk) -> None:
    assert spanish.posted("D1") == "es"
