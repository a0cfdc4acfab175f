"""Which forms of one article are the same company, and under which name it goes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.extraction.company_brackets import fold_all, is_acronym
from bot.extraction.company_words import CompanyWords, company_words
from bot.extraction.known import KnownCompany, KnownKind
from bot.names import name_key
from bot.values import CompanyName

# An article names a few dozen spellings; of a directory only the first are compared with each other.
MAX_FORMS = 400
# What a listed company's name may add and still mean the same.
_OF_GROUPS = frozenset(
    """grupo group groupe gruppo company companies compania compagnie corporation corporacion holding holdings
    sociedad societe international internacional worldwide global motor motors airlines airways com the el la
    los las le les de des du""".split()
)
_OF_BANKS = _OF_GROUPS | frozenset("bank banco banca banque".split())


@dataclass(slots=True)
class Form:
    """One spelling: where it first stands, whether it counts as a company by itself, what the list knows.

    `told` is where the article itself, below its headings, first uses it: a headline shortens names that the
    story then gives in full.
    """

    text: str
    start: int
    accepted: bool
    known: KnownCompany | None = None
    legal: bool = False
    ambiguous: bool = False
    told: int | None = None
    defined: list[str] = field(default_factory=list)  # spellings that brackets define for it
    key: tuple[str, ...] = ()
    core: tuple[str, ...] = ()  # the key without generic words at its ends
    stem: tuple[str, ...] = ()  # the key without words of trade and place at its end


Group = list[Form]


def group_forms(forms: Sequence[Form], lists: CompanyWords) -> list[Group]:
    """Join the spellings of each company; what is neither accepted nor joined to one that is goes."""
    kept = sorted(forms, key=lambda f: (not f.accepted, f.start))[:MAX_FORMS]
    for form in kept:
        _prepare(form, lists)
    _give_way(kept)
    groups = _Groups(sorted(kept, key=lambda f: f.start))
    _join_defined(groups, lists)
    for fits in (_has_same_core, _is_acronym, _Beginning(lists).fits):
        _join_short(groups, fits)
    return [group for group in groups.alive() if any(f.accepted for f in group)]


def company_name(group: Sequence[Form]) -> CompanyName:
    """The listed name, else the fullest spelling; every other spelling is an alias."""
    known = next((f.known for f in group if f.known is not None), None)
    texts = list(dict.fromkeys(f.text for f in sorted(group, key=lambda f: f.start)))
    name = known.name if known is not None else max(texts, key=_fullness)
    return CompanyName(name, tuple(t for t in texts if t != name))


def spellings(groups: Sequence[Sequence[Form]], names: Sequence[CompanyName]) -> Mapping[str, str]:
    """Every spelling -> the name of its company; a spelling that two companies share is left out."""
    found: dict[str, tuple[str, str | None]] = {}
    for group, name in zip(groups, names, strict=True):
        for form in group:
            key = fold_all(form.text)
            text, owner = found.get(key, (form.text, name.name))
            found[key] = (text, owner if owner == name.name else None)
    return {text: owner for text, owner in found.values() if owner is not None}


def _fullness(text: str) -> tuple[int, int]:
    shouted = text.isupper() and len(text) > 5
    return (len(text.split()), -1 if shouted else len(text))


def _prepare(form: Form, lists: CompanyWords) -> None:
    form.key = tuple(name_key(form.text).split())
    first, last = 0, len(form.key)
    while last - first > 1 and form.key[last - 1] in lists.generic:
        last -= 1
    while last - first > 1 and form.key[first] in lists.generic:
        first += 1
    core = form.key[first:last]
    common = not core or _is_general(core[0], lists)
    form.core = () if common or len("".join(core)) < 3 else core
    stem = len(form.key)
    while stem > 1 and _is_general(form.key[stem - 1], lists):
        stem -= 1
    form.stem = form.key[:stem]


def _is_general(word: str, lists: CompanyWords) -> bool:
    """Whether a word tells of a trade or a place, as those of many companies do."""
    return word in lists.generic or word in lists.head_last or word in lists.places


def _give_way(forms: Sequence[Form]) -> None:
    """An ambiguous listed name is the short form of an unlisted firm named in full before it."""
    full_names = [f for f in forms if f.legal and f.known is None]
    for form in forms:
        if form.ambiguous and any(
            f.start < form.start and f.key != form.key and f.key[: len(form.key)] == form.key
            for f in full_names
        ):
            form.known = None


class _Groups:
    """Forms in groups; "Open AI" and "OpenAI" start in one."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self._groups: dict[str, Group] = {}
        self._of: dict[str, str] = {}  # squashed spelling -> the group it is in
        for form in forms:
            name = form.known.name if form.known is not None else "".join(form.key)
            self._groups.setdefault(name, []).append(form)
            self._of.setdefault("".join(form.key), name)

    def alive(self) -> Iterator[Group]:
        """The groups as they stand."""
        return iter(list(self._groups.values()))

    def find(self, form: Form) -> Group | None:
        """The group that a spelling is in."""
        return self._groups.get(self._of.get("".join(form.key), ""))

    def add(self, group: Group, form: Form) -> None:
        """Put a new spelling into a group."""
        group.append(form)
        self._of["".join(form.key)] = self._name(group)

    def merge(self, into: Group, other: Group) -> None:
        """Join two groups, unless the list knows them as two companies."""
        if into is other or not may_be_one(into, other):
            return
        name = self._name(into)
        del self._groups[self._name(other)]
        into.extend(other)
        for form in other:
            self._of["".join(form.key)] = name

    def _name(self, group: Group) -> str:
        return next(name for name, members in self._groups.items() if members is group)


def may_be_one(one: Sequence[Form], two: Sequence[Form]) -> bool:
    """Whether the list does not know them as two companies."""
    mine = next((f.known for f in one if f.known is not None), None)
    theirs = next((f.known for f in two if f.known is not None), None)
    return mine is None or theirs is None or mine == theirs


def _join_defined(groups: _Groups, lists: CompanyWords) -> None:
    for form in [f for g in groups.alive() for f in g if f.defined]:
        for short in form.defined:
            named = Form(short, form.start + len(form.text), accepted=False)
            _prepare(named, lists)
            group, other = groups.find(form), groups.find(named)
            if group is None or not named.key:
                continue
            if other is None:
                groups.add(group, named)
                continue
            renamed = form.key[: len(named.key)] == named.key or is_acronym(short, form.text)
            if form.known is None and renamed and all(f.key == named.key for f in other):
                for namesake in other:  # the text says whom it means by "Micron"
                    namesake.known = None
            groups.merge(group, other)


def _join_short(groups: _Groups, fits: Callable[[Form, Form], bool]) -> None:
    """Join each group to the one fuller name that its spelling is short for."""
    for group in sorted(groups.alive(), key=lambda g: -max(len(f.text) for f in g)):
        fuller = [
            g
            for g in groups.alive()
            if g is not group and any(f.accepted for f in g) and _is_short_for(group, g, fits)
        ]
        if len(fuller) > 1:
            fuller = _named_before(group, fuller)
        if len(fuller) == 1:
            groups.merge(fuller[0], group)


def _is_short_for(group: Group, target: Group, fits: Callable[[Form, Form], bool]) -> bool:
    if not any(
        _is_fuller(f, s) and fits(s, f) and not _is_explained(s, f, group) for s in group for f in target
    ):
        return False
    legal = any(f.legal for f in group)
    two_firms = legal and (any(f.legal for f in target) or any(map(_is_vehicle, target)))
    return not two_firms and may_be_one(group, target)


def _is_explained(short: Form, full: Form, group: Group) -> bool:
    """Whether the text gave an unlisted spelling another full name: "GIP" is not short for "GIP Bidco" then.

    Where both only add general words, "Roe Group" and "Roe Australia Holdings", they are one.
    """
    if short.known is not None:
        return False
    longer = (f for f in group if len(f.key) > len(short.key))
    return any(full.core != short.key or f.stem != short.key for f in longer)


def _is_vehicle(form: Form) -> bool:
    """Whether it is a trust or a fund: "Roe Trust" is another than "Roe Pty Ltd", its trustee."""
    return not company_words().vehicles.isdisjoint(form.key[-2:])


def _is_fuller(full: Form, short: Form) -> bool:
    """Whether it says more than its legal form does: "Roe Group" is fuller than "Roe Corporation"."""
    return len(full.text) > len(short.text) or len(full.key) > len(short.key)


def _named_before(group: Group, targets: list[Group]) -> list[Group]:
    """Of several fuller names the short one means the first, if that was named before it."""
    at = min(map(_told, group))
    before = [g for g in targets if min(map(_told, g)) < at]
    return sorted(before, key=lambda g: min(map(_told, g)))[:1]


def _told(form: Form) -> int:
    return form.start if form.told is None else form.told


def _has_same_core(short: Form, full: Form) -> bool:
    """ "Higa" for "Grupo Higa", "Inflection" for "Inflection AI"."""
    if full.core != short.key or full.core == full.key or not full.core:
        return False
    if short.known is None or full.known is not None:
        return True
    harmless = _OF_BANKS if short.known.kind is KnownKind.BANK else _OF_GROUPS
    return harmless.issuperset(set(full.key) - set(short.key))  # "Sony Group" is Sony, "Sony Bank" is not


def _is_acronym(short: Form, full: Form) -> bool:
    if not (len(short.text) >= 3 and short.text.isupper() and full.key and len(full.key) > 1):
        return False
    return any(word[0] == short.key[0][0] for word in full.key[:2]) and is_acronym(short.text, full.text)


class _Beginning:
    """An unlisted first part of a fuller name that was named before: "Boliden Aspirsa" ... "Boliden"."""

    def __init__(self, lists: CompanyWords) -> None:
        self._places = lists.places
        self._common = (
            lists.generic
            | lists.head_first
            | lists.head_last
            | lists.places
            | lists.institutions
            | lists.peoples
        )

    def fits(self, short: Form, full: Form) -> bool:
        """Whether `short` is such a part of `full`."""
        count = len(short.key)
        if not 0 < count < len(full.key) or full.key[:count] != short.key:
            return False
        if short.known is not None or full.known is not None or _told(full) >= _told(short):
            return False
        if self._common.issuperset(short.key) or (short.accepted and short.legal):
            return False
        return self._places.isdisjoint(full.key[count:])
