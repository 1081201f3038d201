"""What a person says of their days: pain over 24 hours, asked once a day, and what else was."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

STANDS = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "daily_rating",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("pain_24h", sa.SmallInteger(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("pain_24h BETWEEN 0 AND 10", name=op.f("ck_daily_rating_pain_24h")),
        sa.CheckConstraint(
            "side IN ('left', 'right', 'middle')", name=op.f("ck_daily_rating_side")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_daily_rating_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_daily_rating")),
    )
    op.create_index(
        "uq_daily_rating_stands",
        "daily_rating",
        ["user_id", "local_date", "region", "side"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_table(
        "day_note",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("flare", sa.Boolean(), nullable=False),
        sa.Column("medicine_change", sa.Boolean(), nullable=False),
        sa.Column("other_treatment", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_day_note_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "local_date", name=op.f("pk_day_note")),
    )
    op.create_table(
        "activity",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_activity_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_activity")),
    )
    op.create_table(
        "activity_rating",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("goes", sa.SmallInteger(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("goes BETWEEN 0 AND 10", name=op.f("ck_activity_rating_goes")),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account.id"],
            name=op.f("fk_activity_rating_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "activity_id"],
            ["activity.user_id", "activity.id"],
            name=op.f("fk_activity_rating_user_id_activity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "user_id", "activity_id", "local_date", name=op.f("pk_activity_rating")
        ),
    )
    op.add_column("account", sa.Column("activities_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "activities_on")
    for table in ("activity_rating", "activity", "day_note", "daily_rating"):
        op.drop_table(table)
