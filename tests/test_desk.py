"""A desk works where those of all other tests do, and must find nothing of theirs."""

import pytest

from storage import articles
from tests.factories import TEAM, Desk, make_tie


@pytest.mark.parametrize("test", ["one", "the next"])
def test_a_desk_has_its_own_articles_alone(desk: Desk, test: str) -> None:
    article_id = desk.share(make_tie())
    assert articles.article_ids(desk.session, team_id=TEAM) == (article_id,)
