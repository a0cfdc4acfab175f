"""People correct what was read, and it counts: in answers, after another reading, for those who may know."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.console.values import ChannelKind, Message, View
from bot.services.rebuilding import rebuild
from tests.scenario.articles import ALIAS, PURCHASE
from tests.scenario.conftest import Stage, words


def choose(stage: Stage, message: Message, verb: str, *, who: str = "ana", action: str = "fact") -> Message:
    """Somebody picks something from the menu of the first fact; returns what they alone are told."""
    before = len(stage.workspace.ephemerals(message.channel, who))
    _use(stage, message, verb, who, action)
    stage.wait(lambda: len(stage.workspace.ephemerals(message.channel, who)) > before)
    return stage.workspace.ephemerals(message.channel, who)[-1]


def _use(stage: Stage, message: Message, verb: str, who: str, action: str) -> None:
    [value, *_others] = [
        option["value"]
        for block in message.blocks
        if (menu := block.get("accessory") or {}).get("action_id", "").split(":")[0] == action
        for option in menu["options"]
        if option["value"].startswith(f"{verb} ")
    ]
    assert stage.slack.click(who, message, value=value).ok


def form(stage: Stage, message: Message, verb: str, *, action: str = "fact") -> View:
    """Ana opens the form of the first fact, or of the company."""
    before = len(stage.workspace.views.opened(stage.ana))
    _use(stage, message, verb, "ana", action)
    stage.wait(lambda: len(stage.workspace.views.opened(stage.ana)) > before)
    return stage.workspace.views.opened(stage.ana)[-1]


def submit(stage: Stage, view: View, filled: Mapping[str, object], where: str = "") -> Message:
    """Ana submits a form; returns the confirmation."""
    where = where or stage.deals
    before = len(stage.workspace.ephemerals(where, "ana"))
    after = stage.slack.submit(view, filled)
    assert not after.open, after.errors
    stage.wait(lambda: len(stage.workspace.ephemerals(where, "ana")) > before)
    return stage.workspace.ephemerals(where, "ana")[before]


def deals(stage: Stage, text: str = "corvane", where: str = "") -> str:
    return words(stage.ask("/deals", text, where=where, who="tom"))


def tell(stage: Stage) -> None:
    """A minute later somebody has the digest posted."""
    stage.clock.advance(timedelta(minutes=1))
    stage.ask("/digest", "now")
    stage.settle()


@pytest.fixture
def purchase(stage: Stage) -> Message:
    """The answer to /deals after an article on a purchase."""
    stage.share(stage.publish(PURCHASE))
    return stage.ask("/deals", "corvane")


def test_a_wrong_deal_is_gone_stays_gone_and_comes_back(stage: Stage, purchase: Message) -> None:
    said = choose(stage, purchase, "wrong")
    assert "Noted as wrong" in said.text
    assert "650" not in deals(stage)
    stage.wait(lambda: "650" not in words(stage.workspace.any_message(purchase.channel, purchase.ts)))
    rebuild(stage.seams.services, stage.workspace.team_id, progress=lambda _done, _all: None)
    assert "650" not in deals(stage)
    assert "as it was before" in words(stage.press(said, "Undo"))
    assert "650" in deals(stage)


def test_a_right_deal_says_who_checked_it(stage: Stage, purchase: Message) -> None:
    assert "Noted as right" in choose(stage, purchase, "right").text
    assert f"checked by <@{stage.ana}>" in deals(stage)


def test_an_edited_deal_is_as_the_form_says(stage: Stage, purchase: Message) -> None:
    view = form(stage, purchase, "edit")
    said = submit(stage, view, {"amount": "700m", "status": "announced", "date": "march 2026"})
    assert "$700 m" in said.text
    answer = deals(stage)
    assert "$700 m" in answer
    assert "650 million" in answer  # the article's own words
    assert "is to acquire" in answer
    assert "Mar 2026" in answer


def test_the_form_shows_what_is_known_and_what_cannot_be_read(stage: Stage, purchase: Message) -> None:
    view = form(stage, purchase, "edit")
    refused = stage.slack.submit(
        view, {"amount": "lots", "currency": "XQQ", "date": "soon", "target": "Corvane"}
    )
    assert refused.open
    assert set(refused.errors) == {"amount", "date"}
    refused = stage.slack.submit(view, {"currency": "XQQ", "target": "Corvane"})
    assert set(refused.errors) == {"currency"}
    refused = stage.slack.submit(view, {"target": "Corvane"})
    assert set(refused.errors) == {"target"}


def test_a_party_can_be_changed_to_a_company_nobody_knew(stage: Stage, purchase: Message) -> None:
    submit(stage, form(stage, purchase, "edit"), {"target": "Halyard Lines"})
    assert "Halyard Lines" in deals(stage, "halyard lines")
    assert "deal of theirs" in deals(stage, "tessel robotics")


def test_the_history_tells_who_said_what_and_takes_it_back(stage: Stage, purchase: Message) -> None:
    submit(stage, form(stage, purchase, "edit"), {"amount": "700m"})
    answer = stage.ask("/deals", "corvane", who="tom")
    choose(stage, answer, "right", who="tom")
    history = choose(stage, answer, "history", who="tom")
    assert f"<@{stage.ana}>" in words(history)
    assert f"<@{stage.tom}>" in words(history)
    first = [block for block in history.blocks if "$700" in str(block)][-1]["accessory"]["value"]
    assert stage.slack.click("tom", history, value=first).ok
    stage.wait(lambda: "taken back" in words(stage.workspace.any_message(history.channel, history.ts)))
    assert "$650 m" in deals(stage)


def test_a_guest_is_refused_with_words(stage: Stage, purchase: Message) -> None:
    guest = stage.workspace.add_user("gil", restricted=True)
    stage.workspace.join(stage.deals, guest)
    [answer] = stage.replies(stage.share(stage.publish(PURCHASE)))
    assert "Only full members" in choose(stage, answer, "wrong", who="gil").text
    assert "650" in deals(stage)


def test_what_is_corrected_behind_a_door_stays_there(stage: Stage) -> None:
    board = stage.workspace.add_channel(
        "board", kind=ChannelKind.PRIVATE, members=[stage.ana, stage.workspace.bot_user]
    )
    stage.share(stage.publish(PURCHASE), where=board)
    answer = stage.ask("/deals", "corvane", where=board)
    said = submit(stage, form(stage, answer, "edit"), {"target": "Halyard Lines"}, board)
    assert "Only members of this channel" in said.text
    assert "Halyard" in words(stage.ask("/deals", "corvane", where=board))
    assert "Nothing posted so far names" in deals(stage, "halyard lines", stage.lobby)


def test_the_reply_under_a_posting_can_be_corrected(stage: Stage) -> None:
    [reply] = stage.replies(stage.share(stage.publish(PURCHASE)))
    choose(stage, reply, "wrong")
    stage.wait(lambda: "marked as wrong" in words(stage.workspace.message(stage.deals, reply.ts)))
    assert "650" not in deals(stage)


def test_a_company_is_renamed_merged_and_split(stage: Stage, purchase: Message) -> None:
    stage.share(stage.publish(ALIAS))
    card = stage.ask("/company", "corvane")
    said = submit(stage, form(stage, card, "rename", action="company_menu"), {"name": "Corvane Group"})
    assert "now called *Corvane Group*" in said.text
    assert "Corvane Group" in deals(stage, "corvane")

    foundry = stage.ask("/company", "ifw")
    submit(stage, form(stage, foundry, "split", action="company_menu"), {"form": "0"})
    assert "Copperfield" not in deals(stage, "ifw")

    view = form(stage, stage.ask("/company", "corvane group"), "merge", action="company_menu")
    assert "Nobody posted" in str(stage.slack.submit(view, {"other": "Nobody Ever"}).errors)
    submit(stage, view, {"other": "international foundry works"})
    both = deals(stage, "international foundry works")
    assert "Copperfield" in both
    assert "Tessel" in both


def test_a_hidden_company_shows_nowhere_until_that_is_undone(stage: Stage, purchase: Message) -> None:
    card = stage.ask("/company", "tessel robotics")
    said = choose(stage, card, "hide", action="company_menu")
    assert "Nothing posted so far names" in deals(stage, "tessel robotics")
    assert "deal of theirs" in deals(stage)
    stage.press(said, "Undo")
    assert "Tessel" in deals(stage)


def test_the_reply_under_an_article_keeps_to_what_people_said_of_companies(
    stage: Stage, purchase: Message
) -> None:
    card = stage.ask("/company", "corvane")
    submit(stage, form(stage, card, "rename", action="company_menu"), {"name": "Northlight Group"})
    [reply] = stage.replies(stage.share(stage.publish(PURCHASE + "It said so again.")))
    assert "*Northlight Group* acquired *Tessel Robotics*" in words(reply)
    choose(stage, stage.ask("/company", "tessel robotics"), "hide", action="company_menu")
    assert stage.replies(stage.share(stage.publish(PURCHASE + "And once more."))) == []
    assert "not in the record" in choose(stage, reply, "right").text


def test_who_would_split_what_was_merged_is_shown_to_the_history(stage: Stage, purchase: Message) -> None:
    card = stage.ask("/company", "corvane")
    choose(stage, card, "split", action="company_menu")
    assert "History" not in stage.workspace.ephemerals(card.channel, "ana")[-1].text
    stage.share(stage.publish(ALIAS.replace("Copperfield", "Corvane")))
    submit(stage, form(stage, card, "merge", action="company_menu"), {"other": "corvane networks"})
    card = stage.ask("/company", "corvane")
    assert "Undo" in choose(stage, card, "split", action="company_menu").text
    history = choose(stage, card, "history", action="company_menu")
    stage.press(history, "Undo")
    assert "Corvane Networks" not in words(stage.ask("/company", "corvane"))


def test_the_next_digest_says_what_the_last_told_wrongly(stage: Stage, purchase: Message) -> None:
    tell(stage)
    submit(stage, form(stage, purchase, "edit"), {"amount": "700m"})
    tell(stage)
    _first, second = stage.said()
    assert "Corrected" in second.text
    assert "$700 m (was $650 m)" in second.text
    assert f"corrected by <@{stage.ana}>" in words(second)
    tell(stage)
    assert stage.said()[-1].text.startswith("Nothing changed")


def test_the_next_digest_says_what_became_of_a_company_and_that_it_was_taken_back(
    stage: Stage, purchase: Message
) -> None:
    tell(stage)
    card = stage.ask("/company", "corvane")
    said = submit(stage, form(stage, card, "rename", action="company_menu"), {"name": "Northlight Group"})
    tell(stage)
    assert "*Corvane* is now called *Northlight Group*" in words(stage.said()[-1])
    stage.press(said, "Undo")
    tell(stage)
    assert f"*Northlight Group* · taken back by <@{stage.ana}>" in words(stage.said()[-1])


def test_the_next_digest_takes_back_what_is_not_so_but_nothing_that_was_undone(
    stage: Stage, purchase: Message
) -> None:
    tell(stage)
    said = choose(stage, purchase, "wrong")
    stage.clock.advance(timedelta(minutes=1))
    preview = words(stage.ask("/digest", "preview"))
    assert "it is not so" in preview
    stage.press(said, "Undo")
    assert "Nothing changed" in stage.ask("/digest", "preview").text


@pytest.mark.parametrize("on", ["a digest", "a company's card"])
def test_what_is_told_briefly_leads_to_the_facts_behind_it(stage: Stage, purchase: Message, on: str) -> None:
    tell(stage)
    shown = stage.said()[0] if on == "a digest" else stage.ask("/company", "corvane")
    before = len(stage.workspace.ephemerals(stage.deals, "ana"))
    assert stage.slack.click("ana", shown, label="Correct a fact…").ok
    stage.wait(lambda: len(stage.workspace.ephemerals(stage.deals, "ana")) > before)
    card = stage.workspace.ephemerals(stage.deals, "ana")[-1]
    assert "Noted as wrong" in choose(stage, card, "wrong").text


def test_of_two_who_edit_at_once_each_changes_what_they_changed(stage: Stage, purchase: Message) -> None:
    one, other = form(stage, purchase, "edit"), form(stage, purchase, "edit")
    submit(stage, one, {"amount": "700m"})
    submit(stage, other, {"date": "2025"})
    answer = stage.ask("/deals", "corvane")
    assert "$700 m" in words(answer)
    assert "Completed · 2025" in words(answer)
    history = choose(stage, answer, "history")
    assert len([block for block in history.blocks if block.get("accessory")]) == 2
