"""Which forms of one article are the same company, and under which name it goes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.extraction.company_brackets import fold_all, is_acronym
from bot.extraction.company_words import CompanyWords
from bot.extraction.known import KnownCompany
from bot.names import name_key
from bot.values import CompanyName


@dataclass(slots=True)
class Form:
    """One spelling: where it first stands, whether it counts as a company by itself, what the list knows."""

    text: str
    start: int
    accepted: bool
    known: KnownCompany | None = None
    legal: bool = False
    defined: list[str] = field(default_factory=list)  # spellings that brackets define for it


def squash(name: str) -> str:
    """The key under which "Open AI" and "OpenAI" meet."""
    return name_key(name).replace(" ", "")


def group_forms(forms: Sequence[Form], lists: CompanyWords) -> list[list[Form]]:
    """Join the spellings of each company; what is neither accepted nor joined to one that is goes."""
    groups = _by_key(forms)
    _join_defined(groups, forms)
    _join_short(groups, lists)
    return [g for g in groups if any(f.accepted for f in g)]


def company_name(group: Sequence[Form]) -> CompanyName:
    """The listed name, else the fullest spelling; every other spelling is an alias."""
    known = next((f.known for f in group if f.known is not None), None)
    texts = list(dict.fromkeys(f.text for f in sorted(group, key=lambda f: f.start)))
    name = known.name if known is not None else max(texts, key=_fullness)
    aliases = [t for t in texts if t != name]
    return CompanyName(name, tuple(aliases))


def _fullness(text: str) -> tuple[int, int]:
    upper = text.isupper() and len(text) > 5
    return (len(text.split()), -1 if upper else len(text))


def _by_key(forms: Sequence[Form]) -> list[list[Form]]:
    groups: dict[str, list[Form]] = {}
    for form in forms:
        key = form.known.name if form.known is not None else squash(form.text)
        groups.setdefault(key, []).append(form)
    return list(groups.values())


def _known(group: Iterable[Form]) -> KnownCompany | None:
    return next((f.known for f in group if f.known is not None), None)


def _merge(groups: list[list[Form]], into: list[Form], other: list[Form]) -> None:
    if into is other or not _may_merge(into, other):
        return
    into.extend(other)
    groups[:] = [g for g in groups if g is not other]


def _may_merge(one: Sequence[Form], two: Sequence[Form]) -> bool:
    mine, theirs = _known(one), _known(two)
    return mine is None or theirs is None or mine == theirs


def _join_defined(groups: list[list[Form]], forms: Sequence[Form]) -> None:
    for form in forms:
        for short in form.defined:
            group = next((g for g in groups if any(f is form for f in g)), None)
            key = squash(short)
            other = next((g for g in groups if any(squash(f.text) == key for f in g)), None)
            if group is None:
                continue
            if other is None:
                group.append(Form(short, form.start + len(form.text), accepted=False))
                continue
            alone = all(squash(f.text) == key for f in other)
            renamed = name_key(form.text).startswith(name_key(short)) or is_acronym(short, form.text)
            if form.known is None and alone and renamed:
                for namesake in other:  # the text says whom it means by "Micron"
                    namesake.known = None
            _merge(groups, group, other)


def _join_short(groups: list[list[Form]], lists: CompanyWords) -> None:
    """Join "Higa" to "Grupo Higa", "BCR" to "Banco Comercial Rumano", "Boliden" to "Boliden Aspirsa"."""
    tests: tuple[Callable[[Form, Form], bool], ...] = (
        lambda short, full: _same_core(short.text, full.text, lists),
        lambda short, full: (
            len(short.text) >= 3 and short.text.isupper() and is_acronym(short.text, full.text)
        ),
        lambda short, full: _is_beginning(short, full, lists),
    )
    for test in tests:
        for group in sorted(groups, key=lambda g: -max(len(f.text) for f in g)):
            if group not in groups:
                continue
            targets = [
                g for g in groups if g is not group and any(f.accepted for f in g) and _fits(group, g, test)
            ]
            if len(targets) > 1:
                targets = _earliest(group, targets)
            if len(targets) == 1:
                _merge(groups, targets[0], group)


def _fits(group: Sequence[Form], target: Sequence[Form], test: Callable[[Form, Form], bool]) -> bool:
    if not _may_merge(group, target) or (any(f.legal for f in group) and any(f.legal for f in target)):
        return False
    return any(test(short, full) for short in group for full in target if len(full.text) > len(short.text))


def _earliest(group: Sequence[Form], targets: list[list[Form]]) -> list[list[Form]]:
    """Of several fuller names the short one means the nearest before it, if it was named before."""
    at = min(f.start for f in group)
    before = [g for g in targets if min(f.start for f in g) < at]
    return sorted(before, key=lambda g: min(f.start for f in g))[:1]


def _core(text: str, lists: CompanyWords) -> tuple[str, ...]:
    words = [w for w in name_key(text).split() if w]
    while len(words) > 1 and words[-1] in lists.generic:
        words.pop()
    while len(words) > 1 and words[0] in lists.generic:
        words.pop(0)
    return tuple(words)


def _same_core(short: str, full: str, lists: CompanyWords) -> bool:
    core = _core(full, lists)
    if core != tuple(name_key(short).split()) or core == tuple(name_key(full).split()):
        return False
    return not (
        core[0] in lists.generic
        or core[0] in lists.head_last
        or core[0] in lists.places
        or len("".join(core)) < 3
    )


def _is_beginning(short: Form, full: Form, lists: CompanyWords) -> bool:
    """An unlisted first part of a fuller name that was named before: "Boliden Aspirsa" ... "Boliden"."""
    if short.known is not None or full.start >= short.start:
        return False
    mine, whole = name_key(short.text).split(), name_key(full.text).split()
    if not mine or len(mine) >= len(whole) or whole[: len(mine)] != mine or full.known is not None:
        return False
    common = (
        lists.generic | lists.head_first | lists.head_last | lists.places | lists.institutions | lists.peoples
    )
    if all(w in common for w in mine) or (short.accepted and short.legal):
        return False
    return not any(w in lists.places for w in whole[len(mine) :])


def spellings(groups: Sequence[Sequence[Form]], names: Sequence[CompanyName]) -> Mapping[str, str]:
    """Every spelling -> the name of its company; a spelling that two companies share is left out."""
    found: dict[str, tuple[str, str | None]] = {}
    for group, name in zip(groups, names, strict=True):
        for form in group:
            key = fold_all(form.text)
            text, owner = found.get(key, (form.text, name.name))
            found[key] = (text, owner if owner == name.name else None)
    return {text: owner for text, owner in found.values() if owner is not None}
