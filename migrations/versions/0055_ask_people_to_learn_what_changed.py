"""Ask people to learn what changed in a policy, and keep what changed as it was published."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
IS_OPEN = sa.text("met_at IS NULL")


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def upgrade() -> None:
    with op.batch_alter_table("obligations") as batch:
        batch.add_column(sa.Column("module_version", sa.String(length=20), nullable=False, server_default="0.0.0"))
        batch.add_column(sa.Column("check_slug", sa.String(length=60), nullable=True))
        batch.add_column(sa.Column("exams", JSON, nullable=True))
        batch.add_column(sa.Column("met_by", sa.String(length=32), nullable=True))
        batch.create_check_constraint(op.f("ck_obligations_kind_is_known"), "kind IN ('reading', 'exam')")
    with op.batch_alter_table("obligations") as batch:
        batch.alter_column("module_version", existing_type=sa.String(length=20), existing_nullable=False, server_default=None)
    op.create_index("ix_obligations_module", "obligations", ["module_slug", "module_version"], unique=False)
    columns = ["person_id", "module_slug", "module_version"]
    op.create_index("uq_obligations_open", "obligations", columns, unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.create_table(
        "policy_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_slug", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("check_slug", sa.String(length=60), nullable=True),
        sa.Column("exams", JSON, nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_changes")),
        sa.UniqueConstraint("module_slug", "version", name=op.f("uq_policy_changes_module_slug_version")),
        info={"append_only": True},
    )
    guard("policy_changes")


def downgrade() -> None:
    op.drop_table("policy_changes")
    op.drop_index("uq_obligations_open", table_name="obligations")
    op.drop_index("ix_obligations_module", table_name="obligations")
    with op.batch_alter_table("obligations") as batch:
        batch.drop_constraint(op.f("ck_obligations_kind_is_known"), type_="check")
        for column in ("met_by", "exams", "check_slug", "module_version"):
            batch.drop_column(column)
