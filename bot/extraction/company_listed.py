"""Find the listed names in a line of words."""

from collections.abc import Sequence

from bot.extraction.company_lines import Word
from bot.extraction.known import MAX_WORDS, KnownCompanies, KnownForm
from bot.names import name_key

_INSIDE = frozenset("& . , - + ! ' ’".split())  # marks that names hold
_LEGAL_ONLY = frozenset("plc inc ltd llc gmbh".split())  # legal forms that are no words, in whatever case
_EXACT_LETTERS = 4  # names this short must stand in the list's own case


def verbatim(text: str, words: Sequence[Word], first: int, last: int) -> str:
    """The stretch as it stands in the text, without a possessive ending."""
    return text[words[first].start : name_end(words[last - 1])]


def name_end(word: Word) -> int:
    """Where a name that ends in this word ends: before its possessive mark."""
    if not word.possessive:
        return word.end
    return word.end - (2 if word.text[-1] in "sS" and word.text[-2] in "'’" else 1)


def match_known(
    words: Sequence[Word], at: int, text: str, known: KnownCompanies
) -> tuple[int, KnownForm] | None:
    """The longest listed name that starts at word `at`: (word after it, form)."""
    word = words[at]
    low = word.low[:-2] if word.low.endswith("'s") else word.low
    start = (
        low.replace(".", "")
        .rstrip("'")
        .replace("&", " ")
        .replace("-", " ")
        .replace("'", " ")
        .replace("+", " ")
    )
    first_part = start.split(" ", 1)[0].replace("!", "")
    may_open = word.cap or word.text[0] in "lLdD" or word.text[0].islower() or word.text[0].isdigit()
    if not may_open or not known.may_start(first_part):
        return None
    for last in range(min(len(words), at + MAX_WORDS), at, -1):
        if not _may_end(words, at, last):
            continue
        spelled = text[word.start : name_end(words[last - 1])]
        form = known.find(spelled)
        if form is not None and keeps_possessive(form):
            spelled = text[word.start : words[last - 1].end]
        if form is not None and case_fits(spelled, form) and _uses_all(words[last - 1], spelled):
            return last, form
    return None


def _may_end(words: Sequence[Word], at: int, last: int) -> bool:
    """Whether words [at, last) can be one name: they end in a word, with no quote or bracket between."""
    inner = (word.text for word in words[at : last - 1])
    return words[last - 1].text[0].isalnum() and all(t[0].isalnum() or t in _INSIDE for t in inner)


def _uses_all(last: Word, spelled: str) -> bool:
    """Whether the key keeps the last word; in "Amazon se" it does not, for SE is also a legal form."""
    return last.cap or last.low in _LEGAL_ONLY or name_key(spelled).split(" ")[-1] == name_key(last.text)


def keeps_possessive(form: KnownForm) -> bool:
    """Whether the name itself ends in "'s": "McDonald's" is one, "Wendy" is nobody's firm."""
    return form.text.endswith(("'s", "’s"))


def case_fits(spelled: str, form: KnownForm) -> bool:
    """Whether the text's case lets it be this name: "orange" is no Orange, "Ing" no ING."""
    if keeps_possessive(form) and not spelled.endswith(("'s", "’s")):
        return False
    if form.legal and not spelled.startswith(form.text):
        return False
    letters = form.text.replace(" ", "")
    exact = form.ambiguous or len(letters) <= _EXACT_LETTERS
    if spelled == form.text or (spelled.isupper() and (not exact or form.text.isupper())):
        return True
    if exact:
        return spelled.startswith(form.text)
    return spelled[0].isupper() or (spelled[1:2] in ("'", "’") and spelled[2:3].isupper())
