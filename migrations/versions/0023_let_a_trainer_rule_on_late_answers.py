"""Let a trainer rule on answers that arrived late."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

AFTER_THE_END = sa.text("verdict IN ('late', 'closed')")


def upgrade() -> None:
    op.create_index("ix_answer_events_after_end", "answer_events", ["attempt_id"], sqlite_where=AFTER_THE_END, postgresql_where=AFTER_THE_END)
    op.create_table(
        "late_answer_rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_late_answer_rulings_reason_is_given")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_late_answer_rulings_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_late_answer_rulings_by_id_people")),
        sa.ForeignKeyConstraint(["event_id"], ["answer_events.id"], name=op.f("fk_late_answer_rulings_event_id_answer_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_answer_rulings")),
        sa.UniqueConstraint("event_id", name=op.f("uq_late_answer_rulings_event_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_late_answer_rulings_attempt_id"), "late_answer_rulings", ["attempt_id"])
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER late_answer_rulings_refuse_{deed.lower()} BEFORE {deed} ON late_answer_rulings"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'late_answer_rulings is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_index(op.f("ix_late_answer_rulings_attempt_id"), table_name="late_answer_rulings")
    op.drop_table("late_answer_rulings")
    op.drop_index("ix_answer_events_after_end", table_name="answer_events", sqlite_where=AFTER_THE_END, postgresql_where=AFTER_THE_END)
