"""Keep what each version of an exam says of its items, and compute all figures anew: more is kept of items too."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("exam_statistics", sa.Column("items", JSON, server_default="[]", nullable=False))
    op.execute("UPDATE analysis_runs SET last_run_id = 0")


def downgrade() -> None:
    op.drop_column("exam_statistics", "items")
