"""The company that a clause leaves unsaid: an understood subject, a pronoun, the only other one named."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.extraction.arguments import Arguments, Filler, Place
from bot.extraction.triggers import Trigger
from bot.values import DEAL_KINDS

if TYPE_CHECKING:
    from spacy.tokens import Token

FILLED = 0.8  # what a confidence is multiplied with for a company that the syntax did not give
_SUBJECT_GAP = re.compile(r"(?:,[^,;:?!]{3,120},)?[^,;:?!]{0,30}")
_OPEN_ROLES = ("in", "into", "of", "obj")


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentences before leave: the last subject and the last pair of companies."""

    subject: str | None = None
    pair: tuple[str, str] | None = None
    alone: bool = False  # whether the subject is all that the sentence right before names


@dataclass(frozen=True, slots=True)
class Sides:
    """The sources and targets found for one trigger."""

    sources: list[Filler]
    targets: list[Filler]


class Missing:
    """One trigger's clause, of which one side is known."""

    def __init__(
        self, arguments: Arguments, trigger: Trigger, places: Sequence[Place], sides: Sides, context: Context
    ) -> None:
        """`places` are the trigger's, `sides` what they gave."""
        self._arguments = arguments
        self._parse = arguments.parse
        self._trigger = trigger
        self._places = places
        self._sides = sides
        self._context = context
        self._slots = [s for s in self._parse.masked.slots if not s.authority]
        self._known = {f.company for f in sides.sources or sides.targets}

    def fill(self) -> Sides | None:
        """Both sides, or None when the other one can't be told."""
        if not self._sides.sources and not self._sides.targets:
            return None
        return (
            self._only_other()
            or self._right_before()
            or self._pronoun()
            or self._object_pronoun()
            or self._from_context()
        )

    def _only_other(self) -> Sides | None:
        """ "the investment by X" in a sentence that names one other company."""
        others = [Filler(c, s) for s in self._slots for c in s.companies if c not in self._known]
        fits = self._trigger.noun and self._trigger.frame.id in ("buy", "invest") and self._sides.sources
        if not fits or len({f.company for f in others}) != 1:
            return None
        if any(p.role in _OPEN_ROLES and not _is_amount(p.token) for p in self._places if not p.far):
            return None
        return Sides(self._sides.sources, others[:1])

    def _right_before(self) -> Sides | None:
        """The company right before a verb that the parser left without any subject."""
        lacks = not self._sides.sources and "subj" in self._trigger.roles.source
        verb = self._verb()
        if not lacks or verb is None or any(p.role == "subj" for p in self._places):
            return None
        before = [s for s in self._slots if s.end <= verb.idx]
        if not before or self._parse.is_passive(verb):
            return None
        if _SUBJECT_GAP.fullmatch(self._parse.masked.text[before[-1].end : verb.idx]) is None:
            return None
        group = next(g for g in self._arguments.groups if before[-1] in g)
        root = self._arguments.root(group[0])
        if root.dep_ not in ("ROOT", "dep", "nsubj") or self._parse.preposition(root):
            return None
        found = [Filler(c, s) for s in group for c in s.companies if c not in self._known]
        return Sides(found, self._sides.targets) if found else None

    def _verb(self) -> "Token | None":
        """The verb whose subject a trigger's source would be."""
        if not self._trigger.noun:
            return self._trigger.token
        if self._trigger.frame.id == "stake":
            return None
        above = [g.token for g in self._parse.governors(self._trigger.token) if g.link == "object"][:1]
        light = [t for t in above if self._parse.lexicon.status_of(self._parse.word(t), noun=False)]
        return light[0] if light else None

    def _pronoun(self) -> Sides | None:
        """ "Shares of X rose after it bought Y": the only company named before the pronoun."""
        if self._sides.sources or not self._held_by_pronoun("subj"):
            return None
        at = self._trigger.token.idx
        before = [Filler(c, s) for s in self._slots if s.end < at for c in s.companies]
        if len({f.company for f in before}) != 1 or before[0].company in self._known:
            return None
        return Sides(before[:1], self._sides.targets)

    def _object_pronoun(self) -> Sides | None:
        """ "X signed with Y, under which Y will supply it": the main clause's subject, when no other fits."""
        role = self._trigger.roles.target[0] if self._trigger.roles.target else None
        if self._sides.targets or role is None or not self._held_by_pronoun(role):
            return None
        root = self._trigger.token.sent.root
        subjects = [t for name, t in self._parse.roles(root) if name == "subj"]
        if root.i == self._trigger.token.i or not subjects:
            return None
        fillers = self._arguments.fillers(subjects[0], self._trigger.frame, source=False)
        if len(fillers) != 1 or self._named_before() != {fillers[0].company}:
            return None
        return Sides(self._sides.sources, fillers)

    def _named_before(self) -> set[str]:
        """The other companies that the sentence names before, which a pronoun may mean."""
        at = self._trigger.token.idx
        return {c for s in self._slots if s.end < at for c in s.companies} - self._known

    def _from_context(self) -> Sides | None:
        """The subject of the sentence before, for deals alone."""
        subject = self._context.subject
        named = {c for s in self._slots for c in s.companies}
        if (
            self._trigger.noun
            or self._trigger.frame.kind not in DEAL_KINDS
            or subject is None
            or subject in named
        ):
            return None
        known = self._sides.sources or self._sides.targets
        unsaid = replace(known[0], company=subject, passed=frozenset(), percent=None)
        roles = self._trigger.roles
        if not self._sides.sources and "subj" in roles.source and self._is_pro_drop():
            return Sides([unsaid], self._sides.targets)
        if not self._sides.targets and self._is_verb_first():
            passive = self._parse.is_passive(self._trigger.token)  # "Fue comprada por Y": Y is no object
            return Sides(self._sides.sources, [unsaid]) if passive else Sides([unsaid], self._sides.sources)
        if not self._sides.targets and roles.target and self._held_by_pronoun(roles.target[0]):
            return None if self._named_before() else Sides(self._sides.sources, [unsaid])
        return None

    def _held_by_pronoun(self, role: str) -> bool:
        """Whether pronouns alone stand in a role ("It is owned by X", "X la vendió a Y")."""
        tokens = [p.token for p in self._places if p.role == role and not p.far]
        return bool(tokens) and self._are_pronouns(tokens)

    def _are_pronouns(self, tokens: Iterable["Token"]) -> bool:
        return all(t.lower_ in self._parse.lexicon.words["pronoun"] for t in tokens)

    def _is_pro_drop(self) -> bool:
        """A finite verb without any subject of its own, or with a pronoun for one."""
        subjects = [p.token for p in self._places if p.role == "subj"]
        if subjects:
            return self._are_pronouns(subjects)
        token = self._trigger.token
        bare = self._parse.is_participle(token) and not list(token.children)
        if self._parse.lexicon.lang != "es" or bare:
            return False
        return token.dep_ in ("ROOT", "conj") or any(
            g.token.dep_ == "ROOT" and g.link == "clause" for g in self._parse.governors(token)
        )

    def _is_verb_first(self) -> bool:
        """ "Compró Y en mayo": what the parser calls a subject is the object of an unsaid one."""
        token = self._trigger.token
        return (
            self._parse.lexicon.lang == "es"
            and token.dep_ == "ROOT"
            and all(s.start > token.idx for s in self._slots)
            and not any(p.role == "obj" for p in self._places)
        )


def _is_amount(token: "Token") -> bool:
    return token.like_num or any(c.like_num for c in token.children) or token.pos_ in ("NUM", "SYM")
