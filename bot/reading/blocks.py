"""The blocks of a page's text: which of them are the article's own."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from bot.reading.declared import parse_published
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
_HEAD = 140  # characters: the longest headline or line of names
_BIOGRAPHY = 400  # characters: the longest line about an author
_SENTENCE_ENDS = (".", "!", "…", "»", "”", '"', ")", ";")
_CUT = re.compile(r"\s*(?:\.\.\.|…|\[…\]|\[\.\.\.\])+$")
_REPEATED = 40  # characters: a paragraph of this length that comes twice is a teaser of itself


def join_broken(lines: Iterable[str], phrases: Phrases) -> list[str]:
    """Put together the halves of a sentence that a line break split; boilerplate is no half of one."""
    joined: list[str] = []
    for line in lines:
        goes_on = bool(joined) and _CONTINUES.match(line) and not joined[-1].endswith(_ENDS)
        if goes_on and not phrases.is_boilerplate(line):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def own_paragraphs(
    blocks: Sequence[str],
    *,
    title: str,
    links: frozenset[str],
    phrases: Phrases,
    authors: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """The article's own paragraphs: no boilerplate, byline, bare link, repetition, nor the title again."""
    blocks = _without_foot(blocks, phrases)
    known = {title.casefold(), *authors}
    own: list[str] = []
    for place, block in enumerate(blocks):
        key = block.casefold()
        bare_link = block in links and not block.endswith(_ENDS)
        byline = place < _BYLINE_WITHIN and (_BYLINE.fullmatch(block) or _is_dated_name(block))
        if key in known or bare_link or byline or phrases.is_boilerplate(block):
            continue
        if _is_told_again(block, blocks[place + 1 :]):
            continue
        if len(block) >= _REPEATED:
            known.add(key)
        own.append(block)
    return _without_author(own, phrases)


def _is_dated_name(block: str) -> bool:
    """ "Redacción Negocios | 11 de mayo de 2022": a line of two, the second a day."""
    _name, bar, day = block.partition(" | ")
    return bool(bar) and len(block) <= _HEAD and parse_published(day) is not None


def _is_told_again(block: str, later: Sequence[str]) -> bool:
    """Whether a summary is the beginning of a paragraph that follows, cut short."""
    start = _CUT.sub("", block)
    if len(start) < _REPEATED:
        return False
    return any(len(other) > len(start) and other.startswith(start) for other in later)


def _without_foot(blocks: Sequence[str], phrases: Phrases) -> Sequence[str]:
    """Without the list of other stories at the end: its head, and below it headlines alone."""
    headlines = list(takewhile(_is_headline, reversed(blocks)))
    for place in range(len(blocks) - len(headlines), len(blocks)):
        if place and phrases.is_called("more", blocks[place].rstrip(" :")):
            return blocks[:place]
    return blocks


def _is_headline(block: str) -> bool:
    return len(block) <= _HEAD and not block.endswith(_SENTENCE_ENDS)


def _without_author(own: list[str], phrases: Phrases) -> tuple[str, ...]:
    """Without the lines about the author behind the text."""
    while len(own) > 1 and len(own[-1]) <= _BIOGRAPHY and phrases.is_called("author", own[-1]):
        own = own[:-1]
    return tuple(own)
