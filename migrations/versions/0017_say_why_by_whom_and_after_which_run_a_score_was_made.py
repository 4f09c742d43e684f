"""Say why, by whom and after which run a score was made, copy the form into it, and ask for re-tests."""

import struct
from itertools import groupby, pairwise
from operator import itemgetter

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

CHECKS = {
    "ck_score_runs_reason_is_known": "reason IN ('submitted', 'expired', 'marked', 'ruled', 'late_answers', 'rules_changed')",
    "ck_score_runs_follows_the_run_before": "(ordinal = 1) = (previous_run_id IS NULL)",
    "ck_score_runs_passes_only_when_final": "is_final OR NOT is_passed",
}
REFERENCES = {"previous_run_id": "score_runs", "by_id": "people"}


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


def release(ledger: str) -> None:
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER {ledger}_refuse_{deed}" + ("" if is_sqlite() else f" ON {ledger}"))


def fill() -> None:
    """Runs from before follow one another by number, are final, and get a copy of the form that they marked."""
    connection = op.get_bind()
    op.execute("UPDATE score_runs SET credits = '{}', is_final = true")
    op.execute("UPDATE score_runs SET reason = 'submitted' WHERE reason NOT IN ('submitted', 'expired')")
    ordered = connection.execute(sa.text("SELECT attempt_id, id FROM score_runs ORDER BY attempt_id, ordinal")).all()
    for (attempt_before, run_before), (attempt_id, run_id) in pairwise(ordered):
        if attempt_before == attempt_id:
            connection.execute(sa.text("UPDATE score_runs SET previous_run_id = :before WHERE id = :run"), {"before": run_before, "run": run_id})
    places = connection.execute(
        sa.text("SELECT attempt_id, item_version_id FROM form_items WHERE attempt_id IN (SELECT attempt_id FROM score_runs) ORDER BY attempt_id, position")
    )
    update = sa.text("UPDATE score_runs SET items = :items WHERE attempt_id = :attempt").bindparams(sa.bindparam("items", type_=sa.LargeBinary))
    for attempt_id, form in groupby(places.all(), key=itemgetter(0)):
        versions = [version for _, version in form]
        connection.execute(update, {"items": struct.pack(f"<{len(versions)}I", *versions), "attempt": attempt_id})


def upgrade() -> None:
    release("score_runs")
    for column in (
        sa.Column("previous_run_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("items", sa.LargeBinary(), nullable=True),
        sa.Column("credits", JSON_VALUE, nullable=True),
        sa.Column("is_final", sa.Boolean(), nullable=True),
    ):
        op.add_column("score_runs", column)
    fill()
    with op.batch_alter_table("score_runs", schema=None) as batch_op:
        for column, kind in (("items", sa.LargeBinary()), ("credits", JSON_VALUE), ("is_final", sa.Boolean())):
            batch_op.alter_column(column, existing_type=kind, nullable=False)
        for column, referred in REFERENCES.items():
            batch_op.create_foreign_key(op.f(f"fk_score_runs_{column}_{referred}"), referred, [column], ["id"])
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(op.f(name), condition)
    guard("score_runs")
    op.create_table(
        "retest_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("exam_slug", sa.String(length=60), nullable=False),
        sa.Column("attempt", sa.String(length=32), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("replaced_by", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("deed IN ('raised', 'met', 'lifted')", name=op.f("ck_retest_flags_deed_is_known")),
        sa.CheckConstraint("replaced_by IS NULL OR deed = 'met'", name=op.f("ck_retest_flags_replaced_when_met")),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_retest_flags_certification_id_certifications")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_retest_flags_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retest_flags")),
        info={"append_only": True},
    )
    op.create_index("ix_retest_flags_person_certification", "retest_flags", ["person_id", "certification_id"])
    guard("retest_flags")


def downgrade() -> None:
    op.drop_table("retest_flags")
    release("score_runs")
    with op.batch_alter_table("score_runs", schema=None) as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(op.f(name), type_="check")
        for column, referred in REFERENCES.items():
            batch_op.drop_constraint(op.f(f"fk_score_runs_{column}_{referred}"), type_="foreignkey")
        for column in ("is_final", "credits", "items", "by_id", "previous_run_id"):
            batch_op.drop_column(column)
    guard("score_runs")
