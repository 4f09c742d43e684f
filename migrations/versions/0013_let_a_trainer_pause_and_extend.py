"""Let a trainer pause and extend an attempt, and a candidate take breaks."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PAUSED = "ck_attempts_paused_only_while_open", "paused_at IS NULL OR state = 'open'"
ON_BREAK = "ck_attempts_on_break_only_while_running", "break_started_at IS NULL OR (state = 'open' AND paused_at IS NULL)"
VERDICTS = ("saved", "stale", "late", "closed", "other_writer", "paused", "unreadable", "reused_sequence")
VERDICTS_BEFORE = ("saved", "stale", "late", "closed", "other_writer", "unreadable", "reused_sequence")


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def guard(ledger: str) -> None:
    """Let the database refuse to change what is only appended to."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if is_sqlite():
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def add_instant(column: str, check: tuple[str, str]) -> None:
    """Add a column to `attempts` with its check; SQLite takes both at once, without making the table anew."""
    name, condition = check
    if is_sqlite():
        op.execute(f"ALTER TABLE attempts ADD COLUMN {column} DATETIME CONSTRAINT {name} CHECK ({condition})")
    else:
        op.add_column("attempts", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
        op.create_check_constraint(op.f(name), "attempts", condition)


def know_verdicts(verdicts: tuple[str, ...]) -> None:
    """Let the events of answers know these verdicts and no other. SQLite makes the table anew for it, and forgets its guard."""
    with op.batch_alter_table("answer_events") as batch_op:
        batch_op.drop_constraint(op.f("ck_answer_events_verdict_is_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_answer_events_verdict_is_known"), f"verdict IN ({', '.join(map(repr, verdicts))})")
    if is_sqlite():
        guard("answer_events")


def upgrade() -> None:
    add_instant("paused_at", PAUSED)
    add_instant("break_started_at", ON_BREAK)
    know_verdicts(VERDICTS)
    op.create_table(
        "attempt_time_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=15), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("deed IN ('extended', 'paused', 'resumed', 'break_started', 'break_ended')", name=op.f("ck_attempt_time_events_deed_is_known")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_attempt_time_events_reason_is_given")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_attempt_time_events_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_attempt_time_events_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_time_events")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_attempt_time_events_attempt_id"), "attempt_time_events", ["attempt_id"])
    guard("attempt_time_events")


def downgrade() -> None:
    op.drop_index(op.f("ix_attempt_time_events_attempt_id"), table_name="attempt_time_events")
    op.drop_table("attempt_time_events")
    know_verdicts(VERDICTS_BEFORE)
    for column, (name, _) in (("break_started_at", ON_BREAK), ("paused_at", PAUSED)):
        if is_sqlite():
            op.execute(f"ALTER TABLE attempts DROP COLUMN {column}")
        else:
            op.drop_constraint(op.f(name), "attempts", type_="check")
            op.drop_column("attempts", column)
