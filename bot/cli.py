"""The `seams` command."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import SeamsError, SettingsError
from bot.shell.operating import database, jobs

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(
    name="seams",
    help="Seams keeps what articles say about companies: deals, status, and how relationships change.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Words = Annotated[list[str], typer.Argument(help="names and filters, as in Slack")]
Page = Annotated[int, typer.Option(min=1, help="which page")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
Team = Annotated[str | None, typer.Option(help="the workspace's id, where there are several")]

app.add_typer(database, name="db")
app.add_typer(jobs, name="jobs")


def main() -> None:
    """Run the command line; an error of ours is one message and exit status 2 (settings) or 1."""
    try:
        app()
    except SeamsError as error:
        from bot.console.plain import harmless

        typer.echo(harmless(error.message), err=True)  # it may name a company
        sys.exit(2 if isinstance(error, SettingsError) else 1)


@app.command()
def demo(
    web: Annotated[bool, typer.Option("--web", help="in a browser instead of this terminal")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="of the page; 0 is any free one")] = 3080,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="only print the page's address")] = False,
) -> None:
    """A tour of Seams in a made-up Slack workspace on this machine; then a prompt to try it yourself."""
    from bot.shell import demo as shell_demo

    if web:
        shell_demo.demo_page(port=port, browse=not no_browser, console=_console())
    else:
        shell_demo.demo()


@app.command()
def run(part: Annotated[str, typer.Argument(help="all, web, worker or clock")] = "all") -> None:
    """Run Seams: everything in one process (all), or one part of it."""
    from bot.shell.serving import serve

    serve(part)


@app.command()
def add(
    sources: Annotated[list[str], typer.Argument(help="addresses, or text, HTML or PDF files")],
    team: Team = None,
) -> None:
    """Read addresses and files into the record."""
    from bot.shell.articles import add as add_articles

    if not add_articles(sources, team=team, console=_console()):
        raise typer.Exit(1)


@app.command()
def extract(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="read and write JSON Lines")] = False,
    path: Annotated[Path | None, typer.Argument(help="a text file; - or nothing is standard input")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what texts say about companies, without keeping anything."""
    from bot.shell.extracting import extract_file, extract_jsonl

    if not (extract_jsonl() if jsonl else extract_file(path, as_data=as_json, console=_console())):
        raise typer.Exit(1)


@app.command()
def explain(
    article: Annotated[str, typer.Argument(help="a file, or a stored article's address or title")],
    team: Team = None,
) -> None:
    """Say sentence by sentence why each tie of an article was recorded or not."""
    from bot.shell.explaining import explain as explain_article

    explain_article(article, team=team, console=_console())


@app.command()
def deals(words: Words, page: Page = 1, as_json: AsJson = False, team: Team = None) -> None:
    """The deals of a company, or between two: seams deals microsoft type:acquisition."""
    _ask("/deals", words, page, as_json, team)


@app.command()
def company(words: Words, page: Page = 1, as_json: AsJson = False, team: Team = None) -> None:
    """A company: how it stands to others, its last deals and articles: seams company microsoft."""
    _ask("/company", words, page, as_json, team)


@app.command()
def relationship(words: Words, as_json: AsJson = False, team: Team = None) -> None:
    """How two companies stand, and how that came about: seams relationship openai microsoft."""
    _ask("/relationship", words, 1, as_json, team)


@app.command()
def articles(
    words: Annotated[list[str] | None, typer.Argument(help="words or a company; nothing lists all")] = None,
    page: Page = 1,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """The articles that have been read: seams articles inflection."""
    _ask("/articles", words or [], page, as_json, team)


@app.command()
def digest(
    channel: Annotated[str, typer.Option(help="a channel's id; nothing for what everybody may know")] = "",
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """What a digest would say now."""
    from bot.shell.records import show_digest

    show_digest(channel=channel, as_data=as_json, team=team, console=_console())


@app.command()
def feedback(as_json: AsJson = False, team: Team = None) -> None:
    """What people said of digests: useful or not, by what had changed."""
    from bot.shell.feedback import show_feedback

    show_feedback(as_data=as_json, team=team, console=_console())


@app.command()
def rebuild(team: Team = None) -> None:
    """Read all stored articles again and derive the whole record from them."""
    from bot.shell.articles import rebuild as rebuild_record

    rebuild_record(team=team, console=_console(stderr=True))


@app.command("import")
def import_(
    archive: Annotated[Path, typer.Argument(help="the ZIP file that Slack made")],
    private: Annotated[bool, typer.Option("--private", help="take private channels too")] = False,
    team: Team = None,
) -> None:
    """Read the articles that were shared before Seams was there, from a Slack export."""
    from bot.shell.importing import import_export

    import_export(archive, private=private, team=team, console=_console(stderr=True))


@app.command()
def export(
    format: Annotated[
        str, typer.Option(help="csv, json (one object a line), or graphml (companies and all ties)")
    ] = "csv",
    company: Annotated[str | None, typer.Option(help="only what concerns this company")] = None,
    output: Annotated[
        Path | None, typer.Option("--out", "--output", help="a file instead of standard output")
    ] = None,
    team: Team = None,
) -> None:
    """Write every deal with its proof, or the graph of companies and their ties."""
    from bot.shell.records import Format
    from bot.shell.records import export as export_record

    if format not in set(Format):
        raise typer.BadParameter("say csv, json or graphml")
    form = Format(format)
    count = export_record(form=form, company=company, output=output, team=team)
    typer.echo(f"{'Ties' if form is Format.GRAPHML else 'Deals'} written: {count}", err=True)


@app.command()
def key() -> None:
    """Make a key for SEAMS_ENCRYPTION_KEY, which seals the tokens of installed workspaces."""
    from bot.keys import new_key

    typer.echo(new_key())


@app.command()
def manifest(
    url: Annotated[str, typer.Option(help="where Slack reaches Seams over HTTP: https://HOST")] = "",
    socket: Annotated[bool, typer.Option("--socket", help="Socket Mode, without an address")] = False,
    many: Annotated[bool, typer.Option("--many", help="workspaces install it there by themselves")] = False,
    private: Annotated[bool, typer.Option("--private", help="read private channels too")] = False,
    organisation: Annotated[
        bool, typer.Option("--organisation", help="let an Enterprise organisation install it")
    ] = False,
) -> None:
    """Print the app manifest to paste into Slack: Socket Mode, or HTTP with --url."""
    from bot.shell.manifest import print_manifest

    if socket and url:
        raise typer.BadParameter("say --socket or --url")
    print_manifest(url=url, many=many, private=private, organisation=organisation)


@app.command()
def doctor() -> None:
    """Look at settings, database, languages, queue and Slack, and say what is wrong."""
    from rich.markup import escape

    from bot.shell.database import examine

    console, well = _console(), True
    for finding in examine():
        mark = "[green]ok[/]  " if finding.well else "[red]look[/]"
        console.print(f"{mark} [bold]{finding.name}[/]: {escape(finding.said)}")
        well &= finding.well
    if not well:
        raise typer.Exit(1)


def _ask(command: str, words: list[str], page: int, as_data: bool, team: str | None) -> None:
    from bot.queries import Command
    from bot.shell.records import ask

    # The shell has taken the quotes away: a word with a space in it was one name.
    text = " ".join(f'"{word}"' if " " in word and ":" not in word else word for word in words)
    ask(Command(command), text, page=page, as_data=as_data, team=team, console=_console())


def _console(*, stderr: bool = False) -> "Console":
    from rich.console import Console  # not for the processes that serve

    return Console(highlight=False, stderr=stderr)


if __name__ == "__main__":
    main()
