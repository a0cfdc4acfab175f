"""Runs of capitals that may be company names: where they start, where they end, what stays together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.extraction.company_lines import Line
from bot.extraction.company_listed import keeps_possessive, match_known, name_end, verbatim
from bot.extraction.company_runs import CONJUNCTIONS, LINKS, Runs
from bot.extraction.company_tagged import TaggedNames
from bot.extraction.company_words import CompanyWords
from bot.extraction.known import COMPANY_KINDS, KnownCompanies, KnownForm, KnownKind

_MAX_NAME = 16  # words; a longer run of capitals is a heading or a list
_ARTICLES = frozenset("the el la los las le les l' un una une a an lo al del su its il lo sus".split())
_BANK = frozenset("bank banco banque".split())
_AFTER_AND = frozenset(
    "sons son co co. company cia associates asociados associes partners brothers hermanos hijos fils".split()
)
_WEAK_OPENERS = frozenset(
    ("STOP", "ADP", "CCONJ", "SCONJ", "ADV", "DET", "PRON", "AUX", "VERB", "INTJ", "PART")
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of words [first, last) of line `line` that may name a company."""

    line: int
    first: int
    last: int
    text: str
    known: KnownForm | None
    family: bool = False  # a listed company's name and a word of trade or place: "Pfizer Chile"


def find_candidates(
    lines: Sequence[Line], *, text: str, known: KnownCompanies, words: CompanyWords
) -> list[Candidate]:
    """Every candidate in the text's order; of headings only what the tagger is sure of."""
    found: list[Candidate] = []
    for number, line in enumerate(lines):
        if line.heading and not line.named:
            continue
        finder = _Finder(number, line, text, known, words)
        found.extend(c for c in finder.candidates() if not line.heading or finder.is_tagged(c))
    return found


class _Finder:
    """The candidates of one line."""

    def __init__(
        self, number: int, line: Line, text: str, known: KnownCompanies, words: CompanyWords
    ) -> None:
        self._number = number
        self._line = line
        self._words = line.words
        self._text = text
        self._known = known
        self._lists = words
        self._runs = Runs(line, text, words)
        labelled = frozenset((start, end) for start, end, _ in line.labels)
        self._spans = labelled | frozenset((n.start, n.end) for n in line.named or ())
        self._tagged = TaggedNames(line, self._runs, text, known, words)

    def is_tagged(self, candidate: Candidate) -> bool:
        """Whether the tagger is sure of just these words."""
        return self._tagged.is_sure(candidate.first, candidate.last)

    def candidates(self) -> Iterator[Candidate]:
        """Listed names, and runs of capitals around and between them."""
        at = 0
        while at < len(self._words):
            tagged = self._tagged.whole_from(at)
            if tagged is not None:
                yield self._make(at, *tagged)
                at = tagged[0]
                continue
            run = self._runs.groups_from(at)
            if run is None:
                match = match_known(self._words, at, self._text, self._known) if self._may_open(at) else None
                if match is not None:
                    yield self._make(at, match[0], match[1])
                at = match[0] if match else at + 1
                continue
            stop = next((k for k in range(at + 1, run[-1][1]) if self._tagged.whole_from(k)), run[-1][1])
            run = [(first, min(last, stop)) for first, last in run if first < stop]
            yield from self._split(run)
            at = max(at + 1, run[-1][1])

    def _may_open(self, at: int) -> bool:
        word = self._words[at]
        return word.cap or (word.text[0].isalnum() and self._known.may_start(word.low))

    def _make(self, first: int, last: int, form: KnownForm | None) -> Candidate:
        spelled = verbatim(self._text, self._words, first, last)
        if form is not None and keeps_possessive(form):
            spelled = self._text[self._words[first].start : self._words[last - 1].end]
        return Candidate(self._number, first, last, spelled, form)

    def _split(self, groups: list[tuple[int, int]]) -> Iterator[Candidate]:
        """Cut a run where two names meet, join what one name spans."""
        joined: list[tuple[int, int]] = []
        for first, last in groups:
            if joined and self._belongs(joined[-1], (first, last)):
                joined[-1] = (joined[-1][0], last)
            else:
                joined.append((first, last))
        for first, last in joined:
            yield from self._trim(first, last)

    def _belongs(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        """Whether "left LINK right" is one name: "Banco de Sabadell", not "Altman de OpenAI"."""
        links = [w.low for w in self._words[left[1] : right[0]]]
        beside = links[0] in CONJUNCTIONS
        whole = self._tagged.is_sure(self._strip(*left), right[1])
        if whole and not (beside and self._starts_listed(right[0])):
            return True
        match = self._match_from(left)
        if match is not None and match[0] > left[1]:
            return True
        if beside:
            return self._runs.low_at(right[0]) in _AFTER_AND or self._long_title(left, right)
        start = self._strip(*left)
        if start >= left[1]:
            return False
        head = self._runs.low_at(start)
        lists = self._lists
        bare = left[1] - start == 1 and head in lists.head_first  # "Caixa d'Eivissa" is no CaixaBank
        listed = not bare and self._known_exactly(start, left[1])
        if self._starts_listed(right[0]) or (listed and not self._is_place(right)):
            return False
        if links == ["of"] and self._is_place_with_form(right):
            return True  # "Roe Club of Queensland Limited"
        if head in lists.head_first or head in lists.institutions or head in lists.authorities:
            return True
        if self._runs.low_at(left[1] - 1) in ("bank", "banco", "university", "department", "bureau"):
            return links[0] not in ("for", "para")
        span = (self._words[start].start, name_end(self._words[right[1] - 1]))
        return span in self._spans

    def _long_title(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        """Whether "and" goes on inside a title: "Banco Nacional de Obras y Servicios Públicos"."""
        lists, head = self._lists, self._runs.low_at(self._strip(*left))
        titled = head in lists.head_first or head in lists.authorities or head in lists.institutions
        if not titled or not any(w.low in LINKS for w in self._words[left[0] : left[1]]):
            return False
        ahead = self._runs.low_at(right[0])
        if (
            ahead in lists.head_first
            or ahead in lists.authorities
            or ahead in lists.places
            or self._starts_listed(right[0])
        ):
            return False
        return self._words[right[0]].start not in {start for start, _ in self._spans}

    def _is_place(self, span: tuple[int, int]) -> bool:
        return self._runs.low_at(span[0]) in self._lists.places

    def _is_place_with_form(self, span: tuple[int, int]) -> bool:
        """Whether a place and a legal form are all there is: "Queensland Limited" names nobody."""
        *place, form = self._words[slice(*span)]
        return form.low in self._lists.legal and " ".join(w.low for w in place) in self._lists.places

    def _starts_listed(self, at: int) -> bool:
        match = match_known(self._words, at, self._text, self._known) if at < len(self._words) else None
        return match is not None and match[1].company.kind in COMPANY_KINDS and not match[1].ambiguous

    def _known_exactly(self, first: int, last: int) -> bool:
        match = match_known(self._words, first, self._text, self._known)
        return match is not None and match[0] == last

    def _match_from(self, span: tuple[int, int]) -> tuple[int, KnownForm] | None:
        for at in range(*span):
            match = match_known(self._words, at, self._text, self._known)
            if match is not None and match[0] > span[1]:
                return match
        return None

    def _strip(self, first: int, last: int) -> int:
        """Skip what only opens the sentence or the name: articles, "Según", "Sin"."""
        while first < last:
            word = self._words[first]
            opener = word.opens and self._line.tags.get(word.start) in _WEAK_OPENERS
            rest = opener and last - first > 1  # "Apenas ACS ...", "As Roe ..."
            led = rest and self._known_exactly(first + 1, last)
            if not led and self._tagged.is_sure(first, last):
                break
            match = match_known(self._words, first, self._text, self._known)
            led = led or (rest and self._tagged.is_sure(first + 1, last))
            if match is not None and not (led and match[1].ambiguous and match[0] == first + 1):
                break
            if not (opener or (word.low in _ARTICLES and last - first > 1)):
                break
            first += 1
        return first

    def _trim(self, first: int, last: int) -> Iterator[Candidate]:
        """Emit a stretch, or the listed name inside it when the rest does not belong to the name."""
        first = self._strip(first, last)
        if first >= last:
            return
        last = self._tagged.end_of(first, last)
        inner = self._tagged.inside(first, last)
        if inner is not None:
            for start, end in ((first, inner[0]), inner, (inner[1], last)):
                yield from self._trim(self._runs.skip_links(start, end), end)
        else:
            yield from self._listed_or_plain(first, last)

    def _listed_or_plain(self, first: int, last: int) -> Iterator[Candidate]:
        sure, family = self._tagged.is_sure(first, last), False
        place = " ".join(w.low for w in self._words[first:last]) in self._lists.places
        if place and not sure and last - first > 1:
            return  # no Emirates in "United Arab Emirates"
        for at in range(first, last):
            match = match_known(self._words, at, self._text, self._known)
            if match is None:
                continue
            end, form = match
            if at == first and end == last - 1 and self._words[end].text == ".":
                end = last  # the full stop of "Nvidia Corp."
            if at == first and end >= last:
                owner = self._owner_of_product(at, form)
                longer = self._longer(end, form) if end > last else None
                if longer is not None:
                    yield replace(self._make(first, longer, None), family=True)
                else:
                    yield self._make(first, owner[0] if owner else end, owner[1] if owner else form)
                return
            described = end == last and self._is_described(first, at, form)
            if not described and (sure or self._goes_on(first, at, end, last, form)):
                family = family or (at == first and self._starts_listed(first))
                continue
            yield self._make(at, end, form)  # the rest is a product or a title: "Tesla Model 3"
            if self._starts_listed(end):
                yield from self._trim(end, last)
            return
        yield from self._plain(first, last, family=family)

    def _longer(self, end: int, form: KnownForm) -> int | None:
        """Where a listed name that ends in lower case goes on: "Crédit agricole Assurances"."""
        run = self._runs.groups_from(end) if end < len(self._words) and self._runs.close(end) else None
        if run is None or form.company.kind not in COMPANY_KINDS:
            return None
        rest = [w.low for w in self._words[slice(*run[0])]]
        return run[0][1] if any(w in self._lists.head_last or w in self._lists.legal for w in rest) else None

    def _owner_of_product(self, at: int, form: KnownForm) -> tuple[int, KnownForm] | None:
        """The company that a listed product's name starts with: Google in "Google Analytics"."""
        if form.company.kind is not KnownKind.PRODUCT:
            return None
        match = match_known(self._words[: at + 1], at, self._text, self._known)
        return match if match is not None and match[1].company.kind in COMPANY_KINDS else None

    def _plain(self, first: int, last: int, *, family: bool) -> Iterator[Candidate]:
        while (
            last > first and not self._words[last - 1].text[0].isalnum() and self._words[last - 1].text != "."
        ):
            last -= 1
        legal = any(w.low in self._lists.legal for w in self._words[first + 1 : last])
        dated = self._runs.low_at(max(0, first - 2)) in self._lists.days_months
        if legal and first > 0 and self._words[first - 1].text[0].isdigit() and self._runs.close(first):
            first -= not dated  # "324 Gen Investments Pty Ltd", not "in May 2026 Gen Investments Pty Ltd"
        if 0 < last - first <= _MAX_NAME and any(self._words[k].cap for k in range(first, last)):
            yield replace(self._make(first, last, None), family=family)

    def _is_described(self, first: int, at: int, form: KnownForm) -> bool:
        """Whether the words before a listed bank only say what it is: "la Banque Barclays"."""
        before = [w.low for w in self._words[first:at]]
        return bool(before) and form.company.kind is KnownKind.BANK and _BANK.issuperset(before)

    def _goes_on(self, first: int, at: int, end: int, last: int, form: KnownForm) -> bool:
        """Whether the listed name is only a part of another one: "Daikin Australia Pty Ltd"."""
        lists = self._lists
        rest = [w.low for w in self._words[end:last] if w.text[0].isalnum()]
        before = [w.low for w in self._words[first:at]]
        if form.company.kind is KnownKind.PRODUCT:
            return any(w in lists.head_last for w in rest)
        if form.company.kind not in COMPANY_KINDS:
            return bool(rest or before)
        if before and any(w.low in lists.legal for w in self._words[at:last]):
            return True  # "CRH ANZ Pty Ltd" is one name
        if self._words[at].low in lists.head_first or rest[:1] == ["no"]:  # "Roe Partners No. 6"
            return True
        if before and (before[0] in lists.institutions or before[-1] in lists.first_names):
            return True
        if form.ambiguous:
            return bool(rest or before)
        if any(w in lists.head_last or w in lists.legal or w in lists.places for w in rest):
            return True
        return any(w in lists.head_first for w in before)
