"""Match the names that an article's sentences gave again everywhere in it, headings too."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from bot.extraction.company_lines import Line, Word, split_words
from bot.extraction.company_listed import name_end
from bot.extraction.mentions import Mention, MentionKind


def find_mentions(lines: Sequence[Line], names: Mapping[str, str]) -> Iterator[Mention]:
    """Every place where one of `names` (spelling -> company) stands; the longest spelling wins."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    small: set[str] = set()  # the first words of names that start in lower case: "e-Zón"
    for spelled, company in names.items():
        words = split_words(spelled)
        lows = tuple(word.low for word in words)
        if lows:
            index[_bare(lows[0])].append((lows, company))
            small |= {words[0].text} if words[0].text[0].islower() else set()
    for options in index.values():
        options.sort(key=lambda option: -len(option[0]))
    for line in lines:
        yield from _in_line(line.words, index, small)


def _in_line(
    words: Sequence[Word], index: Mapping[str, Sequence[tuple[tuple[str, ...], str]]], small: Set[str]
) -> Iterator[Mention]:
    at = 0
    while at < len(words):
        may_start = _may_start(words[at]) or words[at].text in small
        found = _match(words, at, index.get(_bare(words[at].low), ())) if may_start else None
        if found is None:
            at += 1
            continue
        last, company, whole = found
        end = words[last - 1].end if whole else name_end(words[last - 1])
        yield Mention(words[at].start, end, company, MentionKind.NAME)
        at = last


def _may_start(word: Word) -> bool:
    return word.cap or word.low in ("l'", "d'") or word.text[0].isdigit()


def _match(
    words: Sequence[Word], at: int, options: Sequence[tuple[tuple[str, ...], str]]
) -> tuple[int, str, bool] | None:
    """The first (longest) spelling that stands here: (word after it, company, possessive mark included)."""
    for lows, company in options:
        here = tuple(word.low for word in words[at : at + len(lows)])
        if here[:-1] == lows[:-1] and len(here) == len(lows):
            if here[-1] == lows[-1]:
                return at + len(lows), company, True
            if _bare(here[-1]) == lows[-1]:
                return at + len(lows), company, False
    return None


def _bare(low: str) -> str:
    return low.removesuffix("'s").rstrip("'") if len(low) > 2 else low
