"""Let references be disputed, reviewed blind, and what is decided carried out."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

LEDGERS = ("disputes", "dispute_claims", "claim_withdrawals", "dispute_reviews", "dispute_decisions")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
UNFINISHED = sa.text("finished_at IS NULL")


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
        "disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=10), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reference_id"], ["case_references.id"], name=op.f("fk_disputes_reference_id_case_references")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_disputes_public_id")),
        sa.UniqueConstraint("reference_id", name=op.f("uq_disputes_reference_id")),
        info={"append_only": True},
    )
    op.create_table(
        "dispute_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("serving_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_dispute_claims_reason_is_given")),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_dispute_claims_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dispute_claims_person_id_people")),
        sa.ForeignKeyConstraint(["serving_id"], ["servings.id"], name=op.f("fk_dispute_claims_serving_id_servings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_claims")),
        sa.UniqueConstraint("dispute_id", "person_id", name=op.f("uq_dispute_claims_dispute_id_person_id")),
        sa.UniqueConstraint("serving_id", name=op.f("uq_dispute_claims_serving_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_dispute_claims_person_id"), "dispute_claims", ["person_id"], unique=False)
    op.create_table(
        "claim_withdrawals",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["dispute_claims.id"], name=op.f("fk_claim_withdrawals_claim_id_dispute_claims")),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_claim_withdrawals")),
        info={"append_only": True},
    )
    _reviews()
    op.create_table(
        "dispute_decisions",
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('upheld', 'amended', 'grey')", name=op.f("ck_dispute_decisions_outcome_is_known")),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_dispute_decisions_dispute_id_disputes")),
        sa.PrimaryKeyConstraint("dispute_id", name=op.f("pk_dispute_decisions")),
        info={"append_only": True},
    )
    _carryings()
    for ledger in LEDGERS:
        guard(ledger)


def _reviews() -> None:
    op.create_table(
        "dispute_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("is_reference", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 3", name=op.f("ck_dispute_reviews_three_at_most")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_dispute_reviews_reason_is_given")),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_dispute_reviews_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["people.id"], name=op.f("fk_dispute_reviews_reviewer_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_reviews")),
        sa.UniqueConstraint("dispute_id", "ordinal", name=op.f("uq_dispute_reviews_dispute_id_ordinal")),
        sa.UniqueConstraint("dispute_id", "reviewer_id", name=op.f("uq_dispute_reviews_dispute_id_reviewer_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_dispute_reviews_reviewer_id"), "dispute_reviews", ["reviewer_id"], unique=False)


def _carryings() -> None:
    op.create_table(
        "dispute_carryings",
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.Column("scored_count", sa.Integer(), nullable=False),
        sa.Column("gained_count", sa.Integer(), nullable=False),
        sa.Column("lost_count", sa.Integer(), nullable=False),
        sa.Column("last_person_id", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_dispute_carryings_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["reference_id"], ["case_references.id"], name=op.f("fk_dispute_carryings_reference_id_case_references")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_dispute_carryings_by_id_people")),
        sa.PrimaryKeyConstraint("dispute_id", name=op.f("pk_dispute_carryings")),
        sa.UniqueConstraint("reference_id", name=op.f("uq_dispute_carryings_reference_id")),
    )
    op.create_index("ix_dispute_carryings_unfinished", "dispute_carryings", ["dispute_id"], unique=False, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)


def downgrade() -> None:
    op.drop_table("dispute_carryings")
    for ledger in reversed(LEDGERS):
        op.drop_table(ledger)
