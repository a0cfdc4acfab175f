"""What is said to people who ask nothing of the record, and the first words of all."""

import pytest

from bot.spoken_queries import Chat, Heard, hear
from bot.values import Audience
from bot.views import conversation, greetings
from bot.views.blocks import MAX_BLOCKS, section
from bot.views.limits import problems
from bot.views.message import Message
from tests.test_spoken_queries import TODAY, known


@pytest.mark.parametrize("chat", Chat)
def test_every_kind_of_talk_has_a_sound_answer(chat: Chat) -> None:
    message = conversation.render_chat(chat)
    assert problems(message) == []
    assert message.blocks


@pytest.mark.parametrize("example", conversation.EXAMPLES)
def test_the_examples_are_understood(example: str) -> None:
    assert isinstance(hear(example, today=TODAY, known=known), Heard)


@pytest.mark.parametrize("text", ["", "<!channel>", "&" * 4000])
def test_a_refusal_may_repeat_anything(text: str) -> None:
    assert problems(conversation.with_links_refused(conversation.render_words(text))) == []


@pytest.mark.parametrize("count", [0, 1, MAX_BLOCKS - 1, MAX_BLOCKS])
def test_the_note_on_links_finds_room_in_any_answer(count: int) -> None:
    answer = Message("An answer.", (section("An answer."),) * count)
    noted = conversation.with_links_refused(answer)
    assert problems(noted) == []
    assert "don't read links" in str(noted.blocks[-1])


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("bot_user_id", [None, "U012AB3CD"])
def test_greetings_are_two_sentences_that_keep_the_limits(
    audience: Audience, bot_user_id: str | None
) -> None:
    message = greetings.render_channel(audience, bot_user_id=bot_user_id)
    assert problems(message) == []
    assert message.text.count(". ") == 1
    assert problems(greetings.render_installer()) == []
