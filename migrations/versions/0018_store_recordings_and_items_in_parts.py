"""Store recordings beside pictures, and know which items are right or wrong as a whole."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CHECKS_BEFORE = {"ck_media_files_has_a_size": "width > 0 AND height > 0 AND byte_count > 0"}
CHECKS = {
    "ck_media_files_has_a_size": "byte_count > 0 AND (width IS NULL) = (height IS NULL)",
    "ck_media_files_is_seen_or_heard": "(width > 0 AND height > 0) OR seconds > 0",
}


def upgrade() -> None:
    op.add_column("item_versions", sa.Column("is_right_or_wrong", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("media_files", sa.Column("seconds", sa.Double(), nullable=True))
    with op.batch_alter_table("media_files", schema=None) as batch_op:
        batch_op.alter_column("width", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("height", existing_type=sa.Integer(), nullable=True)
        for name in CHECKS_BEFORE:
            batch_op.drop_constraint(op.f(name), type_="check")
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(op.f(name), condition)


def downgrade() -> None:
    """A sound has no sides, which the table before demands: where one is stored, the downgrade is refused."""
    with op.batch_alter_table("media_files", schema=None) as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(op.f(name), type_="check")
        batch_op.drop_column("seconds")
        batch_op.alter_column("width", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("height", existing_type=sa.Integer(), nullable=False)
        for name, condition in CHECKS_BEFORE.items():
            batch_op.create_check_constraint(op.f(name), condition)
    op.drop_column("item_versions", "is_right_or_wrong")
