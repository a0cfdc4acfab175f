"""Every regular expression of the project, and strings made to let each go over its text again and again."""

import gc
import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from functools import _lru_cache_wrapper
from re import _constants as C  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import bot
import handlers
from bot.extraction.dates import find_days
from bot.extraction.frames import lexicon
from bot.extraction.holding_patterns import holding_patterns, raiser_patterns
from bot.extraction.phrases import load_phrases
from bot.extraction.relation_patterns import relation_patterns

_MOST = 16  # strings for one expression
_PLAIN = "a A1.,\"'(-\n"
_CATEGORIES = {
    C.CATEGORY_DIGIT: "1",
    C.CATEGORY_SPACE: " ",
    C.CATEGORY_WORD: "a",
    C.CATEGORY_NOT_SPACE: "a",
    C.CATEGORY_NOT_WORD: "-",
    C.CATEGORY_NOT_DIGIT: "a",
}


def all_expressions() -> list[re.Pattern[str]]:
    """All that are compiled when every module is loaded, with the languages' own."""
    for package in (bot, handlers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for lang in ("en", "es", "fr"):
        find_days("4 May 2026", lang=lang, published=None)
        for load in (lexicon, holding_patterns, raiser_patterns, load_phrases, relation_patterns):
            load(lang)
        for phrase in load_phrases(lang).wordings:
            _ = phrase.regex  # compiled when first asked for
    found = {p for p in _reachable() if isinstance(p.pattern, str)}
    return sorted(found, key=lambda p: (p.pattern, p.flags))


def _reachable() -> Iterator[re.Pattern[str]]:
    """The compiled expressions that our modules hold, however deep in their tables."""
    import sys

    left: list[object] = [
        vars(m) for n, m in list(sys.modules.items()) if n.startswith(("bot.", "handlers."))
    ]
    seen: set[int] = set()
    while left:
        held = left.pop()
        if id(held) in seen:
            continue
        seen.add(id(held))
        if isinstance(held, re.Pattern):
            yield held
        elif _is_ours(held):
            left += gc.get_referents(held)


def _is_ours(held: object) -> bool:
    plain = isinstance(held, dict | list | tuple | set | frozenset | _lru_cache_wrapper)
    return (
        plain
        or type(held).__module__.startswith(("bot.", "handlers."))
        or type(held).__name__ == "mappingproxy"
    )


def hostile_strings(expression: re.Pattern[str], length: int) -> list[str]:
    """Each part that may repeat, repeated, alone and behind what leads to it, with an end that fits nothing.

    No run of spaces is longer than the sentences that are read may hold.
    """
    repeats: list[tuple[str, str]] = []
    whole = _example(_parser.parse(expression.pattern, expression.flags), repeats, "")
    strings = [(whole + " ") * (length // (len(whole) + 1))]
    for before, part in dict.fromkeys(repeats):
        if part:
            strings += [start + part * (length // len(part)) + "\x00" for start in (before, "")]
    strings += [char * length + "\x00" for char in _PLAIN]
    shown = (re.sub(r"\s{30,}", " " * 29, string) for string in strings)
    return list(dict.fromkeys(shown))[:_MOST]


def _example(tree: Any, repeats: list[tuple[str, str]], before: str) -> str:
    """A string that about fits; notes what may repeat, with what stands before it."""
    made = ""
    for kind, value in tree:
        made += _piece(kind, value, repeats, before + made)
    return made


def _piece(kind: Any, value: Any, repeats: list[tuple[str, str]], before: str) -> str:
    if kind is C.LITERAL:
        return chr(value)
    if kind is C.IN:
        return _member(value)
    if kind in (C.ANY, C.NOT_LITERAL):
        return "b" if value == ord("a") else "a"
    if kind is C.SUBPATTERN:
        return _example(value[-1], repeats, before)
    if kind is C.ATOMIC_GROUP:
        return _example(value, repeats, before)
    if kind is C.BRANCH:
        first, *_others = [_example(branch, repeats, before) for branch in value[1]]
        return first
    if kind in (C.MAX_REPEAT, C.MIN_REPEAT, C.POSSESSIVE_REPEAT):
        least, most, body = value
        part = _example(body, repeats, before)
        if most > 3:
            repeats.append((before, part))
        return part * int(max(least, 1))
    return ""


def _member(items: Sequence[tuple[Any, Any]]) -> str:
    """A character of a class."""
    for kind, value in items:
        if kind is C.NEGATE:
            taken = {chr(v) for k, v in items if k is C.LITERAL}
            return next((char for char in "a 1.,-" if char not in taken), "~")
        if kind is C.LITERAL:
            return chr(value)
        if kind is C.RANGE:
            return chr(value[0])
        if kind is C.CATEGORY:
            return _CATEGORIES.get(value, "a")
    return "a"
