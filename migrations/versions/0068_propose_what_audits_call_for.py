"""Propose to suspend, call for talks, and let errors in live work come next in practice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def proposals() -> None:
    op.create_table(
        "suspension_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audit_count", sa.Integer(), nullable=False),
        sa.Column("error_count", sa.Integer(), nullable=False),
        sa.Column("log_evidence", sa.Double(), nullable=False),
        sa.Column("standard", JSON, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.CheckConstraint("verdict IN ('confirmed', 'dismissed')", name=op.f("ck_suspension_proposals_verdict_is_known")),
        sa.CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", name=op.f("ck_suspension_proposals_verdicts_are_dated")),
        sa.CheckConstraint("verdict IS NULL OR reason IS NOT NULL", name=op.f("ck_suspension_proposals_verdicts_have_reasons")),
        sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> person_id", name=op.f("ck_suspension_proposals_nobody_decides_for_themselves")),
        sa.CheckConstraint("error_count BETWEEN 0 AND audit_count", name=op.f("ck_suspension_proposals_counts_can_be")),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_suspension_proposals_certification_id_certifications")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_suspension_proposals_decided_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_suspension_proposals_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension_proposals")),
    )
    op.create_index("ix_suspension_proposals_person", "suspension_proposals", ["person_id", "certification_id"])
    is_open = sa.text("decided_at IS NULL")
    columns = ["person_id", "certification_id"]
    op.create_index("uq_suspension_proposals_one_open", "suspension_proposals", columns, unique=True, sqlite_where=is_open, postgresql_where=is_open)


def coachings() -> None:
    op.create_table(
        "coachings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audit_count", sa.Integer(), nullable=False),
        sa.Column("error_count", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("error_count BETWEEN 0 AND audit_count", name=op.f("ck_coachings_counts_can_be")),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_coachings_certification_id_certifications")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_coachings_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coachings")),
    )
    op.create_index("ix_coachings_person", "coachings", ["person_id", "certification_id"])
    is_open = sa.text("closed_at IS NULL")
    op.create_index("uq_coachings_one_open", "coachings", ["person_id", "certification_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_table(
        "coaching_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coaching_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("deed IN ('opened', 'held', 'noted', 'closed')", name=op.f("ck_coaching_entries_deed_is_known")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_coaching_entries_by_id_people")),
        sa.ForeignKeyConstraint(["coaching_id"], ["coachings.id"], name=op.f("fk_coaching_entries_coaching_id_coachings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_entries")),
        info={"append_only": True},
    )
    op.create_index("ix_coaching_entries_coaching", "coaching_entries", ["coaching_id"])
    guard("coaching_entries")


def calls() -> None:
    op.create_table(
        "practice_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(length=20), nullable=False),
        sa.Column("occasion", sa.String(length=60), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_practice_calls_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_calls")),
        sa.UniqueConstraint("person_id", "concept", "occasion", name=op.f("uq_practice_calls_person_id_concept_occasion")),
        info={"append_only": True},
    )
    guard("practice_calls")


def upgrade() -> None:
    proposals()
    coachings()
    calls()


def downgrade() -> None:
    for table in ("practice_calls", "coaching_entries", "coachings", "suspension_proposals"):
        op.drop_table(table)
