"""Serve practice cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

LEDGERS = ("check_versions",)
"""Tables that are appended to, never edited: the database refuses anything else."""

CYCLES = (("checks", "current_version_id", "check_versions"),)
"""Keys that point both ways: PostgreSQL takes them once both tables are there; SQLite took them with the tables."""


def upgrade() -> None:
    op.create_table(
        "checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["current_version_id"], ["check_versions.id"], name=op.f("fk_checks_current_version_id_check_versions"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
        sa.UniqueConstraint("slug", name=op.f("uq_checks_slug")),
    )
    op.create_table(
        "check_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("case_ids", JSON_VALUE, nullable=False),
        sa.Column("pass_count", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pass_count > 0", name=op.f("ck_check_versions_can_be_failed")),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_check_versions_check_id_checks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_versions")),
        sa.UniqueConstraint("check_id", "number", name=op.f("uq_check_versions_check_id_number")),
        info={"append_only": True},
    )
    op.create_table(
        "practice_preferences",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_blurring", sa.Boolean(), nullable=False),
        sa.Column("is_greyscale", sa.Boolean(), nullable=False),
        sa.Column("is_prompting_breaks", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_practice_preferences_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_practice_preferences")),
    )
    op.create_table(
        "practice_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=100), nullable=False),
        sa.Column("check_version_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["check_version_id"], ["check_versions.id"], name=op.f("fk_practice_sessions_check_version_id_check_versions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_practice_sessions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_sessions")),
    )
    with op.batch_alter_table("practice_sessions", schema=None) as batch_op:
        batch_op.create_index(
            "uq_practice_sessions_one_open_a_scope",
            ["person_id", "scope"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "servings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("case_version_id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("is_severe", sa.Boolean(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judgement_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (judgement_id IS NULL)", name=op.f("ck_servings_answer_is_a_judgement")),
        sa.CheckConstraint("answered_at IS NULL OR skipped_at IS NULL", name=op.f("ck_servings_answered_or_skipped")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_servings_case_id_cases")),
        sa.ForeignKeyConstraint(["case_version_id"], ["case_versions.id"], name=op.f("fk_servings_case_version_id_case_versions")),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgements.id"], name=op.f("fk_servings_judgement_id_judgements")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_servings_person_id_people")),
        sa.ForeignKeyConstraint(["reference_id"], ["case_references.id"], name=op.f("fk_servings_reference_id_case_references")),
        sa.ForeignKeyConstraint(["session_id"], ["practice_sessions.id"], name=op.f("fk_servings_session_id_practice_sessions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_servings")),
        sa.UniqueConstraint("judgement_id", name=op.f("uq_servings_judgement_id")),
        sa.UniqueConstraint("session_id", "position", name=op.f("uq_servings_session_id_position")),
    )
    with op.batch_alter_table("servings", schema=None) as batch_op:
        batch_op.create_index("ix_servings_person_case", ["person_id", "case_id"], unique=False)
        batch_op.create_index(
            "uq_servings_one_open_a_session",
            ["session_id"],
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL AND skipped_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL AND skipped_at IS NULL"),
        )
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
    with op.batch_alter_table("servings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_servings_one_open_a_session",
            sqlite_where=sa.text("answered_at IS NULL AND skipped_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL AND skipped_at IS NULL"),
        )
        batch_op.drop_index("ix_servings_person_case")

    op.drop_table("servings")
    with op.batch_alter_table("practice_sessions", schema=None) as batch_op:
        batch_op.drop_index("uq_practice_sessions_one_open_a_scope", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"))

    op.drop_table("practice_sessions")
    op.drop_table("practice_preferences")
    op.drop_table("check_versions")
    op.drop_table("checks")
