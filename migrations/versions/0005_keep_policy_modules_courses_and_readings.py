"""Keep policy modules courses and readings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

LEDGERS = (
    "acknowledgements",
    "check_passes",
    "clause_versions",
    "course_versions",
    "module_versions",
)
"""Tables that are appended to, never edited: the database refuses anything else."""

SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE passages_fts USING fts5(title_words, words, content='passages', content_rowid='id')",
    """CREATE TRIGGER passages_fts_insert AFTER INSERT ON passages BEGIN
    INSERT INTO passages_fts(rowid, title_words, words) VALUES (new.id, new.title_words, new.words); END""",
    """CREATE TRIGGER passages_fts_delete AFTER DELETE ON passages BEGIN
    INSERT INTO passages_fts(passages_fts, rowid, title_words, words) VALUES ('delete', old.id, old.title_words, old.words); END""",
)
POSTGRESQL_INDEX = (
    "CREATE INDEX ix_passages_vector ON passages USING gin "
    "((setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', words), 'D')))",
)

CYCLES = (
    ("courses", "current_version_id", "course_versions"),
    ("modules", "current_version_id", "module_versions"),
)
"""Keys that point both ways: PostgreSQL takes them once both tables are there; SQLite took them with the tables."""


def upgrade() -> None:
    op.create_table(
        "courses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["current_version_id"], ["course_versions.id"], name=op.f("fk_courses_current_version_id_course_versions"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("slug", name=op.f("uq_courses_slug")),
    )
    op.create_table(
        "modules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["current_version_id"], ["module_versions.id"], name=op.f("fk_modules_current_version_id_module_versions"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modules")),
        sa.UniqueConstraint("slug", name=op.f("uq_modules_slug")),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name=op.f("ck_assignments_is_for_a_person_or_a_team")),
        sa.CheckConstraint("due_at > assigned_at", name=op.f("ck_assignments_is_due_later")),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["people.id"], name=op.f("fk_assignments_assigned_by_id_people")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_assignments_course_id_courses")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_assignments_person_id_people")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_assignments_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignments_course_id"), ["course_id"], unique=False)
        batch_op.create_index(
            "ix_assignments_open_person",
            ["person_id", "course_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_index(
            "ix_assignments_open_team",
            ["team_id", "course_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "check_passes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("check_slug", sa.String(length=60), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_check_passes_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_passes")),
        info={"append_only": True},
    )
    with op.batch_alter_table("check_passes", schema=None) as batch_op:
        batch_op.create_index("ix_check_passes_person", ["person_id", "check_slug"], unique=False)

    op.create_table(
        "clauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_clauses_module_id_modules")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clauses")),
        sa.UniqueConstraint("code", name=op.f("uq_clauses_code")),
    )
    with op.batch_alter_table("clauses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clauses_module_id"), ["module_id"], unique=False)

    op.create_table(
        "course_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", JSON_VALUE, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_course_versions_course_id_courses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_versions")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_course_versions_course_id_number")),
        info={"append_only": True},
    )
    op.create_table(
        "module_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("patch", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("outline", JSON_VALUE, nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("section_count", sa.Integer(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_module_versions_module_id_modules")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_versions")),
        sa.UniqueConstraint("module_id", "major", "minor", "patch", name=op.f("uq_module_versions_module_id_major_minor_patch")),
        info={"append_only": True},
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title_words", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_passages_module_id_modules")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    with op.batch_alter_table("passages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passages_module_id"), ["module_id"], unique=False)

    op.create_table(
        "practice_tallies",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_practice_tallies_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "area", name=op.f("pk_practice_tallies")),
    )
    op.create_table(
        "acknowledgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("module_version_id", sa.Integer(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("patch", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f("fk_acknowledgements_module_id_modules")),
        sa.ForeignKeyConstraint(["module_version_id"], ["module_versions.id"], name=op.f("fk_acknowledgements_module_version_id_module_versions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_acknowledgements_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgements")),
        sa.UniqueConstraint("person_id", "module_version_id", name=op.f("uq_acknowledgements_person_id_module_version_id")),
        info={"append_only": True},
    )
    with op.batch_alter_table("acknowledgements", schema=None) as batch_op:
        batch_op.create_index("ix_acknowledgements_person_module", ["person_id", "module_id"], unique=False)

    op.create_table(
        "clause_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("module_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("labels", JSON_VALUE, nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clauses.id"], name=op.f("fk_clause_versions_clause_id_clauses")),
        sa.ForeignKeyConstraint(["module_version_id"], ["module_versions.id"], name=op.f("fk_clause_versions_module_version_id_module_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_versions")),
        sa.UniqueConstraint("module_version_id", "clause_id", name=op.f("uq_clause_versions_module_version_id_clause_id")),
        info={"append_only": True},
    )
    with op.batch_alter_table("clause_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clause_versions_clause_id"), ["clause_id"], unique=False)

    op.create_table(
        "section_reads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("module_version_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["module_version_id"], ["module_versions.id"], name=op.f("fk_section_reads_module_version_id_module_versions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_section_reads_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_reads")),
        sa.UniqueConstraint("person_id", "module_version_id", "anchor", name=op.f("uq_section_reads_person_id_module_version_id_anchor")),
    )
    for ledger in LEDGERS:
        for deed in ("UPDATE", "DELETE"):
            trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
            if op.get_bind().dialect.name == "sqlite":
                op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
            else:
                op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    for statement in SQLITE_INDEX if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_INDEX:
        op.execute(statement)
    if op.get_bind().dialect.name == "postgresql":
        for table, column, referred in CYCLES:
            op.create_foreign_key(op.f(f"fk_{table}_{column}_{referred}"), table, referred, [column], ["id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passages_fts")
    if op.get_bind().dialect.name == "postgresql":
        for table, column, referred in CYCLES:
            op.drop_constraint(op.f(f"fk_{table}_{column}_{referred}"), table, type_="foreignkey")
    op.drop_table("section_reads")
    with op.batch_alter_table("clause_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_versions_clause_id"))

    op.drop_table("clause_versions")
    with op.batch_alter_table("acknowledgements", schema=None) as batch_op:
        batch_op.drop_index("ix_acknowledgements_person_module")

    op.drop_table("acknowledgements")
    op.drop_table("practice_tallies")
    with op.batch_alter_table("passages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passages_module_id"))

    op.drop_table("passages")
    op.drop_table("module_versions")
    op.drop_table("course_versions")
    with op.batch_alter_table("clauses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clauses_module_id"))

    op.drop_table("clauses")
    with op.batch_alter_table("check_passes", schema=None) as batch_op:
        batch_op.drop_index("ix_check_passes_person")

    op.drop_table("check_passes")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_assignments_open_team", sqlite_where=sa.text("withdrawn_at IS NULL"), postgresql_where=sa.text("withdrawn_at IS NULL"))
        batch_op.drop_index("ix_assignments_open_person", sqlite_where=sa.text("withdrawn_at IS NULL"), postgresql_where=sa.text("withdrawn_at IS NULL"))
        batch_op.drop_index(batch_op.f("ix_assignments_course_id"))

    op.drop_table("assignments")
    op.drop_table("modules")
    op.drop_table("courses")
