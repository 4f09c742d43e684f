"""Compare wrong answers again after a ruling, and say where they no longer stand out."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LEDGER = "attempt_signals"
KINDS = "kind IN ('focus_lost', 'paste', 'takeover', 'rapid_answers', 'impossible_speed', 'similarity'{})"
WAITING = sa.text("done_at IS NULL")


def guard() -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {LEDGER}_refuse_{deed.lower()} BEFORE {deed} ON {LEDGER}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{LEDGER} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def unguard() -> None:
    """Let rows of the ledger be changed until it is guarded again."""
    on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {LEDGER}"
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER {LEDGER}_refuse_{deed}{on}")


def know_kinds(more: str) -> None:
    """Let signals be of these kinds."""
    with op.batch_alter_table(LEDGER) as batch:
        batch.drop_constraint(op.f("ck_attempt_signals_kind_is_known"), type_="check")
        batch.create_check_constraint(op.f("ck_attempt_signals_kind_is_known"), KINDS.format(more))


def upgrade() -> None:
    unguard()
    know_kinds(", 'similarity_gone'")
    guard()
    op.create_table(
        "similarity_repeats",
        sa.Column("similarity_run_id", sa.Integer(), nullable=False),
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("found_count", sa.Integer(), nullable=True),
        sa.Column("gone_count", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(done_at IS NULL) = (found_count IS NULL) AND (done_at IS NULL) = (gone_count IS NULL)", name=op.f("ck_similarity_repeats_counts_when_done")
        ),
        sa.ForeignKeyConstraint(["ruling_id"], ["item_rulings.id"], name=op.f("fk_similarity_repeats_ruling_id_item_rulings")),
        sa.ForeignKeyConstraint(["similarity_run_id"], ["similarity_runs.id"], name=op.f("fk_similarity_repeats_similarity_run_id_similarity_runs")),
        sa.PrimaryKeyConstraint("similarity_run_id", "ruling_id", name=op.f("pk_similarity_repeats")),
    )
    op.create_index(op.f("ix_similarity_repeats_ruling_id"), "similarity_repeats", ["ruling_id"], unique=False)
    op.create_index("ix_similarity_repeats_waiting", "similarity_repeats", ["asked_at"], unique=False, sqlite_where=WAITING, postgresql_where=WAITING)


def downgrade() -> None:
    """What is said to stand out no longer is forgotten: it stands as it was noted first."""
    op.drop_table("similarity_repeats")
    unguard()
    gone = "SELECT count(*) FROM attempt_signals s WHERE s.attempt_id = signal_tallies.attempt_id AND s.kind = 'similarity_gone'"
    op.execute(f"UPDATE signal_tallies SET similar_count = similar_count + ({gone})")
    op.execute("DELETE FROM attempt_signals WHERE kind = 'similarity_gone'")
    know_kinds("")
    guard()
