"""Lists of companies in a coded sentence (§n§), and who the subject of a verb or the owner of a noun is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.extraction.masking import Slot
from bot.extraction.mentions import MentionKind

_SLOT = r"§\d+§"
_OWNED = re.compile(r"§\d+§-(?:owned|backed|controlled)")
# After these another subject may speak.
_BREAK = re.compile(
    r"[;:]|\b(?:while|but|whereas|that|which|who|and|mientras|aunque|pero|que|y|tandis|alors|mais|qui|et)\b",
    re.IGNORECASE,
)
# "X closed, but Y left and has sold ...": the one that sold is Y.
_OTHER = re.compile(
    r"\b(?:but|while|whereas|pero|mientras|aunque|mais|tandis\s+que|alors\s+que)\s+(?:\w+\s+)?§"
)
_NEAR = 50  # characters of a sentence before the wording
# Contracted prepositions are those they contract.
_CONTRACTED = {"del": "de", "du": "de", "des": "de", "d": "de", "al": "a", "au": "à", "aux": "à"}
_APOSTROPHES = ("'", "’")  # "X's unit, Y, owns": X does not
_COORDINATED = 0.85  # the subject stands before another verb
_OWNER = 0.95


@dataclass(frozen=True, slots=True)
class Spoken:
    """The company that the sentences before spoke of; `alone` where the last of them names no other."""

    company: str
    alone: bool = False

    @property
    def weight(self) -> float:
        """How sure it is that this one is left unsaid."""
        return 0.9 if self.alone else 0.8


@dataclass(frozen=True, slots=True)
class Side:
    """The companies of one side, where they start, and how sure they are."""

    slots: tuple[Slot, ...]
    start: int
    weight: float


@dataclass(frozen=True, slots=True)
class Sides:
    """How lists and subjects look in one language."""

    pattern: str  # a list of companies
    bare: str  # such a list where it begins a wording: what stands before says nothing and costs time
    joint: re.Pattern[str]
    verb_after: re.Pattern[str]
    direct: re.Pattern[str]
    coordinated: re.Pattern[str]
    nearer: re.Pattern[str]  # "X beat Y, which makes Z and bought", "X's owner, Y, bought": Y did
    opening: re.Pattern[str]  # the company that a sentence opens with
    more: re.Pattern[str]  # "and others": a list that is held by commas alone
    unsettled: re.Pattern[str]  # before a verb: what it says is only wished
    unsaid: re.Pattern[str]
    preposition: re.Pattern[str]
    possessive: re.Pattern[str]
    its: re.Pattern[str]
    aside: re.Pattern[str]  # up to within a clause that a comma opens
    aside_closed: re.Pattern[str]  # two companies with a comma before the conjunction

    @classmethod
    def of(cls, pieces: Mapping[str, str], possessives: str) -> "Sides":
        """Compile a language's pieces; `possessives` matches its "its" and "their"."""
        word = rf"(?!(?:{pieces['skip']})\b)[\w’'-]{{3,}}\s+"
        described = pieces.get("described", "(?!)")
        det = rf"(?:(?:{pieces['det']})(?:{word}){{0,3}}?)?(?:§\d+§-(?:owned|backed|controlled)\s+)?"
        more = pieces.get("more", "(?!)")
        bare = (
            rf"{_SLOT}(?:(?:{pieces['place']})(?:{pieces['and']})(?:{described}|{det}){_SLOT}){{0,7}}"
            rf"(?:{pieces['place']}{more})?"
        )
        # "trucking company Y": what a company is may stand before it without an article.
        items = rf"(?:{described}|{det}){bare}"
        aux = rf"(?:{pieces['aux']}\s+)*"
        told = rf"{pieces['relative']}\s+[^;:.?!]{{2,80}}?|(?!(?:and|y|e|et)\b)[^§;:.?!]{{2,80}}"
        aside = rf"(?:\s*,\s+(?:{told}),)?"
        # "In addition to its order of §0§ jets, it": whose the order is is who "it" is.
        lead = rf"[^§;:.?!]{{0,60}}\b{possessives}\s+[^;:.?!,]{{0,80}},\s+"
        flags = re.IGNORECASE
        return cls(
            pattern=items,
            bare=bare,
            joint=re.compile(pieces["and"], flags),
            verb_after=re.compile(rf"\s+{_SLOT}|{pieces['verb_after']}"),
            direct=re.compile(rf"(?P<s>{items}){aside}(?P<r>,?\s+{pieces['relative']})?\s+{aux}$", flags),
            coordinated=re.compile(rf"(?:,?\s+{pieces['co']}|[;,])\s+{aux}$", flags),
            nearer=re.compile(
                rf"(?:,\s+(?P<s>{_SLOT}),|(?P<w>{_SLOT}),?\s+{pieces['relative']}\s+[^§;:,]*\s{pieces['co']})\s+{aux}$",
                flags,
            ),
            opening=re.compile(rf"\A(?:{pieces.get('lead', '(?!)')}|\W*)(?P<s>{items})", flags),
            more=re.compile(more, flags),
            unsettled=re.compile(pieces.get("unsettled", "(?!)"), flags),
            unsaid=re.compile(
                rf"^(?:[^§,;:]{{0,50}},\s+)?(?:{pieces['anaphor']}\s+)?{aux}$"
                rf"|^{lead}{pieces['anaphor']}\s+{aux}$",
                flags,
            ),
            preposition=re.compile(rf"(?:^|\W){pieces['preposition']}$", flags),
            possessive=re.compile(
                rf"(?P<s>{_SLOT})(?:['’]s?|,\s+(?:an?\s+[^§,;:.]{{2,60}}\s)?{pieces['whose']})\s+"
                r"(?:[\w-]+\s+){0,2}$",
                flags,
            ),
            its=re.compile(rf"(?:^|\W)(?:{pieces['its']}\s+)(?:[\w-]+\s+){{0,2}}$|^\W*$", flags),
            aside=re.compile(rf",\s+{pieces['relative']}\s[^,;:]*$", flags),
            aside_closed=re.compile(rf"(?P<s>[^§]*{_SLOT}),\s+(?:and|y|e|et)\s[^§]*{_SLOT}$", flags),
        )

    def listed(
        self, match: re.Match[str], name: str, slots: Sequence[Slot], *, whole: bool
    ) -> tuple[Slot, ...]:
        """The companies of a list that a wording names; of "Y and Z bought" only Y, if not the `whole`."""
        if name not in match.re.groupindex or match.group(name) is None:
            return ()
        text = self._one_place(match, name)
        closed = self.aside_closed.match(text)
        if closed and self.aside.search(match.string[: match.start(name)]):
            text = closed.group("s")  # "X, which owns Y, and Z": Z is not in the aside
        found = self._items(text, slots)
        opens = not whole and self.verb_after.match(match.string, match.end(name)) is not None
        return found[:-1] if len(found) > 1 and opens and match.start(name) > match.start() else found

    def _one_place(self, match: re.Match[str], name: str) -> str:
        """A list up to where another preposition begins ("a venture of X and Y, and from Z")."""
        text = match.group(name)
        own = self.preposition.search(match.string[: match.start(name)])
        for joint in self.joint.finditer(text):
            other = self.preposition.search(joint.group())
            if other and own and _preposition(other) != _preposition(own):
                return text[: joint.start()]
        return text

    def _items(self, text: str, slots: Sequence[Slot], *, last: bool = False) -> tuple[Slot, ...]:
        """The companies of a list; commas alone make none, and then it is the first or the `last`."""
        text = _OWNED.sub("", text)
        found = [slots[int(n)] for n in re.findall(r"§(\d+)§", text)]
        joined = [m.group().strip(" ,") for m in self.joint.finditer(text)]
        if any(joined) or self.more.search(text):
            return tuple(found)
        return tuple(found[-1:] if last else found[:1])

    def subject(self, before: str, slots: Sequence[Slot], spoken: Spoken | None) -> Side | None:
        """Who does what the verb after `before` says."""
        match = self.direct.search(before)
        if match is not None:
            # "Besides its jets from X, the airline Y bought": a list by commas alone is none, and Y bought.
            found = self._items(match.group("s"), slots, last=True)
            if not match.group("r") and self.preposition.search(before[: match.start("s")]):
                # "signed with X, and Y then hired"
                apart = len(found) == 2 and re.search(r"§,\s+\w+\s[^§]*§\d+§$", match.group("s"))
                return Side(found[-1:], match.start("s"), _COORDINATED) if apart else None
            return Side(found[-1:] if match.group("r") else found, match.start("s"), 1.0)
        if self.coordinated.search(before):
            nearer = self.nearer.search(before)
            if nearer is not None:
                name = "s" if nearer.group("s") else "w"
                return Side(self._items(nearer.group(name), slots), nearer.start(name), _COORDINATED)
            opening = self.opening.match(before)
            if opening is not None and before[opening.end() : opening.end() + 1] not in _APOSTROPHES:
                if _OTHER.search(before, opening.end()):
                    return None
                start = self.coordinated.search(before)
                at = start.start() if start else 0
                return Side(self._items(opening.group("s"), slots), at, _COORDINATED)
        return self.spoken_of(spoken) if self.unsaid.match(before) else None

    def owner(self, before: str, slots: Sequence[Slot], spoken: Spoken | None) -> Side | None:
        """Whose the noun after `before` is."""
        match = self.possessive.search(before)
        if match is not None:
            return Side(self._items(match.group("s"), slots), match.start(), _OWNER)
        own = self.its.search(before)
        if own is None:
            return None
        opening = self.opening.match(before)
        if opening is not None:
            if "§" in before[opening.end() :]:
                return None  # "X sued Y over its purchase of Z"
            return Side(self._items(opening.group("s"), slots), own.start(), _OWNER * _COORDINATED)
        return self.spoken_of(spoken) if "§" not in before else None

    def topic(self, before: str, slots: Sequence[Slot], spoken: Spoken | None, start: int) -> Side | None:
        """What the sentence opens with, or the company of the sentence before when it has named none yet."""
        opening = self.opening.match(before)
        if opening is not None:
            if _BREAK.search(before, opening.end()):
                return None
            return Side(self._items(opening.group("s"), slots), start, _COORDINATED)
        near = "§" not in before and len(before) < _NEAR  # else somebody else may act who is no company
        return self.spoken_of(spoken, start) if near else None

    def spoken_of(self, spoken: Spoken | None, start: int = 0) -> Side | None:
        """The company that the sentence before spoke of."""
        if spoken is None:
            return None
        return Side((Slot(0, 0, (spoken.company,), MentionKind.ROLE),), start, spoken.weight)


def _preposition(found: re.Match[str]) -> str:
    word = re.sub(r"\W+.*$", "", found.group().lower().lstrip())
    return _CONTRACTED.get(word, word)
