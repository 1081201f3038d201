"""What a test holds at a spot and side while it runs."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

HELD = {"held_target": sa.SmallInteger, "held_until": sa.Date, "free_days": sa.JSON}


def upgrade() -> None:
    for name, kind in HELD.items():
        op.add_column("tracked_spot", sa.Column(name, kind(), nullable=True))
    op.add_column("account", sa.Column("trial_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "trial_until")
    for name in HELD:
        op.drop_column("tracked_spot", name)
