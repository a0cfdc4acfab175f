"""From a parsed sentence to "who stands where": the logical roles of a trigger's arguments.

One vocabulary for the two label sets of the pipelines (ClearNLP in English, Universal Dependencies in Spanish
and French). Passives are turned round, relative pronouns replaced by what they stand for, and the understood
subject of an infinitive is found through the words that govern it. Tokens are compared by index: spaCy
makes a new object for each access.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.extraction.frames import Lexicon
from bot.extraction.masking import Masked, Slot

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECT = ("nsubj", "csubj")
_PASSIVE_SUBJECT = ("nsubjpass", "nsubj:pass")
_CLAUSES = ("xcomp", "ccomp", "advcl", "conj", "acl", "relcl", "parataxis", "pcomp")
_GOVERNED = frozenset("dobj obj obl iobj attr acomp oprd nmod compound appos amod advmod dep".split())
_HOISTED = ("by", "por", "in", "into", "to", "with", "from", "for", "against", "on", "over")
_MAX_CLIMB = 5
_PARTICLES = ("advmod", "prep")  # what the parser takes those of phrasal verbs for


@dataclass(frozen=True, slots=True)
class Governor:
    """A word above a trigger and how the trigger hangs from it."""

    token: "Token"
    link: str  # "clause", "object", "noun", "subject", "and" (a coordinated verb),
    # "after" (the trigger only tells when or how): the last two pass their subject on and nothing else


class Parse:
    """One masked sentence with its dependency tree."""

    def __init__(self, doc: "Doc", masked: Masked, lexicon: Lexicon) -> None:
        """`doc` is the parse of `masked.text`."""
        self.doc = doc
        self.masked = masked
        self.lexicon = lexicon

    @cached_property
    def _slots(self) -> dict[int, Slot]:
        found: dict[int, Slot] = {}
        for slot in self.masked.slots:
            for token in self.doc:
                if slot.start <= token.idx < slot.end:
                    found[token.i] = slot
        return found

    def slot_at(self, token: "Token") -> Slot | None:
        """The company expression that a token is part of."""
        return self._slots.get(token.i)

    def is_verb(self, token: "Token") -> bool:
        """Whether the tagger reads it as a verb or a participle, or the parser gives it an auxiliary."""
        return token.pos_ in ("VERB", "AUX") or any(
            c.dep_ in ("aux:tense", "aux:pass") for c in token.children
        )

    def denies(self, token: "Token") -> bool:
        """Whether it is a word of negation, but not of an adjective alone ("no vinculante")."""
        if token.lower_ not in self.lexicon.words["negation"]:
            return False
        adjective = self.lexicon.cues.get("no_adjective")
        return adjective is None or adjective.match(self.masked.text, token.idx) is None

    def word(self, token: "Token") -> str:
        """The word as the lexicon knows it: a phrasal verb with its particle ("call off")."""
        beside = [c for c in token.children if c.i == token.i + 1 and c.dep_ in _PARTICLES]
        particles = [c for c in token.children if c.dep_ == "prt"] + beside
        particle = next((c.lower_ for c in particles), None)
        return f"{token.lower_} {particle}" if particle else token.lower_

    def is_participle(self, token: "Token") -> bool:
        """Whether it is a past participle by tag or by form."""
        if self.lexicon.lang == "en":
            return token.tag_ == "VBN" or (token.tag_ == "VBD" and token.dep_ in ("acl", "amod"))
        if (
            self.lexicon.lang == "fr" and token.pos_ == "VERB"
        ):  # the form alone says little: "négocie", "produit"
            return "Part" in token.morph.get("VerbForm", [])
        return self.lexicon.tense["participle"].fullmatch(token.lower_) is not None

    def is_passive(self, token: "Token") -> bool:
        """Whether a verb's grammatical subject is what it is done to."""
        children = list(token.children)
        if any(c.dep_ in (*_PASSIVE_SUBJECT, "auxpass", "aux:pass") for c in children):
            return True
        if not self.is_participle(token):
            return False
        helpers = [c for c in children if c.dep_.split(":")[0] in ("aux", "cop")]
        if helpers:
            return self.lexicon.lang != "fr" and any(
                c.lower_ in self.lexicon.words["passive"] for c in helpers
            )
        return token.dep_ in ("acl", "advcl", "amod", "appos", "ROOT", "conj", "nmod")

    def has_object(self, token: "Token") -> bool:
        """Whether a verb does something to somebody, and not to itself ("se han roto")."""
        return any(role == "obj" and found.pos_ != "PRON" for role, found in self.roles(token))

    def roles(self, token: "Token") -> list[tuple[str, "Token"]]:
        """The arguments that hang from the token itself, by logical role."""
        found: list[tuple[str, Token]] = []
        passive = (self.is_verb(token) or token.pos_ == "ADJ") and self.is_passive(token)
        for child in token.children:
            found += self._child_roles(child, passive)
        found = self._untangled(token, found)
        for role, child in list(found):
            if role not in ("subj", "self") and self.slot_at(child) is None and self._is_sum(child):
                # "una inversión de 13.000 millones por parte de X": the parser hangs X on the sum
                found += [
                    (r, t)
                    for r, t in self.roles(child)
                    if r in _HOISTED or (r == "of" and self.slot_at(t) is not None)
                ]
        if token.dep_ in ("acl", "relcl", "acl:relcl"):
            found = self._relative(token, found, passive)
        return found

    def _untangled(self, token: "Token", found: list[tuple[str, "Token"]]) -> list[tuple[str, "Token"]]:
        """Undo errors of the small parsers.

        A second subject is an object, so is what follows an infinitive; beside a bare object "a" marks the
        receiver.
        """
        subjects = [t for role, t in found if role == "subj"]
        if len(subjects) > 1 and subjects[0].i < token.i < subjects[-1].i:
            late = {t.i for t in subjects if t.i > token.i}
            found = [("obj" if role == "subj" and t.i in late else role, t) for role, t in found]
        if self.is_infinitive(token) and not any(role == "obj" for role, _ in found):
            found = [("obj" if role == "subj" and t.i > token.i else role, t) for role, t in found]
        bare = any(role == "obj" and not self.preposition(t) for role, t in found)
        marked = {t.i for role, t in found if role == "to"}
        return [(role, t) for role, t in found if not (bare and role == "obj" and t.i in marked)]

    def _is_sum(self, token: "Token") -> bool:
        return token.like_num or any(c.dep_ == "nummod" or c.like_num for c in token.children)

    def _child_roles(self, child: "Token", passive: bool) -> Iterator[tuple[str, "Token"]]:
        dep = child.dep_
        base = dep.split(":")[0]
        if dep in _PASSIVE_SUBJECT or (base in _SUBJECT and passive):
            yield "obj", child
        elif base in _SUBJECT:
            yield "subj", child
        elif dep in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "PART"):
            yield from self._english_preposition(child, passive)
        elif base in ("dobj", "obj", "iobj", "obl", "nmod", "dative", "advmod") or dep == "dep":
            yield from self._cased(child, base, passive)
        elif dep == "poss":
            yield "poss", child
        elif dep in ("compound", "amod") and self.lexicon.lang == "en":
            yield "comp", child
        elif base in ("appos", "flat"):
            yield "self", child
        elif dep in ("attr", "oprd"):
            yield "attr", child

    def _english_preposition(self, child: "Token", passive: bool) -> Iterator[tuple[str, "Token"]]:
        role = self.lexicon.roles.get(child.lower_, child.lower_)
        if role == "by" and passive:
            role = "subj"
        for inner in child.children:
            if inner.dep_ == "pobj":
                yield role, inner
            elif inner.dep_ == "prep":  # "out of", "from among"
                yield from self._english_preposition(inner, passive)

    def _cased(self, child: "Token", base: str, passive: bool) -> Iterator[tuple[str, "Token"]]:
        """UD: the preposition is a child of its noun."""
        case = self.preposition(child)
        role = self.lexicon.roles.get(case, case)
        if not case:
            if base in ("dobj", "obj"):
                yield "obj", child
            elif base == "iobj":
                yield "to", child
            elif base in ("nmod", "dep") or (base == "obl" and self.slot_at(child)):
                yield "self", child
        elif passive and role in ("by", "por"):
            yield "subj", child
        elif role == "to" and base == "obj":
            yield "obj", child  # Spanish marks a personal object with "a"
            yield "to", child
        else:
            yield role, child

    def preposition(self, token: "Token") -> str:
        """The words before a UD nominal that mark its role, "" for none."""
        for child in token.children:
            if child.dep_ == "case" and child.i < token.i:
                words = [child.lower_] + [c.lower_ for c in child.children if c.dep_ == "fixed"]
                return " ".join(words).replace("’", "'")
        return ""

    def _relative(
        self, token: "Token", found: list[tuple[str, "Token"]], passive: bool
    ) -> list[tuple[str, "Token"]]:
        """Put the noun that a relative or participial clause modifies in its place in the clause."""
        relative = self.lexicon.words["relative"]
        pronouns = [(role, t) for role, t in found if t.lower_ in relative]
        rest = [(role, t) for role, t in found if t.lower_ not in relative]
        held = {role for role, _ in rest}
        antecedent = token.head
        if pronouns:
            role = pronouns[0][0]
            if role == "subj" and "subj" in held:
                role = "obj"  # "Y, que X compró": the small Spanish parser calls both subjects
            rest.append((role, antecedent))
        elif passive:
            if "obj" not in held:
                rest.append(("obj", antecedent))
        elif self._is_gerund(token) and "subj" not in held:
            rest.append(("subj", antecedent))
        return rest

    def is_infinitive(self, token: "Token") -> bool:
        """Whether a verb is an infinitive by its form, which it never is in English."""
        return self.lexicon.tense["infinitive"].fullmatch(token.lower_) is not None

    def _is_gerund(self, token: "Token") -> bool:
        return self.lexicon.tense["gerund"].fullmatch(token.lower_) is not None

    def governors(self, token: "Token") -> list[Governor]:
        """The words that govern a trigger, nearest first, up to the head of its sentence or clause."""
        chain: list[Governor] = []
        at = token
        for _ in range(_MAX_CLIMB):
            step = self._governor(at)
            if step is None:
                break
            chain.append(step)
            at = step.token
        return chain

    def is_circumstance(self, token: "Token") -> bool:
        """Whether a clause only tells when or how the main one came about ("tras comprar Y")."""
        loose = self.lexicon.words["loose"]
        return any(
            c.dep_ in ("mark", "case", "fixed", "prep", "advmod") and c.lower_ in loose and c.i < token.i
            for c in token.children
        )

    def _governor(self, token: "Token") -> Governor | None:
        head, dep = token.head, token.dep_
        purpose = any(c.tag_ == "TO" for c in token.children)  # "a deal to buy": no relative clause
        if head.i == token.i or (dep in ("relcl", "acl:relcl") and not purpose):
            return None
        base = dep.split(":")[0]
        if dep in ("pobj", "pcomp") and head.pos_ in ("ADP", "SCONJ", "PART"):
            return self._behind_preposition(token)
        if base in ("nsubj", "nsubjpass", "csubj"):
            return Governor(head, "subject")
        if base in _CLAUSES:
            return self._of_clause(token, base)
        if base in ("obl", "nmod") and self.preposition(token) in self.lexicon.words["loose"]:
            means = self.preposition(token) in self.lexicon.words["means"]
            return Governor(head, "after") if means and self.is_verb(head) else None
        if base in _GOVERNED:
            return Governor(head, "object" if self.is_verb(head) else "noun")
        return None

    def _behind_preposition(self, token: "Token") -> Governor | None:
        """English: the word that a prepositional phrase hangs from."""
        preposition, outer = token.head, token.head.head
        loose = preposition.lower_ in self.lexicon.words["loose"]
        means = preposition.lower_ in self.lexicon.words["means"]
        if outer.i == preposition.i or (loose and token.dep_ == "pobj" and not means):
            return None
        if loose:
            return Governor(outer, "after")
        return Governor(outer, "object" if self.is_verb(outer) else "noun")

    def _of_clause(self, token: "Token", base: str) -> Governor | None:
        """The word above a clause; a relative or participial one stands by itself."""
        if base == "conj":
            return Governor(token.head, "and")
        relative = any(c.lower_ in self.lexicon.words["relative"] for c in token.children)
        if base == "acl" and (relative or self.is_participle(token)):
            return None
        return Governor(token.head, "after" if self.is_circumstance(token) else "clause")
