"""What Alembic runs: always on a connection that `storage.migrate` has opened and locked."""

from alembic import context

from storage.migrate import configure

configure(context, context.config.attributes["connection"])
context.run_migrations()
