import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.composer import compose
from bot.console.values import Json


def typed(text: str) -> tuple[str, list[Json]]:
    said, blocks = compose(text, find_user={"ana": "U1"}.get, find_channel={"deals": "C1"}.get)
    return said, [inner for block in blocks for part in block["elements"] for inner in part["elements"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("see https://a.example/x.", "see <https://a.example/x>."),
        ("(https://a.example/x)", "(<https://a.example/x>)"),
        ("https://a.example/?a=1&b=2", "<https://a.example/?a=1&amp;b=2>"),
        ("hi @ana in #deals", "hi <@U1> in <#C1|deals>"),
        ("hi @nobody in #nowhere", "hi @nobody in #nowhere"),
        ("`https://a.example`", "`https://a.example`"),
        ("```\nhttps://a.example\n```", "```\nhttps://a.example\n```"),
    ],
)
def test_text_is_what_slack_makes_of_it(text: str, said: str) -> None:
    assert typed(text)[0] == said


def test_a_link_element_has_the_address_as_typed() -> None:
    assert {"type": "link", "url": "https://a.example/?a=1&b=2"} in typed("https://a.example/?a=1&b=2")[1]


@pytest.mark.parametrize("text", ["`https://a.example`", "```https://a.example```"])
def test_there_are_no_links_in_code(text: str) -> None:
    assert "link" not in [element["type"] for element in typed(text)[1]]


@given(st.text())
def test_no_text_is_lost(text: str) -> None:
    shown = "".join(str(e.get("text") or e.get("url")) for e in typed(text)[1])
    assert shown == text.replace("```", "").replace("`", "") or "`" in text
