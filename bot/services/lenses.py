"""What one audience may know, as the record is derived for it: claims, ties, and what people said of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.names import name_key
from bot.relationships.company_corrections import CompanySaid, Guidance, guide
from bot.relationships.corrections import FactSaid
from bot.relationships.identity import Claim
from storage import claims, corrections
from storage.corrections import Correction
from storage.engine import Session
from storage.stated import Statements

KeyPair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lens:
    """One audience's look at a team's record; `private` are the corrections that it alone knows."""

    session: Session
    team_id: str
    audience: str
    statements: Statements
    guidance: Guidance
    private: tuple[Correction, ...]

    def claims(self, keys: frozenset[str]) -> frozenset[Claim]:
        """Who claims one of the keys: articles, and people for the parties of what articles say."""
        read = claims.claims_touching(self.session, team_id=self.team_id, channel_id=self.audience, keys=keys)
        return read | self.statements.claims(keys)

    def own_articles(self, article_ids: Collection[str]) -> frozenset[str]:
        """Those of the articles that say something here which they do not say to everybody."""
        posted = claims.own_articles(
            self.session, team_id=self.team_id, channel_id=self.audience, article_ids=article_ids
        )
        return posted | self._corrected().intersection(article_ids)

    def own_keys(self) -> frozenset[str]:
        """The name keys of companies of which something was said that only this audience knows."""
        said = [row.said for row in self.private if row.stands]
        return frozenset(key for each in said if isinstance(each, CompanySaid) for key in each.all_keys)

    def own_pairs(self) -> frozenset[KeyPair]:
        """Both keys of the ties, as they were, that people corrected for this audience alone."""
        said = [row.said for row in self.private if row.stands]
        return frozenset(
            (name_key(each.origin.source), name_key(each.origin.target))
            for each in said
            if isinstance(each, FactSaid)
        )

    def _corrected(self) -> frozenset[str]:
        return frozenset(row.article_id for row in self.private if row.stands and row.article_id)


class Lenses:
    """Makes the lens of each audience of a team once."""

    def __init__(self, session: Session, team_id: str) -> None:
        """Look at a team's record as it is now."""
        self.session, self.team_id = session, team_id
        # Of most teams nobody has said anything: to know that saves to ask for each kind.
        self.corrected = corrections.any_said(session, team_id=team_id)
        self._closed = corrections.of_closed_channels(session, team_id=team_id) if self.corrected else ()
        self._made: dict[str, Lens] = {}

    def of(self, audience: str) -> Lens:
        """The lens of a closed channel, or of everybody for ""."""
        if audience not in self._made:
            place = {"team_id": self.team_id, "channel_id": audience}
            said = corrections.about_companies(self.session, **place) if self.corrected else ()
            self._made[audience] = Lens(
                self.session,
                self.team_id,
                audience,
                Statements(self.session, **place, article_ids=None if self.corrected else ()),
                guide(said),
                tuple(row for row in self._closed if audience and row.scope == audience),
            )
        return self._made[audience]

    def corrected_channels(self, article_ids: Collection[str], keys: Collection[str]) -> frozenset[str]:
        """The closed channels that alone know something said of one of the articles, or about a key."""
        return frozenset(
            row.scope
            for row in self._closed
            if row.article_id in article_ids or not keys_said(row.said).isdisjoint(keys)
        )


def keys_said(said: FactSaid | CompanySaid) -> frozenset[str]:
    """Every name key on which a correction bears."""
    if isinstance(said, CompanySaid):
        return said.all_keys
    names = (said.origin.source, said.origin.target, said.edit.source, said.edit.target)
    return _keys(name for name in names if name)


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(name_key, names))
