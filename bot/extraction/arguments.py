"""Which companies fill the roles of a trigger word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.extraction.frames import Frame
from bot.extraction.masking import Slot
from bot.extraction.shares import PERCENT, percent_of
from bot.extraction.syntax import Governor, Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

MAX_DEPTH = 3  # nouns between a role and its company ("the holder of 10% of the shares in X")
_SUBJECT_OF_NOUN = ("poss", "of", "by", "between")
_CARRIED = ("with", "por", "to", "from", "for", "on", "against", "by", "in", "into", "over", "between")


@dataclass(frozen=True, slots=True)
class Filler:
    """A company in a role, and what was passed on the way to it ("stake", "major", "minor", "people")."""

    company: str
    slot: Slot
    passed: frozenset[str] = frozenset()
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A token in a role; `far` when it was found through a governing word."""

    role: str
    token: "Token"
    far: bool = False


class Arguments:
    """The arguments of the triggers of one sentence."""

    def __init__(self, parse: Parse) -> None:
        """`parse` is the sentence's."""
        self.parse = parse
        self._lexicon = parse.lexicon

    @cached_property
    def groups(self) -> list[list[Slot]]:
        """The slots, coordinated ones together ("NVIDIA y MGX")."""
        groups: list[list[Slot]] = []
        text = self.parse.masked.text
        for slot in self.parse.masked.slots:
            if groups and self._joined(groups[-1][-1], slot, text):
                groups[-1].append(slot)
            else:
                groups.append([slot])
        return [part for group in groups for part in self._split(group, text)]

    def _joined(self, first: Slot, second: Slot, text: str) -> bool:
        between = text[first.end : second.start]
        glue = self._lexicon.glue
        if not (glue["and"].fullmatch(between + "") or glue["and"].fullmatch(between.rstrip() + " ")):
            return glue["comma"].fullmatch(between) is not None
        if between.startswith(",") and self._in_aside(text[: first.start]):
            return False  # "X, which owns Y, and Z": Z is not in the aside
        left, right = self.root(first), self.root(second)
        # "X compró Y y Z firmó ...": Z opens a clause of its own.
        opens = (
            right.dep_.startswith("nsubj") and not left.dep_.startswith("nsubj") and right.head.i > right.i
        )
        return not (opens and left.i > 0 and left.head.i < left.i)

    def _in_aside(self, before: str) -> bool:
        """Whether a clause that a comma opens goes on up to here without another."""
        comma = before.rfind(",")
        opens = before[comma + 1 :].split(maxsplit=1)[:1] if comma >= 0 else []
        return bool(opens) and opens[0].lower() in self._lexicon.words["relative"]

    def _split(self, group: list[Slot], text: str) -> list[list[Slot]]:
        """A chain held by commas alone is no list: it must end with a conjunction."""
        if (
            len(group) < 2
            or self._lexicon.glue["comma"].fullmatch(text[group[-2].end : group[-1].start]) is None
        ):
            return [group]
        last = max(
            (
                i
                for i in range(1, len(group))
                if self._lexicon.glue["comma"].fullmatch(text[group[i - 1].end : group[i].start]) is None
            ),
            default=0,
        )
        return [group[: last + 1], *([slot] for slot in group[last + 1 :])]

    def root(self, slot: Slot) -> "Token":
        """The token of a slot whose head is outside it."""
        tokens = [t for t in self.parse.doc if slot.start <= t.idx < slot.end]
        inside = {t.i for t in tokens}
        return next((t for t in tokens if t.head.i not in inside), tokens[0]) if tokens else self.parse.doc[0]

    def fillers(self, token: "Token", frame: Frame, *, source: bool, depth: int = 0) -> list[Filler]:
        """The companies that a token stands for, through stakes, kinds of firm, people and coordination."""
        slot = self.parse.slot_at(token)
        if slot is not None:
            group = next((g for g in self.groups if slot in g), [slot])
            return [Filler(c, s) for s in group for c in s.companies]
        if depth > MAX_DEPTH:
            return []
        passage = self._passage(token, frame, source=source)
        if passage is None:
            return []
        name, roles = passage
        found = self._below(token, roles, frame, source=source, depth=depth)
        if not found and name == "people":
            found = self._managers(token, frame, source=source, depth=depth)
        if not found and name == "firm":
            found = self._referent(token, frame, source=source)
        if name == "stake":
            return [self.with_stake(token, f) for f in found]
        return [Filler(f.company, f.slot, f.passed | {name}, f.percent) for f in found]

    def _below(
        self, token: "Token", roles: Iterable[str], frame: Frame, *, source: bool, depth: int
    ) -> list[Filler]:
        """The companies in the first of a noun's roles that has any, else in what is coordinated with it."""
        held = self.parse.roles(token)
        children = [[child for role, child in held if role == wanted] for wanted in roles]
        children.append([child for child in token.children if child.dep_ == "conj"])
        for group in children:
            found = [f for child in group for f in self.fillers(child, frame, source=source, depth=depth + 1)]
            if found:
                return found
        return []

    def _passage(self, token: "Token", frame: Frame, *, source: bool) -> tuple[str, tuple[str, ...]] | None:
        """Through which roles a noun may be passed on the way to a company, if at all."""
        table = self._lexicon.transparent
        word = token.lower_.lstrip("0123456789.,~")  # "60%" is one token in Spanish
        if frame.stake and not source and table["stake"].fullmatch(word):
            return "stake", ("in", "over", "of", "self", "poss")
        if frame.id == "buy" and not source and table["unit"].fullmatch(word):
            return "unit", ("of", "from", "poss")
        if frame.id in ("depend", "need", "order", "use") and not source and table["asset"].fullmatch(word):
            return "asset", ("of", "poss", "from", "by", "comp")
        if source and table["people"].fullmatch(word):
            return "people", ("of", "poss", "comp", "self")
        if frame.symmetric and table["people"].fullmatch(word):
            return "people", ("of", "poss", "comp", "self")
        if frame.id == "use" and source is True and table["asset"].fullmatch(word):
            return "asset", ("of", "poss", "comp")
        if table["firm"].fullmatch(word) or token.pos_ in ("ADJ", "NOUN", "PROPN", "ADV"):
            roles: tuple[str, ...] = ("self", "como", "including")
            return "firm", (*roles, "comp") if token.pos_ == "PROPN" else roles
        return None

    def _managers(self, token: "Token", frame: Frame, *, source: bool, depth: int) -> list[Filler]:
        """ "funds managed by X" act for X."""
        return [
            filler
            for child in token.children
            if child.dep_ in ("acl", "conj") and self.parse.is_participle(child)
            for role, inner in self.parse.roles(child)
            if role == "subj"
            for filler in self.fillers(inner, frame, source=source, depth=depth + 1)
        ]

    def _referent(self, token: "Token", frame: Frame, *, source: bool) -> list[Filler]:
        """ "Y is a company that X bought", "Y, a company bought by X": the noun speaks of Y."""
        if token.dep_ == "appos":
            slot = self.parse.slot_at(token.head)
            return [Filler(c, slot) for c in slot.companies] if slot is not None else []
        subjects: list[Token] = []
        if token.dep_ == "attr":
            subjects = [t for role, t in self.parse.roles(token.head) if role == "subj"]
        elif any(c.dep_ == "cop" for c in token.children):
            subjects = [t for role, t in self.parse.roles(token) if role == "subj"]
        return [
            f
            for t in subjects
            if self.parse.slot_at(t)
            for f in self.fillers(t, frame, source=source, depth=MAX_DEPTH)
        ]

    def with_stake(self, token: "Token", filler: Filler) -> Filler:
        """Note how large the stake is, from the words of its noun phrase."""
        text = self.parse.masked.text
        left = min([token.idx, *(c.idx for c in token.subtree if c.i <= token.i)])
        phrase = text[max(0, left - 1) : filler.slot.start]
        percent = PERCENT.search(phrase)
        passed = filler.passed | {"stake"}
        if self._lexicon.transparent["major"].pattern and any(
            self._lexicon.transparent["major"].fullmatch(w) for w in re.findall(r"\w+", phrase)
        ):
            passed |= {"major"}
        if any(self._lexicon.transparent["minor"].fullmatch(w) for w in re.findall(r"[\w-]+", phrase)):
            passed |= {"minor"}
        value = percent_of(percent.group("share")) if percent else filler.percent
        return Filler(filler.company, filler.slot, passed, value)

    def places(self, trigger: "Token", *, noun: bool) -> list[Place]:
        """Every token that stands in a role of the trigger, its own before those of its governors."""
        found = [Place(role, t) for role, t in self.parse.roles(trigger)]
        if noun:
            found += self._participles(trigger)
        else:
            found += [
                Place(role, inner, far=True)
                for place in list(found)
                if place.role == "obj" and self.parse.slot_at(place.token) is None
                for role, inner in self.parse.roles(place.token)
                if role in (*_CARRIED, "of", "poss")
            ]
        found += self._carried(trigger, noun=noun, subject={p.role for p in found})
        return found

    def _participles(self, noun: "Token") -> list[Place]:
        """ "a round led by X", "un acuerdo firmado con Y": the participle's companies are the noun's too."""
        found: list[Place] = []
        near = [c for c in noun.subtree if c.head.i == noun.i or c.head.head.i == noun.i]
        for child in near:
            if (
                child.dep_ in ("acl", "amod", "advcl")
                and self.parse.is_participle(child)
                and self._lexicon.status_of(child.lower_, noun=False)
            ):
                found += [
                    Place("by" if role == "subj" else role, t)
                    for role, t in self.parse.roles(child)
                    if role in ("subj", "with", "to", "from", "between") and t.i not in (noun.i, child.head.i)
                ]
        return found

    def _carried(self, trigger: "Token", *, noun: bool, subject: Iterable[str]) -> list[Place]:
        """What the governing words pass on: the understood subject, and whom they are with."""
        found: list[Place] = []
        held = set(subject)
        passive = not noun and self.parse.is_passive(trigger)
        inherited = "obj" if passive else "subj"
        needs_subject = inherited not in held
        as_noun = noun
        for governor in self.parse.governors(trigger):
            if governor.link == "and" and not noun and self._has_name_before(trigger):
                break
            step = self._pass(governor, as_noun=as_noun)
            if step is None:
                break
            places, goes_on = step
            found += [
                Place(inherited, p.token, far=True) if p.role == "subj" else p
                for p in places
                if p.role != "subj" or needs_subject
            ]
            if any(p.role == "subj" for p in places):
                needs_subject = False
            if not goes_on:
                break
            as_noun = not self.parse.is_verb(governor.token)
        return found

    def _has_name_before(self, verb: "Token") -> bool:
        """ "X bought Y in March and Z acquired W": the name right before the verb is its subject."""
        text = self.parse.masked.text
        return any(s.end < verb.idx and text[s.end : verb.idx].isspace() for s in self.parse.masked.slots)

    def _pass(self, governor: Governor, *, as_noun: bool) -> tuple[list[Place], bool] | None:
        """The places that one governor passes to what it governs, and whether the climb goes on."""
        word = self.parse.word(governor.token)
        roles = self.parse.roles(governor.token)
        if self.parse.is_verb(governor.token):
            light = self._lexicon.status_of(word, noun=False)
            third = self._lexicon.governors["third"].fullmatch(word) is not None
            if as_noun and third and light == "ended" and governor.link == "object":
                return [Place("refuser", t, far=True) for role, t in roles if role == "subj"], False
            if as_noun and governor.link != "after" and (light is None or third):
                return None
            if governor.link in ("after", "and"):
                return [Place("subj", t, far=True) for role, t in roles if role == "subj"], True
            if governor.link == "subject":
                return [Place("subj", t, far=True) for role, t in roles if role == "subj"], False
            places = [Place(role, t, far=True) for role, t in roles if role in ("subj", *_CARRIED)]
            return places, not any(p.role == "subj" for p in places)
        if self._lexicon.status_of(word, noun=True) is None and not self._trigger_noun(word):
            return None
        places = [Place(role, t, far=True) for role, t in roles if role in _CARRIED]
        owners = [Place("subj", t, far=True) for role, t in roles if role in ("poss", "of", "by")]
        if not as_noun:
            places += owners
        else:
            places += [Place(role, t, far=True) for role, t in roles if role in _SUBJECT_OF_NOUN]
        return places, True

    def _trigger_noun(self, word: str) -> bool:
        return bool(self._lexicon.frames_of(word, "noun"))
