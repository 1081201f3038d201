"""Whether anything a person answered may close or cap a spot, so that Today asks only then."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NOTED = """
UPDATE account SET careful = true
WHERE id IN (SELECT user_id FROM condition)
   OR id IN (SELECT user_id FROM gate_answer WHERE CAST(chosen AS TEXT) <> '[]')
"""


def upgrade() -> None:
    no = sa.Column("careful", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("account", no)
    op.execute(NOTED)


def downgrade() -> None:
    op.drop_column("account", "careful")
