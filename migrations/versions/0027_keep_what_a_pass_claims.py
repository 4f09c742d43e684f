"""Keep what a pass lets a certificate say."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("exam_passes", sa.Column("claim", JSON_VALUE, nullable=True))


def downgrade() -> None:
    op.drop_column("exam_passes", "claim")
