"""Remember the text that folder and database last agreed on, where the desk has another since: what both changed is told from it."""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stored_documents", sa.Column("agreed_text", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("stored_documents", "agreed_text")
