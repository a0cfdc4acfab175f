"""The paper's name in the title of its page."""

import pytest

from bot.reading.site_name import site_in_title


@pytest.mark.parametrize(
    ("title", "site", "name"),
    [
        ("Corvane crece - El Eco", "eleco.example", "El Eco"),
        ("Corvane crece | Época", "epoca.com.example", "Época"),
        ("Corvane crece - Eco.example", "eco.example", "Eco.example"),
        ("Corvane - crece - El Eco", "eleco.example", "El Eco"),
        ("Corvane crece - Hoy", "eleco.example", None),
        ("Corvane", "corvane.example", None),  # a title alone names no paper
        ("", "", None),
    ],
)
def test_the_name_is_told_by_the_domain(title: str, site: str, name: str | None) -> None:
    assert site_in_title(title, site) == name
