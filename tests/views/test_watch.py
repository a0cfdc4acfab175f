"""What is followed here: each with its menu, and the rules by which it is told."""

import pytest

from bot.answers import Suggestion, UnknownName
from bot.digest.quiet import QuietHours
from bot.digest.watching import Tier
from bot.queries import Command
from bot.views.limits import problems
from bot.views.watch import render, watch_button
from bot.watch_answers import WATCHES_A_PAGE, Following, Unfollowed, UnknownToFollow, Watched, WatchList

MICROSOFT = Watched("w1", ("Microsoft",), Tier.NOW)
PAIR = Watched("w2", ("Microsoft", "OpenAI"), Tier.DIGEST)
NEW = Watched("w3", ("Nueva <Co>",), Tier.SILENT, known=False)


def listed(
    *watched: Watched, total: int | None = None, page: int = 0, pages: int = 1, **more: object
) -> WatchList:
    settings = {"person": False, "quiet": None, "timezone": "UTC", "cap": 10, "digest_on": True} | more
    return WatchList(
        watched=watched,
        total=len(watched) if total is None else total,
        page=page,
        pages=pages,
        **settings,  # type: ignore[arg-type]
    )


def following(watched: Watched, **more: object) -> Following:
    settings = {"before": None, "person": False, "digest_on": True} | more
    return Following(watched=watched, **settings)  # type: ignore[arg-type]


def test_a_list_says_how_each_is_told_and_offers_to_change_it() -> None:
    message = render(listed(MICROSOFT, PAIR, NEW))
    assert problems(message) == []
    assert "Microsoft (At once); Microsoft – OpenAI (In the digest); Nueva &lt;Co&gt; (Silent" in message.text
    menus = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert [menu["initial_option"]["text"]["text"] for menu in menus] == [
        "At once",
        "In the digest",
        "Silent",
    ]
    assert menus[0]["options"][-1]["text"]["text"] == "Stop following"


def test_a_full_page_of_the_longest_names_fits() -> None:
    longest = ("&" * 200, "<" * 200)
    full = [Watched("w" * 24, longest, Tier.NOW, known=False) for _ in range(WATCHES_A_PAGE)]
    message = render(listed(*full, total=99, page=4, pages=10, quiet=QuietHours(1320, 480)))
    assert problems(message) == []
    assert "And 89 more." in message.text


@pytest.mark.parametrize("person", [True, False])
def test_an_empty_list_says_how_to_begin(person: bool) -> None:
    message = render(listed(person=person))
    assert problems(message) == []
    assert "`/watch microsoft`" in message.text


def test_the_rules_stand_under_the_list() -> None:
    said = render(listed(MICROSOFT, quiet=QuietHours(1320, 480), timezone="Europe/Madrid", cap=1)).text
    assert "Quiet from 22:00 to 08:00 (Europe/Madrid)" in said
    assert "At most 1 change a day" in said


@pytest.mark.parametrize(("digest_on", "told"), [(True, False), (False, True)])
def test_where_there_is_no_digest_the_digest_tier_says_so(digest_on: bool, told: bool) -> None:
    assert ("`/digest on`" in render(listed(PAIR, digest_on=digest_on)).text) is told
    assert ("`/digest on`" in render(following(PAIR, digest_on=digest_on)).text) is told


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (following(MICROSOFT), "Followed in this channel now. Microsoft: told at once"),
        (following(MICROSOFT, person=True), "You follow it now. Microsoft: told at once"),
        (following(MICROSOFT, before=Tier.NOW), "Already followed. Microsoft"),
        (following(MICROSOFT, before=Tier.SILENT), "Followed in this channel now. Microsoft"),
        (following(NEW), "neither at once nor in the digest"),
    ],
)
def test_to_follow_says_when_it_is_told(answer: Following, said: str) -> None:
    message = render(answer)
    assert problems(message) == []
    assert said in message.text


def test_a_name_that_nobody_posted_about_is_said_to_be_so() -> None:
    said = render(following(NEW)).text
    assert "Nothing posted so far names it" in said
    assert "`/watch off Nueva &lt;Co&gt;`" in said


def test_to_stop_is_confirmed() -> None:
    message = render(Unfollowed(("Microsoft", "OpenAI"), person=False))
    assert problems(message) == []
    assert message.text == "No longer followed: Microsoft – OpenAI."


def test_an_unknown_name_offers_likenesses_and_itself() -> None:
    like = tuple(Suggestion(f"Name {number}", "", f'"#{number}" now') for number in range(5))
    unknown = UnknownName(Command.WATCH, ("microsfot",), like)
    message = render(UnknownToFollow(unknown, (("microsfot", 'new:"microsfot" now'), ("a – b", "new:a, b"))))
    assert problems(message) == []
    labels = [element["text"]["text"] for element in message.blocks[-1]["elements"]]
    assert labels == ["Name 0", "Name 1", "Name 2", "Follow “microsfot” as typed", "Follow “a – b” as typed"]


def test_a_button_for_a_text_that_fits_no_button_is_none() -> None:
    assert watch_button("#abc") is not None
    assert watch_button("a" * 1986) is None
