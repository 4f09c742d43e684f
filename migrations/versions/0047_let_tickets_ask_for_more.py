"""Let tickets ask for more than a decision."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("case_references", sa.Column("besides", JSON_VALUE, nullable=True))


def downgrade() -> None:
    op.drop_column("case_references", "besides")
