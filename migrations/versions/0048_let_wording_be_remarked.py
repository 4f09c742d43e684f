"""Let people say that a clause is worded unclearly, and trainers answer."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

LEDGERS = ("wording_remarks", "wording_answers")


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
        "wording_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("remarked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_wording_remarks_reason_is_given")),
        sa.ForeignKeyConstraint(["clause_version_id"], ["clause_versions.id"], name=op.f("fk_wording_remarks_clause_version_id_clause_versions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_wording_remarks_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_remarks")),
        sa.UniqueConstraint("clause_version_id", "person_id", name=op.f("uq_wording_remarks_clause_version_id_person_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_wording_remarks_person_id"), "wording_remarks", ["person_id"], unique=False)
    op.create_table(
        "wording_answers",
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_wording_answers_words_are_given")),
        sa.ForeignKeyConstraint(["remark_id"], ["wording_remarks.id"], name=op.f("fk_wording_answers_remark_id_wording_remarks")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_wording_answers_by_id_people")),
        sa.PrimaryKeyConstraint("remark_id", name=op.f("pk_wording_answers")),
        info={"append_only": True},
    )
    for ledger in LEDGERS:
        guard(ledger)


def downgrade() -> None:
    for ledger in reversed(LEDGERS):
        op.drop_table(ledger)
