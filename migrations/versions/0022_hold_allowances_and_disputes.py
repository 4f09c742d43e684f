"""Hold what is granted and claimed about attempts: one more try, and doubts about questions."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LEDGERS = ("attempt_allowances", "item_disputes", "item_dispute_events")
DECISIONS = sa.text("deed IN ('upheld', 'rejected')")
CLAIM = sa.text("deed = 'claimed'")


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
        "attempt_allowances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_slug", sa.String(length=60), nullable=False),
        sa.Column("exam_slug", sa.String(length=60), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("person_id <> granted_by_id", name=op.f("ck_attempt_allowances_granted_by_somebody_else")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_attempt_allowances_reason_is_given")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attempt_allowances_person_id_people")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["people.id"], name=op.f("fk_attempt_allowances_granted_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_allowances")),
        sa.UniqueConstraint("person_id", "certification_slug", "ordinal", name=op.f("uq_attempt_allowances_person_id_certification_slug_ordinal")),
        info={"append_only": True},
    )
    op.create_table(
        "item_disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.String(length=1000), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"], name=op.f("fk_item_disputes_attempt_id_form_items")
        ),
        sa.ForeignKeyConstraint(["item_version_id"], ["item_versions.id"], name=op.f("fk_item_disputes_item_version_id_item_versions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_item_disputes_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_disputes")),
        sa.UniqueConstraint("attempt_id", "position", name=op.f("uq_item_disputes_attempt_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_item_disputes_public_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_item_disputes_item_version_id"), "item_disputes", ["item_version_id"], unique=False)
    op.create_index(op.f("ix_item_disputes_person_id"), "item_disputes", ["person_id"], unique=False)
    op.create_table(
        "item_dispute_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("deed IN ('opened', 'seen', 'claimed', 'upheld', 'rejected')", name=op.f("ck_item_dispute_events_deed_is_known")),
        sa.CheckConstraint("(deed = 'opened') = (until IS NOT NULL)", name=op.f("ck_item_dispute_events_views_have_an_end")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_item_dispute_events_by_id_people")),
        sa.ForeignKeyConstraint(["dispute_id"], ["item_disputes.id"], name=op.f("fk_item_dispute_events_dispute_id_item_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_dispute_events")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_item_dispute_events_dispute_id"), "item_dispute_events", ["dispute_id"], unique=False)
    for name, condition in (("decision", DECISIONS), ("claim", CLAIM)):
        op.create_index(
            f"uq_item_dispute_events_one_{name}", "item_dispute_events", ["dispute_id"], unique=True, sqlite_where=condition, postgresql_where=condition
        )
    for ledger in LEDGERS:
        guard(ledger)


def downgrade() -> None:
    for ledger in reversed(LEDGERS):
        op.drop_table(ledger)
