"""Know who is available, and keep the cause apart."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
KINDS = "kind IN ('leave', 'pause', 'wellbeing', 'hold')"


def refuse(table: str, name: str, deed: str, words: str, where: str = "") -> None:
    """Let the database refuse a deed on the rows of a table."""
    trigger = f"CREATE TRIGGER {table}_refuse_{name} BEFORE {deed} ON {table}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"{trigger} {where} BEGIN SELECT RAISE(ABORT, '{table} is appended to, {words}'); END")
    else:
        op.execute(f"{trigger} FOR EACH ROW {where} EXECUTE FUNCTION refuse_change()")


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("effective_from", INSTANT, nullable=False),
        sa.Column("effective_until", INSTANT, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("over_at", INSTANT, nullable=False),
        sa.CheckConstraint("effective_from < effective_until", name=op.f("ck_absences_span")),
        sa.CheckConstraint("ended_at >= recorded_at", name=op.f("ck_absences_never_ended_before")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_absences_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_person_id_over_at", "absences", ["person_id", "over_at"])
    op.create_table(
        "absence_causes",
        sa.Column("absence_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_absence_causes_kind_is_known")),
        sa.CheckConstraint("kind <> 'hold' OR reason IS NOT NULL", name=op.f("ck_absence_causes_holds_say_why")),
        sa.ForeignKeyConstraint(["absence_id"], ["absences.id"], name=op.f("fk_absence_causes_absence_id_absences")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_absence_causes_recorded_by_id_people")),
        sa.PrimaryKeyConstraint("absence_id", name=op.f("pk_absence_causes")),
    )
    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sa.UniqueConstraint("name", name=op.f("uq_shifts_name")),
    )
    op.create_table(
        "shift_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("days", JSON, nullable=False),
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("is_binding", sa.Boolean(), nullable=False),
        sa.Column("effective_from", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("begins <> ends", name=op.f("ck_shift_versions_has_a_length")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("fk_shift_versions_shift_id_shifts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_versions")),
        sa.UniqueConstraint("shift_id", "number", name=op.f("uq_shift_versions_shift_id_number")),
        info={"append_only": True},
    )
    op.create_table(
        "shift_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("effective_from", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_shift_assignments_person_id_people")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_shift_assignments_recorded_by_id_people")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("fk_shift_assignments_shift_id_shifts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_assignments")),
        info={"append_only": True},
    )
    op.create_index("ix_shift_assignments_person_id", "shift_assignments", ["person_id"])
    op.create_index("ix_shift_assignments_shift_id", "shift_assignments", ["shift_id"])
    refuse("absences", "delete", "DELETE", "and ended once")
    refuse("absences", "update", "UPDATE OF id, person_id, effective_from, effective_until, recorded_at", "and ended once")
    refuse("absences", "ending", "UPDATE", "and ended once", "WHEN (OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL)")
    for ledger in ("shift_versions", "shift_assignments"):
        refuse(ledger, "update", "UPDATE", "never edited")
        refuse(ledger, "delete", "DELETE", "never edited")


def downgrade() -> None:
    for table in ("shift_assignments", "shift_versions", "shifts", "absence_causes", "absences"):
        op.drop_table(table)
