"""Every change to a session has a number, and what is deleted for good leaves a mark."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

TABLE = "massage_session"
ALONE = {"resolve_fks": False}  # the index of accounts by lower(email) cannot be read back
AS_SENT = ("start_as_sent", "end_as_sent")
NUMBERED = """
    UPDATE massage_session SET revision = numbered.n FROM (
        SELECT user_id, id,
               row_number() OVER (PARTITION BY user_id ORDER BY received_at, id) AS n
        FROM massage_session
    ) AS numbered
    WHERE numbered.user_id = massage_session.user_id AND numbered.id = massage_session.id
"""
LATEST = """
    INSERT INTO revisions (user_id, latest)
    SELECT user_id, max(revision) FROM massage_session GROUP BY user_id
"""


def upgrade() -> None:
    op.create_table(
        "revisions",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("latest", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_revisions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_revisions")),
    )
    op.create_table(
        "tombstone",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_tombstone_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_tombstone")),
    )
    op.create_index("uq_tombstone_revision", "tombstone", ["user_id", "revision"], unique=True)
    op.add_column(TABLE, sa.Column("revision", sa.BigInteger(), nullable=True))
    op.execute(NUMBERED)
    op.execute(LATEST)
    uncertain = sa.Column(
        "clock_uncertain", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    with op.batch_alter_table(TABLE, reflect_kwargs=ALONE) as table:
        table.alter_column("revision", existing_type=sa.BigInteger(), nullable=False)
        table.add_column(uncertain)
        for name in AS_SENT:
            table.add_column(sa.Column(name, sa.String(length=64), nullable=True))
    op.create_index("uq_massage_session_revision", TABLE, ["user_id", "revision"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_massage_session_revision", TABLE)
    with op.batch_alter_table(TABLE, reflect_kwargs=ALONE) as table:
        for name in (*AS_SENT, "clock_uncertain", "revision"):
            table.drop_column(name)
    op.drop_table("tombstone")
    op.drop_table("revisions")
