"""Keep every labelled answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

LEDGERS = ("judgements",)
"""Tables that are appended to, never edited: the database refuses anything else."""


def upgrade() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("case_version_id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("occasion", sa.String(length=60), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("area", sa.String(length=10), nullable=False),
        sa.Column("concept", sa.String(length=20), nullable=False),
        sa.Column("surface", sa.String(length=10), nullable=False),
        sa.Column("answer", JSON_VALUE, nullable=False),
        sa.Column("decision_score", sa.Double(), nullable=False),
        sa.Column("labels_score", sa.Double(), nullable=False),
        sa.Column("severity_score", sa.Double(), nullable=True),
        sa.Column("evidence_score", sa.Double(), nullable=False),
        sa.Column("escalation_score", sa.Double(), nullable=False),
        sa.Column("is_strict", sa.Boolean(), nullable=False),
        sa.Column("is_critical_miss", sa.Boolean(), nullable=False),
        sa.Column("error", sa.String(length=20), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("is_first_exposure", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("error IN ('false_positive', 'false_negative', 'wrong_selection')", name=op.f("ck_judgements_error_known")),
        sa.CheckConstraint("source IN ('practice', 'exam', 'calibration', 'audit')", name=op.f("ck_judgements_source_known")),
        sa.CheckConstraint("is_strict = (error IS NULL)", name=op.f("ck_judgements_wrong_has_an_error")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_judgements_case_id_cases")),
        sa.ForeignKeyConstraint(["case_version_id"], ["case_versions.id"], name=op.f("fk_judgements_case_version_id_case_versions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_judgements_person_id_people")),
        sa.ForeignKeyConstraint(["reference_id"], ["case_references.id"], name=op.f("fk_judgements_reference_id_case_references")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        sa.UniqueConstraint("person_id", "case_id", "source", "occasion", name="uq_judgements_one_per_occasion"),
        info={"append_only": True},
    )
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judgements_attempt_id"), ["attempt_id"], unique=False)
        batch_op.create_index("ix_judgements_case", ["case_id"], unique=False)
        batch_op.create_index("ix_judgements_person_source_area", ["person_id", "source", "area"], unique=False)
    for ledger in LEDGERS:
        for deed in ("UPDATE", "DELETE"):
            trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
            if op.get_bind().dialect.name == "sqlite":
                op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
            else:
                op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.drop_index("ix_judgements_person_source_area")
        batch_op.drop_index("ix_judgements_case")
        batch_op.drop_index(batch_op.f("ix_judgements_attempt_id"))

    op.drop_table("judgements")
