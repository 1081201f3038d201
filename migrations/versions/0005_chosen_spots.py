"""Chosen spots as a person sets them, own spots on the body, and when the feel was learnt."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
BLANK = {
    "tracked_spot": {
        "level_cap": sa.SmallInteger(),
        "days_between": sa.SmallInteger(),
        "mark_x": sa.Float(),
        "mark_y": sa.Float(),
        "paused_at": MOMENT,
        "archived_at": MOMENT,
    },
    "own_spot": {"view": sa.String(length=16), "x": sa.Float(), "y": sa.Float()},
    "account": {"learnt_at": MOMENT},
}
FILLED = {
    "position": sa.Column("position", sa.Integer(), nullable=False, server_default=sa.text("0")),
    "note": sa.Column("note", sa.Text(), nullable=False, server_default=""),
}


def upgrade() -> None:
    for column in FILLED.values():
        op.add_column("tracked_spot", column)
    for table, columns in BLANK.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for table, columns in BLANK.items():
        for name in columns:
            op.drop_column(table, name)
    for name in FILLED:
        op.drop_column("tracked_spot", name)
