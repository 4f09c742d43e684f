"""Lay the next case ready while what the expert said of the one before is read."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("servings") as servings:
        servings.add_column(sa.Column("is_ahead", sa.Boolean(), nullable=False, server_default=sa.false()))
        servings.create_check_constraint(op.f("ck_servings_ahead_is_open"), "NOT is_ahead OR (answered_at IS NULL AND skipped_at IS NULL)")


def downgrade() -> None:
    op.execute("DELETE FROM servings WHERE is_ahead")
    with op.batch_alter_table("servings") as servings:
        servings.drop_constraint(op.f("ck_servings_ahead_is_open"), type_="check")
        servings.drop_column("is_ahead")
