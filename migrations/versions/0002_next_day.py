"""What is asked the next day, and tenderness at the other side to compare with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLE = "massage_session"
RATINGS = ("other_side_before", "other_side_after", "next_day_soreness")
ANSWERS = ("still_sore", "bruise", "still_sore_48", "bruise_gone")
MOMENTS = ("next_day_at", "still_sore_48_at")


def upgrade() -> None:
    # Written out: a batch change would rebuild the table without its checks.
    for name in RATINGS:
        check = f"CONSTRAINT ck_{TABLE}_{name} CHECK ({name} BETWEEN 0 AND 10)"
        op.execute(f"ALTER TABLE {TABLE} ADD COLUMN {name} SMALLINT {check}")
    for name in ANSWERS:
        op.add_column(TABLE, sa.Column(name, sa.Boolean(), nullable=True))
    for name in MOMENTS:
        op.add_column(TABLE, sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in (*RATINGS, *ANSWERS, *MOMENTS):
        op.drop_column(TABLE, name)
