"""Runs of capitals in a line of words, with their legal form: the raw material of company names."""

from bot.extraction.company_lines import Line
from bot.extraction.company_words import CompanyWords

LINKS = frozenset(
    "de del of du des d' do da di for para la las los el les le el von van zu y and et e".split()
)
CONJUNCTIONS = frozenset("y and et e".split())
_BRANCHES = frozenset("sucursal succursale".split())
_ABBREVIATIONS = frozenset("inc corp co ltd cia bros pty pte".split())
_ROMAN = frozenset("i ii iii iv".split())  # else these end a name: "Charles III said"
_BRACKET = 4  # words in a bracket that stands inside a name
_BEHIND = 3  # further words of the name between that, or a number, and its legal form
_DIGITS = 4  # of a number inside a name


class Runs:
    """The runs of one line."""

    def __init__(self, line: Line, text: str, lists: CompanyWords) -> None:
        self._words = line.words
        self._text = text
        self._lists = lists

    def groups_from(self, at: int) -> list[tuple[int, int]] | None:
        """The groups of capitals that start at word `at`, linked by prepositions only."""
        groups: list[tuple[int, int]] = []
        while at < len(self._words) and self._names(at):
            end = self._group_end(at)
            groups.append((at, end))
            link = self._after_links(end)
            if link is None:
                break
            at = link
        return groups or None

    def close(self, at: int) -> bool:
        """Only blanks, no line break, between the words at-1 and at."""
        gap = self._text[self._words[at - 1].end : self._words[at].start]
        return not gap or (gap.isspace() and len(gap) <= 2 and "\n" not in gap)

    def low_at(self, at: int) -> str:
        """The folded word at `at`, "" beyond the line."""
        return self._words[at].low if at < len(self._words) else ""

    def skip_links(self, first: int, last: int) -> int:
        """The first word of a stretch that is none that joins names; `last` without any."""
        return next((at for at in range(first, last) if self.low_at(at) not in LINKS), last)

    def _text_at(self, at: int) -> str:
        return self._words[at].text if at < len(self._words) else ""

    def _names(self, at: int) -> bool:
        word = self._words[at]
        return word.cap and word.low not in self._lists.cut

    def _group_end(self, at: int) -> int:
        end = at + 1
        while end < len(self._words) and self.close(end):
            word, before = self._words[end], self._words[end - 1]
            if before.possessive and (self._is_place(at, end) or not self._legal_ahead(end)):
                break
            if before.low == "attorney" and not word.low.startswith(("general", "office")):
                break  # "District Attorney Jane Roe": her name is no part of it
            if self._names(end):
                end += 1
            elif word.text in "&+" and end + 1 < len(self._words) and self._names(end + 1):
                end += 2
            elif self._is_number_inside(at, end):
                end += 1 + (word.text == ".")
            elif word.text == "." and before.low in _ABBREVIATIONS:
                end += 1
                if before.low != "bros" and self.low_at(end) not in self._lists.legal:
                    break
            elif word.text == "!" and before.text in ("Yum", "Yahoo"):
                end += 1
            else:
                break
        return self._with_legal(at, self._past_bracket(at, end))

    def _is_number_inside(self, first: int, at: int) -> bool:
        """Whether a number goes on with a name: "Roe 2 Pty Ltd", "Roe Holdings II, LLC", "Roe No. 6"."""
        before, word = self._words[at - 1], self._words[at]
        if word.low in _ROMAN and word.cap:
            return self._form_ahead(at + 1, commas=True)
        if before.low == "no" and before.cap and at - 1 > first:
            number = self._text_at(at + 1) if word.text == "." else word.text
            return number.isdigit() and len(number) <= _DIGITS
        if not word.text.isdigit() or len(word.text) > _DIGITS or before.low in self._lists.days_months:
            return False
        return before.text[-1].isalnum() and self._form_ahead(at + 1)

    def _form_ahead(self, at: int, *, commas: bool = False) -> bool:
        """Whether a legal form, or a trust or fund, ends the name that goes on at word `at`."""
        for k in range(at, min(at + _BEHIND + 1, len(self._words))):
            word = self._words[k]
            if word.text[:1].isupper() and self._ends_name(word.low):
                return True
            if not (word.text == "," if commas else self._names(k) and self.close(k)):
                return False
        return False

    def _past_bracket(self, first: int, end: int) -> int:
        """Where a name goes on behind a bracket inside it: "Roe (Port Doe) Holdings Pty Ltd"."""
        lists = self._lists
        if self._text_at(end) != "(" or any(w.low in lists.legal for w in self._words[first + 1 : end]):
            return end
        inside = range(end + 1, min(end + _BRACKET + 2, len(self._words)))
        shut = next((k for k in inside if self._words[k].text == ")"), None)
        if shut is None or shut == end + 1 or not self._form_ahead(shut + 1):
            return end
        at = next(k for k in range(shut + 1, len(self._words)) if self._ends_name(self._words[k].low))
        if self._words[at].low in lists.legal:
            return at
        return at + 1 + (self._text_at(at + 1) == ".")

    def _ends_name(self, low: str) -> bool:
        return low in self._lists.legal or low in self._lists.vehicles or low in _ABBREVIATIONS

    def _is_place(self, first: int, last: int) -> bool:
        """Whether the words are a place whose company follows: "Spain's" before "Roe SA"."""
        return " ".join(w.low.removesuffix("'s") for w in self._words[first:last]) in self._lists.places

    def _legal_ahead(self, at: int) -> bool:
        for word in self._words[at : at + 5]:
            if word.low in self._lists.legal:
                return True
            if not (word.cap or word.text in ",&"):
                return False
        return False

    def _with_legal(self, first: int, end: int) -> int:
        """Take in what follows a name as its legal form: ", Inc.", "SA de CV"."""
        lists = self._lists
        probe = end
        if probe < len(self._words) and self._words[probe].text == ",":
            probe += 1
        if self.low_at(probe) in lists.legal and self._text_at(probe)[:1].isupper():
            end = probe + 1
        elif not any(w.low in lists.legal for w in self._words[first + 1 : end]):
            return end
        while self._is_more_legal(end):
            end += 1
        if self._text_at(end) == "." and self._words[end - 1].low in _ABBREVIATIONS:
            end += 1
        return self._with_branch(end)

    def _is_more_legal(self, at: int) -> bool:
        """Whether the legal form goes on: "Pty Ltd", "Pte. Ltd"."""
        dot = self._text_at(at) == "." and self._words[at - 1].low in _ABBREVIATIONS
        if dot and self.low_at(at + 1) in self._lists.legal:
            return True
        low = self.low_at(at)
        return (low in self._lists.legal or low in self._lists.legal_inside) and self._may_extend(at)

    def _with_branch(self, end: int) -> int:
        """Take in the branch after a legal form: "S.A. sucursal Perú", "Ltd Succursale du Maroc"."""
        if self.low_at(end) not in _BRANCHES:
            return end
        place = end + 1 + (self.low_at(end + 1) in LINKS | {"en", "au"})
        return place + 1 if self.low_at(place) in self._lists.places else end

    def _may_extend(self, at: int) -> bool:
        if self.low_at(at) == "de":
            return self.low_at(at + 1) in ("cv", "c.v", "c.v.", "rl", "r.l.", "r.l")
        return self._text_at(at)[:1].isupper() or self._text_at(at) == "&"

    def _after_links(self, at: int) -> int | None:
        """The word after up to three small linking words, when capitals go on there."""
        if self._words[at - 1].possessive:
            return None
        probe = at
        while (
            probe < len(self._words) and probe - at < 3 and self.low_at(probe) in LINKS and self.close(probe)
        ):
            probe += 1
        if probe == at or probe >= len(self._words) or not self.close(probe) or not self._names(probe):
            return None
        return probe
