"""The words of a sentence that may tell a tie."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.extraction.frames import Frame, Roles, frames
from bot.extraction.syntax import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSE_END = re.compile(
    r"[;:?!]|\.\s|,? (?:pero|aunque|mientras que|but|while|although|mais|tandis que|alors que) "
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word with one of the frames that it triggers, as a verb or as a noun."""

    token: "Token"
    frame: Frame
    noun: bool

    @property
    def pos(self) -> str:
        """ "verb" or "noun"."""
        return "noun" if self.noun else "verb"

    @property
    def roles(self) -> Roles:
        """Where its companies stand."""
        return self.frame.roles(self.pos) or Roles((), ())


def find_triggers(parse: Parse) -> Iterator[Trigger]:
    """Every trigger of a sentence, in the text's order."""
    for token in parse.doc:
        if parse.slot_at(token) is not None or len(token.text) < 3:
            continue
        if token.i and parse.doc[token.i - 1].text in ("-", "–"):
            continue  # "post-acquisition"
        for noun in _readings(parse, token):
            pos = "noun" if noun else "verb"
            for name in parse.lexicon.frames_of(token.lower_, pos):
                frame = frames()[name]
                if frame.roles(pos) is not None and _needs_met(parse, token, f"{name}.{pos}"):
                    yield Trigger(token, frame, noun)


def _readings(parse: Parse, token: "Token") -> tuple[bool, ...]:
    """As a verb, as a noun, or (participles that are tagged as adjectives) as both."""
    if parse.is_verb(token):
        return (False,)
    return (False, True) if token.pos_ == "ADJ" else (True,)


def _needs_met(parse: Parse, token: "Token", name: str) -> bool:
    """Whether the words before and after a trigger are what its frame asks for."""
    needs = parse.lexicon.needs
    text = parse.masked.text
    after, before = needs.get(name), needs.get(f"{name}.before")
    end = _CLAUSE_END.search(text, token.idx)
    if after is not None and not after.search(text[token.idx : end.start() if end else len(text)]):
        return False
    return before is None or any(before.search(part) for part in (text[: token.idx], token.lower_))
