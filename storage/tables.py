"""All tables of ours, and no others: the durable queue keeps its own beside them."""

from storage import (
    correction_tables,
    file_posts,
    greeting_table,
    people_table,
    process_table,
    projections,
    question_table,
    reading_table,
    schema,
    watch_tables,
    workspace_tables,
)

__all__ = [
    "METADATA",
    "correction_tables",
    "file_posts",
    "greeting_table",
    "people_table",
    "process_table",
    "projections",
    "question_table",
    "reading_table",
    "schema",
    "watch_tables",
    "workspace_tables",
]

METADATA = schema.Base.metadata
