"""What a deal told in the sentence says of a name in it: who is bought, sold to, lent to, invested in.

These signs count only beside a listed company, or, for what is bought, beside a price: "bought Fields" alone
may be a painting, "Google bought Fields for $2 billion" is not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.extraction.company_candidates import Candidate
from bot.extraction.company_lines import Line, Word
from bot.extraction.company_words import CompanyWords
from bot.extraction.known import COMPANY_KINDS

OBJECT, INSIDE, RECEIVER, SUBJECT, AMBIGUOUS = 3.0, 2.2, 2.2, 1.6, 1.5
_BESIDE = 0.7  # for a name that its words already speak for, beside a listed company in a deal
_REACH = 9  # words between a deal verb and its object: "comprar el 100% de", "a 20% stake in"
_TO_REACH = 12  # words between a sale and its buyer: "sold its half of a plant to"
_LINKS = frozenset(
    "a al d' de del des du en el in l' la las le les los of the un una une % $ « “ \" an".split()
)
_TO = frozenset("a to al".split())
_WITH = frozenset("con with avec".split())
_PRICE = re.compile(
    r"[$€£¥]|%|\b(?:dollars?|d[oó]lares|euros?|millones|millions?|billion|milliards?|crore)\b"
)
_RELATIVE = frozenset("which that que qu' dont".split())
_PLACED = frozenset("en in at near from desde from à depuis".split())


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Words [first, last) of a line, the listed companies among them, whether they tell a price, a deal."""

    first: int
    last: int
    listed: frozenset[int]
    priced: bool
    deal: bool


class Deals:
    """The deals of an article, as far as names need them."""

    def __init__(
        self, candidates: Iterable[Candidate], lines: Sequence[Line], text: str, lists: CompanyWords
    ) -> None:
        self._lines, self._text, self._lists = lines, text, lists
        spots: dict[int, list[int]] = {}
        for candidate in candidates:
            form = candidate.known
            if form is not None and not form.ambiguous and form.company.kind in COMPANY_KINDS:
                spots.setdefault(candidate.line, []).append(candidate.first)
        self._spots: Mapping[int, list[int]] = spots
        self._sentences: dict[int, list[_Sentence]] = {}

    def sign(self, candidate: Candidate, context: float) -> float:
        """What the deals of its sentence say for this occurrence, which its near words gave `context`."""
        words = self._lines[candidate.line].words
        sentence = self._sentence(candidate)
        beside = len(sentence.listed) > (candidate.first in sentence.listed)
        if not (beside or sentence.priced) or not sentence.deal:
            return 0.0
        score = 0.0
        if beside or not words[candidate.last - 1].possessive:  # "bought Roe's barn for $2 million"
            score = self._is_object(words, candidate.first, sentence, beside=beside) * OBJECT
            if score and self._may_be_inside(words, candidate.first):
                score = 0.0 if candidate.known is not None and candidate.known.ambiguous else INSIDE
        score = max(score, self._is_bought_after(words, candidate.last, sentence) * OBJECT)
        if beside:
            score = max(score, self._is_receiver(words, candidate.first, sentence) * RECEIVER)
            score = max(score, self._is_subject(words, candidate.last, sentence) * SUBJECT)
            if context >= 1.0:
                score = max(score, _BESIDE)
            score = max(score, self._is_partner(words, candidate.first, sentence) * AMBIGUOUS)
            score = max(score, self._is_listed_word(words, candidate) * AMBIGUOUS)
        return score

    @staticmethod
    def _is_listed_word(words: Sequence[Word], candidate: Candidate) -> bool:
        """Whether it is a company's name that is a word or a place too, and stands where no place would."""
        form = candidate.known
        if form is None or not form.ambiguous or form.company.kind not in COMPANY_KINDS:
            return False
        return candidate.first == 0 or words[candidate.first - 1].low not in _PLACED

    def _sentence(self, candidate: Candidate) -> _Sentence:
        if candidate.line not in self._sentences:
            self._sentences[candidate.line] = list(self._cut(candidate.line))
        sentences = self._sentences[candidate.line]
        return sentences[bisect_right(sentences, candidate.first, key=lambda s: s.first) - 1]

    def _cut(self, number: int) -> Iterable[_Sentence]:
        words = self._lines[number].words
        starts = [0, *(k for k, word in enumerate(words) if k and word.opens), len(words)]
        for first, last in pairwise(starts):
            if first < last:
                told = self._text[words[first].start : words[last - 1].end]
                listed = frozenset(at for at in self._spots.get(number, ()) if first <= at < last)
                deal = any(word.low in self._lists.deals for word in words[first:last])
                yield _Sentence(first, last, listed, _PRICE.search(told) is not None, deal)

    def _is_object(self, words: Sequence[Word], first: int, sentence: _Sentence, *, beside: bool) -> bool:
        """Whether a deal's verb or noun governs the name: "bought X", "comprar el 100% de X"."""
        if first == 0:
            return False
        if words[first - 1].low in ("an", "un", "une", "una", "un'") or words[first - 1].text == "a":
            return False
        for at in range(first - 1, max(sentence.first, first - _REACH) - 1, -1):
            word = words[at]
            if word.low in self._lists.deals:
                taken = beside or word.low in self._lists.buys
                return taken and word.low not in self._lists.with_only
            if not (
                word.low in _LINKS
                or word.low in self._lists.shares | self._lists.nationals
                or word.text[0].isdigit()
                or word.text in ",."
            ):
                return False
            if word.text in ",." and not (at and words[at - 1].text[0].isdigit()):
                return False
        return False

    def _may_be_inside(self, words: Sequence[Word], first: int) -> bool:
        """Whether "in" may tell a place: "invested in X", never "a stake in X"."""
        return words[first - 1].low in _PLACED and words[first - 2].low not in self._lists.shares

    def _is_bought_after(self, words: Sequence[Word], last: int, sentence: _Sentence) -> bool:
        """Whether a relative clause says that the name was bought: "X, which it bought", "X, que compró"."""
        at = last + (last < len(words) and words[last].text == ",")
        if at >= len(words) or words[at].low not in _RELATIVE:
            return False
        return any(w.low in self._lists.buys for w in words[at + 1 : min(at + 6, sentence.last)])

    def _is_receiver(self, words: Sequence[Word], first: int, sentence: _Sentence) -> bool:
        """Whether something is sold or lent to the name: "vendió su planta a X", "sold its unit to X"."""
        if first < 2 or words[first - 1].low not in _TO:
            return False
        for at in range(first - 2, max(sentence.first, first - _TO_REACH) - 1, -1):
            if words[at].low in self._lists.gives or (
                words[first - 1].low != "to" and words[at].low in self._lists.buys
            ):
                return True  # "a racheté 30 magasins à X", "compró una planta a X"
            if words[at].text in ".;:()":
                return False
        return False

    def _is_partner(self, words: Sequence[Word], first: int, sentence: _Sentence) -> bool:
        """Whether a deal is made with the name: "cerró un préstamo con X", "a venture with X"."""
        if first < 2 or words[first - 1].low not in _WITH:
            return False
        for at in range(first - 2, max(sentence.first, first - _TO_REACH) - 1, -1):
            if words[at].low in self._lists.with_nouns or words[at].low in self._lists.gives:
                return True
            if words[at].text in ".;:()":
                return False
        return False

    def _is_subject(self, words: Sequence[Word], last: int, sentence: _Sentence) -> bool:
        """Whether a deal verb follows with a listed company close behind it."""
        at = last
        while at < sentence.last and words[at].low in self._lists.auxiliaries:
            at += 1
        if at >= sentence.last or words[at].low not in self._lists.deals or words[last - 1].possessive:
            return False
        return not sentence.listed.isdisjoint(range(at + 1, at + _REACH + 1))
