"""Tests of one's own: does massage of a spot go along with less pain?"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

RUNS = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "trial",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("spot_id", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("order", sa.String(length=6), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("target", sa.SmallInteger(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("why", sa.String(length=64), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('fair', 'quick')", name=op.f("ck_trial_kind")),
        sa.CheckConstraint("side IN ('left', 'right', 'middle')", name=op.f("ck_trial_side")),
        sa.CheckConstraint("target BETWEEN 1 AND 4", name=op.f("ck_trial_target")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_trial_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_trial")),
    )
    op.create_index(
        "uq_trial_runs", "trial", ["user_id"], unique=True, sqlite_where=RUNS, postgresql_where=RUNS
    )


def downgrade() -> None:
    op.drop_index("uq_trial_runs", "trial")
    op.drop_table("trial")
