from sqlalchemy import event

from storage.engine import Engine, Session, snapshot, transaction
from storage.visibility import audience_of
from tests.factories import SECRET, TEAM


def asked_for(session: Session) -> list[str]:
    """The statements that are sent for the same question twice."""
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: asked.append(args[2]))
    for _ in range(2):
        audience_of(session, team_id=TEAM, channel_id=SECRET)
    return asked


def test_whose_rows_a_reader_sees_is_asked_once_of_one_moment(engine: Engine) -> None:
    with snapshot(engine) as session:
        assert len(asked_for(session)) == 1


def test_whose_rows_a_reader_sees_is_asked_again_where_it_may_change(engine: Engine) -> None:
    with transaction(engine) as session:
        assert len(asked_for(session)) == 2
