"""Texts that are made to hurt whoever looks for companies, sums, days and deals in them."""

from collections.abc import Callable

SIZE = 200_000  # characters: as many as are read


def _again(part: str, *, behind: str = "") -> Callable[[], str]:
    return lambda: part * ((SIZE - len(behind)) // len(part)) + behind


def _counted(part: str) -> Callable[[], str]:
    """The part with a number of its own each time."""
    return lambda: "".join(part.format(n=n) for n in range(SIZE // len(part)))


def _padded(start: str, padding: str, end: str = ".\n\n") -> Callable[[], str]:
    """Sentences as long as are read, of a beginning and much of something else."""
    sentence = start + padding * ((1_150 - len(start)) // len(padding)) + end
    return lambda: sentence * (SIZE // len(sentence))


TEXTS: dict[str, tuple[str, Callable[[], str]]] = {
    "one word": ("en", _again("a")),
    "one capital": ("en", _again("A")),
    "one digit": ("en", _again("1")),
    "spaces": ("en", _again(" ", behind="Corvane bought Tessel.")),
    "line breaks": ("en", _again("\n", behind="Corvane bought Tessel.")),
    "dots": ("en", _again(".")),
    "dashes": ("en", _again("-")),
    "hyphenated word": ("en", _again("a-")),
    "apostrophes": ("fr", _again("l'")),
    "quotes": ("en", _again('"')),
    "opening quotes": ("es", _again("«")),
    "opening brackets": ("en", _again("(")),
    "nested brackets": ("en", lambda: "(" * (SIZE // 2) + ")" * (SIZE // 2)),
    "brackets": ("en", _again("Corvane (Tessel) ")),
    "capitals apart": ("en", _again("A ")),
    "initials": ("en", _again("A. B. ")),
    "one name again": ("en", _again("Corvane ")),
    "names in a row": ("en", _counted("Corvane{n} ")),
    "names and commas": ("en", _counted("Corvane{n}, ")),
    "names and ands": ("en", _counted("Corvane{n} and ")),
    "names by sentence": ("en", _counted("Corvane{n} Inc bought Tessel{n} Ltd.\n\n")),
    "names of many words": ("en", _counted("The Corvane{n} Tessel Holdings International Group Inc said. ")),
    "deals of one pair": ("en", _again("Corvane Inc bought Tessel Ltd for $4 million in May 2024. ")),
    "deals of many": ("es", _counted("Corvane{n} SA compró Tessel{n} SL por {n} millones de euros. ")),
    "deals of one with many": (
        "fr",
        _counted("Corvane SA a racheté Tessel{n} SARL pour {n} millions d'euros. "),
    ),
    "sums": ("en", _again("$1,000.00 ")),
    "sums without end": ("en", _again("1,000")),
    "millions": ("es", _again("mil millones ")),
    "number words": ("en", _again("one hundred and ")),
    "currencies": ("en", _again("$€£")),
    "percentages": ("en", _again("1% to ")),
    "numbers with dots": ("es", _again("1.")),
    "days": ("en", _again("4 May 2024 ")),
    "numeric days": ("en", _again("1/1/")),
    "months": ("fr", _again("janvier ")),
    "addresses": ("en", _again("http://a.example/")),
    "stock symbols": ("en", _again("(NYSE: ABC) ")),
    "emoji": ("en", _again("👩‍👩‍👧‍👦")),
    "combining marks": ("en", _again("a\u0301")),
    "right to left": ("en", _again("\u202e")),
    "Chinese": ("en", _again("微软收购")),
    "lists": ("es", _again("- Corvane compra Tessel\n")),
    "headings": ("es", _counted("Corvane{n} compra Tessel{n}\n\n")),
    "long sentence of verbs": ("en", _padded("Corvane ", "bought sold sued ")),
    "long sentence of clauses": ("en", _padded("Corvane ", "which said that Tessel, ")),
    "spaces behind a verb": ("es", _padded("Corvane demandó ante", " ")),
    "spaces behind a noun": ("es", _padded("La multa", " ")),
    "spaces behind a passive": ("es", _padded("Corvane multó con", " ")),
    "spaces behind an order": ("fr", _padded("Corvane a commandé", " ")),
    "spaces behind a loan": ("en", _padded("The loans", " ")),
    "articles behind a lawsuit": ("en", _padded("lawsuit against ", "the rival ")),
    "goods behind a contract": ("es", _padded("Corvane recibió ", "aviones ")),
    "conditional words": ("fr", _padded("Corvane ", "aurait pourrait ")),
}
