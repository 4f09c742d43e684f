"""Take down the work that review tools report, and how long it keeps certificates alive."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
IS_CURRENT = sa.text("superseded_at IS NULL")


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
        "work_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("queue_slug", sa.String(length=60), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision_count", sa.Integer(), nullable=False),
        sa.Column("certifications", JSON, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("decision_count >= 0", name=op.f("ck_work_reports_count")),
        sa.ForeignKeyConstraint(["client_id"], ["api_clients.id"], name=op.f("fk_work_reports_client_id_api_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_work_reports_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_reports")),
        sa.UniqueConstraint("person_id", "worked_on", "queue_slug", "number", name=op.f("uq_work_reports_person_id_worked_on_queue_slug_number")),
        info={"append_only": True},
    )
    op.create_table(
        "certificate_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("stretches", JSON, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("superseded_at", INSTANT, nullable=True),
        sa.CheckConstraint("superseded_at >= recorded_at", name=op.f("ck_certificate_uses_span")),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_certificate_uses_certification_id_certifications")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificate_uses_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_uses")),
    )
    op.create_index("ix_certificate_uses_person", "certificate_uses", ["person_id", "superseded_at"], unique=False)
    op.create_index(
        "uq_certificate_uses_one_current",
        "certificate_uses",
        ["person_id", "certification_id"],
        unique=True,
        sqlite_where=IS_CURRENT,
        postgresql_where=IS_CURRENT,
    )
    guard("work_reports")


def downgrade() -> None:
    op.drop_table("certificate_uses")
    op.drop_table("work_reports")
