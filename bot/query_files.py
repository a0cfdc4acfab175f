"""The word at the end of a command that asks for a file: a chart, a map, the deals as a table."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from bot.query_names import Mark, Token
from bot.query_words import fold


class FileKind(StrEnum):
    """What can be posted as a file; the value is what is typed."""

    CHART = "chart"
    MAP = "map"
    CSV = "csv"


_WORDS = {
    FileKind.CHART: "chart grafico grafica graphique",
    FileKind.MAP: "map mapa",
    FileKind.CSV: "csv",
}


def split_file(pieces: Iterable[Token], offered: Collection[FileKind]) -> tuple[list[Token], FileKind | None]:
    """The tokens before the last word, and the file that it asks for; None when it asks for none.

    A picture is of somebody: alone, or in quotes, its word is a company's name.
    """
    found = list(pieces)
    last = found[-1] if found else None
    if last is None or last.mark is not Mark.WORD:
        return found, None
    kind = next((kind for kind in offered if fold(last.text) in _WORDS[kind].split()), None)
    if kind is None or (len(found) == 1 and kind is not FileKind.CSV):
        return found, None
    return found[:-1], kind
