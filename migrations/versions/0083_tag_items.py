"""Let items have tags, and drafts be reviewed together."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("items", sa.Column("tags", sa.String(length=400), server_default="", nullable=False))
    op.add_column("drafts", sa.Column("batch", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_drafts_batch"), "drafts", ["batch"])


def downgrade() -> None:
    op.drop_index(op.f("ix_drafts_batch"), "drafts")
    op.drop_column("drafts", "batch")
    op.drop_column("items", "tags")
