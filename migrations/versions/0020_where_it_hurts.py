"""Where it hurts that a spot is worked on for, if that is elsewhere than where one presses."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("tracked_spot", sa.Column("hurts_in", sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column("tracked_spot", "hurts_in")
