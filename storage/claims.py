"""Which names articles claim: what companies are derived from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import zip_longest

from sqlalchemy import Row, and_, select, union, union_all

from bot.names import name_key
from bot.relationships.identity import Claim
from bot.values import Audience
from storage.channels import get_channel
from storage.engine import Session
from storage.schema import ClaimRow, PostingRow
from storage.ties import in_parts
from storage.visibility import article_is_visible, is_public_channel, posting_is_visible

AT_A_TIME = 50  # forms in one statement, each with a part of its own: SQLite takes 500 parts


def claims_touching(
    session: Session, *, team_id: str, channel_id: str, keys: Collection[str]
) -> frozenset[Claim]:
    """The claims, visible from the channel, that have one of the name keys among their forms."""
    forms: list[Row[str, str, str]] = []
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
        forms.extend(session.execute(chosen.where(ClaimRow.team_id == team_id)))
    return _claims(forms)


def claims_of_articles(
    session: Session, *, team_id: str, channel_id: str, article_ids: Collection[str]
) -> frozenset[Claim]:
    """The claims of those of the articles that are visible from the channel."""
    forms: list[Row[str, str, str]] = []
    for some in in_parts(sorted(article_ids)):
        chosen = select(ClaimRow.article_id, ClaimRow.name, ClaimRow.form).where(
            ClaimRow.team_id == team_id,
            ClaimRow.article_id.in_(some),
            article_is_visible(team_id, channel_id, ClaimRow.article_id),
        )
        forms.extend(session.execute(chosen))
    return _claims(forms)


def told_before(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    forms: Collection[tuple[str, str]],
    apart_from: Collection[str],
) -> frozenset[tuple[str, str]]:
    """Those of some names, each with another form, that an article, visible from the channel, gave before.

    Only articles that are not among `apart_from` count.
    """
    found: set[tuple[str, str]] = set()
    for some in in_parts(sorted(forms), AT_A_TIME):
        # One of each is enough: a name and its form may stand together in any number of articles.
        firsts = [
            select(ClaimRow.name, ClaimRow.form)
            .where(
                ClaimRow.team_id == team_id,
                ClaimRow.key == name_key(form),
                ClaimRow.name == name,
                ClaimRow.form == form,
                ClaimRow.article_id.not_in(apart_from),
                article_is_visible(team_id, channel_id, ClaimRow.article_id),
            )
            .limit(1)
            .subquery()
            for name, form in some
        ]
        found.update((name, form) for name, form in session.execute(union_all(*map(select, firsts))))
    return frozenset(found)


def _claims(forms: Iterable[Row[str, str, str]]) -> frozenset[Claim]:
    """The claims of rows of an article, a name and one of its forms."""
    of_name: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for article_id, name, form in forms:
        of_name[article_id, name].add(form)
    return frozenset(
        Claim(article_id, name, tuple(sorted(found - {name})))
        for (article_id, name), found in of_name.items()
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
