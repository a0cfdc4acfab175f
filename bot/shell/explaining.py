"""`seams explain`: sentence by sentence, why each tie of an article was recorded or not."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.errors import UserError
from bot.extraction.arbiter import Signs
from bot.extraction.explaining import Considered, ExplainedSentence, Outcome
from bot.extraction.pipeline import Reader
from bot.reading.links import canonical_url
from bot.shell.articles import parse_file
from bot.shell.opening import open_record
from bot.values import SYMMETRIC_KINDS
from bot.views.text import clean
from storage import articles
from storage.engine import snapshot

_STYLES = {Outcome.TOLD: "green", Outcome.WEAK: "dim", Outcome.OUTWEIGHED: "yellow"}


def explain(source: str, *, team: str | None, console: Console) -> None:
    """Read an article again and show why; `source` is a file, or a stored article's address or title."""
    with open_record(team) as opened:
        if Path(source).is_file():
            page = parse_file(opened, Path(source))
            text, title, published, lang = page.text, page.title, page.published, page.lang
        else:
            named = canonical_url(source) if source.startswith(("http://", "https://")) else source
            with snapshot(opened.services.engine) as session:
                found = articles.find_article(session, team_id=opened.team_id, named=named)
            if found is None:
                raise UserError(f"There is no such file and no such article: {source}. Try: seams articles")
            text, title, published, lang = found.text, found.title, found.published, found.lang
    show(Reader().explain(text, title=title, published=published, lang=lang), console)


def show(sentences: Sequence[ExplainedSentence], console: Console) -> None:
    """Print each sentence with the companies it speaks of and what came of it."""
    if not sentences:
        console.print("No company stands in it.")
    for sentence in sentences:
        console.print(Text(clean(sentence.text), style="bold"))
        console.print(Text(f"  speaks of: {clean(', '.join(sentence.companies)) or 'no company'}"))
        for considered in sentence.considered:
            console.print(_line(considered))
        if len(sentence.companies) > 1 and not sentence.considered:
            console.print(Text("  nothing in it ties them", style="dim"))
        console.print()


def _line(considered: Considered) -> Text:
    candidate = considered.candidate
    arrow = "-" if candidate.kind in SYMMETRIC_KINDS else "→"
    said = f"{candidate.kind} {candidate.source} {arrow} {candidate.target}, {candidate.status}"
    money = candidate.money
    price = f", {money.amount:,f} {money.currency or ''}".rstrip() if money is not None else ""
    why = f"{considered.outcome} ({candidate.confidence:.2f}, {candidate.rule}{_doubt(candidate.signs)})"
    return Text(f"  {clean(said)}{clean(price)}: {why}", style=_STYLES[considered.outcome])


def _doubt(signs: Signs | None) -> str:
    """How likely the network holds the tie, at both looks."""
    if signs is None or signs.network is None:
        return ""
    again = f"; without names {signs.masked:.2f}" if signs.masked is not None else ""
    return f"; network {signs.network:.2f}{again}"
