"""The whole record again from the stored articles: after the reader has become better, or to be sure."""

from collections.abc import Callable
from functools import partial

from bot.errors import ReadingError
from bot.services import Services, record
from bot.side_by_side import side_by_side
from bot.values import Article, Page
from storage import articles, ties
from storage.engine import snapshot, transaction

Progress = Callable[[int, int], None]


def rebuild(services: Services, team_id: str, *, progress: Progress, threads: int = 1) -> tuple[str, ...]:
    """Extract every stored article again, then derive companies, deals, relationships and changes.

    `progress` gets articles done and in all. Gives the ids of articles that could not be read this time; they
    keep the ties they had. Cut off, it can be run again; the same articles give the same record.
    """
    with snapshot(services.engine) as session:
        ids = articles.article_ids(session, team_id=team_id)
    failed = []
    again = partial(_extract_again, services, team_id)
    results = side_by_side(again, ids, threads=threads)
    for done, (article_id, well) in enumerate(zip(ids, results, strict=True), 1):
        progress(done, len(ids))
        if not well:
            failed.append(article_id)
    with transaction(services.engine) as session:
        record.rebuild(session, team_id=team_id)
    progress(len(ids), len(ids))
    return tuple(failed)


def _extract_again(services: Services, team_id: str, article_id: str) -> bool:
    with snapshot(services.engine) as session:
        article = articles.get_article(session, team_id=team_id, article_id=article_id)
    if article is None:  # withdrawn meanwhile
        return True
    try:
        extraction = services.read.extract(_page(article), team_id=team_id)
    except ReadingError:
        return False
    with transaction(services.engine) as session:
        if articles.get_article(session, team_id=team_id, article_id=article_id) is not None:
            ties.replace_ties(session, team_id=team_id, article_id=article_id, extraction=extraction)
    return True


def _page(article: Article) -> Page:
    return Page(
        url=article.url,
        title=article.title,
        site=article.site,
        lang=article.lang,
        published=article.published,
        text=article.text,
    )
