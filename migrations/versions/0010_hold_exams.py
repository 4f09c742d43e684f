"""Hold exams."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

LEDGERS = (
    "answer_events",
    "draw_pools",
    "exam_versions",
    "form_items",
    "item_acquaintances",
    "item_versions",
    "score_runs",
)
"""Tables that are appended to, never edited: the database refuses anything else."""

CYCLES = (
    ("attempts", "current_score_run_id", "score_runs"),
    ("exams", "current_version_id", "exam_versions"),
    ("items", "current_version_id", "item_versions"),
)
"""Keys that point both ways: PostgreSQL takes them once both tables are there; SQLite took them with the tables."""


def upgrade() -> None:
    op.create_table(
        "draw_pools",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("record", JSON_VALUE, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_draw_pools")),
        info={"append_only": True},
    )
    op.create_table(
        "exams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("certification_slug", sa.String(length=60), nullable=False),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["current_version_id"], ["exam_versions.id"], name=op.f("fk_exams_current_version_id_exam_versions"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exams")),
        sa.UniqueConstraint("slug", name=op.f("uq_exams_slug")),
    )
    with op.batch_alter_table("exams", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exams_certification_slug"), ["certification_slug"], unique=False)

    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('single', 'multiple', 'case')", name=op.f("ck_items_kind_is_known")),
        sa.CheckConstraint("state IN ('draft', 'live', 'retired')", name=op.f("ck_items_state_is_known")),
        sa.ForeignKeyConstraint(["current_version_id"], ["item_versions.id"], name=op.f("fk_items_current_version_id_item_versions"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("slug", name=op.f("uq_items_slug")),
    )
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_items_state"), ["state"], unique=False)

    op.create_table(
        "exam_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("semver", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document", JSON_VALUE, nullable=False),
        sa.Column("power", JSON_VALUE, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_exam_versions_exam_id_exams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_versions")),
        sa.UniqueConstraint("exam_id", "number", name=op.f("uq_exam_versions_exam_id_number")),
        sa.UniqueConstraint("exam_id", "semver", name=op.f("uq_exam_versions_exam_id_semver")),
        info={"append_only": True},
    )
    op.create_table(
        "item_acquaintances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how IN ('wrote', 'reviewed', 'labelled', 'opened')", name=op.f("ck_item_acquaintances_how_is_known")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_acquaintances_item_id_items")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_item_acquaintances_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_acquaintances")),
        sa.UniqueConstraint("person_id", "item_id", "how", name=op.f("uq_item_acquaintances_person_id_item_id_how")),
        info={"append_only": True},
    )
    with op.batch_alter_table("item_acquaintances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_acquaintances_item_id"), ["item_id"], unique=False)

    op.create_table(
        "item_uses",
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("form_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_item_uses_exam_id_exams")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_uses_item_id_items")),
        sa.PrimaryKeyConstraint("exam_id", "item_id", name=op.f("pk_item_uses")),
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_slug", sa.String(length=60), nullable=False),
        sa.Column("exam_version_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("limit_seconds", sa.Integer(), nullable=False),
        sa.Column("time_multiplier", sa.Double(), nullable=False),
        sa.Column("extra_break_seconds", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("pool_hash", sa.String(length=64), nullable=False),
        sa.Column("draw_version", sa.Integer(), nullable=False),
        sa.Column("cap_note", sa.String(length=20), nullable=True),
        sa.Column("writer_id", sa.String(length=64), nullable=True),
        sa.Column("writer_floor", sa.BigInteger(), nullable=False),
        sa.Column("current_score_run_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (finished_at IS NULL)", name=op.f("ck_attempts_finished_when_not_open")),
        sa.CheckConstraint("state IN ('open', 'submitted', 'expired')", name=op.f("ck_attempts_state_is_known")),
        sa.CheckConstraint("finished_at <= deadline_at", name=op.f("ck_attempts_finish_is_never_after_deadline")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_attempts_ordinal_is_positive")),
        sa.ForeignKeyConstraint(["current_score_run_id"], ["score_runs.id"], name=op.f("fk_attempts_current_score_run_id_score_runs"), use_alter=True),
        sa.ForeignKeyConstraint(["exam_version_id"], ["exam_versions.id"], name=op.f("fk_attempts_exam_version_id_exam_versions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attempts_person_id_people")),
        sa.ForeignKeyConstraint(["pool_hash"], ["draw_pools.hash"], name=op.f("fk_attempts_pool_hash_draw_pools")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("person_id", "certification_slug", "ordinal", name=op.f("uq_attempts_person_id_certification_slug_ordinal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attempts_public_id")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_exam_version_id"), ["exam_version_id"], unique=False)
        batch_op.create_index(
            "ix_attempts_open_deadline", ["deadline_at"], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.create_index(
            "uq_attempts_one_open",
            ["person_id", "certification_slug"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "answer_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("response", JSON_VALUE, nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('saved', 'stale', 'late', 'closed', 'other_writer', 'unreadable', 'reused_sequence')", name=op.f("ck_answer_events_verdict_is_known")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_answer_events_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_events")),
        sa.UniqueConstraint("attempt_id", "client_id", "sequence", name=op.f("uq_answer_events_attempt_id_client_id_sequence")),
        info={"append_only": True},
    )
    op.create_table(
        "item_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("document", JSON_VALUE, nullable=False),
        sa.Column("stem_html", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("area", sa.String(length=10), nullable=False),
        sa.Column("severity", sa.String(length=2), nullable=False),
        sa.Column("decision_class", sa.String(length=10), nullable=False),
        sa.Column("difficulty", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("family", sa.String(length=60), nullable=False),
        sa.Column("clauses", JSON_VALUE, nullable=False),
        sa.Column("critical_share", sa.Double(), nullable=False),
        sa.Column("case_version_id", sa.Integer(), nullable=True),
        sa.Column("reference_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'case') = (case_version_id IS NOT NULL AND reference_id IS NOT NULL)", name=op.f("ck_item_versions_case_items_pin_their_case")
        ),
        sa.CheckConstraint("decision_class IN ('violating', 'innocent', 'knowledge')", name=op.f("ck_item_versions_decision_class_is_known")),
        sa.ForeignKeyConstraint(["case_version_id"], ["case_versions.id"], name=op.f("fk_item_versions_case_version_id_case_versions")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_versions_item_id_items")),
        sa.ForeignKeyConstraint(["reference_id"], ["case_references.id"], name=op.f("fk_item_versions_reference_id_case_references")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_versions")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_item_versions_item_id_number")),
        info={"append_only": True},
    )
    with op.batch_alter_table("item_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_versions_family"), ["family"], unique=False)

    op.create_table(
        "score_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("rule_version", sa.String(length=20), nullable=False),
        sa.Column("result", JSON_VALUE, nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_score_runs_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_runs")),
        sa.UniqueConstraint("attempt_id", "ordinal", name=op.f("uq_score_runs_attempt_id_ordinal")),
        info={"append_only": True},
    )
    op.create_table(
        "form_items",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("option_order", JSON_VALUE, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_form_items_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["item_version_id"], ["item_versions.id"], name=op.f("fk_form_items_item_version_id_item_versions")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_form_items")),
        info={"append_only": True},
    )
    with op.batch_alter_table("form_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_items_item_version_id"), ["item_version_id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("response", JSON_VALUE, nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"], name=op.f("fk_answers_attempt_id_form_items")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_answers")),
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
    op.drop_table("answers")
    with op.batch_alter_table("form_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_items_item_version_id"))

    op.drop_table("form_items")
    op.drop_table("score_runs")
    with op.batch_alter_table("item_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_versions_family"))

    op.drop_table("item_versions")
    op.drop_table("answer_events")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index("uq_attempts_one_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index("ix_attempts_open_deadline", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index(batch_op.f("ix_attempts_exam_version_id"))

    op.drop_table("attempts")
    op.drop_table("item_uses")
    with op.batch_alter_table("item_acquaintances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_acquaintances_item_id"))

    op.drop_table("item_acquaintances")
    op.drop_table("exam_versions")
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_items_state"))

    op.drop_table("items")
    with op.batch_alter_table("exams", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exams_certification_slug"))

    op.drop_table("exams")
    op.drop_table("draw_pools")
