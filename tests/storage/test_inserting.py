"""Many rows in one statement."""

import pytest
from sqlalchemy import select

from storage.engine import SQLAlchemyError
from storage.inserting import insert_all
from storage.projections import PairRow
from storage.schema import ClaimRow
from tests.factories import TEAM, Desk, make_page


def test_rows_are_kept_however_many_there_are(desk: Desk) -> None:
    article_id = desk.share(url="https://news.example/1", page=make_page("Calm."))
    claims = [
        {"team_id": TEAM, "article_id": article_id, "name": name, "form": f"{name}, {{x}}", "key": name}
        for name in ("Nordwind", "O'Hara \\ %s", 'The "Quay"')
    ]
    for some in (claims[:1], claims[1:], []):
        insert_all(desk.session, ClaimRow, some)
    found = desk.session.scalars(select(ClaimRow).where(ClaimRow.article_id == article_id))
    assert {row.form for row in found} == {claim["form"] for claim in claims}


def test_what_is_too_long_for_its_column_is_not_cut_off(desk: Desk) -> None:
    if desk.session.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite's columns take texts of any length")
    row = {"team_id": TEAM, "audience": "", "a_id": "a" * 1000, "b_id": "b", "bonds": "[]", "states": "[]"}
    with pytest.raises(SQLAlchemyError, match="too long"):
        insert_all(desk.session, PairRow, [row])
