"""Everything that is said can be said in Spanish: texts go through gettext, and each has its translation."""

import ast
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

import bot.locale
from bot.locale import LANGUAGES, _, ngettext, region, speaking, spoken

ROOT = Path(__file__).parent.parent
CATALOGUE = Path(bot.locale.__file__).parent / "es" / "LC_MESSAGES" / "seams.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "counted": (2, 3)}  # as in the Makefile
MARKERS = {"_", "N_", "ngettext", "pgettext", "counted"}
PLACEHOLDER = re.compile(r"\{\w+\}")
# What people read is made in these; a text in them that is no code is said through gettext.
SPEAKING = ("bot/views", "handlers")
MUTE = {"canvas.py", "limits.py", "mrkdwn.py"}  # this draws what it is given, these check what others made
WRITTEN = re.compile(r"[A-Za-z’']{2,} [a-z]{2,}|^[A-Z][a-z]{2,}[ .:…]?$")
GLUE = re.compile(r"(?<![\w:])[A-Za-z’]{2,}(?![\w:/])")  # words between the parts of an f-string
# Commands as they are typed, and what follows; log lines; style sheets and headers of pages; file names.
CODE = re.compile(r"^[` ]?/|^ [a-z ]+$|%s|\{color|default-src|\.\w{3}$")
TAG = re.compile(r"<[^>]*>?|^[^<>]*>")
SHELL = ("bot/shell", "bot/slack_export.py")  # speaks English

Message = tuple[str | None, tuple[str, ...]]


def ids(message: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message or ())


@lru_cache
def said() -> frozenset[Message]:
    """Every text in the code, with its context, singular and plural; one said both ways is a plural."""
    found: dict[tuple[str | None, str], tuple[str, ...]] = {}
    for top in ("bot", "handlers"):
        for _file, _line, text, _comments, context in extract_from_dir(ROOT / top, keywords=KEYWORDS):
            texts = ids(text)
            found[context, texts[0]] = max(texts, found.get((context, texts[0]), ()), key=len)
    return frozenset((context, texts) for (context, _first), texts in found.items())


@lru_cache
def trees() -> dict[Path, ast.Module]:
    """Every source of what is said, parsed, by its path."""
    found = sorted(path for top in ("bot", "handlers") for path in (ROOT / top).rglob("*.py"))
    return {path.relative_to(ROOT): ast.parse(path.read_text()) for path in found}


@lru_cache
def translated() -> dict[Message, tuple[str, ...]]:
    with CATALOGUE.open("rb") as written:
        catalogue = read_po(written, locale="es", abort_invalid=True)
    assert not catalogue.obsolete
    return {(m.context, ids(m.id)): ids(m.string) for m in catalogue if m.id and not m.fuzzy}


def test_every_text_has_a_translation() -> None:
    missing = [key for key in said() if not all(translated().get(key, ("",)))]
    assert not missing, "run `make messages` and translate"


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    assert set(translated()) <= said()


def test_a_translation_has_the_placeholders_and_marks_of_its_text() -> None:
    def differs(text: str, form: str) -> bool:
        return (
            sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(text))
            or form.count("`") != text.count("`")
            or form.endswith(".") != text.endswith(".")
        )

    assert all(len(forms) == len(texts) for (_context, texts), forms in translated().items())
    pairs = ((*pair,) for key, forms in translated().items() for pair in zip(key[1], forms, strict=True))
    assert [(text, form) for text, form in pairs if differs(text, form)] == []


def calls(tree: ast.AST, named: Collection[str] = MARKERS) -> Iterator[ast.Call]:
    """The calls of some functions, by default of those that mark a text for the catalogue."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in named:
            yield node


def unfound(tree: ast.Module) -> Iterator[int]:
    """Lines with texts that the extraction can't see: in or as f-strings, or where `_` is something else."""
    imported = any(
        isinstance(node, ast.ImportFrom) and any(name.name == "_" for name in node.names)
        for node in ast.walk(tree)
    )
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inner = (each for call in calls(node) for each in call.args)
            yield from (each.lineno for each in inner if isinstance(each, ast.Constant))
        if imported and isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store):
            yield node.lineno
    yield from (n.lineno for n in calls(tree) if any(isinstance(each, ast.JoinedStr) for each in n.args))


def test_texts_are_marked_where_they_are_found() -> None:
    assert [(path.name, line) for path, tree in trees().items() for line in unfound(tree)] == []


def prose(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Texts that look written for people and that no call marks: two words or more, or one with a capital."""
    skipped = {id(each) for call in calls(tree) for each in ast.walk(call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))  # a docstring
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            skipped |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in skipped:
            glue = TAG.sub(" ", constants(node))
            if GLUE.search(glue) and not CODE.search(glue):
                yield node.lineno, glue
        if not isinstance(node, ast.Constant) or id(node) in skipped:
            continue
        text = TAG.sub(" ", node.value) if isinstance(node.value, str) else ""
        if WRITTEN.search(text) and not CODE.search(text):
            yield node.lineno, text


def test_no_text_is_said_in_english_alone() -> None:
    spoken_in = {path: tree for path, tree in trees().items() if str(path).startswith(SPEAKING)}
    found = [(path.name, *each) for path, tree in spoken_in.items() for each in prose(tree)]
    assert [each for each in found if each[0] not in MUTE] == []


def constants(node: ast.AST) -> str:
    """The words of an f-string; "" for anything else."""
    parts = node.values if isinstance(node, ast.JoinedStr) else ()
    return " ".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def test_what_is_refused_is_refused_in_the_readers_language() -> None:
    raised = [
        (str(path), call.lineno)
        for path, tree in trees().items()
        for call in calls(tree, {"UserError"})
        if not str(path).startswith(SHELL)
        and (isinstance(call.args[0], ast.Constant) or WRITTEN.search(constants(call.args[0])))
    ]
    assert raised == []


def test_listeners_speak_the_language_of_whoever_did_something() -> None:
    """Whatever is answered, or refused, is made inside `with spoken_to(...)`, or by what is called there."""
    outside = []
    for path, tree in trees().items():
        if path.parts[0] != "handlers" or path.name == "reply.py":
            continue
        speaking_to = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.With) and "spoken_to(" in ast.unparse(node.items[0])
        ]
        functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        called = [
            functions[name] for node in speaking_to for name in functions if f"{name}(" in ast.unparse(node)
        ]
        inside = {
            call.lineno for node in (*speaking_to, *called) for call in calls(node, {"reply", "explain"})
        }
        answering = {call.lineno for call in calls(tree, {"reply", "explain"})}
        outside += [(path.name, line) for line in answering - inside]
    assert outside == []


def test_a_language_holds_inside_alone() -> None:
    with speaking("es-MX"):
        assert (_("Next"), region()) == ("Siguiente", "es")
        with speaking("en-US"):
            assert _("Next") == "Next"
        assert ngettext("{count} deal", "{count} deals", 1) == "{count} operación"
        assert ngettext("{count} deal", "{count} deals", 0) == "{count} operaciones"
    assert spoken() == "en"


@pytest.mark.parametrize("language", ["fr", "", None, "eso", "en_AU"])
def test_what_is_not_spoken_is_english(language: str | None) -> None:
    with speaking(language):
        assert spoken() == "en"


def test_every_language_but_english_has_a_catalogue() -> None:
    found = {path.parent.parent.name for path in CATALOGUE.parents[2].glob("*/LC_MESSAGES/seams.po")}
    assert found == set(LANGUAGES) - {"en"}
