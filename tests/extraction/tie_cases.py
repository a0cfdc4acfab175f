"""Sentences written for the tests (tie_cases.txt), each with the ties that it tells: "-" for none."""

from collections.abc import Iterator
from pathlib import Path

NAMES = (
    "Acme Alba Boreal Cobalto Dinamo Estela Faro Globex Hadron Initech Jarama Kestrel Lumen Meridian".split()
)


def read_cases() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(language, sentence, its ties as "kind source > target status [amount]")."""
    lines = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()
    lang, sentence, told = "", "", list[str]()
    for line in [*lines, "[end]"]:
        if line.startswith("    "):
            told.append(line.strip())
            continue
        if sentence:
            yield lang, sentence, tuple(t for t in told if t != "-")
        sentence, told = "", []
        if line.startswith("["):
            lang = line.strip("[]")
        else:
            sentence = line


CASES = tuple(read_cases())
