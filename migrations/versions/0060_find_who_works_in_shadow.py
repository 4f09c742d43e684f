"""Find who works in shadow among all who hold certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

NAME = "ix_certificate_events_provisional"
IS_PROVISIONAL = sa.text("is_provisional")


def upgrade() -> None:
    op.create_index(NAME, "certificate_events", ["person_id", "certification_id"], sqlite_where=IS_PROVISIONAL, postgresql_where=IS_PROVISIONAL)


def downgrade() -> None:
    op.drop_index(NAME, table_name="certificate_events")
