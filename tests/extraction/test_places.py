"""Mentions are found by where they start."""

from bot.extraction.mentions import Mention, MentionKind
from bot.extraction.places import ByPlace
from bot.extraction.sentences import Span

LATER, FIRST, SECOND = (Mention(at, at + 3, f"at {at}", MentionKind.NAME) for at in (20, 0, 10))
PLACES = ByPlace([LATER, FIRST, SECOND])


def test_a_sentence_has_the_mentions_that_start_in_it() -> None:
    assert PLACES.inside(Span(0, 20)) == [FIRST, SECOND]


def test_the_last_mentions_before_a_place_are_those_nearest_to_it() -> None:
    assert PLACES.before(20, 1) == [SECOND]


def test_there_may_be_fewer_mentions_before_a_place_than_asked_for() -> None:
    assert PLACES.before(11, 9) == [FIRST, SECOND]
