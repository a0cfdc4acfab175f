"""Keeps the record up to date: companies, deals, relationships and changes, derived from the ties.

For everybody it rests on what public channels hold. A closed channel (private, shared or of unknown
audience) gets rows of its own, over the public ones, wherever its own articles make a difference: the
companies connected with the names they claim, and the pairs they speak of. Where they join two public
companies or part one, all of that company's pairs are the channel's own. What people corrected is laid over
what articles say, for each audience what it may know (`bot.services.lenses`).

Everything is a function of what is stored, so refreshing in any order gives what `rebuild` gives.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.relationships.identity import Claim, closed_region, linked_keys
from bot.relationships.reconcile import reconcile
from bot.services import identities
from bot.services.lenses import Lens, Lenses, keys_said
from bot.services.settled import News, Settled, settle
from bot.values import Report
from storage import articles, claims, company_keys, corrections, derived_companies, derived_pairs, reports
from storage.derived_companies import DerivedCompany
from storage.derived_pairs import PairKey
from storage.engine import Session
from storage.teams import lock_team
from storage.ties import in_parts

PUBLIC = ""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Touched:
    """What may have moved: articles, the companies they supported, and the name keys of both.

    `news` where the articles were read and had supported nothing, and people said nothing of them.
    """

    article_ids: frozenset[str]
    company_ids: frozenset[str]
    keys: frozenset[str]
    news: News | None = None


@dataclass(frozen=True, slots=True)
class _Moved:
    """What did move for one audience: companies, before or after, and the pairs to reconcile again.

    `region` are the name keys that could bear on any of it; `company_of` has the companies that everybody
    sees of some keys, of each company all. `shown` are the keys of which the company was hidden before and no
    longer is. `settled` is what needed no look.
    """

    company_ids: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    region: frozenset[str] = frozenset()
    pairs: frozenset[PairKey] = frozenset()
    company_of: Mapping[str, str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    settled: Settled | None = None


def refresh(
    session: Session,
    *,
    team_id: str,
    article_ids: Iterable[str],
    keys: Iterable[str] = (),
    were_read: bool = False,
) -> None:
    """Bring up to date what rests on some articles, after they were read, dropped, posted or corrected.

    `keys` are name keys of companies about which people said something else than before; `were_read` promises
    that nothing else changed than what the articles say. Articles at which no posting points any more go for
    good. Raises StorageError for an unknown team.
    """
    _refresh(session, team_id, frozenset(article_ids), frozenset(keys), were_read=were_read)


def rebuild(session: Session, *, team_id: str, progress: Progress | None = None) -> None:
    """Derive the whole record again from the stored ties; `progress` gets pairs done and pairs in all."""
    lock_team(session, team_id=team_id)
    derived_companies.drop_companies(session, team_id=team_id)
    derived_pairs.drop_pairs(session, team_id=team_id)
    every = frozenset(articles.article_ids(session, team_id=team_id))
    _refresh(session, team_id, every, frozenset(), progress=progress)


def _refresh(
    session: Session,
    team_id: str,
    article_ids: frozenset[str],
    keys: frozenset[str],
    *,
    progress: Progress | None = None,
    were_read: bool = False,
) -> None:
    lock_team(session, team_id=team_id)
    articles.delete_unposted(session, team_id=team_id, article_ids=article_ids)
    lenses = Lenses(session, team_id)
    public = lenses.of(PUBLIC)
    supported = derived_companies.supported_by(session, team_id=team_id, article_ids=article_ids)
    touched = _touched(lenses, article_ids, keys, supported, were_read=were_read)
    moved = {PUBLIC: _refresh_companies(public, public, touched, _Moved())}
    closed = _closed_channels(lenses, touched, moved[PUBLIC])
    paired = derived_pairs.audiences_with_pairs(
        session, team_id=team_id, company_ids=moved[PUBLIC].company_ids
    )
    partnered = _with_partners(lenses, moved[PUBLIC].shown)
    for channel_id in sorted((closed | supported.keys() | paired | partnered) - {PUBLIC}):
        moved[channel_id] = _refresh_companies(lenses.of(channel_id), public, touched, moved[PUBLIC])
    total, done = sum(len(found.pairs) for found in moved.values()), 0
    for audience, found in moved.items():
        for _ in _refresh_pairs(lenses.of(audience), found):
            done += 1
            if progress is not None:
                progress(done, total)


def _closed_channels(lenses: Lenses, touched: _Touched, moved: _Moved) -> frozenset[str]:
    """The closed channels in which something may be another than before."""
    claiming = {claim.article_id for claim in lenses.of(PUBLIC).statements.claims(moved.region)}
    found = claims.closed_channels(
        lenses.session,
        team_id=lenses.team_id,
        article_ids=touched.article_ids | claiming,
        keys=moved.region,
    )
    # What stays as it is in public moves nothing but the companies that a channel has already.
    having = touched.news.known.keys() if touched.news else frozenset[str]()
    return found | having | lenses.corrected_channels(touched.article_ids, moved.region | touched.keys)


def _with_partners(lenses: Lenses, shown: Collection[str]) -> frozenset[str]:
    """The closed channels that have companies of their own with which what is shown again deals in public.

    While it was hidden they had no pair with it that would tell of them.
    """
    if not shown:
        return frozenset()
    told = reports.key_pairs(lenses.of(PUBLIC).statements, keys=shown, article_ids=())
    keys = {key for pair in told for key in pair}
    return company_keys.redefined_in(lenses.session, team_id=lenses.team_id, keys=keys)


def _touched(
    lenses: Lenses,
    article_ids: frozenset[str],
    named: frozenset[str],
    supported: Mapping[str, frozenset[str]],
    *,
    were_read: bool,
) -> _Touched:
    session, of_team = lenses.session, {"team_id": lenses.team_id}
    keys = {*named, *claims.keys_of_articles(session, **of_team, article_ids=article_ids)}
    said = corrections.of_articles(session, **of_team, article_ids=article_ids) if lenses.corrected else ()
    keys.update(*(keys_said(correction.said) for correction in said))
    for audience, company_ids in supported.items():
        stored = derived_companies.load_companies(
            session, **of_team, audience=audience, company_ids=company_ids
        )
        keys.update(key for company in stored.values() for key in company.keys)
    touched = _Touched(article_ids, frozenset().union(*supported.values()), frozenset(keys))
    if not were_read or supported or named or said:
        return touched
    known = company_keys.found_beside(session, **of_team, keys=keys)
    return replace(touched, news=News(article_ids, touched.keys, known))


def _refresh_companies(lens: Lens, everybody: Lens, touched: _Touched, public: _Moved) -> _Moved:
    """Store the companies that the touched keys bear on; `public` is what moved for everybody."""
    place = {"team_id": lens.team_id, "audience": lens.audience}
    settled = Settled(touched.keys)
    if touched.news is not None:
        settled = settle(lens, everybody, touched.news, public.settled)
    region = closed_region(settled.open_keys, lens.claims, same=lens.guidance.same)
    after = _companies(lens, everybody, region)
    keys = settled.open_keys.union(*map(linked_keys, region), *(each.keys for each in after.values()))
    known = derived_companies.found_under(lens.session, **place, keys=keys)
    before = derived_companies.load_companies(lens.session, **place, company_ids=known)
    settled = settled.apart_from(keys)
    after = {**after, **settled.companies}
    before = {**before, **{id_: settled.before(id_) for id_ in settled.companies}}
    derived_companies.replace_companies(lens.session, **place, before=before, after=after)
    moved = {
        company_id
        for company_id in before.keys() | after.keys()
        if identities.identity_of(before.get(company_id)) != identities.identity_of(after.get(company_id))
    }
    changed = [each for each in (*before.values(), *after.values()) if each.company.id in moved]
    moved_keys = {key for company in changed for key in company.joined}
    moved.update(*(company.masks for company in changed))  # pairs may still be with what is now masked
    seen = identities.seen_under(after)
    found = _Moved(
        public.company_ids | moved,
        public.keys | moved_keys,
        keys,
        company_of=seen if lens.audience == PUBLIC else {},
        shown=identities.hidden_under(before).intersection(seen),
        settled=settled,
    )
    return replace(found, pairs=_pairs_of(lens, touched, found))


def _companies(lens: Lens, everybody: Lens, region: Collection[Claim]) -> Mapping[str, DerivedCompany]:
    if lens.audience == PUBLIC:
        return identities.public_companies(region, lens.guidance)
    said_in = {claim.article_id for claim in region}
    view = identities.ChannelView(
        own=lens.own_articles(said_in),
        public=claims.public_articles(lens.session, team_id=lens.team_id, article_ids=said_in),
        guidance=lens.guidance,
        elsewhere=everybody.guidance,
        own_keys=lens.own_keys(),
    )
    return identities.channel_companies(region, view)


def _pairs_of(lens: Lens, touched: _Touched, moved: _Moved) -> frozenset[PairKey]:
    """The pairs that the touched articles or the moved companies had, or have now."""
    stored = derived_pairs.stored_pairs(
        lens.session,
        team_id=lens.team_id,
        audience=lens.audience,
        touching=moved.company_ids,
        within=touched.company_ids,
    )
    told = reports.key_pairs(lens.statements, keys=moved.keys, article_ids=touched.article_ids)
    pairs = _resolved(lens, told | lens.own_pairs(), moved.company_of)
    if lens.audience != PUBLIC:
        # Only these can differ from what everybody sees; most of what is told in public can't.
        own = derived_companies.ids_of(lens.session, team_id=lens.team_id, audience=lens.audience)
        pairs = {
            pair for pair in pairs if own.keys() >= set(pair) or any(own.get(id_, False) for id_ in pair)
        }
    return stored | pairs


def _resolved(lens: Lens, told: Collection[tuple[str, str]], known: Mapping[str, str]) -> set[PairKey]:
    """The pairs of companies that pairs of name keys mean; `known` are the companies of some keys."""
    keys = {key for pair in told for key in pair} - known.keys()
    place = {"team_id": lens.team_id, "channel_id": lens.audience}
    company_of = {**known, **reports.resolve_keys(lens.session, **place, keys=keys)}
    return {
        _pair(company_of[source], company_of[target])
        for source, target in told
        if source in company_of and target in company_of and company_of[source] != company_of[target]
    }


def _refresh_pairs(lens: Lens, moved: _Moved) -> Iterable[PairKey]:
    """Reconcile pairs again and store them, or drop those that nothing supports for this audience."""
    place = {"team_id": lens.team_id, "channel_id": lens.audience}
    pairs = moved.pairs
    company_ids = {company_id for pair in pairs for company_id in pair}
    known = {key: company_id for key, company_id in moved.company_of.items() if company_id in company_ids}
    company_ids -= set(known.values())
    company_of = {**known, **reports.keys_of_companies(lens.session, **place, company_ids=company_ids)}
    told: defaultdict[PairKey, list[Report]] = defaultdict(list)
    for report in reports.reports_between(lens.session, lens.statements, **place, company_of=company_of):
        pair = _pair(report.source_id, report.target_id)
        if pair in pairs:
            told[pair].append(report)
    kept = told.keys() if lens.audience == PUBLIC else _own_pairs(lens, told)
    for some in in_parts(sorted(pairs)):
        derived_pairs.store_pairs(
            lens.session,
            team_id=lens.team_id,
            audience=lens.audience,
            records=[reconcile(*pair, told[pair]) for pair in some if pair in kept],
            gone=[pair for pair in some if pair not in kept],
        )
        yield from some


def _own_pairs(lens: Lens, told: Mapping[PairKey, Collection[Report]]) -> frozenset[PairKey]:
    """The pairs that are not the same in a closed channel as for everybody.

    One of which people here said that nothing is true is kept empty, lest what is public shows in its place.
    """
    said_in = {report.article_id for found in told.values() for report in found}
    own = lens.own_articles(said_in)
    companies = derived_companies.ids_of(lens.session, team_id=lens.team_id, audience=lens.audience)
    redefined = {company_id for company_id, is_redefined in companies.items() if is_redefined}
    return frozenset(
        pair
        for pair, found in told.items()
        if redefined.intersection(pair) or any(report.article_id in own for report in found)
    ).union(_resolved(lens, lens.own_pairs(), {}))


def _pair(one: str, other: str) -> PairKey:
    return (one, other) if one < other else (other, one)
