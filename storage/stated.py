"""What articles say as it counts for a reader in one channel: the reader's ties, as people corrected them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy import ColumnElement, and_, or_, select

from bot.names import name_key
from bot.relationships.corrections import FactCorrection, StatedTie, state_ties
from bot.relationships.identity import Claim
from storage.corrections import facts as standing_facts
from storage.engine import Session
from storage.schema import TieRow
from storage.ties import AT_ONCE, in_parts, stored_ties, tie_id_of, tie_of
from storage.visibility import article_is_visible


@dataclass(frozen=True, slots=True)
class Told:
    """A tie of an article as it counts, under its id."""

    tie_id: str
    article_id: str
    stated: StatedTie


class Statements:
    """Looks ties up; what people corrected is read once, when it is made."""

    def __init__(
        self, session: Session, *, team_id: str, channel_id: str, article_ids: Collection[str] | None = None
    ) -> None:
        """Know the corrections of some articles, or of all that a reader in the channel may see."""
        self._session, self._team_id, self._channel_id = session, team_id, channel_id
        self._facts: defaultdict[str, list[FactCorrection]] = defaultdict(list)
        for fact in standing_facts(session, team_id=team_id, channel_id=channel_id, article_ids=article_ids):
            self._facts[fact.article_id].append(fact)
        self._told: dict[str, tuple[Told, ...]] = {}
        self._made: dict[str, tuple[Told, ...]] | None = None

    def claims(self, keys: Collection[str]) -> frozenset[Claim]:
        """The names that people gave the parties of a fact, where they have one of the keys."""
        return frozenset(
            Claim(told.article_id, name)
            for article in self._by_people().values()
            for told in article
            for name in (told.stated.tie.source, told.stated.tie.target)
            if name_key(name) in keys
        )

    def of_article(self, article_id: str) -> tuple[Told, ...]:
        """What one article says, in the order of its text."""
        if article_id in self._facts:
            told = self._corrected([article_id])
        else:
            rows = stored_ties(self._session, team_id=self._team_id, article_ids=[article_id])
            told = tuple(_told(row) for row in rows)
        return tuple(sorted(told, key=lambda each: (each.stated.tie.evidence.start, each.tie_id)))

    def between(self, keys: Collection[str], article_ids: Collection[str] = ()) -> Iterator[Told]:
        """Each tie with a party of one of the keys, or of one of the articles, that the reader may see."""
        wanted = frozenset(keys)
        of_reader = self._of_reader(keys, article_ids)
        yield from self._as_corrected(of_reader, wanted, frozenset(article_ids))

    def among(self, keys: Collection[str]) -> Iterator[Told]:
        """Each tie that the reader may see with both parties of the keys, perhaps others with one of them."""
        if len(keys) > AT_ONCE:
            yield from self.between(keys)
            return
        visible = article_is_visible(self._team_id, self._channel_id, TieRow.article_id)
        both = and_(visible, TieRow.source_key.in_(keys), TieRow.target_key.in_(keys))
        yield from self._as_corrected(map(_told, self._rows(both)), frozenset(keys), frozenset())

    def _as_corrected(
        self, of_reader: Iterable[Told], wanted: frozenset[str], article_ids: frozenset[str]
    ) -> Iterator[Told]:
        found: dict[str, Told] = {}
        corrected = self._facts.keys() & article_ids
        for told in of_reader:
            if told.article_id in self._facts:
                corrected.add(told.article_id)
            else:
                found[told.tie_id] = told
        for article_id, made in self._by_people().items():
            if any(_parties(told) & wanted for told in made):
                corrected.add(article_id)
        for told in self._corrected(corrected):
            if told.article_id in article_ids or _parties(told) & wanted:
                found[told.tie_id] = told
        yield from found.values()

    def by_id(self, tie_ids: Collection[str]) -> Mapping[str, Told]:
        """The ties of some ids, whoever may see their articles; those that are no more are missing."""
        found: dict[str, Told] = {}
        corrected: set[str] = set()
        for some in in_parts(sorted(set(tie_ids))):
            for row in self._rows(TieRow.id.in_(some)):
                if row.article_id in self._facts:
                    corrected.add(row.article_id)
                else:
                    found[row.id] = _told(row)
        for article_id, made in self._by_people().items():
            if any(told.tie_id in tie_ids for told in made):
                corrected.add(article_id)
        found.update((told.tie_id, told) for told in self._corrected(corrected) if told.tie_id in tie_ids)
        return found

    def _by_people(self) -> Mapping[str, tuple[Told, ...]]:
        """What people made of the ties of each article, told without looking at what the reader found."""
        if self._made is None:
            self._made = {
                article_id: tuple(
                    Told(tie_id_of(article_id, each.tie), article_id, each) for each in state_ties((), facts)
                )
                for article_id, facts in self._facts.items()
            }
        return self._made

    def _of_reader(self, keys: Collection[str], article_ids: Collection[str]) -> Iterator[Told]:
        visible = article_is_visible(self._team_id, self._channel_id, TieRow.article_id)
        for some, names in zip_longest(in_parts(sorted(article_ids)), in_parts(sorted(keys)), fillvalue=()):
            ways = [(TieRow.article_id, some), (TieRow.source_key, names), (TieRow.target_key, names)]
            wanted = or_(*(column.in_(these) for column, these in ways if these))
            yield from map(_told, self._rows(and_(visible, wanted)))

    def _rows(self, wanted: ColumnElement[bool]) -> Iterable[TieRow]:
        return self._session.scalars(select(TieRow).where(TieRow.team_id == self._team_id, wanted))

    def _corrected(self, article_ids: Iterable[str]) -> tuple[Told, ...]:
        """What some articles of which people spoke say."""
        article_ids = tuple(article_ids)
        new = [article_id for article_id in article_ids if article_id not in self._told]
        if new:
            read: defaultdict[str, list[TieRow]] = defaultdict(list)
            for row in stored_ties(self._session, team_id=self._team_id, article_ids=new):
                read[row.article_id].append(row)
            for article_id in new:
                stated = state_ties(map(tie_of, read[article_id]), self._facts[article_id])
                self._told[article_id] = tuple(
                    Told(tie_id_of(article_id, each.tie), article_id, each) for each in stated
                )
        return tuple(told for article_id in article_ids for told in self._told[article_id])


def _told(row: TieRow) -> Told:
    tie = tie_of(row)
    return Told(row.id, row.article_id, StatedTie(tie, tie))


def _parties(told: Told) -> frozenset[str]:
    return frozenset({name_key(told.stated.tie.source), name_key(told.stated.tie.target)})
