"""Find the first answers to a version of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_judgements_first_answers",
        "judgements",
        ["case_version_id", "id"],
        unique=False,
        sqlite_where=sa.text("corrects_id IS NULL AND is_first_exposure = 1"),
        postgresql_where=sa.text("corrects_id IS NULL AND is_first_exposure"),
    )


def downgrade() -> None:
    op.drop_index("ix_judgements_first_answers", table_name="judgements")
