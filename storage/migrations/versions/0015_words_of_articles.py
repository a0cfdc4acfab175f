"""The index of the words in articles."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# `number` is what FTS5 knows an article by: the table has no content of its own, and a key of the database's
# own making would move when the file is compacted.
SQLITE = (
    "CREATE TABLE article_numbers (number INTEGER PRIMARY KEY, team_id VARCHAR(64) NOT NULL, "
    "article_id VARCHAR(40) NOT NULL, UNIQUE (team_id, article_id))",
    "CREATE VIRTUAL TABLE article_words USING fts5(folded, content='', prefix='2 3', "
    'tokenize="unicode61 remove_diacritics 0")',
    "INSERT INTO article_numbers (team_id, article_id) "
    "SELECT team_id, id FROM articles WHERE folded IS NOT NULL ORDER BY saved_at",
    "INSERT INTO article_words (rowid, folded) SELECT number, folded FROM article_numbers n "
    "JOIN articles a ON a.team_id = n.team_id AND a.id = n.article_id ORDER BY number",
    "CREATE TRIGGER articles_words_in AFTER INSERT ON articles BEGIN {insert} END",
    "CREATE TRIGGER articles_words_out AFTER DELETE ON articles BEGIN {delete} END",
    # One for both: of two the database chooses which comes first.
    "CREATE TRIGGER articles_words_on AFTER UPDATE OF folded ON articles "
    "WHEN OLD.folded IS NOT NEW.folded BEGIN {delete} {insert} END",
)
INSERT = (
    "INSERT INTO article_numbers (team_id, article_id) "
    "SELECT NEW.team_id, NEW.id WHERE NEW.folded IS NOT NULL; "
    "INSERT INTO article_words (rowid, folded) SELECT number, NEW.folded FROM article_numbers "
    "WHERE team_id = NEW.team_id AND article_id = NEW.id;"
)
DELETE = (
    "INSERT INTO article_words (article_words, rowid, folded) SELECT 'delete', number, OLD.folded "
    "FROM article_numbers WHERE team_id = OLD.team_id AND article_id = OLD.id; "
    "DELETE FROM article_numbers WHERE team_id = OLD.team_id AND article_id = OLD.id;"
)
POSTGRESQL = (
    "CREATE TABLE article_words (team_id VARCHAR(64) NOT NULL, article_id VARCHAR(40) NOT NULL, "
    "words TSVECTOR NOT NULL, PRIMARY KEY (team_id, article_id), "
    "FOREIGN KEY (team_id, article_id) REFERENCES articles (team_id, id) ON DELETE CASCADE)",
    # A word longer than a hundred letters is none; an index entry must not be longer than 2,046 bytes.
    "CREATE FUNCTION words_of_article(team TEXT, folded TEXT) RETURNS TSVECTOR LANGUAGE SQL IMMUTABLE AS $$ "
    "SELECT array_to_tsvector(array_agg(DISTINCT team || '.' || left(word, 100))) "
    "FROM unnest(string_to_array(' ' || folded, ' ')) AS word $$",
    "CREATE FUNCTION index_article() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN "
    "IF NEW.folded IS NULL THEN "
    "DELETE FROM article_words WHERE team_id = NEW.team_id AND article_id = NEW.id; "
    "ELSE INSERT INTO article_words VALUES (NEW.team_id, NEW.id, words_of_article(NEW.team_id, NEW.folded)) "
    "ON CONFLICT (team_id, article_id) DO UPDATE SET words = EXCLUDED.words; END IF; RETURN NULL; END $$",
    "INSERT INTO article_words SELECT team_id, id, words_of_article(team_id, folded) FROM articles "
    "WHERE folded IS NOT NULL",
    "CREATE INDEX ix_article_words ON article_words USING gin (words)",
    "CREATE TRIGGER articles_words AFTER INSERT OR UPDATE OF folded ON articles "
    "FOR EACH ROW EXECUTE FUNCTION index_article()",
)


def upgrade() -> None:
    op.drop_index("ix_postings_article", "postings")
    op.create_index("ix_postings_article", "postings", ["team_id", "article_id", "posted_at"])
    op.create_index("ix_postings_posted", "postings", ["team_id", "posted_at", "article_id"])
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement.format(insert=INSERT, delete=DELETE))
    else:
        for statement in POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("in", "out", "on"):
            op.execute(f"DROP TRIGGER articles_words_{name}")
        op.execute("DROP TABLE article_numbers")
    else:
        op.execute("DROP TRIGGER articles_words ON articles")
        op.execute("DROP FUNCTION index_article")
    op.execute("DROP TABLE article_words")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION words_of_article")
    op.drop_index("ix_postings_posted", "postings")
    op.drop_index("ix_postings_article", "postings")
    op.create_index("ix_postings_article", "postings", ["team_id", "article_id"])
