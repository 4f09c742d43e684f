"""Keep how far people are on their way, what groups of them decide, and what policy changes did."""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None

STAGES = "'hired', 'read', 'course', 'exam', 'certified', 'open', 'unsupervised'"
BASES = "'audit', 'practice', 'calibration', 'exam'"
COUNTS = ("count", "right", "hits", "misses", "false_alarms", "correct_rejections", "wrong_selections", "people")

TRIGGER = "score_runs_note_insert"
NOTE = """INSERT INTO organisation_notes (person_id, due_at)
SELECT (SELECT person_id FROM attempts WHERE attempts.id = {new}.attempt_id), {new}.graded_at{source} WHERE {new}.ordinal = 1;"""


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def note_what_is_graded() -> None:
    """Make the trigger that notes of whom an attempt was graded first."""
    if is_sqlite():
        op.execute(f"CREATE TRIGGER {TRIGGER} AFTER INSERT ON score_runs BEGIN {NOTE.format(new='new', source='')} END")
        return
    body = NOTE.format(new="added", source=" FROM added")
    op.execute(f"CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {TRIGGER} AFTER INSERT ON score_runs REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {TRIGGER}()")


def number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False)


def key(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def day(name: str, *, nullable: bool = True) -> "sa.Column[object]":
    return sa.Column(name, sa.Date(), nullable=nullable)


def of_group(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["group_id"], ["organisation_groups.id"], name=op.f(f"fk_{table}_group_id_organisation_groups"))


def of_change(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["change_id"], ["policy_changes.id"], name=op.f(f"fk_{table}_change_id_policy_changes"))


def one_of(table: str, name: str, known: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} IN ({known})", name=op.f(f"ck_{table}_{'stage' if name == 'furthest' else name}_is_known"))


def upgrade() -> None:
    make_ways()
    op.create_table(
        "organisation_decisions",
        day("month", nullable=False),
        sa.Column("basis", sa.String(length=12), nullable=False),
        key("group_id"),
        *map(number, COUNTS),
        one_of("organisation_decisions", "basis", BASES),
        of_group("organisation_decisions"),
        sa.PrimaryKeyConstraint("month", "basis", "group_id", name=op.f("pk_organisation_decisions")),
    )
    make_effects()
    op.create_table(
        "organisation_countings",
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_organisation_countings")),
    )
    op.execute("INSERT INTO organisation_notes (person_id, due_at) SELECT id, created_at FROM people")
    note_what_is_graded()


def make_ways() -> None:
    stages = ("read_on", "course_on", "exam_on", "certified_on", "open_on", "unsupervised_on", "left_on")
    op.create_table(
        "organisation_ways",
        key("person_id"),
        number("group_id"),
        day("hired_on", nullable=False),
        *map(day, stages),
        sa.Column("is_in_shadow", sa.Boolean(), nullable=False),
        sa.Column("furthest", sa.String(length=12), nullable=False),
        day("reached_on", nullable=False),
        one_of("organisation_ways", "furthest", STAGES),
        of_group("organisation_ways"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_organisation_ways_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_organisation_ways")),
    )
    op.create_index(op.f("ix_organisation_ways_group_id"), "organisation_ways", ["group_id"])
    op.create_index("ix_organisation_ways_stage", "organisation_ways", ["furthest", "reached_on", "person_id"])
    op.create_table(
        "organisation_funnels",
        key("group_id"),
        sa.Column("ways", sa.LargeBinary(), nullable=False),
        of_group("organisation_funnels"),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_organisation_funnels")),
    )


def make_effects() -> None:
    op.create_table(
        "change_counts",
        key("change_id"),
        number("weeks"),
        number("asked"),
        of_change("change_counts"),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_change_counts")),
    )
    op.create_table(
        "change_effects",
        key("change_id"),
        sa.Column("basis", sa.String(length=12), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("phase", sa.String(length=10), nullable=False),
        *map(number, ("count", "right", "people")),
        one_of("change_effects", "basis", BASES),
        one_of("change_effects", "side", "'acknowledged', 'others'"),
        one_of("change_effects", "phase", "'before', 'between', 'after'"),
        of_change("change_effects"),
        sa.PrimaryKeyConstraint("change_id", "basis", "side", "phase", name=op.f("pk_change_effects")),
    )
    op.create_table(
        "change_uptakes",
        key("change_id"),
        key("day"),
        number("people"),
        of_change("change_uptakes"),
        sa.PrimaryKeyConstraint("change_id", "day", name=op.f("pk_change_uptakes")),
    )


def downgrade() -> None:
    op.execute(f"DROP TRIGGER {TRIGGER}" if is_sqlite() else f"DROP TRIGGER {TRIGGER} ON score_runs")
    if not is_sqlite():
        op.execute(f"DROP FUNCTION {TRIGGER}()")
    for table in (
        "organisation_countings",
        "change_uptakes",
        "change_effects",
        "change_counts",
        "organisation_decisions",
        "organisation_funnels",
        "organisation_ways",
    ):
        op.drop_table(table)
