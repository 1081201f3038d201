"""Runs the revisions on the connection that tracker.migrate hands over."""

from alembic import context

from tracker.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,  # names what a revision leaves unnamed
)
with context.begin_transaction():
    context.run_migrations()
