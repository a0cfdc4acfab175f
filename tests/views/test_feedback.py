"""The buttons under a digest and beside its lines, and the thanks for pressing one."""

import pytest

from bot.digest.digest import DigestLine
from bot.views.actions import Action, Opinion, read_opinion
from bot.views.digest import FOLLOWED, render
from bot.views.feedback import FeedbackButtons, render_thanks
from bot.views.limits import problems
from bot.views.message import Message
from tests.views.making import change, shown, source
from tests.views.test_digest import answer

BUTTONS = FeedbackButtons("2026-W47-1T0900Z")


def opinions(message: Message) -> list[Opinion]:
    """What the buttons beside lines, then those under the digest, stand for."""
    beside = [block["accessory"] for block in message.blocks if "accessory" in block]
    buttons = [*beside, *message.blocks[-1]["elements"]]
    return [read_opinion(b["value"]) for b in buttons if b["action_id"].startswith(Action.FEEDBACK)]


def test_each_line_and_the_whole_can_be_judged() -> None:
    message = render(answer(DigestLine((change(id="c1"),)), DigestLine((change(id="c2"),))), feedback=BUTTONS)
    assert problems(message) == []
    period = BUTTONS.period_key
    assert opinions(message) == [
        Opinion(period, "c1", False),
        Opinion(period, "c2", False),
        Opinion(period, "", True),
        Opinion(period, "", False),
    ]


def test_a_digest_that_is_full_loses_no_word_to_buttons() -> None:
    lines = [DigestLine((change(id=str(n)),)) for n in range(15)]
    long = {"t1": source(text="Muy largo. " * 200, url="https://a.com/" + "x" * 900)}
    full = answer(*lines)
    full = type(full)(full.digest, full.companies, long)
    message = render(full, feedback=BUTTONS)
    assert problems(message) == []
    assert shown(message).startswith(shown(render(full)))
    assert len(opinions(message)) in (2, 17)


def test_a_preview_can_not_be_judged() -> None:
    assert "Not useful" not in shown(render(answer(DigestLine((change(),))), preview=True))


def test_what_is_followed_stands_first_under_its_own_heading() -> None:
    text = shown(render(answer(DigestLine((change(id="a"),), followed=True), DigestLine((change(id="b"),)))))
    assert text.index(f"*{FOLLOWED}*") < text.index("*New deals*")


@pytest.mark.parametrize("of_line", [True, False])
@pytest.mark.parametrize("useful", [True, False])
def test_thanks_say_how_it_is_taken_back(useful: bool, of_line: bool) -> None:
    message = render_thanks(useful=useful, of_line=of_line, taken_back=False)
    assert problems(message) == []
    assert "press it again to take that back" in message.text
    assert "Taken back" in render_thanks(useful=useful, of_line=of_line, taken_back=True).text
