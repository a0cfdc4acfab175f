"""The frames (frames.toml) and each language's words for them (languages/*.toml), compiled on first use."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.values import SYMMETRIC_KINDS, Status, TieKind

_VERB, _NOUN = "verb", "noun"
_AHEAD = ("future", "conditional")  # the tenses that are told by a word's end
_WORD = re.compile(r"[\w']+")
_NO_STATUS = ("third", "told", "asked")  # governors of which only some rule asks


@dataclass(frozen=True, slots=True)
class Roles:
    """Where a trigger's companies stand; for symmetric kinds `source` x `target`, else all of `source`."""

    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way of saying a tie: see the head of frames.toml."""

    id: str
    kind: TieKind
    confidence: float
    verb: Roles | None
    noun: Roles | None
    stake: bool = False
    standing: bool = False
    goods: bool = False  # what is handed over must not be a company
    authority: bool = False
    object: str | None = None
    status: Status | None = None

    @property
    def symmetric(self) -> bool:
        """Whether its ties have no direction."""
        return self.kind in SYMMETRIC_KINDS

    def roles(self, pos: str) -> Roles | None:
        """The roles of its verb or of its noun."""
        return self.verb if pos == _VERB else self.noun


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words, as compiled patterns."""

    lang: str
    triggers: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]  # "verb"/"noun" -> (frame id, pattern)
    any_trigger: re.Pattern[str]
    tense: Mapping[str, re.Pattern[str]]
    tense_ends: Mapping[str, re.Pattern[str]]  # a whole word that ends as a tense does
    needs: Mapping[str, re.Pattern[str]]
    roles: Mapping[str, str]  # preposition -> role
    glue: Mapping[str, re.Pattern[str]]
    words: Mapping[str, frozenset[str]]  # negation, relative, passive, pronoun ...
    transparent: Mapping[str, re.Pattern[str]]
    governors: Mapping[str, re.Pattern[str]]
    governor_nouns: Mapping[str, re.Pattern[str]]
    cues: Mapping[str, re.Pattern[str]]
    relations: Mapping[str, str]  # relation -> alternation of nouns

    def frames_of(self, word: str, pos: str) -> tuple[str, ...]:
        """The ids of the frames that a word form triggers as a verb or as a noun."""
        return tuple(frame for frame, pattern in self.triggers[pos] if pattern.fullmatch(word))

    def denies(self, text: str) -> bool:
        """Whether a stretch of text holds a word of negation that denies more than an adjective."""
        adjective = self.cues.get("no_adjective")  # "una oferta no vinculante" is an offer
        told = adjective.sub("", text) if adjective else text
        return not self.words["negation"].isdisjoint(_WORD.findall(told.lower()))

    def is_tense(self, name: str, word: str) -> bool:
        """Whether a verb form ends as those of the future or the conditional do."""
        return self.tense_ends[name].fullmatch(word) is not None

    def status_of(self, word: str, *, noun: bool) -> str | None:
        """What a governing word does to a status: a `Status` value, "neutral", or None for no governor."""
        table = self.governor_nouns if noun else self.governors
        forms = (word, word.partition(" ")[0])
        found = (s for f in forms for s, p in table.items() if s not in _NO_STATUS and p.fullmatch(f))
        return next(found, None)


@lru_cache(maxsize=1)
def frames() -> Mapping[str, Frame]:
    """Every frame by id."""
    loaded = tomllib.loads(files("bot.extraction").joinpath("frames.toml").read_text("utf-8"))
    return {entry["id"]: _frame(entry) for entry in loaded["frame"]}


def _frame(entry: dict[str, Any]) -> Frame:
    return Frame(
        id=entry["id"],
        kind=TieKind(entry["kind"]),
        confidence=entry["confidence"],
        verb=_roles(entry.get(_VERB)),
        noun=_roles(entry.get(_NOUN)),
        stake=entry.get("stake", False),
        standing=entry.get("standing", False),
        goods=entry.get("goods", False),
        authority=entry.get("authority", False),
        object=entry.get("object"),
        status=Status(entry["status"]) if "status" in entry else None,
    )


def _roles(entry: dict[str, list[str]] | None) -> Roles | None:
    if entry is None:
        return None
    source = entry.get("source", entry.get("left", []))
    target = entry.get("target", entry.get("right", []))
    return Roles(tuple(source), tuple(target))


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon:
    """The words of a language that has a file under languages/."""
    source = files("bot.extraction.languages").joinpath(f"{lang}.toml").read_text("utf-8")
    loaded = tomllib.loads(source)
    endings = loaded["endings"]
    triggers = {
        pos: tuple((name, _compile(words, endings)) for name, words in loaded[f"{pos}s"].items())
        for pos in (_VERB, _NOUN)
    }
    glue = loaded["glue"]
    lists = ("negation", "relative", "passive", "condition", "loose", "option", "pronoun", "means")
    relations = {name: "|".join(words) for name, words in loaded["relations"].items()}
    everything = [p.pattern for pos in triggers.values() for _, p in pos] + list(relations.values())
    phrases = "|".join(loaded["cues"][name] for name in ("relation_between", "participation"))
    return Lexicon(
        lang=lang,
        triggers=triggers,
        any_trigger=re.compile(rf"(?<!\w)(?:{'|'.join(everything)})(?!\w)|{phrases}", re.IGNORECASE),
        tense={name: re.compile(pattern) for name, pattern in loaded["tense"].items()},
        tense_ends={
            # A second ".*" would be tried at every place of the first.
            name: re.compile(rf".*(?:{loaded['tense'][name].removeprefix('.*')})")
            for name in _AHEAD
        },
        needs={name: re.compile(pattern, re.IGNORECASE) for name, pattern in loaded["needs"].items()},
        roles={word: role for role, words in loaded["prepositions"].items() for word in words},
        glue={k: re.compile(v, re.IGNORECASE) for k, v in glue.items() if isinstance(v, str)},
        words={name: frozenset(glue[name]) for name in lists},
        transparent={
            k: _compile(v if isinstance(v, list) else [v], endings) for k, v in loaded["transparent"].items()
        },
        governors={k: _compile(v, endings) for k, v in loaded["governors"].items()},
        governor_nouns={k: _compile(v, endings) for k, v in loaded["governor_nouns"].items()},
        cues={k: re.compile(v, re.IGNORECASE) for k, v in loaded["cues"].items()},
        relations=relations,
    )


def _compile(words: list[str], endings: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern for a list of words and "stem+class" verbs."""
    return re.compile("|".join(_expand(word, endings) for word in words) or "(?!)", re.IGNORECASE)


def _expand(word: str, endings: Mapping[str, str]) -> str:
    stem, plus, ending = word.partition("+")
    return f"{stem}(?:{endings[ending]})" if plus and ending in endings else f"(?:{word})"
