"""Follow what is asked of people, lapses or fades, and count it in their groups."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TOPICS = "'anything', 'course', 'module', 'delta', 'certificate', 'area'"
STATES = "'met', 'ahead', 'soon', 'late', 'waiting'"


def of_person(due: str, only: str = "1 = 1", row: str = "{new}") -> str:
    return f"INSERT INTO organisation_notes (person_id, due_at) SELECT {row}.person_id, {due}{{source}} WHERE {only};"


def of_many(topic: str) -> str:
    only = "coalesce({new}.current_version_id, 0) <> coalesce({old}.current_version_id, 0)"
    return f"INSERT INTO organisation_wide_notes (topic) SELECT '{topic}'{{source}} WHERE {only};"


ASKED = "INSERT INTO organisation_wide_notes (assignment_id) SELECT {new}.id{source} WHERE 1 = 1;"
ENTERED = "{later}({new}.effective_at, {new}.recorded_at)"
BEGUN = "{later}({new}.effective_from, {new}.recorded_at)"

COUNTED_BEFORE = "{new}.kind IN ('status', 'roles', 'team', 'languages', 'markets', 'time_zone')"
COUNTED = "{new}.kind NOT IN ('name', 'accommodations')"

NOTED = (
    ("assignments", "INSERT", ASKED),
    ("assignments", "UPDATE", ASKED),
    ("courses", "UPDATE", of_many("course")),
    ("modules", "UPDATE", of_many("course") + " " + of_many("module")),
    ("certifications", "UPDATE", of_many("certificate")),
    ("acknowledgements", "INSERT", of_person("{new}.recorded_at")),
    ("check_passes", "INSERT", of_person("{new}.passed_at")),
    ("practice_tallies", "INSERT", of_person("{ever}")),
    ("practice_tallies", "UPDATE", of_person("{ever}")),
    ("area_masteries", "INSERT", of_person("{new}.last_answered_at")),
    ("area_masteries", "UPDATE", of_person("{new}.last_answered_at")),
    ("area_masteries", "DELETE", of_person("{old}.last_answered_at", row="{old}")),
    ("obligations", "INSERT", of_person(BEGUN)),
    ("obligations", "UPDATE", of_person("{ever}")),
    ("certificate_events", "INSERT", of_person(ENTERED) + " " + of_person("{new}.valid_from", f"{{new}}.valid_from > {ENTERED}")),
    ("certificate_uses", "INSERT", of_person("{new}.recorded_at")),
)

SQLITE_WORDS = {"new": "new", "old": "old", "later": "max", "ever": "'2000-01-01 00:00:00.000000'"}
POSTGRESQL_WORDS = {"new": "added", "old": "removed", "later": "greatest", "ever": "timestamptz '2000-01-01 00:00:00+00'"}


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def note(table: str, deed: str, body: str) -> None:
    name = f"{table}_note_{deed.lower()}"
    if is_sqlite():
        op.execute(f"CREATE TRIGGER {name} AFTER {deed} ON {table} BEGIN {body.format(source='', **SQLITE_WORDS)} END")
        return
    source, tables = " FROM added", "NEW TABLE AS added"
    if deed == "DELETE":
        source, tables = " FROM removed", "OLD TABLE AS removed"
    elif "{old}" in body:
        source, tables = " FROM added JOIN removed ON removed.id = added.id", "OLD TABLE AS removed NEW TABLE AS added"
    written = body.format(source=source, **POSTGRESQL_WORDS)
    op.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {written} RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} AFTER {deed} ON {table} REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()")


def forget(table: str, deed: str) -> None:
    name = f"{table}_note_{deed.lower()}"
    op.execute(f"DROP TRIGGER {name}" if is_sqlite() else f"DROP TRIGGER {name} ON {table}")
    if not is_sqlite():
        op.execute(f"DROP FUNCTION {name}()")


def upgrade() -> None:
    forget("person_facts", "INSERT")
    note("person_facts", "INSERT", of_person(BEGUN, COUNTED))
    op.create_index(op.f("ix_organisation_notes_person_id"), "organisation_notes", ["person_id"], unique=False)
    op.create_table(
        "organisation_wide_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=12), nullable=True),
        sa.CheckConstraint("(assignment_id IS NULL) <> (topic IS NULL)", name=op.f("ck_organisation_wide_notes_says_whom")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_organisation_wide_notes_assignment_id_assignments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_wide_notes")),
    )
    op.create_table(
        "organisation_lines",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=90), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("soon_at", INSTANT, nullable=False),
        sa.Column("fixed", sa.String(length=8), nullable=True),
        sa.Column("counted_as", sa.String(length=8), nullable=False),
        sa.Column("turns_at", INSTANT, nullable=True),
        sa.CheckConstraint(f"topic IN ({TOPICS})", name=op.f("ck_organisation_lines_topic_is_known")),
        sa.CheckConstraint("fixed IN ('met', 'waiting')", name=op.f("ck_organisation_lines_fixed_is_known")),
        sa.CheckConstraint(f"counted_as IN ({STATES})", name=op.f("ck_organisation_lines_state_is_known")),
        sa.ForeignKeyConstraint(["group_id"], ["organisation_groups.id"], name=op.f("fk_organisation_lines_group_id_organisation_groups")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_organisation_lines_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "topic", "subject", name=op.f("pk_organisation_lines")),
    )
    op.create_index("ix_organisation_lines_list", "organisation_lines", ["topic", "subject", "counted_as", "due_at", "person_id"], unique=False)
    op.create_index("ix_organisation_lines_group", "organisation_lines", ["group_id", "topic", "subject"], unique=False)
    op.create_index("ix_organisation_lines_turning", "organisation_lines", ["turns_at"], unique=False)
    op.create_table(
        "organisation_counts",
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=90), nullable=False),
        *(sa.Column(state, sa.Integer(), nullable=False) for state in ("met", "ahead", "soon", "late", "waiting")),
        sa.ForeignKeyConstraint(["group_id"], ["organisation_groups.id"], name=op.f("fk_organisation_counts_group_id_organisation_groups")),
        sa.PrimaryKeyConstraint("group_id", "topic", "subject", name=op.f("pk_organisation_counts")),
    )
    op.execute("INSERT INTO organisation_notes (person_id, due_at) SELECT id, created_at FROM people")
    ahead = "INSERT INTO organisation_notes (person_id, due_at) SELECT person_id, {due} FROM certificate_events WHERE {due} > {now}"
    for due in ("effective_at", "valid_from"):
        op.execute(ahead.format(due=due, now="strftime('%Y-%m-%d %H:%M:%f', 'now')" if is_sqlite() else "now()"))
    for table, deed, body in NOTED:
        note(table, deed, body)


def downgrade() -> None:
    for table, deed, _body in NOTED:
        forget(table, deed)
    op.drop_table("organisation_counts")
    op.drop_table("organisation_lines")
    op.drop_table("organisation_wide_notes")
    op.drop_index(op.f("ix_organisation_notes_person_id"), "organisation_notes")
    forget("person_facts", "INSERT")
    note("person_facts", "INSERT", of_person(BEGUN, COUNTED_BEFORE))
