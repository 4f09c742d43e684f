"""Let modules translate modules, and say which version of the original each version tells."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

NAME = "fk_modules_original_id_modules"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE modules ADD COLUMN original_id INTEGER CONSTRAINT {NAME} REFERENCES modules (id)")
    else:
        op.add_column("modules", sa.Column("original_id", sa.Integer(), nullable=True))
        op.create_foreign_key(NAME, "modules", "modules", ["original_id"], ["id"])
    op.create_index(op.f("ix_modules_original_id"), "modules", ["original_id"])
    op.add_column("module_versions", sa.Column("followed", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("module_versions", "followed")
    op.drop_index(op.f("ix_modules_original_id"), "modules")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE modules DROP COLUMN original_id")
    else:
        op.drop_constraint(NAME, "modules", type_="foreignkey")
        op.drop_column("modules", "original_id")
