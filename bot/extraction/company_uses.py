"""What the use of a name at one place says against its being a party there: a market, a thing, a source."""

from bot.extraction.company_candidates import Candidate
from bot.extraction.company_lines import Line
from bot.extraction.company_words import CompanyWords
from bot.extraction.known import COMPANY_KINDS, KnownKind

_AT = frozenset("on en in to au sur a via through por".split())
_INDEFINITE = frozenset("un una une".split())
_TRADED = frozenset("listed traded trades quoted cotiza cotizan cotizada cotizadas cotee cotees cote".split())
_TRADED_REACH = 14  # words from that to the last of several exchanges
_EXCHANGE = "Stock Exchange"  # what ends the name of an exchange that the list does not have
_WARE = 5.0
_WARE_REACH = 4  # words from "logiciel" to its name
_OWNED = frozenset("stake stakes share shares interest holding participacion acciones actions".split())


def as_place(candidate: Candidate, line: Line, lists: CompanyWords) -> float:
    """Where something is listed or posted is no party: "on the New York Stock Exchange", "en Twitter".

    What a stake is held in is one.
    """
    form = candidate.known
    exchange = _is_exchange(candidate)
    if form is None and not exchange:
        return 0.0
    before = [w.low for w in line.words[max(0, candidate.first - 3) : candidate.first]]
    near = [low for low in before if low not in ("the", "el", "la", "le", "l'")][-2:]
    placed = bool(near) and near[-1] in _AT and near[0] not in _OWNED
    after = line.words[candidate.last].text if candidate.last < len(line.words) else ""
    traded = placed or after in (":", "(") or _is_traded_on(candidate, line)
    traded = traded or any(w.low in _TRADED for w in line.words[candidate.last + 1 : candidate.last + 2])
    if exchange and traded:
        return -12.0  # "on the NYSE", "(NYSE: IBM)", "New York Stock Exchange-listed"
    if form is None:
        return 0.0
    if form.company.sector == "auto" and before[-1:] and before[-1] in _INDEFINITE:
        return -7.0  # "un Ferrari" is a car
    if form.company.sector == "social" and placed:
        return -7.0
    if form.company.kind is KnownKind.MEDIA and _is_source(candidate, line, lists):
        return -4.0
    if form.ambiguous and before[-1:] in (["el"], ["del"], ["al"]) and form.text.casefold() in lists.places:
        return 1.2  # "el Santander" is the bank, "Santander" may be the city
    if form.ambiguous and before[-1:] in (["the"], ["this"], ["each"]):
        return -1.2
    return 0.0


def _is_exchange(candidate: Candidate) -> bool:
    """Whether a listed exchange is named, or an unlisted one that says it is one."""
    if candidate.known is None:
        return candidate.text.endswith(_EXCHANGE)
    return candidate.known.company.kind is KnownKind.EXCHANGE


def _is_traded_on(candidate: Candidate, line: Line) -> bool:
    """Whether shares are said to be traded there, among others: "listed on Nyx and the Roe Exchange"."""
    for word in reversed(line.words[max(0, candidate.first - _TRADED_REACH) : candidate.first]):
        if word.low in _TRADED:
            return True
        if word.text in ".;":
            return False
    return False


def as_thing(candidate: Candidate, line: Line, lists: CompanyWords) -> float:
    """Brands and projects are no companies by themselves."""
    words = line.words
    score = 0.0
    near = words[max(0, candidate.first - 5) : candidate.first]
    after = words[candidate.last].low if candidate.last < len(words) else ""
    if any(w.low in lists.brands for w in near) or after in lists.things:
        score -= 1.2
    return score - _WARE * _is_ware(candidate, line, lists)


def _is_ware(candidate: Candidate, line: Line, lists: CompanyWords) -> bool:
    """Whether the name is a program's or another ware's: "le logiciel de dessin X", "su juego X"."""
    words = line.words[max(0, candidate.first - _WARE_REACH) : candidate.first]
    for word in reversed(words):
        if word.low in lists.wares:
            return not (candidate.known is not None and candidate.known.company.kind in COMPANY_KINDS)
        if word.cap or word.text in ",.;:()" or word.low in lists.nouns or word.low in lists.breaks:
            return False
    return False


def _is_source(candidate: Candidate, line: Line, lists: CompanyWords) -> bool:
    """Whether a medium is only quoted: "told Reuters", "según El País", "The Guardian señala"."""
    words = line.words
    before = {w.low for w in words[max(0, candidate.first - 3) : candidate.first]}
    after = {w.low for w in words[candidate.last : candidate.last + 2]}
    return bool(before & lists.media_cues or after & lists.media_verbs)
