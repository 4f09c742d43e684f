"""Let a corrected version continue the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

VERSIONED = ("item_versions", "case_versions", "case_references")
WITH_A_NOTE = ("item_versions", "case_references")


def upgrade() -> None:
    for table in VERSIONED:
        name = op.f(f"fk_{table}_continues_id_{table}")
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"ALTER TABLE {table} ADD COLUMN continues_id INTEGER CONSTRAINT {name} REFERENCES {table} (id)")
        else:
            op.add_column(table, sa.Column("continues_id", sa.Integer(), nullable=True))
            op.create_foreign_key(name, table, table, ["continues_id"], ["id"])
        op.create_index(f"uq_{table}_continues", table, ["continues_id"], unique=True)
    for table in WITH_A_NOTE:
        op.add_column(table, sa.Column("editorial", sa.String(length=200), nullable=True))


def downgrade() -> None:
    for table in WITH_A_NOTE:
        op.drop_column(table, "editorial")
    for table in VERSIONED:
        op.drop_index(f"uq_{table}_continues", table_name=table)
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"ALTER TABLE {table} DROP COLUMN continues_id")
        else:
            op.drop_constraint(op.f(f"fk_{table}_continues_id_{table}"), table, type_="foreignkey")
            op.drop_column(table, "continues_id")
