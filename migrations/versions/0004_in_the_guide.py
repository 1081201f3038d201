"""How a person wants to be guided: cues, the time to move, the side of the neck, when asked."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLE = "account"
ON = ("tones", "voice", "vibration")
OFF = ("through_silent", "side_of_neck")


def upgrade() -> None:
    gap = sa.Column("gap_s", sa.SmallInteger(), nullable=False, server_default=sa.text("15"))
    op.add_column(TABLE, gap)
    for name in ON + OFF:
        default = sa.true() if name in ON else sa.false()
        op.add_column(TABLE, sa.Column(name, sa.Boolean(), nullable=False, server_default=default))
    asked = sa.Column("conditions_asked_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column(TABLE, asked)


def downgrade() -> None:
    for name in ("gap_s", *ON, *OFF, "conditions_asked_at"):
        op.drop_column(TABLE, name)
