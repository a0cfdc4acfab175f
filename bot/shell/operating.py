"""The commands of those who operate Seams: `seams db` and `seams jobs`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

database = typer.Typer(help="The database: upgrade, check, backup, restore.", no_args_is_help=True)
jobs = typer.Typer(help="Work that waits, runs, was set aside or failed: list, retry, drop.")

AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
Jobs = Annotated[list[str], typer.Argument(metavar="ID|all", help="ids that `seams jobs` lists, or all")]


@jobs.callback(invoke_without_command=True)
def list_jobs(context: typer.Context, as_json: AsJson = False) -> None:
    """The work that waits or runs, and what was set aside or failed, with the reason."""
    from bot.shell.jobs import show_jobs

    if context.invoked_subcommand is None:
        show_jobs(as_data=as_json, console=Console(highlight=False))


@jobs.command("retry")
def retry_jobs(named: Jobs) -> None:
    """Try again what was set aside or failed."""
    from bot.shell.jobs import retry

    typer.echo(f"Enqueued again: {retry(named)}")


@jobs.command("drop")
def drop_jobs(named: Jobs) -> None:
    """Forget what was set aside or failed."""
    from bot.shell.jobs import drop

    typer.echo(f"Forgotten: {drop(named)}")


@database.command("upgrade")
def upgrade() -> None:
    """Create or upgrade all tables."""
    from bot.shell import database as shell

    typer.echo(f"Up to date: {shell.upgrade()}")


@database.command("check")
def check() -> None:
    """Say whether the tables are what this version needs."""
    from bot.shell import database as shell

    problems = shell.check()
    typer.echo("\n".join(problems) if problems else "The database is what this version needs.")
    if problems:
        raise typer.Exit(1)


@database.command("backup")
def backup(path: Path) -> None:
    """Copy the database to a new file, also while Seams runs."""
    from bot.shell import database as shell

    shell.backup(path)
    typer.echo(f"Written: {path}")


@database.command("restore")
def restore(path: Path) -> None:
    """Make the database what a backup says. Stop Seams first."""
    from bot.shell import database as shell

    shell.restore(path)
    typer.echo("Restored.")


@database.command("reseal")
def reseal() -> None:
    """Seal all tokens with the first key of SEAMS_ENCRYPTION_KEY."""
    from bot.shell import database as shell

    typer.echo(f"Sealed with the first key: {shell.reseal()} installations.")
