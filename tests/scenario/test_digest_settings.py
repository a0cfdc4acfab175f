"""The digest set up in a modal: tried before it is switched on, and kept."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.console.values import View
from bot.services.ticking import every_minute
from tests.scenario.articles import ALIAS, PURCHASE, QUIET
from tests.scenario.conftest import START, Stage, words

MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # 09:00 in Madrid


def opened(stage: Stage, *, who: str = "ana") -> View:
    """The form that /digest settings opens."""
    user = stage.workspace.user(who).id
    before = len(stage.workspace.views.opened(user))
    assert stage.slack.command(who, stage.deals, "/digest", "settings").ok
    stage.wait(lambda: len(stage.workspace.views.opened(user)) > before)
    return stage.workspace.views.opened(user)[-1]


def save(stage: Stage, form: View, filled: Mapping[str, object] | None = None) -> View:
    """Send a form off that is taken: the digest stands on Home too, which is shown anew."""
    with stage.home_shown(form.user):
        return stage.slack.submit(form, filled)


def said_in(view: View) -> str:
    return str(view.body["blocks"])


def come(stage: Stage, moment: datetime) -> None:
    stage.clock.set(moment)
    every_minute(stage.seams.services)
    stage.settle()


def close_all(stage: Stage) -> None:
    for view in stage.workspace.views.opened():
        stage.workspace.views.close(view.id)


@pytest.fixture(autouse=True)
def no_modals(stage: Stage) -> None:
    """People are the same in every test, and so is what they have open."""
    close_all(stage)


def test_what_is_chosen_in_the_form_holds_and_is_said(stage: Stage) -> None:
    filled = {"on": "yes", "day": "4", "time": "17:30", "minimum": "100M", "quiet": "no", "sure": "yes"}
    done = save(stage, opened(stage), filled)
    for said in (said_in(done), words(stage.ask("/digest", "when"))):
        assert "Fridays at 17:30 (Europe/Madrid)" in said
        assert "Deals under 100 m are left out" in said
        assert "What may be wrong is left out" in said
        assert "nothing is posted" in said


def test_the_form_shows_what_was_chosen(stage: Stage) -> None:
    save(stage, opened(stage), {"on": "yes", "companies": "yes", "other_zone": "Almaty"})
    shown = said_in(opened(stage))
    assert "Asia/Almaty" in shown
    again = save(stage, opened(stage))
    assert "It tells only what concerns companies that are followed here" in said_in(again)
    assert "Nothing is followed here yet" in said_in(again)


def test_a_button_opens_the_form_too(stage: Stage) -> None:
    answer = stage.ask("/digest", "when")
    assert stage.open_modal(answer, "digest_settings").body["callback_id"] == "digest_settings"


def test_what_can_not_be_taken_is_said_at_its_field_and_changes_nothing(stage: Stage) -> None:
    refused = stage.slack.submit(opened(stage), {"on": "yes", "minimum": "a lot", "other_zone": "Atlantis"})
    assert set(refused.errors) == {"minimum", "other_zone"}
    assert "gets no digest" in words(stage.ask("/digest", "when"))


def test_it_is_not_switched_on_where_another_organisation_reads(stage: Stage) -> None:
    stage.workspace.change_channel(stage.deals, shared=True)
    refused = stage.slack.submit(opened(stage), {"on": "yes"})
    assert "Another organisation" in refused.errors["on"]


def test_a_preview_shows_what_the_form_would_tell_and_changes_nothing(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))  # for 650 million
    stage.share(stage.publish(ALIAS))  # for 20 million
    stage.clock.advance(timedelta(minutes=1))
    form = opened(stage)
    assert stage.slack.click_view(form, "digest_preview", filled={"minimum": "100M"}).ok
    stage.wait(lambda: len(stage.workspace.views.opened(stage.ana)) > 1)
    shown = said_in(stage.workspace.views.opened(stage.ana)[-1])
    assert "Tessel" in shown
    assert "Copperfield" not in shown
    assert "gets no digest" in words(stage.ask("/digest", "when"))
    assert stage.said() == []


def test_a_preview_shows_the_past_week_once_more_where_all_was_told(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.clock.advance(timedelta(minutes=1))
    stage.ask("/digest", "now")
    stage.settle()
    assert stage.slack.click_view(opened(stage), "digest_preview").ok
    stage.wait(lambda: len(stage.workspace.views.opened(stage.ana)) > 1)
    shown = said_in(stage.workspace.views.opened(stage.ana)[-1])
    assert "the past week once more" in shown
    assert "Tessel" in shown


def test_a_preview_of_what_can_not_be_taken_says_why(stage: Stage) -> None:
    assert stage.slack.click_view(opened(stage), "digest_preview", filled={"minimum": "a lot"}).ok
    stage.wait(lambda: len(stage.workspace.views.opened(stage.ana)) > 1)
    assert "as an amount" in said_in(stage.workspace.views.opened(stage.ana)[-1])


def test_of_two_people_at_once_the_last_one_wins_and_is_told(stage: Stage) -> None:
    anas, toms = opened(stage), opened(stage, who="tom")
    save(stage, toms, {"on": "yes", "day": "1"})
    done = save(stage, anas, {"on": "yes", "day": "2"})
    assert f"<@{stage.tom}> changed these settings" in said_in(done)
    assert "Wednesdays" in words(stage.ask("/digest", "when"))


def test_a_quiet_week_is_passed_over_in_silence_when_that_is_wanted(stage: Stage) -> None:
    save(stage, opened(stage), {"on": "yes", "quiet": "no"})
    stage.clock.set(START + timedelta(days=1))
    stage.share(stage.publish(QUIET))
    come(stage, MONDAY)
    assert stage.said() == []
    stage.share(stage.publish(PURCHASE))
    come(stage, MONDAY + timedelta(weeks=1))
    assert "Tessel" in words(stage.said()[0])


def test_what_is_followed_comes_first_also_below_the_smallest_amount(stage: Stage) -> None:
    save(stage, opened(stage), {"on": "yes", "minimum": "100M"})
    stage.ask("/watch", '"copperfield networks" digest')
    stage.clock.set(START + timedelta(days=1))
    stage.share(stage.publish(PURCHASE))
    stage.share(stage.publish(ALIAS))
    come(stage, MONDAY)
    [digest] = stage.said()
    assert digest.text.index("Followed here: International Foundry Works") < digest.text.index("Tessel")


def test_the_form_shows_the_language_of_who_would_switch_the_digest_on(stage: Stage) -> None:
    stage.ask("/digest", "when friday 17:00")
    save(stage, opened(stage, who="lucia"), {"on": "yes"})
    assert "I speak Spanish in this channel" in words(stage.ask("/digest", "when"))


def test_english_that_is_chosen_in_the_form_is_kept(stage: Stage) -> None:
    save(stage, opened(stage, who="lucia"), {"on": "yes", "language": "en"})
    assert "hablo" not in words(stage.ask("/digest", "on", who="lucia"))


def test_the_language_of_the_channel_is_chosen_there(stage: Stage) -> None:
    save(stage, opened(stage), {"language": "es"})
    assert "I speak Spanish" in words(stage.ask("/digest", "language", who="tom"))


def test_a_person_has_a_digest_of_their_own_and_what_they_follow_comes_first(stage: Stage) -> None:
    who = stage.workspace.add_user(f"reader{len(stage.workspace.users())}", timezone="Europe/Madrid")
    own = stage.workspace.direct_channel(who)
    stage.ask("/watch", '"copperfield networks" digest', where=own, who=who)
    stage.ask("/watch", '"tessel robotics" now', where=own, who=who)
    stage.ask("/digest", "on", where=own, who=who)
    assert "no digest here" not in stage.ask("/watch", where=own, who=who).text
    stage.share(stage.publish(PURCHASE))
    come(stage, START + timedelta(days=1))
    stage.share(stage.publish(ALIAS))
    come(stage, MONDAY)
    alert, digest = stage.said(own)
    assert "Tessel" in alert.text
    assert "Followed here: International Foundry Works" in digest.text
    assert "Tessel" not in words(digest)
