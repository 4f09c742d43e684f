"""Keep calibration sessions, and what their panels came to of a disputed reference."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
IS_OPEN = sa.text("revealed_at IS NULL")
LEDGERS = ("dispute_panels", "calibration_cases", "calibration_notes", "calibration_consensuses")


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    op.create_table(
        "dispute_panels",
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("labeller_count", sa.Integer(), nullable=False),
        sa.Column("agreed_count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("settled_at", INSTANT, nullable=False),
        sa.CheckConstraint("agreed_count * 2 > labeller_count AND agreed_count <= labeller_count", name=op.f("ck_dispute_panels_more_than_half")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_dispute_panels_reason_is_given")),
        to("dispute_panels", "dispute_id", "disputes"),
        to("dispute_panels", "by_id", "people"),
        sa.PrimaryKeyConstraint("dispute_id", name=op.f("pk_dispute_panels")),
        info={"append_only": True},
    )
    op.create_table(
        "calibration_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        to("calibration_sessions", "made_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_sessions")),
    )
    op.create_table(
        "calibration_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("case_version_id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        to("calibration_cases", "session_id", "calibration_sessions"),
        to("calibration_cases", "case_id", "cases"),
        to("calibration_cases", "case_version_id", "case_versions"),
        to("calibration_cases", "reference_id", "case_references"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_cases")),
        sa.UniqueConstraint("session_id", "position", name=op.f("uq_calibration_cases_session_id_position")),
        sa.UniqueConstraint("session_id", "case_id", name=op.f("uq_calibration_cases_session_id_case_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_calibration_cases_case_id"), "calibration_cases", ["case_id"])
    op.create_table(
        "calibration_members",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT, nullable=True),
        to("calibration_members", "session_id", "calibration_sessions"),
        to("calibration_members", "person_id", "people"),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_calibration_members")),
    )
    op.create_index("ix_calibration_members_person", "calibration_members", ["person_id"])
    op.create_table(
        "calibration_rounds",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("revealed_at", INSTANT, nullable=True),
        sa.Column("figures", JSON, nullable=True),
        sa.CheckConstraint("number BETWEEN 1 AND 2", name=op.f("ck_calibration_rounds_number_is_known")),
        sa.CheckConstraint("(revealed_at IS NULL) = (figures IS NULL)", name=op.f("ck_calibration_rounds_figures_when_revealed")),
        to("calibration_rounds", "session_id", "calibration_sessions"),
        sa.PrimaryKeyConstraint("session_id", "number", name=op.f("pk_calibration_rounds")),
    )
    op.create_index("uq_calibration_rounds_one_open", "calibration_rounds", ["session_id"], unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.create_table(
        "calibration_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calibration_case_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_calibration_notes_words_are_given")),
        to("calibration_notes", "calibration_case_id", "calibration_cases"),
        to("calibration_notes", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_notes")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_calibration_notes_calibration_case_id"), "calibration_notes", ["calibration_case_id"])
    op.create_table(
        "calibration_consensuses",
        sa.Column("calibration_case_id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("brought_at", INSTANT, nullable=False),
        to("calibration_consensuses", "calibration_case_id", "calibration_cases"),
        to("calibration_consensuses", "dispute_id", "disputes"),
        to("calibration_consensuses", "by_id", "people"),
        sa.PrimaryKeyConstraint("calibration_case_id", name=op.f("pk_calibration_consensuses")),
        sa.UniqueConstraint("dispute_id", name=op.f("uq_calibration_consensuses_dispute_id")),
        info={"append_only": True},
    )
    for ledger in LEDGERS:
        guard(ledger)


def downgrade() -> None:
    for table in ("calibration_consensuses", "calibration_notes", "calibration_rounds", "calibration_members", "calibration_cases", "calibration_sessions"):
        op.drop_table(table)
    op.drop_table("dispute_panels")
