"""From queries to answers, as a reader in one channel may know them. Everything here only reads."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.answers import (
    ARTICLES_A_PAGE,
    DEALS_A_PAGE,
    AmbiguousName,
    ArticleLine,
    ArticlesAnswer,
    DealsAnswer,
    DigestAnswer,
    MissingName,
    ReadingAnswer,
    RelationshipAnswer,
    StateLine,
    Suggestion,
    UnknownName,
    message_url,
)
from bot.digest.digest import Digest
from bot.locale import _
from bot.queries import ArticlesQuery, Command, DealsQuery, RelationshipQuery, write
from bot.query_filters import Filters
from bot.relationships.level import level_at
from bot.services.corrected_names import as_corrected
from bot.services.proofs import Proofs, load_proofs, proofs_of_deals, proofs_of_pair, team_url
from bot.services.resolving import Resolver, name_by_id, resolve_any, resolve_pair
from bot.values import Change, Company, PairRecord, Status
from storage import articles, channels, postings, record, search
from storage.articles import ArticleState
from storage.engine import Session
from storage.record import DealFilter
from storage.stated import Statements


def deals_answer(
    session: Session, query: DealsQuery, *, team_id: str, channel_id: str, page: int = 0
) -> DealsAnswer | UnknownName | AmbiguousName:
    """A page of the deals that a query asks for; a page that is no more becomes the last one."""
    resolver = Resolver(session, team_id, channel_id)

    def written(named: Sequence[Company], filters: Filters | None = None) -> str:
        names = tuple(map(name_by_id, named))
        return write(DealsQuery((names,) if names else (), query.filters if filters is None else filters))

    def asked_again(named: Sequence[Company]) -> str:
        return write(replace(query, readings=(tuple(map(name_by_id, named)),)))

    named: tuple[Company, ...] = ()
    if query.readings:
        chosen = resolve_any(resolver, query.readings, Command.DEALS, asked_again)
        if not isinstance(chosen, tuple):
            return chosen
        named = chosen
    find = _finder(session, team_id, channel_id, named)
    found = find(query.filters, page * DEALS_A_PAGE)
    pages = _pages(found.total, DEALS_A_PAGE)
    if not found.deals and found.total:
        page = pages - 1
        found = find(query.filters, page * DEALS_A_PAGE)
    proofs = proofs_of_deals(session, team_id=team_id, channel_id=channel_id, deals=found.deals)
    unfiltered = found.total if found.total or not query.filters else find(Filters(), 0).total
    return DealsAnswer(
        companies=named,
        filters=query.filters,
        text=written(named),
        unfiltered_text=written(named, Filters()),
        page=page,
        pages=pages,
        total=found.total,
        unfiltered=unfiltered,
        lines=tuple(map(proofs.deal_line, found.deals)),
        partners=() if unfiltered else _alone(named, written),
    )


def _finder(
    session: Session, team_id: str, channel_id: str, named: Sequence[Company]
) -> Callable[[Filters, int], record.DealPage]:
    def find(filters: Filters, offset: int) -> record.DealPage:
        return record.deals(
            session,
            team_id=team_id,
            channel_id=channel_id,
            filter=deal_filter(named, filters),
            limit=DEALS_A_PAGE,
            offset=offset,
        )

    return find


def deal_filter(named: Sequence[Company], filters: Filters) -> DealFilter:
    """The deals of no, one or two companies that the filters let through."""
    ids = [company.id for company in named]
    return DealFilter(
        company_id=ids[0] if ids else None,
        with_id=ids[1] if len(ids) > 1 else None,
        kind=filters.kind,
        status=filters.status,
        since=filters.since,
        until=filters.until,
        min_amount=filters.minimum.amount if filters.minimum else None,
    )


def _alone(named: Sequence[Company], written: Callable[[Sequence[Company]], str]) -> tuple[Suggestion, ...]:
    """For two companies without a deal between them: the deals of each."""
    if len(named) < 2:
        return ()
    return tuple(
        Suggestion(_("Deals of {company}").format(company=company.name), "", written([company]))
        for company in named
    )


def relationship_answer(
    session: Session, query: RelationshipQuery, *, team_id: str, channel_id: str, now: datetime
) -> RelationshipAnswer | UnknownName | AmbiguousName | MissingName:
    """How two companies stand `now`; raises UserError when both names mean one company."""
    resolver = Resolver(session, team_id, channel_id)

    def written(named: Sequence[Company]) -> str:
        return write(RelationshipQuery((tuple(map(name_by_id, named)),)))

    def asked_again(named: Sequence[Company]) -> str:
        return write(replace(query, readings=(tuple(map(name_by_id, named)),)))

    chosen = resolve_pair(resolver, query.readings, Command.RELATIONSHIP, asked_again)
    if not isinstance(chosen, tuple):
        return chosen
    a, b = chosen
    pair = record.pair_record(session, team_id=team_id, channel_id=channel_id, a_id=a.id, b_id=b.id)
    if pair is None or not (pair.deals or pair.bonds or pair.states):
        others = [(company, other) for company in chosen for other in resolver.partners(company, most=2)]
        partners = tuple(Suggestion(f"{x.name} – {y.name}", "", written((x, y))) for x, y in others)
        return RelationshipAnswer(
            a=a, b=b, text=written(chosen), level=None, states=(), deals=(), bonds=(), partners=partners
        )
    proofs = proofs_of_pair(session, team_id=team_id, channel_id=channel_id, pair=pair)
    return _relationship(proofs, pair, a, b, written(chosen), now)


def _relationship(
    proofs: Proofs, pair: PairRecord, a: Company, b: Company, text: str, now: datetime
) -> RelationshipAnswer:
    over = (Status.ENDED, Status.DENIED)
    deals = sorted(pair.deals, key=lambda deal: deal.last_seen, reverse=True)
    states = [
        StateLine(state.level, state.since, proofs.of(state.tie_ids)) for state in reversed(pair.states)
    ]
    return RelationshipAnswer(
        a=a,
        b=b,
        text=text,
        # Slack's clock may be ahead of ours: what was just told has happened.
        level=level_at(pair, max([now, *(state.since for state in pair.states)])),
        states=tuple(states),
        deals=tuple(map(proofs.deal_line, sorted(deals, key=lambda deal: deal.status in over))),
        bonds=tuple(map(proofs.bond_line, pair.bonds)),
    )


def articles_answer(
    session: Session, query: ArticlesQuery, *, team_id: str, channel_id: str, page: int = 0
) -> ArticlesAnswer:
    """A page of the articles that hold the words, or that speak of the company they name."""

    def find(page: int, company_id: str | None) -> search.ArticlePage:
        return search.search_articles(
            session,
            team_id=team_id,
            channel_id=channel_id,
            words="" if company_id else query.words,
            company_id=company_id,
            limit=ARTICLES_A_PAGE,
            offset=page * ARTICLES_A_PAGE,
        )

    about = Resolver(session, team_id, channel_id).find(query.words)
    ids: list[str | None] = [None, about[0].id] if len(about) == 1 else [None]
    by_id = about and query.words == name_by_id(about[0])
    found = {each: find(page, each) for each in (ids[-1:] if by_id else ids)}
    # An article may name a company by an alias, or hold its name where no company was seen.
    company_id, best = max(found.items(), key=lambda each: each[1].total)
    total, pages = best.total, _pages(best.total, ARTICLES_A_PAGE)
    if page >= pages:
        page = pages - 1
        best = find(page, company_id)
    lines = article_lines(session, best.articles, team_id=team_id)
    return ArticlesAnswer(
        words=query.words,
        page=page,
        pages=pages,
        total=total,
        lines=lines,
        about=about[0] if by_id else None,
    )


def article_lines(
    session: Session, found: Iterable[search.ArticleLine], *, team_id: str
) -> tuple[ArticleLine, ...]:
    """Found articles with the addresses of the messages that shared them."""
    url = team_url(session, team_id=team_id)
    return tuple(
        ArticleLine(
            article_id=line.article_id,
            title=line.title,
            url=line.url,
            site=line.site,
            lang=line.lang,
            published=line.published,
            message_url=message_url(url, line.channel_id, line.message_ts),
            user_id=line.user_id,
            posted_at=line.posted_at,
        )
        for line in found
    )


def digest_answer(session: Session, *, team_id: str, channel_id: str, digest: Digest) -> DigestAnswer:
    """A digest with what it takes to show it."""
    changes = [change for line in digest.lines for change in line.changes]
    told = [change.corrects for change in changes if isinstance(change.corrects, Change)]
    proofs = load_proofs(
        session,
        team_id=team_id,
        channel_id=channel_id,
        company_ids=[company_id for change in (*changes, *told) for company_id in (change.a_id, change.b_id)],
        tie_ids=[tie_id for change in changes for tie_id in change.tie_ids],
    )
    channel = channels.get_channel(session, team_id=team_id, channel_id=channel_id)
    return DigestAnswer(digest, proofs.companies, proofs.sources, channel.schedule.timezone)


def reading_answer(session: Session, *, team_id: str, posting_id: str) -> ReadingAnswer | None:
    """What to say under a posting; None when it was withdrawn or its article is not read yet."""
    posting = postings.get_posting(session, team_id=team_id, posting_id=posting_id)
    if posting is None:
        return None
    state = articles.article_state(session, team_id=team_id, article_id=posting.article_id)
    if state is None or state.state is ArticleState.PENDING:
        return None
    article = articles.get_article(session, team_id=team_id, article_id=posting.article_id)
    seen = postings.visible_postings(
        session, team_id=team_id, channel_id=posting.channel_id, article_id=posting.article_id
    )
    first = seen[0] if seen and article and seen[0].id != posting.id else None
    workspace = team_url(session, team_id=team_id)
    statements = Statements(
        session, team_id=team_id, channel_id=posting.channel_id, article_ids=[posting.article_id]
    )
    said = statements.of_article(posting.article_id) if article else ()
    ties = as_corrected(
        session, [each.stated.tie for each in said], team_id=team_id, channel_id=posting.channel_id
    )
    told = [(tie, each.tie_id) for tie, each in zip(ties, said, strict=True) if tie is not None]
    return ReadingAnswer(
        article_id=posting.article_id,
        channel_id=posting.channel_id,
        message_ts=posting.message_ts,
        thread_ts=posting.thread_ts,
        url=state.url,
        title=state.title,
        site=article.site if article else None,
        published=article.published if article else None,
        error_code=None if article else state.code or "unreadable",
        ties=tuple(tie for tie, _id in told),
        tie_ids=tuple(tie_id for _tie, tie_id in told),
        posting_id=posting.id,
        known_by=first.user_id if first else None,
        known_at=first.posted_at if first else None,
        known_url=message_url(workspace, first.channel_id, first.message_ts) if first else None,
    )


def _pages(total: int, size: int) -> int:
    return max(1, -(-total // size))
