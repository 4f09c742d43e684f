"""Remember which cases were made of which audits of live decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

LEDGER = "audit_cases"


def upgrade() -> None:
    op.create_table(
        LEDGER,
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["quality_audits.id"], name=op.f("fk_audit_cases_audit_id_quality_audits")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_audit_cases_by_id_people")),
        sa.PrimaryKeyConstraint("audit_id", "slug", name=op.f("pk_audit_cases")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_audit_cases_slug"), LEDGER, ["slug"], unique=False)
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {LEDGER}_refuse_{deed.lower()} BEFORE {deed} ON {LEDGER}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{LEDGER} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table(LEDGER)
