"""From which day a test holds what it holds: the days between are its rhythm."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

RUNNING = """
UPDATE tracked_spot SET held_from = (
    SELECT trial.starts_on FROM trial
    WHERE trial.user_id = tracked_spot.user_id AND trial.spot_id = tracked_spot.spot_id
    AND trial.side = tracked_spot.side AND trial.closed_at IS NULL
) WHERE held_until IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("tracked_spot", sa.Column("held_from", sa.Date(), nullable=True))
    op.execute(RUNNING)


def downgrade() -> None:
    op.drop_column("tracked_spot", "held_from")
