"""Let trainers name cohorts of people, and ask a cohort for courses and modules like a team."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

FACTS = "person_facts"
KINDS = "kind IN ('status', 'roles', 'team', 'languages', 'markets', 'time_zone', 'accommodations', 'name'{})"
IS_OPEN = {"sqlite_where": sa.text("withdrawn_at IS NULL"), "postgresql_where": sa.text("withdrawn_at IS NULL")}
ONCE = {"cohort": ["cohort_id", "course_id"], "cohort_module": ["cohort_id", "module_id"]}
ONE_OF_THREE = (
    "(person_id IS NOT NULL AND team_id IS NULL AND rule IS NULL) OR (person_id IS NULL AND team_id IS NOT NULL AND rule IS NULL)"
    " OR (person_id IS NULL AND team_id IS NULL AND rule IS NOT NULL)"
)
ONE_OF_FOUR = (
    "CASE WHEN person_id IS NULL THEN 0 ELSE 1 END + CASE WHEN team_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN cohort_id IS NULL THEN 0 ELSE 1 END + CASE WHEN rule IS NULL THEN 0 ELSE 1 END = 1"
)


def is_sqlite() -> bool:
    """Whether the database is SQLite, which builds a table anew where a constraint changes, and forgets its triggers."""
    return op.get_bind().dialect.name == "sqlite"


def know_kinds(more: str, *, forgotten: str | None = None) -> None:
    """Let facts be of these kinds, with every trigger of their table as it was; those of a kind that is not known any more are forgotten first."""
    found = op.get_bind().execute(sa.text(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{FACTS}'")) if is_sqlite() else ()
    triggers = [tuple(row) for row in found]
    for name, _statement in triggers:
        op.execute(f"DROP TRIGGER {name}")
    if forgotten and not is_sqlite():
        op.execute(f"ALTER TABLE {FACTS} DISABLE TRIGGER USER")
    if forgotten:
        op.execute(f"DELETE FROM {FACTS} WHERE kind = '{forgotten}'")
    if forgotten and not is_sqlite():
        op.execute(f"ALTER TABLE {FACTS} ENABLE TRIGGER USER")
    with op.batch_alter_table(FACTS) as batch:
        batch.drop_constraint(op.f("ck_person_facts_kind_is_known"), type_="check")
        batch.create_check_constraint(op.f("ck_person_facts_kind_is_known"), KINDS.format(more))
    for _name, statement in triggers:
        op.execute(statement)


def upgrade() -> None:
    op.create_table(
        "cohorts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_cohorts_made_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
        sa.UniqueConstraint("name", name=op.f("uq_cohorts_name")),
    )
    know_kinds(", 'cohorts'")
    with op.batch_alter_table("assignments") as batch:
        batch.add_column(sa.Column("cohort_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_assignments_cohort_id_cohorts"), "cohorts", ["cohort_id"], ["id"])
        batch.drop_constraint(op.f("ck_assignments_is_for_a_person_a_team_or_a_rule"), type_="check")
        batch.create_check_constraint(op.f("ck_assignments_is_for_one_audience"), ONE_OF_FOUR)
    for name, columns in ONCE.items():
        op.create_index(f"ix_assignments_open_{name}", "assignments", columns, unique=True, **IS_OPEN)


def downgrade() -> None:
    """What cohorts were asked for is forgotten, and who was in them."""
    for name in ONCE:
        op.drop_index(f"ix_assignments_open_{name}", table_name="assignments")
    op.execute("DELETE FROM assignment_reminders WHERE assignment_id IN (SELECT id FROM assignments WHERE cohort_id IS NOT NULL)")
    op.execute("DELETE FROM assignments WHERE cohort_id IS NOT NULL")
    with op.batch_alter_table("assignments") as batch:
        batch.drop_constraint(op.f("ck_assignments_is_for_one_audience"), type_="check")
        batch.create_check_constraint(op.f("ck_assignments_is_for_a_person_a_team_or_a_rule"), ONE_OF_THREE)
        batch.drop_constraint(op.f("fk_assignments_cohort_id_cohorts"), type_="foreignkey")
        batch.drop_column("cohort_id")
    op.execute("DELETE FROM current_facts WHERE kind = 'cohorts'")
    know_kinds("", forgotten="cohorts")
    op.drop_table("cohorts")
