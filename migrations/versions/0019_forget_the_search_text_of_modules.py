"""Forget the search text of modules: passages, which are searched, hold the words since they were split from it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("module_versions", "search_text")


def downgrade() -> None:
    """Nobody read it, so it comes back empty."""
    op.add_column("module_versions", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
