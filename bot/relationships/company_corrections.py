"""What people said about companies, as guidance for `bot.relationships.identity`: pure.

Companies are named by their keys (`bot.names.name_key`), which outlive ids. Of two words about the same keys
the later counts: parting takes a merger back, merging takes a parting back.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from bot.names import name_key

Pair = tuple[str, str]


class CompanyVerdict(StrEnum):
    """What a person does to a company."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class CompanySaid:
    """A verdict on the company with `keys`, the one that its articles use most first.

    RENAME: `name` is its new name, `other_name` the old one. MERGE: the company with `other_keys`, called
    `other_name`, becomes one with it, called `name`. SPLIT: `other_name` with its one key in `other_keys` is
    another company than `name`. HIDE: `name` is nothing to show.
    """

    verdict: CompanyVerdict
    keys: tuple[str, ...]
    name: str
    other_keys: tuple[str, ...] = ()
    other_name: str = ""

    @property
    def all_keys(self) -> frozenset[str]:
        """Every name key that it may bear on."""
        return frozenset(self.keys) | frozenset(self.other_keys) | frozenset(filter(None, [self.new_key]))

    @property
    def new_key(self) -> str:
        """The key of the name that is given."""
        return name_key(self.name)


@dataclass(frozen=True, slots=True)
class Guidance:
    """What identity has to keep to: pairs of keys that are one company or are not, names, what is hidden.

    `names` holds (key, name), the latest last.
    """

    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    names: tuple[Pair, ...] = ()
    hidden: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """Every key of which something was said."""
        named = frozenset(key for key, _name in self.names)
        return named.union(self.hidden, *self.same, *self.apart)

    def name_of(self, keys: Collection[str]) -> str | None:
        """The name that people gave to the company with these keys."""
        return next((name for key, name in reversed(self.names) if key in keys), None)

    def hides(self, keys: Collection[str]) -> bool:
        """Whether the company with these keys is not to be shown."""
        return not self.hidden.isdisjoint(keys)


NO_GUIDANCE = Guidance()


def guide(corrections: Iterable[CompanySaid]) -> Guidance:
    """What the corrections that stand, oldest first, come to."""
    same: dict[Pair, None] = {}
    apart: dict[Pair, None] = {}
    names: list[Pair] = []
    hidden: set[str] = set()
    for said in corrections:
        key = said.keys[0]
        if said.verdict is CompanyVerdict.HIDE:
            hidden.add(key)
        elif said.verdict is CompanyVerdict.SPLIT:
            _drop(same, said.keys, said.other_keys)
            apart.update(dict.fromkeys(map(_pair, product(said.keys, said.other_keys))))
            names = [n for n in names if n[0] not in said.keys or name_key(n[1]) not in said.other_keys]
        else:
            names.append((key, said.name))
            others = said.other_keys if said.verdict is CompanyVerdict.MERGE else (said.new_key,)
            _drop(apart, said.keys, others)
            if others[0] != key:
                same[_pair((key, others[0]))] = None
    return Guidance(tuple(sorted(same)), tuple(sorted(apart)), tuple(names), frozenset(hidden))


def _drop(pairs: dict[Pair, None], keys: Iterable[str], others: Iterable[str]) -> None:
    for pair in map(_pair, product(keys, others)):
        pairs.pop(pair, None)


def _pair(pair: Pair) -> Pair:
    return min(pair), max(pair)
