"""The overall change since a person began at a spot, and from when they are asked about it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "overall_change",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("spot_id", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("change", sa.SmallInteger(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("change BETWEEN 1 AND 7", name=op.f("ck_overall_change_change")),
        sa.CheckConstraint(
            "side IN ('left', 'right', 'middle')", name=op.f("ck_overall_change_side")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account.id"],
            name=op.f("fk_overall_change_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "user_id", "spot_id", "side", "local_date", name=op.f("pk_overall_change")
        ),
    )
    op.add_column("account", sa.Column("overall_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "overall_on")
    op.drop_table("overall_change")
