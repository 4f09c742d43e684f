"""Let candidates appeal against the marks of a written reply."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
REASONS = "reason IN ('submitted', 'expired', 'marked'{}, 'ruled', 'late_answers', 'rules_changed')"
LEDGERS = ("score_runs", "reply_marks")


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


def know_reasons(more: str) -> None:
    """Let scores be made for these reasons."""
    with op.batch_alter_table("score_runs") as batch:
        batch.drop_constraint(op.f("ck_score_runs_reason_is_known"), type_="check")
        batch.create_check_constraint(op.f("ck_score_runs_reason_is_known"), REASONS.format(more))


def upgrade() -> None:
    op.create_table(
        "reply_appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=2_000), nullable=False),
        sa.Column("credit_before", sa.Double(), nullable=False),
        sa.Column("appealed_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("credit_after", sa.Double(), nullable=True),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_reply_appeals_reason_is_given")),
        sa.CheckConstraint("(closed_at IS NULL) = (credit_after IS NULL)", name=op.f("ck_reply_appeals_earns_when_closed")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"], name=op.f("fk_reply_appeals_attempt_id_form_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_appeals")),
        sa.UniqueConstraint("attempt_id", "position", "text_hash", name=op.f("uq_reply_appeals_attempt_id_position_text_hash")),
    )
    with op.batch_alter_table("marking_tasks") as batch:
        batch.add_column(sa.Column("appeal_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_marking_tasks_appeal_id_reply_appeals"), "reply_appeals", ["appeal_id"], ["id"])
        batch.create_index(op.f("ix_marking_tasks_appeal_id"), ["appeal_id"], unique=False)
        batch.drop_constraint(op.f("ck_marking_tasks_at_most_three"), type_="check")
        batch.create_check_constraint(op.f("ck_marking_tasks_at_most_five"), "ordinal BETWEEN 1 AND 5")
    unguard("score_runs")
    know_reasons(", 'appealed'")
    guard("score_runs")


def downgrade() -> None:
    """Marks upon appeals are forgotten, the scores that they led to are not."""
    for ledger in LEDGERS:
        unguard(ledger)
    op.execute("UPDATE score_runs SET reason = 'marked' WHERE reason = 'appealed'")
    know_reasons("")
    op.execute("DELETE FROM reply_marks WHERE task_id IN (SELECT id FROM marking_tasks WHERE appeal_id IS NOT NULL)")
    op.execute("DELETE FROM marking_tasks WHERE appeal_id IS NOT NULL")
    with op.batch_alter_table("marking_tasks") as batch:
        batch.drop_constraint(op.f("ck_marking_tasks_at_most_five"), type_="check")
        batch.create_check_constraint(op.f("ck_marking_tasks_at_most_three"), "ordinal BETWEEN 1 AND 3")
        batch.drop_index(op.f("ix_marking_tasks_appeal_id"))
        batch.drop_constraint(op.f("fk_marking_tasks_appeal_id_reply_appeals"), type_="foreignkey")
        batch.drop_column("appeal_id")
    op.drop_table("reply_appeals")
    for ledger in LEDGERS:
        guard(ledger)
