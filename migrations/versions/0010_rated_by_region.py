"""An index to read the days of one region by, without those of the others."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

STANDS = sa.text("replaced_at IS NULL")
COLUMNS = ["user_id", "region", "side", "local_date", "pain_24h"]


def upgrade() -> None:
    op.create_index(
        "ix_daily_rating_region",
        "daily_rating",
        COLUMNS,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    op.drop_index("ix_daily_rating_region", "daily_rating")
