"""Keep signals for a review by a person, how much of each, and how reviews were closed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(JSONB(), "postgresql")
LEDGERS = ("attempt_signals", "similarity_runs", "signal_reviews")
KINDS = "'focus_lost', 'paste', 'takeover', 'rapid_answers', 'impossible_speed', 'similarity'"
OUTCOMES = "'nothing_found', 'talk', 'disputed'"


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
        "attempt_signals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("figures", JSON_VALUE, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_attempt_signals_kind_is_known")),
        sa.CheckConstraint("(number IS NULL) = (kind NOT IN ('focus_lost', 'paste'))", name=op.f("ck_attempt_signals_windows_number_what_they_report")),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_attempt_signals_seconds_are_positive")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_attempt_signals_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_signals")),
        sa.UniqueConstraint("attempt_id", "client_id", "number", name=op.f("uq_attempt_signals_attempt_id_client_id_number")),
        info={"append_only": True},
    )
    op.create_table(
        "signal_tallies",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("focus_count", sa.Integer(), nullable=False),
        sa.Column("focus_seconds", sa.Double(), nullable=False),
        sa.Column("paste_count", sa.Integer(), nullable=False),
        sa.Column("takeover_count", sa.Integer(), nullable=False),
        sa.Column("rapid_count", sa.Integer(), nullable=False),
        sa.Column("timed_count", sa.Integer(), nullable=False),
        sa.Column("is_impossibly_fast", sa.Boolean(), nullable=False),
        sa.Column("similar_count", sa.Integer(), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("tallied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"outcome IS NULL OR outcome IN ({OUTCOMES})", name=op.f("ck_signal_tallies_outcome_is_known")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_signal_tallies_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_signal_tallies_exam_id_exams")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_signal_tallies")),
    )
    for name, columns, where in (
        ("ix_signal_tallies_waiting", ["finished_at"], "is_waiting"),
        ("ix_signal_tallies_compared", ["exam_id"], "compared_at IS NULL"),
        ("ix_signal_tallies_exam", ["exam_id", "finished_at"], None),
    ):
        condition = sa.text(where) if where else None
        op.create_index(name, "signal_tallies", columns, unique=False, sqlite_where=condition, postgresql_where=condition)
    op.create_table(
        "similarity_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("pair_count", sa.Integer(), nullable=False),
        sa.Column("found_count", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_similarity_runs_exam_id_exams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similarity_runs")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_similarity_runs_exam_id"), "similarity_runs", ["exam_id"], unique=False)
    op.create_table(
        "signal_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name=op.f("ck_signal_reviews_outcome_is_known")),
        sa.CheckConstraint("length(note) > 0", name=op.f("ck_signal_reviews_note_is_given")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_signal_reviews_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_signal_reviews_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_reviews")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_signal_reviews_attempt_id"), "signal_reviews", ["attempt_id"], unique=False)
    for ledger in LEDGERS:
        guard(ledger)


def downgrade() -> None:
    for table in ("signal_reviews", "similarity_runs", "signal_tallies", "attempt_signals"):
        op.drop_table(table)
