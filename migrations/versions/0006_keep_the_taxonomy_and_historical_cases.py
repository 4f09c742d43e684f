"""Keep the taxonomy and historical cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

LEDGERS = (
    "case_references",
    "case_versions",
)
"""Tables that are appended to, never edited: the database refuses anything else."""

CYCLES = (
    ("cases", "current_version_id", "case_versions"),
    ("cases", "current_reference_id", "case_references"),
)
"""Keys that point both ways: PostgreSQL takes them once both tables are there; SQLite took them with the tables."""


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("surface", sa.String(length=10), nullable=False),
        sa.Column("pool", sa.String(length=10), nullable=False),
        sa.Column("area", sa.String(length=10), nullable=False),
        sa.Column("concept", sa.String(length=20), nullable=False),
        sa.Column("family", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("market", sa.String(length=2), nullable=False),
        sa.Column("difficulty", sa.String(length=10), nullable=False),
        sa.Column("contrast_slug", sa.String(length=60), nullable=True),
        sa.Column("is_innocent", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.String(length=2), nullable=True),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.Column("current_reference_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("difficulty IN ('clear', 'typical', 'borderline')", name=op.f("ck_cases_difficulty_known")),
        sa.CheckConstraint("pool IN ('practice', 'exam')", name=op.f("ck_cases_pool_known")),
        sa.CheckConstraint("surface IN ('listing', 'seller', 'video', 'live', 'review', 'comment', 'ticket')", name=op.f("ck_cases_surface_known")),
        sa.ForeignKeyConstraint(["current_reference_id"], ["case_references.id"], name=op.f("fk_cases_current_reference_id_case_references"), use_alter=True),
        sa.ForeignKeyConstraint(["current_version_id"], ["case_versions.id"], name=op.f("fk_cases_current_version_id_case_versions"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("slug", name=op.f("uq_cases_slug")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_family"), ["family"], unique=False)
        batch_op.create_index("ix_cases_pool_area", ["pool", "area"], unique=False)

    op.create_table(
        "taxonomy_areas",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_taxonomy_areas")),
    )
    op.create_table(
        "case_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("surface", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("market", sa.String(length=2), nullable=False),
        sa.Column("content", JSON_VALUE, nullable=False),
        sa.Column("images", JSON_VALUE, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_versions_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_versions")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_versions_case_id_number")),
        info={"append_only": True},
    )
    op.create_table(
        "taxonomy_labels",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("area_code", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("surfaces", JSON_VALUE, nullable=False),
        sa.Column("severity", sa.String(length=2), nullable=False),
        sa.Column("default_decision", JSON_VALUE, nullable=False),
        sa.Column("escalate_to", sa.String(length=10), nullable=True),
        sa.Column("dsa_category", sa.String(length=100), nullable=False),
        sa.Column("dsa_keyword", sa.String(length=100), nullable=False),
        sa.Column("ground", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["taxonomy_areas.code"], name=op.f("fk_taxonomy_labels_area_code_taxonomy_areas")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_taxonomy_labels")),
    )
    with op.batch_alter_table("taxonomy_labels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taxonomy_labels_area_code"), ["area_code"], unique=False)

    op.create_table(
        "case_references",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("case_version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decisions", JSON_VALUE, nullable=False),
        sa.Column("labels", JSON_VALUE, nullable=False),
        sa.Column("severity", sa.String(length=2), nullable=True),
        sa.Column("escalate_to", sa.String(length=10), nullable=True),
        sa.Column("must_escalate", sa.Boolean(), nullable=False),
        sa.Column("evidence", JSON_VALUE, nullable=False),
        sa.Column("clauses", JSON_VALUE, nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("partial_credits", JSON_VALUE, nullable=False),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_references_case_id_cases")),
        sa.ForeignKeyConstraint(["case_version_id"], ["case_versions.id"], name=op.f("fk_case_references_case_version_id_case_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_references")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_references_case_id_number")),
        info={"append_only": True},
    )
    with op.batch_alter_table("case_references", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_references_case_version_id"), ["case_version_id"], unique=False)
    for ledger in LEDGERS:
        for deed in ("UPDATE", "DELETE"):
            trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
            if op.get_bind().dialect.name == "sqlite":
                op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
            else:
                op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    if op.get_bind().dialect.name == "postgresql":
        for table, column, referred in CYCLES:
            op.create_foreign_key(op.f(f"fk_{table}_{column}_{referred}"), table, referred, [column], ["id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, referred in CYCLES:
            op.drop_constraint(op.f(f"fk_{table}_{column}_{referred}"), table, type_="foreignkey")
    with op.batch_alter_table("case_references", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_references_case_version_id"))

    op.drop_table("case_references")
    with op.batch_alter_table("taxonomy_labels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_taxonomy_labels_area_code"))

    op.drop_table("taxonomy_labels")
    op.drop_table("case_versions")
    op.drop_table("taxonomy_areas")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_pool_area")
        batch_op.drop_index(batch_op.f("ix_cases_family"))

    op.drop_table("cases")
