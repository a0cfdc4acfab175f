"""The index of the words in articles: FTS5 in SQLite, tsvector in PostgreSQL; triggers keep it up to date.

Neither is among the tables that Alembic compares. In PostgreSQL a word stands in the index with its team, so
that a search reads what its own team wrote. `articles.folded` is what is indexed, see `storage.folding`.
"""

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    column,
    exists,
    func,
    literal,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from storage.engine import Session
from storage.folding import fold
from storage.schema import ArticleRow

MOST_LETTERS = 100  # of a word in PostgreSQL's index; what is longer is no word
_NUMBERED = table("article_numbers", column("number"), column("team_id", Text), column("article_id"))
_FTS = table("article_words", column("rowid"), column("article_words"))
_TSV = table("article_words", column("team_id"), column("article_id"), column("words", TSVECTOR))
_EXPECTED = text(
    "EXPLAIN (FORMAT JSON) SELECT article_id FROM article_words "
    "WHERE team_id = :team_id AND words @@ CAST(:words AS tsquery)"
)

Ids = Select[str]


def articles_with(session: Session, *, team_id: str, words: str) -> Ids:
    """The ids of a team's articles that hold every word, or, from two letters on, one that it begins."""
    if _is_sqlite(session):
        numbered = select(_NUMBERED.c.article_id).join(_FTS, _FTS.c.rowid == _NUMBERED.c.number)
        # With a bare column SQLite would go through the team's articles, and look each one up in the index.
        return numbered.where(_NUMBERED.c.team_id.concat("") == team_id, _fts(words))
    return select(_TSV.c.article_id).where(_TSV.c.team_id == team_id, _tsv(team_id, words))


def holds(session: Session, *, team_id: str, words: str) -> ColumnElement[bool]:
    """Whether an ArticleRow holds every word: for few articles, one by one."""
    if _is_sqlite(session):
        # FTS5 would put together all that begins with a word anew for each article.
        sought = (f" {word}" if len(word) > 1 else f" {word} " for word in fold(words).split())
        return and_(true(), *(func.instr(ArticleRow.folded.concat(" "), word) > 0 for word in sought))
    return exists().where(_TSV.c.team_id == team_id, _TSV.c.article_id == ArticleRow.id, _tsv(team_id, words))


def are_few(session: Session, *, team_id: str, words: str, most: int) -> bool:
    """Whether some so many articles at most hold every word, in SQLite of all teams together.

    No words at all are held by everything. SQLite looks no further than so many; PostgreSQL says how many it
    expects, as to look at the words of thousands of articles takes it longer than anything that hangs on it.
    """
    if not fold(words):
        return False
    if not _is_sqlite(session):
        place = {"team_id": team_id, "words": _tsquery(team_id, words)}
        [[expected]] = session.execute(_EXPECTED, place).scalars()
        return bool(expected["Plan"]["Plan Rows"] <= most)
    found = select(_FTS.c.rowid).where(_fts(words)).limit(most + 1).subquery()
    return (session.scalar(select(func.count()).select_from(found)) or 0) <= most


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


# A folded word is letters and digits only, so it needs no escaping between quotes.
def _fts(words: str) -> ColumnElement[bool]:
    query = " ".join(f'"{word}"{"*" if len(word) > 1 else ""}' for word in fold(words).split())
    return _FTS.c.article_words.op("MATCH", is_comparison=True)(query)


def _tsquery(team_id: str, words: str) -> str:
    found = (word[:MOST_LETTERS] for word in fold(words).split())
    return " & ".join(f"'{team_id}.{word}'{':*' if len(word) > 1 else ''}" for word in found)


def _tsv(team_id: str, words: str) -> ColumnElement[bool]:
    # In the statement, not beside it: how many articles hold the words decides how they are best found, and a
    # plan that is kept for any words takes all of them for rare.
    words_themselves = literal(_tsquery(team_id, words), Text, literal_execute=True)
    return _TSV.c.words.op("@@", is_comparison=True)(cast(words_themselves, TSQUERY))
