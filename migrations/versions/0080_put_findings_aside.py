"""Keep what trainers put aside on the list of what needs a look."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

CONCERNS = (
    "'wrong_key', 'clause_changed', 'disputed', 'running_dry', 'no_spread', 'translations', 'overexposed', 'lookalikes', 'dead_distractors', 'few_labels'"
)


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
        "attention_asides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"concern IN ({CONCERNS})", name=op.f("ck_attention_asides_concern_is_known")),
        sa.CheckConstraint("deed IN ('aside', 'back')", name=op.f("ck_attention_asides_deed_is_known")),
        sa.CheckConstraint("deed = 'back' OR length(reason) > 0", name=op.f("ck_attention_asides_reason_is_given")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_attention_asides_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attention_asides")),
        info={"append_only": True},
    )
    op.create_index("ix_attention_asides_finding", "attention_asides", ["concern", "subject", "id"])
    guard("attention_asides")


def downgrade() -> None:
    op.drop_table("attention_asides")
