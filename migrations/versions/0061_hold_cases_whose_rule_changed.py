"""Hold cases whose rule changed until somebody looks, and keep who wrote a change."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def unguard(ledger: str) -> None:
    """Let rows of a ledger be changed until it is guarded again."""
    on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {ledger}"
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER {ledger}_refuse_{deed}{on}")


def upgrade() -> None:
    op.create_table(
        "case_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("deed IN ('held', 'released')", name=op.f("ck_case_holds_deed_is_known")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_case_holds_by_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_holds_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_holds")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_case_holds_case_id"), "case_holds", ["case_id"], unique=False)
    guard("case_holds")
    with op.batch_alter_table("cases") as batch:
        batch.add_column(sa.Column("is_held", sa.Boolean(), nullable=False, server_default=sa.false()))
    unguard("policy_changes")
    with op.batch_alter_table("policy_changes") as batch:
        batch.add_column(sa.Column("author_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_policy_changes_author_id_people"), "people", ["author_id"], ["id"])
    guard("policy_changes")


def downgrade() -> None:
    unguard("policy_changes")
    with op.batch_alter_table("policy_changes") as batch:
        batch.drop_constraint(op.f("fk_policy_changes_author_id_people"), type_="foreignkey")
        batch.drop_column("author_id")
    guard("policy_changes")
    with op.batch_alter_table("cases") as batch:
        batch.drop_column("is_held")
    op.drop_table("case_holds")
