"""Which names articles claim: what companies are derived from."""

from collections import defaultdict
from collections.abc import Collection
from itertools import zip_longest

from sqlalchemy import and_, select, union

from bot.relationships.identity import Claim
from bot.values import Audience
from storage.channels import get_channel
from storage.engine import Session
from storage.schema import ClaimRow, PostingRow
from storage.ties import in_parts
from storage.visibility import article_is_visible, is_public_channel, posting_is_visible


def claims_touching(
    session: Session, *, team_id: str, channel_id: str, keys: Collection[str]
) -> frozenset[Claim]:
    """The claims, visible from the channel, that have one of the name keys among their forms."""
    forms: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for some in in_parts(sorted(keys)):
        # Apart: a planner that knows nothing yet of the table would go through it for each of its rows.
        touched = (
            select(ClaimRow.article_id, ClaimRow.name)
            .where(
                ClaimRow.team_id == team_id,
                ClaimRow.key.in_(some),
                article_is_visible(team_id, channel_id, ClaimRow.article_id),
            )
            .cte("touched")
            .prefix_with("MATERIALIZED")
        )
        same = and_(ClaimRow.article_id == touched.c.article_id, ClaimRow.name == touched.c.name)
        chosen = select(ClaimRow.article_id, ClaimRow.name, ClaimRow.form).join(touched, same)
        for article_id, name, form in session.execute(chosen.where(ClaimRow.team_id == team_id)):
            forms[article_id, name].add(form)
    return frozenset(
        Claim(article_id, name, tuple(sorted(found - {name}))) for (article_id, name), found in forms.items()
    )


def keys_of_articles(session: Session, *, team_id: str, article_ids: Collection[str]) -> frozenset[str]:
    """All name keys that some articles claim, whoever may see them."""
    found: set[str] = set()
    for some in in_parts(sorted(article_ids)):
        chosen = select(ClaimRow.key).where(ClaimRow.team_id == team_id, ClaimRow.article_id.in_(some))
        found.update(session.scalars(chosen.distinct()))
    return frozenset(found)


def own_articles(
    session: Session, *, team_id: str, channel_id: str, article_ids: Collection[str]
) -> frozenset[str]:
    """Those of the articles that were posted in a channel that is not public: what it knows for itself."""
    if get_channel(session, team_id=team_id, channel_id=channel_id).audience is Audience.PUBLIC:
        return frozenset()
    found: set[str] = set()
    for some in in_parts(sorted(article_ids)):
        chosen = select(PostingRow.article_id).where(
            PostingRow.team_id == team_id,
            PostingRow.channel_id == channel_id,
            PostingRow.article_id.in_(some),
        )
        found.update(session.scalars(chosen))
    return frozenset(found)


def public_articles(session: Session, *, team_id: str, article_ids: Collection[str]) -> frozenset[str]:
    """Those of the articles of which everybody in the team may learn."""
    found: set[str] = set()
    for some in in_parts(sorted(article_ids)):
        chosen = select(PostingRow.article_id).where(
            posting_is_visible(team_id, ""), PostingRow.article_id.in_(some)
        )
        found.update(session.scalars(chosen))
    return frozenset(found)


def closed_channels(
    session: Session, *, team_id: str, article_ids: Collection[str], keys: Collection[str]
) -> frozenset[str]:
    """The channels that are not public in which one of the articles, or one that claims a key, was posted."""
    closed = select(PostingRow.channel_id).where(
        PostingRow.team_id == team_id, ~is_public_channel(team_id, PostingRow.channel_id)
    )
    found: set[str] = set()
    for some, names in zip_longest(in_parts(sorted(article_ids)), in_parts(sorted(keys)), fillvalue=()):
        claiming = select(ClaimRow.article_id).where(ClaimRow.team_id == team_id, ClaimRow.key.in_(names))
        ways = [closed.where(PostingRow.article_id.in_(wanted)) for wanted in (some, claiming)]
        found.update(session.scalars(union(*ways)))
    return frozenset(found)
