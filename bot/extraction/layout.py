"""A text as it was given -> as it is read: hard-wrapped lines joined, one space between words.

A paragraph is read in one line, while what is quoted must stand in the text as it was given: so every
character that is read remembers where it stood.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reading.lines import paragraphs_in
from bot.values import Evidence


@dataclass(frozen=True, slots=True)
class Layout:
    """`text` is what is read; `origins` holds the offset in `given` of each of its characters."""

    given: str
    text: str
    origins: Sequence[int]

    def quoted(self, evidence: Evidence) -> Evidence:
        """The evidence, which was found in `text`, as it stands in the text that was given."""
        start, end = self.origins[evidence.start], self.origins[evidence.end - 1] + 1
        return Evidence(self.given[start:end], start, end)


def laid_out(given: str) -> Layout:
    """A text by paragraphs, a blank line between; an article as it is kept stays as it is."""
    lines = (" ".join(line.split()) for line in given.splitlines())
    text = "\n\n".join(paragraphs_in("\n".join(lines).strip("\n")))
    return Layout(given, text, range(len(given)) if text == given else _origins(given, text))


def _origins(given: str, text: str) -> list[int]:
    """Where each character of `text` stood; left out were white space and the hyphens of broken words."""
    origins: list[int] = []
    at = 0
    for character in text:
        if not character.isspace():
            at = given.index(character, at)
        origins.append(at)
        at += not character.isspace()
    return origins
