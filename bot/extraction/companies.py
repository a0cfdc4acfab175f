"""Find the companies of an article and every place that speaks of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.extraction.company_brackets import defined_forms, defined_roles, fits
from bot.extraction.company_candidates import Candidate, find_candidates, name_end
from bot.extraction.company_evidence import ENOUGH, Evidence, has_legal_form, weigh
from bot.extraction.company_forms import Form, company_name, group_forms, spellings
from bot.extraction.company_lines import Line, Word, read_lines, split_words
from bot.extraction.company_words import CompanyWords, company_words
from bot.extraction.known import COMPANY_KINDS, KnownCompanies, KnownKind
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.values import CompanyName

_REPEAT = 0.25  # what each further occurrence adds, up to three
_LIST_BONUS = 1.2
_LIST_LINKS = frozenset(", y and et e el la the o or ou le les los".split())


@dataclass(slots=True)
class _Sighting:
    """One spelling with everything seen of it."""

    candidates: list[Candidate]
    evidence: list[Evidence]
    score: float = 0.0


def find_companies(
    docs: Sequence[Doc], *, text: str, title: str | None, lang: str, known: KnownCompanies
) -> Companies:
    """Find the companies that `text` names; `doc.user_data["offset"]` is each paragraph's start in it."""
    del title  # a headline creates no names: its capitals and clipped grammar mislead
    lists = company_words()
    lines = read_lines(docs)
    candidates = find_candidates(lines, text=text, known=known, words=lists)
    sightings = _see(candidates, lines, text, lang, lists)
    accepted = _accept(sightings, lines) - defined_roles(text)
    forms = _forms(sightings, accepted, lines, text, known, lists)
    groups = group_forms(forms, lists)
    names = [company_name(group) for group in groups]
    mentions = tuple(_mentions(lines, text, spellings(groups, names)))
    authority_groups = group_forms(_authority_forms(sightings, lines, text, lists), lists)
    authorities = [company_name(group) for group in authority_groups]
    acting = tuple(_mentions(lines, text, spellings(authority_groups, authorities)))
    return Companies(_seen(names, mentions), mentions, _seen(authorities, acting), acting)


def _seen(names: Iterable[CompanyName], mentions: Sequence[Mention]) -> tuple[CompanyName, ...]:
    """The names in the order of their first mention."""
    first: dict[str, int] = {}
    for mention in mentions:
        first.setdefault(mention.company, mention.start)
    return tuple(sorted((n for n in names if n.name in first), key=lambda n: first[n.name]))


def _see(
    candidates: Iterable[Candidate], lines: Sequence[Line], text: str, lang: str, lists: CompanyWords
) -> dict[str, _Sighting]:
    """Weigh every occurrence, by spelling."""
    found: dict[str, _Sighting] = {}
    for candidate in candidates:
        evidence = weigh(candidate, lines[candidate.line], text=text, lang=lang, lists=lists)
        sighting = found.setdefault(candidate.text, _Sighting([], []))
        sighting.candidates.append(candidate)
        sighting.evidence.append(evidence)
    for sighting in found.values():
        sighting.score = _total(sighting, lines)
    return found


def _total(sighting: _Sighting, lines: Sequence[Line]) -> float:
    """The mean of what the name shows by itself, the best of its contexts, and a little for repetition."""
    evidence = sighting.evidence
    own = sum(e.score - e.context for e in evidence) / len(evidence)
    total = own + max(e.context for e in evidence) + _REPEAT * min(len(evidence) - 1, 3)
    firsts = [lines[c.line].words[c.first] for c in sighting.candidates]
    single = all(c.last - c.first == 1 for c in sighting.candidates)
    if single and all(w.opens for w in firsts) and sighting.candidates[0].known is None:
        tags = {lines[c.line].tags.get(w.start) for c, w in zip(sighting.candidates, firsts, strict=True)}
        total -= 0.3 if "PROPN" in tags else 1.5
    return total


def _accept(sightings: Mapping[str, _Sighting], lines: Sequence[Line]) -> frozenset[str]:
    """The spellings that count as companies."""
    surnames = _surnames(sightings, lines)
    accepted = {name for name, s in sightings.items() if s.score >= ENOUGH and _allowed(s)}
    accepted -= {
        name for name in accepted if name in surnames and sightings[name].candidates[0].known is None
    }
    for chain in _chains(sightings, lines):
        inside = [name for name in chain if name in accepted]
        bonus = _LIST_BONUS * (2 if len(inside) > 1 else 1) if inside else 0.0
        for name in chain:
            sighting = sightings[name]
            if bonus and name not in surnames and _allowed(sighting) and sighting.score + bonus >= ENOUGH:
                accepted.add(name)
    return frozenset(accepted)


def _allowed(sighting: _Sighting) -> bool:
    known = sighting.candidates[0].known
    if known is not None:
        return known.company.kind not in (KnownKind.AUTHORITY, KnownKind.OTHER)
    return not all(e.institution for e in sighting.evidence)


def _surnames(sightings: Mapping[str, _Sighting], lines: Sequence[Line]) -> frozenset[str]:
    """Last words of the people named in full."""
    names: set[str] = set()
    for sighting in sightings.values():
        if sighting.score < ENOUGH and any(e.person for e in sighting.evidence):
            candidate = sighting.candidates[0]
            words = lines[candidate.line].words[candidate.first : candidate.last]
            names.update(w.text for w in words)
    return frozenset(names)


def _chains(sightings: Mapping[str, _Sighting], lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    """The lists in the text: names with only commas and "and" between them."""
    spots = sorted((c.line, c.first, c.last, name) for name, s in sightings.items() for c in s.candidates)
    chain: list[str] = []
    line_before, end = -1, 0
    for line, first, last, name in spots:
        words = lines[line].words
        linked = line == line_before and end < first and all(w.low in _LIST_LINKS for w in words[end:first])
        if not linked:
            if len(chain) > 1:
                yield tuple(chain)
            chain = []
        chain.append(name)
        line_before, end = line, last
    if len(chain) > 1:
        yield tuple(chain)


def _forms(
    sightings: Mapping[str, _Sighting],
    accepted: frozenset[str],
    lines: Sequence[Line],
    text: str,
    known: KnownCompanies,
    lists: CompanyWords,
) -> list[Form]:
    forms: list[Form] = []
    for name, sighting in sightings.items():
        form = _form(name, sighting, lines, accepted=name in accepted, lists=lists)
        if name in accepted:
            form.defined = _definitions(sighting, lines, text, known, lists)
        elif not _may_be_short(sighting, lists):
            continue
        forms.append(form)
    return forms


def _form(
    name: str, sighting: _Sighting, lines: Sequence[Line], *, accepted: bool, lists: CompanyWords
) -> Form:
    first = sighting.candidates[0]
    words = lines[first.line].words[first.first : first.last]
    company = first.known.company if first.known is not None else None
    return Form(name, words[0].start, accepted, company, has_legal_form(words, lists))


def _may_be_short(sighting: _Sighting, lists: CompanyWords) -> bool:
    """Whether a name that is no company by itself may be the short form of one."""
    candidate = sighting.candidates[0]
    if candidate.known is not None and candidate.known.company.kind not in COMPANY_KINDS:
        return False
    low = candidate.text.casefold()
    if low in lists.places or low in lists.peoples or low in lists.days_months:
        return False
    return not any(e.person for e in sighting.evidence) and candidate.last - candidate.first <= 3


def _definitions(
    sighting: _Sighting, lines: Sequence[Line], text: str, known: KnownCompanies, lists: CompanyWords
) -> list[str]:
    """What the brackets after any occurrence of an accepted name define."""
    found: dict[str, None] = {}
    for candidate in sighting.candidates:
        words = lines[candidate.line].words
        legal = has_legal_form(words[candidate.first : candidate.last], lists)
        for short in defined_forms(text, words[candidate.last - 1].end):
            listed = known.find(short)
            mine = candidate.known.company if candidate.known is not None else None
            if listed is not None and not listed.ambiguous and mine is not None and listed.company != mine:
                continue
            if fits(short, candidate.text, full_is_legal=legal, lists=lists):
                found[short] = None
    return list(found)


def _authority_forms(
    sightings: Mapping[str, _Sighting], lines: Sequence[Line], text: str, lists: CompanyWords
) -> list[Form]:
    forms: list[Form] = []
    for name, sighting in sightings.items():
        candidate = sighting.candidates[0]
        words = lines[candidate.line].words[candidate.first : candidate.last]
        known = candidate.known
        if known is not None:
            if known.company.kind is not KnownKind.AUTHORITY:
                continue
        elif not (sighting.evidence[0].institution and len(words) > 1 and _is_authority(words, lists)):
            continue
        form = _form(name, sighting, lines, accepted=True, lists=lists)
        end = words[-1].end
        form.defined = [
            s for s in defined_forms(text, end) if fits(s, name, full_is_legal=False, lists=lists)
        ]
        forms.append(form)
    return forms


def _is_authority(words: Sequence[Word], lists: CompanyWords) -> bool:
    lows = [w.low.removesuffix("'s") for w in words]
    return bool({lows[0], lows[1], lows[-1], *lows[-2:]} & lists.authorities)


def _mentions(lines: Sequence[Line], text: str, names: Mapping[str, str]) -> Iterator[Mention]:
    """Match every spelling again everywhere, headings too; the longest one wins."""
    index: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    for spelled, name in names.items():
        lows = tuple(w.low for w in split_words(spelled))
        index[lows[0]].append((lows, name, spelled))
    for options in index.values():
        options.sort(key=lambda o: -len(o[0]))
    for line in lines:
        words = line.words
        at = 0
        while at < len(words):
            end = at + 1
            for lows, name, _ in index.get(_bare(words[at]), ()):
                last = at + len(lows)
                if (words[at].cap or words[at].text[:2].lower() in ("l'", "l’")) and _same(
                    words[at:last], lows
                ):
                    whole = words[last - 1].low == lows[-1]
                    stop = words[last - 1].end if whole else name_end(words[last - 1])
                    yield Mention(words[at].start, stop, name, MentionKind.NAME)
                    end = last
                    break
            at = end


def _bare(word: Word) -> str:
    return word.low.removesuffix("'s")


def _same(words: Sequence[Word], lows: tuple[str, ...]) -> bool:
    if len(words) != len(lows):
        return False
    return all(w.low == low for w, low in zip(words[:-1], lows[:-1], strict=True)) and (
        _bare(words[-1]) == lows[-1] or words[-1].low == lows[-1]
    )
