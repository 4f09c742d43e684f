"""Keep files of questions that are brought in, what their rows would become, and which drafts were begun at once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

LEDGERS = ("draft_batches", "draft_batch_members")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


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
        "draft_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["begun_by_id"], ["people.id"], name=op.f("fk_draft_batches_begun_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_batches")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_draft_batches_begun_by_id"), "draft_batches", ["begun_by_id"], unique=False)
    op.create_table(
        "draft_batch_members",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["draft_batches.id"], name=op.f("fk_draft_batch_members_batch_id_draft_batches")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_batch_members_draft_id_drafts")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft_batch_members")),
        sa.UniqueConstraint("batch_id", "position", name=op.f("uq_draft_batch_members_batch_id_position")),
        info={"append_only": True},
    )
    _imports()
    for ledger in LEDGERS:
        guard(ledger)


def _imports() -> None:
    op.create_table(
        "item_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_token", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("fault_count", sa.Integer(), nullable=False),
        sa.Column("broken_line", sa.Integer(), nullable=True),
        sa.Column("broken_problem", sa.String(length=400), nullable=False),
        sa.Column("broken_remedy", sa.String(length=400), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('uploaded', 'checking', 'checked', 'broken', 'drafted', 'given_up')", name=op.f("ck_item_imports_state_is_known")),
        sa.CheckConstraint("(state = 'drafted') = (batch_id IS NOT NULL)", name=op.f("ck_item_imports_drafted_with_its_batch")),
        sa.CheckConstraint("(state = 'broken') = (broken_line IS NOT NULL)", name=op.f("ck_item_imports_broken_on_a_line")),
        sa.ForeignKeyConstraint(["batch_id"], ["draft_batches.id"], name=op.f("fk_item_imports_batch_id_draft_batches")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["people.id"], name=op.f("fk_item_imports_uploaded_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_imports")),
        sa.UniqueConstraint("file_token", name=op.f("uq_item_imports_file_token")),
    )
    op.create_index(op.f("ix_item_imports_uploaded_by_id"), "item_imports", ["uploaded_by_id"], unique=False)
    op.create_index("ix_item_imports_waiting", "item_imports", ["state", "id"], unique=False)
    op.create_table(
        "item_import_rows",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("missing", JSON, nullable=False),
        sa.Column("faults", JSON, nullable=False),
        sa.Column("losses", JSON, nullable=False),
        sa.Column("has_faults", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["item_imports.id"], name=op.f("fk_item_import_rows_import_id_item_imports")),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_item_import_rows")),
    )


def downgrade() -> None:
    op.drop_table("item_import_rows")
    op.drop_table("item_imports")
    op.drop_table("draft_batch_members")
    op.drop_table("draft_batches")
