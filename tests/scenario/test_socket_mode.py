"""The same program in Socket Mode: events, commands and buttons come over a WebSocket."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.console.sender import Slack
from bot.console.values import Message
from bot.errors import SettingsError
from bot.running import Part, running
from storage import teams
from storage.engine import transaction
from tests.console.socket_mode import SocketModeServer
from tests.scenario.articles import PURCHASE, TWELVE_DEALS
from tests.scenario.conftest import PATIENCE, Stage, words


class Socket:
    """A second Seams that hears over a WebSocket. The stage's own does the work: a process has one worker."""

    def __init__(self, stage: Stage, server: SocketModeServer) -> None:
        self.stage, self.server = stage, server
        self.slack = Slack(
            stage.workspace,
            server,
            server_url=stage.server.url,
            waits=(0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0),
        )

    def share(self, text: str) -> str:
        """Somebody posts a link to an article; returns the message's ts once all is done."""
        ts = self.slack.post(self.stage.deals, "ana", self.stage.publish(text))
        assert self.slack.acks[-1].ok
        self.stage.settle()
        return ts

    def ask(self, command: str, text: str) -> Message:
        """Somebody types a command; returns the answer."""
        before = len(self.stage.workspace.ephemerals(self.stage.deals, "ana"))
        assert self.slack.command("ana", self.stage.deals, command, text).ok
        self.stage.wait(lambda: len(self.stage.workspace.ephemerals(self.stage.deals, "ana")) > before)
        return self.stage.workspace.ephemerals(self.stage.deals, "ana")[-1]


@pytest.fixture(scope="module")
def connected(running_stage: Stage) -> Iterator[Socket]:
    with SocketModeServer(running_stage.workspace, patience=PATIENCE) as server:
        settings = running_stage.seams.services.settings.model_copy(
            update={"app_token": SecretStr(running_stage.workspace.app_token)}
        )
        with running(settings, frozenset({Part.WEB}), now=running_stage.clock) as second:
            assert second.url is None
            assert server.wait_for_app(PATIENCE)
            yield Socket(running_stage, server)


@pytest.fixture
def socket(connected: Socket, stage: Stage) -> Socket:
    """Connected, with an empty record."""
    return connected


def test_a_link_is_read_and_answered(socket: Socket) -> None:
    ts = socket.share(PURCHASE)
    assert socket.stage.reactions(ts) == ["bookmark"]
    assert "Tessel" in words(socket.stage.replies(ts)[0])


def test_a_command_is_answered(socket: Socket) -> None:
    socket.share(PURCHASE)
    assert "Tessel" in words(socket.ask("/deals", "corvane"))


def test_a_button_works(socket: Socket) -> None:
    socket.share(TWELVE_DEALS)
    first = socket.ask("/deals", "corvane")
    assert socket.slack.click("ana", first, label="Next").ok
    shown = socket.stage.workspace.any_message
    socket.stage.wait(lambda: shown(first.channel, first.ts) != first)
    assert "6 to 10 of 12" in words(shown(first.channel, first.ts))


def test_a_text_that_is_too_short_stays_in_its_modal(socket: Socket) -> None:
    """The one acknowledgement that carries an answer."""
    ts = socket.slack.post(socket.stage.deals, "ana", socket.stage.news.url("paywall"))
    socket.stage.settle()
    view = socket.stage.open_modal(socket.stage.replies(ts)[0], "paste_text", slack=socket.slack)
    assert socket.slack.submit(view, {"title": "", "text": "x"}).errors


def test_an_event_that_cannot_be_stored_is_not_acknowledged(
    socket: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = socket.stage
    monkeypatch.setattr(socket.server, "_patience", 1.0)
    with transaction(stage.seams.services.engine) as session:
        teams.purge_team(session, team_id=stage.workspace.team_id)
    impatient = Slack(stage.workspace, socket.server, server_url=stage.server.url, waits=())
    impatient.post(stage.deals, "ana", stage.publish(PURCHASE))
    assert not impatient.acks[-1].ok


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
def test_a_lost_connection_is_made_anew_and_nothing_is_lost(
    socket: Socket, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What came over a connection that the app was just giving up is never acknowledged: Slack sends it again.
    monkeypatch.setattr(socket.server, "_patience", 5.0)
    socket.server.disconnect(reason)
    ts = socket.share(PURCHASE)
    assert len(socket.stage.replies(ts)) == 1


def test_a_wrong_token_is_said_at_the_start(stage: Stage, connected: Socket) -> None:
    wrong = stage.seams.services.settings.model_copy(update={"app_token": SecretStr("xapp-wrong")})
    with (
        pytest.raises(SettingsError, match="SLACK_APP_TOKEN"),
        running(wrong, frozenset({Part.WEB}), now=stage.clock),
    ):
        pass
