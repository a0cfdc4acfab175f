"""Two companies that a hyphen joins, as in "the Hachette-Amazon dispute", are two names.

Without such a noun beside it, it is one name more often: "Vivendi-Générale des Eaux".
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from bot.extraction.company_lines import Line, Word
from bot.extraction.company_listed import case_fits, match_known
from bot.extraction.company_words import CompanyWords, fold
from bot.extraction.known import COMPANY_KINDS, KnownCompanies

_BESIDE = 2  # words from the pair to that noun
_REACH = 2  # further words that a name beside the hyphen may have: "General Motors-Suzuki"


def part_pairs(lines: Sequence[Line], text: str, known: KnownCompanies, lists: CompanyWords) -> list[Line]:
    """The lines with such words cut at their hyphen."""
    joint = lists.with_nouns | lists.joint_nouns
    return [_parted(line, text, known, joint) for line in lines]


def _parted(line: Line, text: str, known: KnownCompanies, joint: Set[str]) -> Line:
    if not any("-" in word.text[1:-1] and word.cap for word in line.words):
        return line
    words = [part for at in range(len(line.words)) for part in _parts(line.words, at, text, known, joint)]
    return replace(line, words=tuple(words))


def _parts(
    words: Sequence[Word], at: int, text: str, known: KnownCompanies, joint: Set[str]
) -> Iterator[Word]:
    """The word itself, or the end of one listed name, the hyphen, and the beginning of another."""
    word = words[at]
    left, hyphen, right = word.text.partition("-")
    cut = word.start + len(left)
    ends = _pair(words, at, cut, text, known) if left and right and word.cap else None
    near = words[max(0, ends[0] - _BESIDE) : ends[1] + _BESIDE] if ends else ()
    if joint.isdisjoint(w.low for w in near):
        yield word
        return
    yield replace(word, text=left, end=cut, low=fold(left))
    yield replace(word, text=hyphen, start=cut, end=cut + 1, low=hyphen, opens=False, cap=False)
    yield replace(word, text=right, start=cut + 1, low=fold(right), opens=False)


def _pair(
    words: Sequence[Word], at: int, cut: int, text: str, known: KnownCompanies
) -> tuple[int, int] | None:
    """The words [first, last) of two listed companies that meet at a hyphen which no listed name spans."""
    starts = range(max(0, at - _REACH), at + 1)
    ends = range(min(len(words), at + _REACH + 1), at, -1)
    first = next((k for k in starts if _is_company(text[words[k].start : cut], known)), None)
    last = next((k for k in ends if _is_company(text[cut + 1 : words[k - 1].end], known)), None)
    if first is None or last is None:
        return None
    matches = (match_known(words, k, text, known) for k in starts)
    return (first, last) if all(match is None or match[0] <= at for match in matches) else None


def _is_company(spelled: str, known: KnownCompanies) -> bool:
    form = known.find(spelled)
    if form is None or form.ambiguous or form.company.kind not in COMPANY_KINDS:
        return False
    return case_fits(spelled, form)
