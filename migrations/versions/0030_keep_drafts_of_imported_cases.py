"""Keep drafts of imported cases, and what personal data was taken out of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
SURFACES = "surface IN ('listing', 'seller', 'video', 'live', 'review', 'comment', 'ticket')"
LIKENESS = "(likeness_percent IS NULL) = (duplicate_of_id IS NULL AND duplicate_of_case_id IS NULL)"


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
        "case_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("changed_count", sa.Integer(), nullable=False),
        sa.Column("same_count", sa.Integer(), nullable=False),
        sa.Column("published_count", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_imports")),
        info={"append_only": True},
    )
    guard("case_imports")
    op.create_table(
        "imported_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("surface", sa.String(length=10), nullable=False),
        sa.Column("facts", JSON_VALUE, nullable=False),
        sa.Column("content", JSON_VALUE, nullable=False),
        sa.Column("reference", JSON_VALUE, nullable=False),
        sa.Column("label_facts", JSON_VALUE, nullable=False),
        sa.Column("unknown", JSON_VALUE, nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("duplicate_of_case_id", sa.Integer(), nullable=True),
        sa.Column("likeness_percent", sa.Integer(), nullable=True),
        sa.CheckConstraint(SURFACES, name=op.f("ck_imported_cases_surface_known")),
        sa.CheckConstraint("duplicate_of_id IS NULL OR duplicate_of_case_id IS NULL", name=op.f("ck_imported_cases_like_one_other")),
        sa.CheckConstraint(LIKENESS, name=op.f("ck_imported_cases_as_like_as_it_is")),
        sa.ForeignKeyConstraint(["import_id"], ["case_imports.id"], name=op.f("fk_imported_cases_import_id_case_imports")),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["imported_cases.id"], name=op.f("fk_imported_cases_duplicate_of_id_imported_cases")),
        sa.ForeignKeyConstraint(["duplicate_of_case_id"], ["cases.id"], name=op.f("fk_imported_cases_duplicate_of_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_cases")),
        sa.UniqueConstraint("slug", name=op.f("uq_imported_cases_slug")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_imported_cases_source_key")),
    )
    op.create_table(
        "redactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("imported_case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("field", sa.String(length=600), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("value_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["case_imports.id"], name=op.f("fk_redactions_import_id_case_imports")),
        sa.ForeignKeyConstraint(["imported_case_id"], ["imported_cases.id"], name=op.f("fk_redactions_imported_case_id_imported_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redactions")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_redactions_imported_case_id"), "redactions", ["imported_case_id"])
    guard("redactions")


def downgrade() -> None:
    op.drop_table("redactions")
    op.drop_table("imported_cases")
    op.drop_table("case_imports")
