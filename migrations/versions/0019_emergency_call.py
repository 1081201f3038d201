"""Whom a person calls in an emergency, if they say so."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("account", sa.Column("emergency_call", sa.String(40), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "emergency_call")
