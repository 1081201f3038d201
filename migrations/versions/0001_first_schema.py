"""The first schema: accounts, spots and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("get_ready_s", sa.SmallInteger(), nullable=False),
        sa.Column("gentle_only", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
    )
    op.create_index("uq_account_email_lower", "account", [sa.text("lower(email)")], unique=True)
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name=op.f("pk_attempt")),
    )
    op.create_table(
        "device",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_device_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_device")),
    )
    op.create_table(
        "massage_session",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("spot_id", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("entry", sa.String(length=8), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("protocol", sa.String(length=64), nullable=True),
        sa.Column("protocol_version", sa.String(length=64), nullable=True),
        sa.Column("tool", sa.String(length=64), nullable=True),
        sa.Column("start_level", sa.SmallInteger(), nullable=True),
        sa.Column("target_level", sa.SmallInteger(), nullable=True),
        sa.Column("peak_level", sa.SmallInteger(), nullable=True),
        sa.Column("stayed_level", sa.SmallInteger(), nullable=True),
        sa.Column("finished_holds", sa.SmallInteger(), nullable=True),
        sa.Column("planned_s", sa.SmallInteger(), nullable=True),
        sa.Column("level_1_s", sa.SmallInteger(), nullable=True),
        sa.Column("level_2_s", sa.SmallInteger(), nullable=True),
        sa.Column("level_3_s", sa.SmallInteger(), nullable=True),
        sa.Column("level_4_s", sa.SmallInteger(), nullable=True),
        sa.Column("completed", sa.Boolean(), nullable=True),
        sa.Column("ended_by", sa.String(length=64), nullable=True),
        sa.Column("sharp_events", sa.SmallInteger(), nullable=True),
        sa.Column("nerve_events", sa.SmallInteger(), nullable=True),
        sa.Column("too_much_events", sa.SmallInteger(), nullable=True),
        sa.Column("trace", sa.JSON(), nullable=True),
        sa.Column("pain_before", sa.SmallInteger(), nullable=True),
        sa.Column("pain_after", sa.SmallInteger(), nullable=True),
        sa.Column("tenderness_before", sa.SmallInteger(), nullable=True),
        sa.Column("tenderness_after", sa.SmallInteger(), nullable=True),
        sa.Column("tenderness_level", sa.SmallInteger(), nullable=True),
        sa.Column("peak_discomfort", sa.SmallInteger(), nullable=True),
        sa.Column("quality", sa.String(length=64), nullable=True),
        sa.Column("felt_in", sa.JSON(), nullable=False),
        sa.Column("your_pain", sa.String(length=64), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "entry IN ('guided', 'manual', 'imported')", name=op.f("ck_massage_session_entry")
        ),
        sa.CheckConstraint(
            "side IN ('left', 'right', 'middle')", name=op.f("ck_massage_session_side")
        ),
        sa.CheckConstraint(
            "pain_after BETWEEN 0 AND 10", name=op.f("ck_massage_session_pain_after")
        ),
        sa.CheckConstraint(
            "pain_before BETWEEN 0 AND 10", name=op.f("ck_massage_session_pain_before")
        ),
        sa.CheckConstraint(
            "peak_discomfort BETWEEN 0 AND 10", name=op.f("ck_massage_session_peak_discomfort")
        ),
        sa.CheckConstraint(
            "tenderness_after BETWEEN 0 AND 10", name=op.f("ck_massage_session_tenderness_after")
        ),
        sa.CheckConstraint(
            "tenderness_before BETWEEN 0 AND 10", name=op.f("ck_massage_session_tenderness_before")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_massage_session_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_massage_session")),
    )
    op.create_index(
        "ix_massage_session_spot",
        "massage_session",
        ["user_id", "spot_id", "started_at"],
        unique=False,
    )
    op.create_index(
        "ix_massage_session_time", "massage_session", ["user_id", "started_at", "id"], unique=False
    )
    op.create_table(
        "own_spot",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("felt_in", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_own_spot_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_own_spot")),
    )
    op.create_table(
        "tracked_spot",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("spot_id", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_tracked_spot_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "spot_id", "side", name=op.f("pk_tracked_spot")),
    )


def downgrade() -> None:
    for table in ("tracked_spot", "own_spot", "massage_session", "device", "attempt", "account"):
        op.drop_table(table)
