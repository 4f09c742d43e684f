"""Keep the ledger of certificates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

LEDGERS = (
    "certificate_events",
    "exam_passes",
)
"""Tables that are appended to, never edited: the database refuses anything else."""

CYCLES = (("certifications", "current_version_id", "certification_versions"),)
"""Keys that point both ways: PostgreSQL takes them once both tables are there; SQLite took them with the tables."""


def upgrade() -> None:
    op.create_table(
        "certifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["current_version_id"], ["certification_versions.id"], name=op.f("fk_certifications_current_version_id_certification_versions"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certifications")),
        sa.UniqueConstraint("slug", name=op.f("uq_certifications_slug")),
    )
    op.create_table(
        "certification_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", JSON_VALUE, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_certification_versions_certification_id_certifications")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_versions")),
        sa.UniqueConstraint("certification_id", "number", name=op.f("uq_certification_versions_certification_id_number")),
    )
    op.create_table(
        "exam_passes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("exam_slug", sa.String(length=60), nullable=False),
        sa.Column("attempt", sa.String(length=32), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_exam_passes_certification_id_certifications")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_exam_passes_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_passes")),
        sa.UniqueConstraint("attempt", name=op.f("uq_exam_passes_attempt")),
        info={"append_only": True},
    )
    with op.batch_alter_table("exam_passes", schema=None) as batch_op:
        batch_op.create_index("ix_exam_passes_person_certification", ["person_id", "certification_id"], unique=False)

    op.create_table(
        "obligations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("module_slug", sa.String(length=60), nullable=False),
        sa.Column("areas", JSON_VALUE, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(met_at IS NULL) = (met_recorded_at IS NULL)", name=op.f("ck_obligations_met")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_obligations_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
    )
    with op.batch_alter_table("obligations", schema=None) as batch_op:
        batch_op.create_index("ix_obligations_person", ["person_id"], unique=False)

    op.create_table(
        "certificate_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("certification_version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("exam_attempt", sa.String(length=32), nullable=True),
        sa.Column("evidence", JSON_VALUE, nullable=False),
        sa.CheckConstraint("(kind IN ('awarded', 'renewed')) = (valid_from IS NOT NULL)", name=op.f("ck_certificate_events_term_of_award")),
        sa.CheckConstraint("kind IN ('awarded', 'renewed', 'suspended', 'reinstated', 'revoked')", name=op.f("ck_certificate_events_kind")),
        sa.CheckConstraint("(valid_from IS NULL) = (valid_until IS NULL) AND valid_from < valid_until", name=op.f("ck_certificate_events_term")),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_certificate_events_certification_id_certifications")),
        sa.ForeignKeyConstraint(
            ["certification_version_id"], ["certification_versions.id"], name=op.f("fk_certificate_events_certification_version_id_certification_versions")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificate_events_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_events")),
        sa.UniqueConstraint("certification_id", "exam_attempt", name=op.f("uq_certificate_events_certification_id_exam_attempt")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificate_events_public_id")),
        info={"append_only": True},
    )
    with op.batch_alter_table("certificate_events", schema=None) as batch_op:
        batch_op.create_index("ix_certificate_events_person_certification", ["person_id", "certification_id", "effective_at"], unique=False)
    for ledger in LEDGERS:
        for deed in ("UPDATE", "DELETE"):
            trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
            if op.get_bind().dialect.name == "sqlite":
                op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
            else:
                op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    if op.get_bind().dialect.name == "postgresql":
        for table, column, referred in CYCLES:
            op.create_foreign_key(op.f(f"fk_{table}_{column}_{referred}"), table, referred, [column], ["id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, referred in CYCLES:
            op.drop_constraint(op.f(f"fk_{table}_{column}_{referred}"), table, type_="foreignkey")
    with op.batch_alter_table("certificate_events", schema=None) as batch_op:
        batch_op.drop_index("ix_certificate_events_person_certification")

    op.drop_table("certificate_events")
    with op.batch_alter_table("obligations", schema=None) as batch_op:
        batch_op.drop_index("ix_obligations_person")

    op.drop_table("obligations")
    with op.batch_alter_table("exam_passes", schema=None) as batch_op:
        batch_op.drop_index("ix_exam_passes_person_certification")

    op.drop_table("exam_passes")
    op.drop_table("certification_versions")
    op.drop_table("certifications")
