"""Keep what audits of live decisions found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LISTS = ("certifications", "expected_decisions", "given_decision", "expected_labels", "given_labels")


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
        "quality_audits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=30), nullable=False),
        sa.Column("audit_id", sa.String(length=100), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("queue_slug", sa.String(length=60), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sampling", sa.String(length=10), nullable=False),
        sa.Column("policy_version", sa.String(length=80), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=True),
        *(sa.Column(name, JSON, nullable=False) for name in LISTS),
        sa.Column("clause", sa.String(length=20), nullable=True),
        sa.Column("is_technical", sa.Boolean(), nullable=False),
        sa.Column("error", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("sampling IN ('random', 'targeted', 'complaint', 'appeal', 'other')", name=op.f("ck_quality_audits_sampling_is_known")),
        sa.CheckConstraint("error IN ('false_positive', 'false_negative', 'wrong_selection', 'technical')", name=op.f("ck_quality_audits_error_is_known")),
        sa.ForeignKeyConstraint(["client_id"], ["api_clients.id"], name=op.f("fk_quality_audits_client_id_api_clients")),
        sa.ForeignKeyConstraint(["corrects_id"], ["quality_audits.id"], name=op.f("fk_quality_audits_corrects_id_quality_audits")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_quality_audits_person_id_people")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_quality_audits_recorded_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_audits")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_quality_audits_corrects_id")),
        info={"append_only": True},
    )
    first = sa.text("corrects_id IS NULL")
    op.create_index("uq_quality_audits_one_of_an_id", "quality_audits", ["origin", "audit_id"], unique=True, sqlite_where=first, postgresql_where=first)
    op.create_index("ix_quality_audits_origin", "quality_audits", ["origin", "audit_id"])
    op.create_index("ix_quality_audits_person_decided", "quality_audits", ["person_id", "decided_at"])
    guard("quality_audits")


def downgrade() -> None:
    op.drop_table("quality_audits")
