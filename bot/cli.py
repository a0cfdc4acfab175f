"""The `seams` command."""

import signal
import sys
import threading
from typing import Annotated

import typer

from bot import logs
from bot.errors import SeamsError, SettingsError
from bot.settings import Settings

app = typer.Typer(
    name="seams",
    help="Seams keeps what articles say about companies: deals, status, and how relationships change.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
database = typer.Typer(help="The database: upgrade, check, backup, restore.", no_args_is_help=True)
app.add_typer(database, name="db")


def main() -> None:
    """Run the command line; an error of ours is one message and exit status 2 (settings) or 1."""
    try:
        app()
    except SettingsError as error:
        typer.echo(error.message, err=True)
        sys.exit(2)
    except SeamsError as error:
        typer.echo(error.message, err=True)
        sys.exit(1)


@app.command()
def demo() -> None:
    """A tour of Seams in a made-up Slack workspace on this machine; then a prompt to try it yourself."""
    from bot.shell import demo as shell_demo

    shell_demo.demo()


@app.command()
def run(
    part: Annotated[str, typer.Argument(help="all, web, worker or clock")] = "all",
) -> None:
    """Run Seams: everything in one process (all), or one part of it."""
    from bot.running import Part, open_engine, prepare_database, running

    if part != "all" and part not in set(Part):
        raise typer.BadParameter("say all, web, worker or clock")
    settings = Settings.load()
    logs.set_up(settings.log_level)
    settings.require_slack()
    if part == "all":
        engine = open_engine(settings.database)
        prepare_database(engine)
        engine.dispose()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    parts = frozenset(Part) if part == "all" else frozenset({Part(part)})
    with running(settings, parts) as seams:
        where = f"at {seams.url}/slack/events" if seams.url else "in Socket Mode"
        typer.echo(
            f"Seams runs for {seams.identity.team_name} ({part}, {where}). Stop with Ctrl-C.", err=True
        )
        stop.wait()
        typer.echo("Stopping: finishing what is under way.", err=True)
