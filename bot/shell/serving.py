"""`seams run`: a process that serves until it is told to stop."""

import gc
import logging
import signal
import sys
import threading

from bot import logs
from bot.errors import StorageError, UserError
from bot.running import Part, prepare_database, running
from bot.settings import Settings
from bot.stopping import end_at_last
from storage import migrate
from storage.engine import open_engine

# Python's own 5 ms make a thread that answers Slack wait too long behind those that work.
SWITCH_SECONDS = 0.001

_log = logging.getLogger(__name__)


def serve(part: str) -> None:
    """Run `all` or one part until SIGTERM or Ctrl-C; raises SeamsError when it can't start.

    `all` upgrades the database itself; where the parts are processes of their own, the release step does.
    """
    if part != "all" and part not in set(Part):
        raise UserError(f"There is no part {part}: say all, web, worker or clock.")
    settings = Settings.load()
    logs.set_up(settings.log_level, settings.log_format)
    settings.require_slack()
    sys.setswitchinterval(SWITCH_SECONDS)
    _see_to_database(settings, upgrade=part == "all")
    stop, lost = threading.Event(), threading.Event()

    def told_to_stop(*_: object) -> None:
        stop.set()
        end_at_last()

    def lose() -> None:
        lost.set()
        told_to_stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told_to_stop)
    with running(settings, frozenset(Part) if part == "all" else frozenset({Part(part)}), lost=lose) as seams:
        # What was loaded stays. To look through it for garbage takes a fifth of a second, time and again, in
        # which nobody is answered.
        gc.collect()
        gc.freeze()
        where = f"at port {settings.port}, path /slack/events" if seams.url else "in Socket Mode"
        whom = seams.identity.team_name if seams.identity else "all who install it at /slack/install"
        _say(f"Seams runs for {whom} ({part}, {where}). Stop with Ctrl-C.")
        stop.wait()
        seams.deadline.begin()
        _say("Stopping: finishing what is under way.")
    if lost.is_set():
        raise StorageError(
            "Others do the work of this process: it could not reach the database for too long."
        )


def _see_to_database(settings: Settings, *, upgrade: bool) -> None:
    engine = open_engine(settings.database)
    try:
        if upgrade:
            prepare_database(engine)
        elif problems := migrate.problems(engine, compare=False):
            raise StorageError(" ".join(problems))
    finally:
        engine.dispose()


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
