"""From a stored address or text to ties in the record."""

import logging

from bot.errors import PageUnavailable, ReadingError
from bot.jobs import RetryLater, SetAside
from bot.reading.headline import headline_of
from bot.readings import Reading
from bot.services import Services, alerts, record
from bot.services.ports import ReadArticle
from bot.services.work import add_tell
from bot.values import Page
from storage import articles, postings
from storage.articles import PendingArticle
from storage.engine import Session, snapshot, transaction

# What broke or stopped the child that read it, and may do so each time; operators see it (`seams jobs`).
POISON = frozenset({"child_died", "child_failed", "too_big", "too_slow"})

_log = logging.getLogger(__name__)


def read_article(
    services: Services, team_id: str, article_id: str, because: str, *, tries_left: int, apart: bool = False
) -> None:
    """Read a pending article and bring the record up to date; then its postings are told.

    `apart` reads it where it holds up no others: it may be what broke or took too long before.

    Raises RetryLater while a page is down or its reading breaks, and there are tries left; SetAside when it
    broke every time. Reading again changes nothing.
    """
    with snapshot(services.engine) as session:
        pending = articles.pending_article(session, team_id=team_id, article_id=article_id)
    if pending is None:
        return
    try:
        reading = _read(pending, services.read_apart if apart else services.read, team_id)
    except ReadingError as error:
        is_down = isinstance(error, PageUnavailable) and error.code == PageUnavailable.code
        if tries_left and (is_down or error.code in POISON):
            raise RetryLater(error.code) from error
        _fail(services, team_id, article_id, because, error.code)
        if error.code in POISON:
            raise SetAside(error.code) from error
        return
    except Exception:
        if tries_left:
            raise
        _fail(services, team_id, article_id, because, "internal_error")
        raise
    with services.metrics.stage("store"), transaction(services.engine) as session:
        kept_id = articles.finish_reading(
            session,
            team_id=team_id,
            article_id=article_id,
            page=reading.page,
            extraction=reading.extraction,
            now=services.now(),
        )
        record.refresh(session, team_id=team_id, article_ids=[article_id, kept_id], were_read=True)
        if _tell_all(services, session, team_id, kept_id, because):
            alerts.note_changes(services, session, team_id, [kept_id])
    services.metrics.read("read")
    _log.info(
        "read an article",
        extra={
            "article": kept_id,
            "ties": len(reading.extraction.ties),
            "language": reading.extraction.lang,
        },
    )


def refresh_article(services: Services, team_id: str, article_id: str) -> None:
    """Bring the record up to date after an article's postings changed."""
    with transaction(services.engine) as session:
        record.refresh(session, team_id=team_id, article_ids=[article_id])
        alerts.note_changes(services, session, team_id, [article_id])


def _read(pending: PendingArticle, reader: ReadArticle, team_id: str) -> Reading:
    if pending.text is not None:
        page = Page(
            url=pending.url,
            title=pending.title or headline_of(pending.text),
            site=pending.site,
            lang=None,
            published=pending.published,
            text=pending.text,
        )
        return Reading(page, reader.extract(page, team_id=team_id), public=False)
    if pending.url is not None:
        return reader.read(pending.url, team_id=team_id)
    raise ReadingError("There is neither an address nor a text.", code="empty")


def fail(
    services: Services, session: Session, team_id: str, article_id: str, because: str, *, code: str
) -> None:
    """Keep why an article could not be read, and have its postings told."""
    articles.fail_reading(session, team_id=team_id, article_id=article_id, code=code)
    _tell_all(services, session, team_id, article_id, because)
    services.metrics.read(code)
    _log.info("an article could not be read", extra={"article": article_id, "code": code})


def _fail(services: Services, team_id: str, article_id: str, because: str, code: str) -> None:
    with transaction(services.engine) as session:
        fail(services, session, team_id, article_id, because, code=code)


def _tell_all(services: Services, session: Session, team_id: str, article_id: str, because: str) -> bool:
    """Have the postings told; whether there is one in Slack that was not (none of an imported article is)."""
    untold = postings.untold_postings(session, team_id=team_id, article_id=article_id)
    in_slack = [posting for posting in untold if posting.channel_id]
    for posting in in_slack:
        add_tell(services, session, team_id, posting.id, because=because)
    return bool(in_slack)
