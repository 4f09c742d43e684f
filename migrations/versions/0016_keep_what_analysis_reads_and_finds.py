"""Keep answers in the compact form that analysis reads, its figures, flags with what people ruled, and judges' estimates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def upgrade() -> None:
    op.create_table(
        "answer_sheets",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.Column("seconds", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_answer_sheets_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_answer_sheets")),
    )
    op.create_table(
        "item_statistics",
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("answer_count", sa.Integer(), nullable=False),
        sa.Column("flags", sa.String(length=200), nullable=False),
        sa.Column("figures", JSON, nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_version_id"], ["item_versions.id"], name=op.f("fk_item_statistics_item_version_id_item_versions")),
        sa.PrimaryKeyConstraint("item_version_id", name=op.f("pk_item_statistics")),
    )
    op.create_table(
        "exam_statistics",
        sa.Column("exam_version_id", sa.Integer(), nullable=False),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("figures", JSON, nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exam_version_id"], ["exam_versions.id"], name=op.f("fk_exam_statistics_exam_version_id_exam_versions")),
        sa.PrimaryKeyConstraint("exam_version_id", name=op.f("pk_exam_statistics")),
    )
    op.create_table(
        "analysis_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_run_id", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_analysis_runs_there_is_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_runs")),
    )
    op.create_table(
        "item_flag_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=True),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer_count", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("deed IN ('raised', 'held', 'released')", name=op.f("ck_item_flag_events_deed_is_known")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_item_flag_events_reason_is_given")),
        sa.CheckConstraint("deed = 'raised' OR by_id IS NOT NULL", name=op.f("ck_item_flag_events_people_rule")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_item_flag_events_by_id_people")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_flag_events_item_id_items")),
        sa.ForeignKeyConstraint(["item_version_id"], ["item_versions.id"], name=op.f("fk_item_flag_events_item_version_id_item_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_flag_events")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_item_flag_events_item_id"), "item_flag_events", ["item_id"])
    guard("item_flag_events")
    op.create_table(
        "item_estimates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("judge_id", sa.Integer(), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("chance > 0 AND chance <= 1", name=op.f("ck_item_estimates_chance_is_one")),
        sa.ForeignKeyConstraint(["item_version_id"], ["item_versions.id"], name=op.f("fk_item_estimates_item_version_id_item_versions")),
        sa.ForeignKeyConstraint(["judge_id"], ["people.id"], name=op.f("fk_item_estimates_judge_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_estimates")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_item_estimates_item_version_id"), "item_estimates", ["item_version_id"])
    guard("item_estimates")


def downgrade() -> None:
    for table in ("item_estimates", "item_flag_events", "analysis_runs", "exam_statistics", "item_statistics", "answer_sheets"):
        op.drop_table(table)
