"""Object pronouns before a verb that mean the company of the sentence before: "Y cae. X le prestó dinero".

Such a sentence names one of the two alone, so its rules would see no pair. Where the sentence before names
but one company (two for a plural), it is put behind the verb instead of the pronoun: "X prestó a Y dinero".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.extraction.frames import Lexicon
from bot.extraction.mentions import Mention
from bot.extraction.sentences import Span


@dataclass(frozen=True, slots=True)
class Clitic:
    """A pronoun at start..end with the space behind it, and the companies that it means."""

    start: int
    end: int
    verb_end: int  # where they may be named instead
    companies: tuple[str, ...]
    words: str  # between the verb and them


def find_clitic(
    text: str, span: Span, here: Sequence[Mention], before: Sequence[Mention], lexicon: Lexicon
) -> Clitic | None:
    """The pronoun right behind a company of the sentence at `span`; `before` are the mentions of the last."""
    pattern = lexicon.cues.get("clitic")
    meant = tuple(dict.fromkeys(m.company for m in before))
    if pattern is None or not meant or any(m.company in meant for m in here):
        return None
    for mention in here:
        match = pattern.match(text, mention.end, span.end)
        if match is None or len(meant) != (2 if match.group("c").endswith("s") else 1):
            continue
        if match.group("to") and _is_doubled(text, match.end(), here, lexicon):
            continue
        behind = lexicon.cues["clitic_to"].pattern if match.group("to") else " "
        return Clitic(match.start("c"), match.start("verb"), match.end(), meant, behind)
    return None


def _is_doubled(text: str, end: int, here: Sequence[Mention], lexicon: Lexicon) -> bool:
    """ "X le compra a Z su filial": the pronoun only repeats who is named."""
    further = next((m.start for m in here if m.start >= end), None)
    return further is not None and lexicon.cues["receiver"].search(text[end:further]) is not None
