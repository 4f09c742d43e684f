"""Find the holders of a certificate in order, page by page."""

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

NAME = "ix_certificate_events_certification_person"


def upgrade() -> None:
    op.create_index(NAME, "certificate_events", ["certification_id", "person_id"])


def downgrade() -> None:
    op.drop_index(NAME, table_name="certificate_events")
