"""Rule about keys that were wrong, and grade anew by the ruling."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

CHECK = "ck_score_runs_ruling_is_the_reason"


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if is_sqlite():
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def guard_if_made_anew(ledger: str) -> None:
    """SQLite makes a table anew to change it, and forgets its triggers."""
    if is_sqlite():
        guard(ledger)


def upgrade() -> None:
    op.create_table(
        "item_rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("key", JSON_VALUE, nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('full_credit', 'either_key', 'new_key', 'drop')", name=op.f("ck_item_rulings_kind_is_known")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_item_rulings_reason_is_given")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_item_rulings_by_id_people")),
        sa.ForeignKeyConstraint(["item_version_id"], ["item_versions.id"], name=op.f("fk_item_rulings_item_version_id_item_versions")),
        sa.ForeignKeyConstraint(["reference_id"], ["case_references.id"], name=op.f("fk_item_rulings_reference_id_case_references")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_rulings")),
        sa.UniqueConstraint("item_version_id", "ordinal", name=op.f("uq_item_rulings_item_version_id_ordinal")),
        info={"append_only": True},
    )
    guard("item_rulings")
    op.create_table(
        "regrades",
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.Column("seen_count", sa.Integer(), nullable=False),
        sa.Column("changed_count", sa.Integer(), nullable=False),
        sa.Column("told_count", sa.Integer(), nullable=False),
        sa.Column("gained_count", sa.Integer(), nullable=False),
        sa.Column("lost_count", sa.Integer(), nullable=False),
        sa.Column("last_person_id", sa.Integer(), nullable=False),
        sa.Column("last_attempt_id", sa.Integer(), nullable=False),
        sa.Column("last_run_id", sa.Integer(), nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("graded_at IS NOT NULL OR finished_at IS NULL", name=op.f("ck_regrades_graded_before_finished")),
        sa.ForeignKeyConstraint(["ruling_id"], ["item_rulings.id"], name=op.f("fk_regrades_ruling_id_item_rulings")),
        sa.PrimaryKeyConstraint("ruling_id", name=op.f("pk_regrades")),
    )
    op.create_index(
        "ix_regrades_unfinished", "regrades", ["ruling_id"], sqlite_where=sa.text("finished_at IS NULL"), postgresql_where=sa.text("finished_at IS NULL")
    )
    with op.batch_alter_table("score_runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ruling_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_score_runs_ruling_id_item_rulings"), "item_rulings", ["ruling_id"], ["id"])
        batch_op.create_check_constraint(op.f(CHECK), "ruling_id IS NULL OR reason = 'ruled'")
        batch_op.create_index(batch_op.f("ix_score_runs_ruling_id"), ["ruling_id"], unique=False)
    guard_if_made_anew("score_runs")


def downgrade() -> None:
    with op.batch_alter_table("score_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_runs_ruling_id"))
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.drop_constraint(op.f("fk_score_runs_ruling_id_item_rulings"), type_="foreignkey")
        batch_op.drop_column("ruling_id")
    guard_if_made_anew("score_runs")
    op.drop_table("regrades")
    op.drop_table("item_rulings")
