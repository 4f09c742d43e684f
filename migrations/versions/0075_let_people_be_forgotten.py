"""Let the rules of retention delete what their time is over for, and people be erased."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
REFUSE = "RAISE EXCEPTION '% is appended to, never edited', TG_TABLE_NAME;"
UNLESS_FORGETTING = "IF current_setting('touchstone.forgetting', true) = 'on' THEN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF;"


def guard_by(body: str) -> None:
    """Say anew what the triggers of every ledger do."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def upgrade() -> None:
    guard_by(f"{UNLESS_FORGETTING} {REFUSE}")
    with op.batch_alter_table("people") as batch:
        batch.add_column(sa.Column("erased_at", INSTANT, nullable=True))
    op.create_table(
        "retention_runs",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("counts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_retention_runs"),
    )

    op.create_table(
        "audit_words",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entries.id"], name="fk_audit_words_entry_id_audit_entries"),
        sa.PrimaryKeyConstraint("entry_id", "name", name="pk_audit_words"),
        info={"append_only": True},
    )
    guard("audit_words")


def downgrade() -> None:
    op.drop_table("audit_words")
    op.drop_table("retention_runs")
    with op.batch_alter_table("people") as batch:
        batch.drop_column("erased_at")
    guard_by(REFUSE)
