"""Let cases show recordings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("case_versions", sa.Column("recording", JSON_VALUE, nullable=True))


def downgrade() -> None:
    op.drop_column("case_versions", "recording")
