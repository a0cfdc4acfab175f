from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.message_links import links_in


def rich(*elements: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"blocks": [{"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}]}


def link(url: str, **extra: Any) -> dict[str, Any]:
    return {"type": "link", "url": url, **extra}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"text": "no links here"}, ()),
        ({"text": "<https://a.example/x>"}, ("https://a.example/x",)),
        ({"text": "<https://a.example/x|a label>"}, ("https://a.example/x",)),
        (
            {"text": "<https://a.example/1> and <http://b.example/2>"},
            ("https://a.example/1", "http://b.example/2"),
        ),
        ({"text": "<https://a.example/1> <https://a.example/1|again>"}, ("https://a.example/1",)),
        ({"text": "<https://a.example/?a=1&amp;b=2>"}, ("https://a.example/?a=1&b=2",)),
        (
            {"text": "see https://a.example/x, or (https://b.example/y)."},
            ("https://a.example/x", "https://b.example/y"),
        ),
        ({"text": "`<https://a.example/x>`"}, ()),
        ({"text": "```\n<https://a.example/x>\n```"}, ()),
        ({"text": "<@U1> <#C1|news> <!here> <mailto:a@b.example|a@b.example>"}, ()),
        ({"text": "<https://acme.slack.com/archives/C1/p1>"}, ()),
        ({"text": "<https://notslack.com/x>"}, ("https://notslack.com/x",)),
        ({"text": None}, ()),
        ({}, ()),
    ],
)
def test_links_of_plain_text(message: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert links_in(message) == expected


def test_rich_text_wins_over_the_text_beside_it() -> None:
    message = {**rich(link("https://a.example/x")), "text": "<https://a.example/x> <https://b.example/y>"}
    assert links_in(message) == ("https://a.example/x",)


@pytest.mark.parametrize("kind", ["rich_text_section", "rich_text_list", "rich_text_quote"])
def test_links_are_found_in_every_kind_of_rich_text(kind: str) -> None:
    assert links_in(rich(link("https://a.example/x"), kind=kind)) == ("https://a.example/x",)


def test_links_in_preformatted_text_are_left_alone() -> None:
    assert links_in(rich(link("https://a.example/x"), kind="rich_text_preformatted")) == ()


def test_links_styled_as_code_are_left_alone() -> None:
    assert links_in(rich(link("https://a.example/x", style={"code": True}))) == ()


def test_nested_list_items_are_read() -> None:
    item = {"type": "rich_text_section", "elements": [link("https://a.example/x")]}
    assert links_in(rich(item, kind="rich_text_list")) == ("https://a.example/x",)


def test_a_bots_attachment_titles_count_but_not_slacks_own_previews() -> None:
    message = {
        "bot_id": "B1",
        "text": "New on the feed",
        "attachments": [
            {"title_link": "https://a.example/x"},
            {"title_link": "https://b.example/y", "from_url": "https://b.example/y"},
        ],
    }
    assert links_in(message) == ("https://a.example/x",)


def test_a_persons_previews_are_not_counted() -> None:
    assert links_in({"text": "hi", "attachments": [{"title_link": "https://a.example/x"}]}) == ()


@given(st.text())
def test_any_text_is_parsed(text: str) -> None:
    assert all(url.startswith(("http://", "https://")) for url in links_in({"text": text}))


@given(st.text(alphabet="<>|h:/tps`&;.a[]@ \n", max_size=300))
def test_hostile_markup_is_parsed(text: str) -> None:
    assert isinstance(links_in({"text": text}), tuple)
