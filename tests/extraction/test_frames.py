"""The frames and word lists as they are kept: readable, complete and consistent with each other."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from bot.extraction.frames import frames, lexicon
from bot.extraction.models import DEFAULT_MODELS
from bot.extraction.relation_patterns import relation_patterns
from bot.values import Status, TieKind

LANGUAGES = sorted(DEFAULT_MODELS)
WORDLESS = {"sold"}  # made by the code from another frame
ROLES = set("subj obj of in into to with between against on over for from by por poss comp refuser".split())


def _table(lang: str) -> dict[str, Any]:
    return tomllib.loads(files("bot.extraction.languages").joinpath(f"{lang}.toml").read_text("utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_belongs_to_a_frame_that_has_roles_for_it(lang: str) -> None:
    table = _table(lang)
    wordlists = [(pos, name) for pos in ("verb", "noun") for name in table[f"{pos}s"]]
    assert [w for w in wordlists if w[1] not in frames() or frames()[w[1]].roles(w[0]) is None] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_need_belongs_to_a_word_list(lang: str) -> None:
    table = _table(lang)
    named = [need.split(".")[:2] for need in table["needs"]]
    assert [n for n in named if n[0] not in table[f"{n[1]}s"]] == []


def test_every_frame_has_words_in_some_language() -> None:
    named = {name for lang in LANGUAGES for pos in ("verbs", "nouns") for name in _table(lang)[pos]}
    assert set(frames()) - named == WORDLESS


def test_every_kind_of_tie_has_a_frame() -> None:
    assert {frame.kind for frame in frames().values()} == set(TieKind)


def test_frames_use_the_common_roles_only() -> None:
    used = {
        role
        for frame in frames().values()
        for roles in (frame.verb, frame.noun)
        if roles is not None
        for role in (*roles.source, *roles.target)
    }
    assert used <= ROLES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_governors_are_named_after_statuses(lang: str) -> None:
    words = lexicon(lang)
    assert set(words.governors) - {"neutral", "third", "told", "asked"} == {s.value for s in Status}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_patterns_compile(lang: str) -> None:
    assert len(relation_patterns(lang)) > 20


@pytest.mark.parametrize(
    ("lang", "word", "frame"),
    [
        ("es", "adquirió", "buy"),
        ("es", "comprará", "buy"),
        ("es", "invirtieron", "invest"),
        ("en", "acquiring", "buy"),
        ("en", "bought", "buy"),
        ("fr", "rachètera", "buy"),
        ("fr", "investi", "invest"),
    ],
)
def test_inflected_forms_trigger_their_frame(lang: str, word: str, frame: str) -> None:
    assert frame in lexicon(lang).frames_of(word, "verb")


@pytest.mark.parametrize(("lang", "word"), [("es", "comprender"), ("en", "buyer"), ("fr", "achalandage")])
def test_look_alikes_trigger_nothing(lang: str, word: str) -> None:
    assert lexicon(lang).frames_of(word, "verb") == ()
