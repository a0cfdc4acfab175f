"""What the planner is told of the tables' sizes.

PostgreSQL looks by itself. SQLite does not: without statistics it takes every index for about as good as any
other, and so reads all rows of a workspace for the few that another index would have given.
"""

from sqlalchemy import text

from storage.engine import Engine, background, is_sqlite, transaction

ROWS_READ = 1000  # of each index, as SQLite's manual advises; this takes some hundredths of a second


def refresh_statistics(engine: Engine) -> None:
    """Look at the tables as they are. Connections opened later plan by it; the pool renews them."""
    if not is_sqlite(engine):
        return
    with transaction(background(engine)) as session:
        session.execute(text(f"PRAGMA analysis_limit={ROWS_READ}"))
        session.execute(text("ANALYZE"))
