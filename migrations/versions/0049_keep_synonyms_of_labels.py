"""Keep synonyms of labels."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("taxonomy_labels", sa.Column("synonyms", JSON_VALUE, nullable=True))


def downgrade() -> None:
    op.drop_column("taxonomy_labels", "synonyms")
