"""Runs the revisions on the connection that tracker.migrate hands over."""

from alembic import context

import tracker.accounts.models
import tracker.limits
import tracker.safety.models
import tracker.sessions.models
import tracker.spots.models  # noqa: F401  (importing the models fills the metadata)
from tracker.database import db

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=db.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
