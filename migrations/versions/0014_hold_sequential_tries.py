"""Hold sequential tries: which answers are final, and what each try spends of its term's chance of a false pass."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

VERDICTS_BEFORE = "'saved', 'stale', 'late', 'closed', 'other_writer', 'paused', 'unreadable', 'reused_sequence'"
VERDICTS = "'saved', 'stale', 'late', 'closed', 'other_writer', 'paused', 'final', 'unreadable', 'reused_sequence'"
COLUMNS = {
    "mode": ("VARCHAR(10) DEFAULT 'fixed'", "mode_is_known", "mode IN ('fixed', 'sequential')"),
    "confirmed_count": (
        "INTEGER DEFAULT 0",
        "confirms_where_answers_are_final",
        "confirmed_count >= 0 AND (confirmed_count = 0 OR mode = 'sequential')",
    ),
}
"""Added with their checks in one statement each, which both databases take without building the table anew."""


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        name = f"{ledger}_refuse_{deed.lower()}"
        trigger = f"CREATE TRIGGER {name} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def release(ledger: str) -> None:
    for deed in ("update", "delete"):
        on_table = f" ON {ledger}" if op.get_bind().dialect.name == "postgresql" else ""
        op.execute(f"DROP TRIGGER {ledger}_refuse_{deed}{on_table}")


def change_verdicts(words: str) -> None:
    """Allow these verdicts; what was allowed before and is not any more reads like an answer after the end."""
    release("answer_events")
    op.execute(f"UPDATE answer_events SET verdict = 'closed' WHERE verdict NOT IN ({words})")
    with op.batch_alter_table("answer_events", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_answer_events_verdict_is_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_answer_events_verdict_is_known"), f"verdict IN ({words})")
    guard("answer_events")


def upgrade() -> None:
    for column, (kind, check, condition) in COLUMNS.items():
        op.execute(f"ALTER TABLE attempts ADD COLUMN {column} {kind} NOT NULL CONSTRAINT ck_attempts_{check} CHECK ({condition})")
    op.create_table(
        "sequential_tries",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_slug", sa.String(length=60), nullable=False),
        sa.Column("term", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("alpha", sa.Double(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 3", name=op.f("ck_sequential_tries_number_is_one_of_three")),
        sa.CheckConstraint("alpha > 0 AND alpha < 1", name=op.f("ck_sequential_tries_alpha_is_a_chance")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_sequential_tries_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sequential_tries_person_id_people")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_sequential_tries")),
        sa.UniqueConstraint("person_id", "certification_slug", "term", "number", name=op.f("uq_sequential_tries_person_id_certification_slug_term_number")),
        info={"append_only": True},
    )
    guard("sequential_tries")
    change_verdicts(VERDICTS)


def downgrade() -> None:
    change_verdicts(VERDICTS_BEFORE)
    op.drop_table("sequential_tries")
    for column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE attempts DROP COLUMN {column}")
