"""From the text of a command to words, quoted names and filters, and from words to the names they may be.

Where one name ends and the next begins can't be seen in "banco santander openai". So a text becomes a list of
readings, each of one or two names, likeliest first; whoever knows the companies takes those that resolve.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.errors import UserError
from bot.locale import N_, _
from bot.names import name_key

Reading = tuple[str, ...]

MAX_LENGTH = 500
_MAX_WORDS = 12
_CONNECTIVES = frozenset("y e and et with con avec und vs vs. versus contra - – — & / + |".split())
_OPENERS = frozenset("between entre".split())
_REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_ADDRESS = re.compile(r"https?://(?:[^\s/@]*@)?(?:www\.)?([^\s/?#:\"]+)\S*", re.IGNORECASE)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"') | {"：": ":", "，": ","})
_TOKEN = re.compile(
    r"""(?P<key>[^\W\d_]{2,16})[:=]
      | "(?P<quoted>[^"]*)"
      | ['‘](?P<single>[^'‘’"]+)['’](?=[\s,]|$)
      | (?P<comma>,)
      | (?P<word>(?:[^\s,"]|(?<=\d),(?=\d))+)""",
    re.VERBOSE,
)


class Mark(Enum):
    """What a token is."""

    WORD = auto()
    QUOTED = auto()
    COMMA = auto()
    KEY = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a command's text; the text of a key is lower case and without its colon."""

    mark: Mark
    text: str


def tidy(text: str) -> str:
    """A command's text as a person meant it: Slack's links and entities undone, quotes made plain.

    Raises UserError for more than MAX_LENGTH characters.
    """
    if len(text) > 4 * MAX_LENGTH:
        raise UserError(_(_TOO_LONG).format(count=MAX_LENGTH), code="too_long")
    text = _REFERENCE.sub(_shown, text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    text = _ADDRESS.sub(r"\1", text).translate(_QUOTES)
    visible = "".join(c if not unicodedata.category(c).startswith("C") else _gap(c) for c in text)
    tidied = " ".join(visible.split())
    if len(tidied) > MAX_LENGTH:
        raise UserError(_(_TOO_LONG).format(count=MAX_LENGTH), code="too_long")
    return tidied


_TOO_LONG = N_("That is more than {count} characters. Give one or two companies' names.")


def _shown(reference: re.Match[str]) -> str:
    """What Slack shows for a reference: its label, else the address; nothing for a bare id."""
    target, label = reference[1], reference[2]
    return label or ("" if target[:1] in ("@", "#", "!") else target.removeprefix("mailto:"))


def _gap(char: str) -> str:
    return " " if char.isspace() else ""


def tokens(tidied: str) -> Iterator[Token]:
    """The pieces of a tidied text; quotes that do not close are dropped."""
    for match in _TOKEN.finditer(tidied):
        if match["key"]:
            yield Token(Mark.KEY, match["key"].casefold())
        elif match["comma"]:
            yield Token(Mark.COMMA, ",")
        elif match["word"]:
            yield Token(Mark.WORD, match["word"])
        elif quoted := (match["quoted"] or match["single"] or "").strip():
            yield Token(Mark.QUOTED, quoted)


def readings(pieces: Sequence[Token]) -> tuple[Reading, ...]:
    """Every way to read these words as one or two names, likeliest first; () when there are none.

    Commas and quotes decide; else the whole comes first, then splits at "y", "and", "vs", then all others.
    Raises UserError for more than two names or too many words.
    """
    groups = _by_comma(pieces)
    if len(groups) > 2:
        raise UserError(_(_TOO_MANY), code="too_many_names")
    if len(groups) == 2:
        sides = [_by_quote(group) for group in groups]
        if any(len(side) != 1 for side in sides):
            raise UserError(_(_TOO_MANY), code="too_many_names")
        return ((sides[0][0], sides[1][0]),)
    if not groups:
        return ()
    if any(piece.mark is Mark.QUOTED for piece in groups[0]):
        names = _by_quote(groups[0])
        if len(names) > 2:
            raise UserError(_(_TOO_MANY), code="too_many_names")
        return (tuple(names),)
    return _by_word([piece.text for piece in groups[0]])


_TOO_MANY = N_(
    "I read more than two companies there. Give one or two, in quotes when a name has several words: "
    '/deals "Banco Santander" OpenAI'
)


def _by_comma(pieces: Sequence[Token]) -> list[list[Token]]:
    """The runs between commas; a legal form after a comma ("Alphabet, Inc.") stays with its name."""
    groups: list[list[Token]] = [[]]
    for piece in pieces:
        if piece.mark is Mark.COMMA:
            groups.append([])
        else:
            groups[-1].append(piece)
    joined: list[list[Token]] = []
    for group in filter(None, groups):
        before = _text(joined[-1]) if joined else ""
        if before and name_key(f"{before} {_text(group)}") == name_key(before):
            joined[-1] += group
        else:
            joined.append(group)
    return joined


def _by_quote(pieces: Sequence[Token]) -> list[str]:
    """Each quoted piece is a name, and so is each run of words around it."""
    names: list[str] = []
    run: list[str] = []
    for piece in [*pieces, Token(Mark.QUOTED, "")]:
        if piece.mark is Mark.WORD:
            run.append(piece.text)
            continue
        bare = _trimmed(run) if names or piece.text else run
        if bare and not (set(map(str.casefold, bare)) <= _CONNECTIVES):
            names.append(" ".join(bare))
        if piece.text:
            names.append(piece.text)
        run = []
    return names or [_text(pieces)]


def _by_word(words: list[str]) -> tuple[Reading, ...]:
    if len(words) > 1 and words[0].casefold() in _OPENERS:
        words = words[1:]
    words = _trimmed(words) or words
    if len(words) > _MAX_WORDS:
        raise UserError(
            _('That is more than {count} words. Put names in quotes: /deals "Banco Santander" OpenAI').format(
                count=_MAX_WORDS
            ),
            code="too_long",
        )
    joins = [i for i, word in enumerate(words) if word.casefold() in _CONNECTIVES]
    at_joins = [(words[:i], words[i + 1 :]) for i in joins]
    elsewhere = [(words[:i], words[i:]) for i in range(1, len(words))]
    pairs = at_joins + [(a, b) for a, b in elsewhere if a == _trimmed(a) and b == _trimmed(b)]
    found: list[Reading] = [(" ".join(words),)]
    found += [(" ".join(a), " ".join(b)) for a, b in pairs if a and b]
    return tuple(dict.fromkeys(found))


def _trimmed(words: list[str]) -> list[str]:
    """The words without connectives at either end."""
    start, end = 0, len(words)
    while start < end and words[start].casefold() in _CONNECTIVES:
        start += 1
    while end > start and words[end - 1].casefold() in _CONNECTIVES:
        end -= 1
    return words[start:end]


def _text(pieces: Sequence[Token]) -> str:
    return " ".join(piece.text for piece in pieces)
