"""The blocks of a page's text: which of them are the article's own."""

import re
from collections.abc import Iterable, Sequence

from bot.reading.phrases import Phrases

_CONTINUES = re.compile(r"[a-zà-öø-ÿ(]")  # how a line goes on that a <br> broke in its middle
_ENDS = (".", "!", "?", ":", ";", "…", "»", "”", '"', "'", ")")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.’'-]+"
_BYLINE = re.compile(
    rf"(?:By|BY|Por|POR|Par|PAR|Written by|Escrito por|Texto de|Écrit par) {_NAME}"
    rf"(?:,?(?: (?:and|y|e|et|&|de|del|da|di|la|las|los|le|van|von|der|den)){{0,3}} {_NAME}){{0,7}}"
    r"(?: ?[|/·•,].{0,60})?"
)
_BYLINE_WITHIN = 6  # blocks from the top
_REPEATED = 40  # characters: a paragraph of this length that comes twice is a teaser of itself


def join_broken(lines: Iterable[str]) -> list[str]:
    """Put together the halves of a sentence that a line break split."""
    joined: list[str] = []
    for line in lines:
        if joined and _CONTINUES.match(line) and not joined[-1].endswith(_ENDS):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def own_paragraphs(
    blocks: Sequence[str], *, title: str, links: frozenset[str], phrases: Phrases
) -> tuple[str, ...]:
    """The article's own paragraphs: no boilerplate, byline, bare link, repetition, nor the title again."""
    known = {title.casefold()}
    own: list[str] = []
    for place, block in enumerate(blocks):
        key = block.casefold()
        bare_link = block in links and not block.endswith(_ENDS)
        byline = place < _BYLINE_WITHIN and _BYLINE.fullmatch(block)
        if key in known or bare_link or byline or phrases.is_boilerplate(block):
            continue
        if len(block) >= _REPEATED:
            known.add(key)
        own.append(block)
    return tuple(own)
