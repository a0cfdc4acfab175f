"""What App Home counts of the public channels."""

import pytest

from storage import overview
from tests.factories import SECRET, TEAM, Desk, make_page, make_tie


@pytest.mark.parametrize(("shared", "counted"), [(2, 2), (3, 3), (5, 3)])
def test_articles_are_counted_no_further_than_home_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, shared: int, counted: int
) -> None:
    monkeypatch.setattr("storage.overview.MOST_IN_CHANNEL", 2)
    for number in range(shared):
        desk.share(make_tie(), url=f"https://news.example/{number}", page=make_page(f"Text {number}."))
    desk.share(make_tie(), url="https://news.example/s", page=make_page("Secret."), channel_id=SECRET)
    assert overview.articles_in_public(desk.session, team_id=TEAM) == counted
