"""Tell what changes at the gate: note every cause as it is written, and every instant at which time alone changes an answer."""

from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
KINDS = "'person', 'certificate', 'policy', 'override', 'availability', 'requirements'"


class Told(NamedTuple):
    """One row that a trigger writes; `{new}` and `{old}` are the rows of its table."""

    kind: str
    due: str
    only: str = "1 = 1"
    person: str = "NULL"
    queue: str = "NULL"
    certification: str = "NULL"
    module: str = "NULL"
    areas: str = "NULL"
    shift: str = "NULL"
    shared: str = ""
    also: str = ""


BOTH = "{later}({new}.effective_from, {new}.recorded_at)"
OWN = "{new}.person_id"
HELD = {"person": OWN, "certification": "{new}.certification_id"}
ENTERED = "{later}({new}.effective_at, {new}.recorded_at)"
HOLDERS = {"person": "held.person_id", "certification": "held.certification_id", "also": "certificate_events AS held"}
UNENDED = f"held.certification_id = {{new}}.certification_id AND (held.valid_until > {BOTH} OR held.disuse_days IS NOT NULL)"
EXCEPTED = {"kind": "override", "person": OWN, "queue": "{new}.queue_id"}
AWAY = {"kind": "availability", "person": OWN}
OWED = {"kind": "policy", "person": OWN, "module": "{new}.module_slug", "areas": "{new}.areas"}
CHANGE = "{new}.module_slug || ' ' || {new}.module_version || ' ' || "
MODULE = "(SELECT slug FROM modules WHERE modules.id = {new}.module_id)"

TELLING = (
    ("person_facts", "INSERT", (Told("person", BOTH, "{new}.kind IN ('status', 'languages', 'markets')", OWN),)),
    (
        "certificate_events",
        "INSERT",
        (Told("certificate", ENTERED, **HELD), Told("certificate", "{new}.valid_from", f"{{new}}.valid_from > {ENTERED}", **HELD)),
    ),
    ("certificate_uses", "INSERT", (Told("ends", "{new}.recorded_at", **HELD),)),
    (
        "certification_conditions",
        "INSERT",
        (Told("requirements", BOTH, certification="{new}.certification_id"), Told("ends", BOTH, UNENDED, **HOLDERS)),
    ),
    ("acknowledgements", "INSERT", (Told("policy", "{later}({new}.acknowledged_at, {new}.recorded_at)", person=OWN, module=MODULE),)),
    (
        "obligations",
        "INSERT",
        (Told(due=BOTH, shared=CHANGE + BOTH, **OWED), Told(due="{new}.due_at", only=f"{{new}}.due_at > {BOTH}", shared=CHANGE + "{new}.due_at", **OWED)),
    ),
    ("obligations", "UPDATE", (Told(due="{later}({new}.met_at, {new}.met_recorded_at)", only="{old}.met_at IS NULL AND {new}.met_at IS NOT NULL", **OWED),)),
    ("queue_versions", "INSERT", (Told("requirements", BOTH, queue="{new}.queue_id"),)),
    (
        "queue_overrides",
        "INSERT",
        (Told(due=BOTH, **EXCEPTED), Told(due="{new}.effective_until", only=f"{{new}}.effective_until > {BOTH}", **EXCEPTED)),
    ),
    (
        "queue_overrides",
        "UPDATE",
        (Told(due="{later}({new}.revoked_at, {new}.revoked_recorded_at)", only="{old}.revoked_at IS NULL AND {new}.revoked_at IS NOT NULL", **EXCEPTED),),
    ),
    ("consent_events", "INSERT", (Told(due=BOTH, **AWAY),)),
    ("consent_askings", "INSERT", (Told("availability", BOTH),)),
    ("absences", "INSERT", (Told(due=BOTH, **AWAY), Told(due="{new}.effective_until", only=f"{{new}}.effective_until > {BOTH}", **AWAY))),
    ("absences", "UPDATE", (Told(due="{new}.ended_at", only="{old}.ended_at IS NULL AND {new}.ended_at IS NOT NULL", **AWAY),)),
    ("shift_assignments", "INSERT", (Told(due=BOTH, **AWAY),)),
    ("shift_versions", "INSERT", (Told("shift", BOTH, shift="{new}.shift_id"),)),
)

TAKEN = "INSERT INTO access_causes (kind, person_id, queue_id, certification_id, shift_id, module_slug, areas, due_at, shared_key)"
WIDENED = " ON CONFLICT (shared_key) DO UPDATE SET person_id = NULL WHERE access_causes.person_id IS NOT NULL"
SQLITE_WORDS = {"new": "new", "old": "old", "later": "max"}
POSTGRESQL_WORDS = {"new": "added", "old": "removed", "later": "greatest"}


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def for_one_row(told: Told) -> str:
    ids = (told.person, told.queue, told.certification, told.shift)
    columns = (f"'{told.kind}'", *ids, told.module, told.areas, told.due, told.shared or "NULL")
    source = f" FROM {told.also}" if told.also else ""
    return f"{TAKEN} SELECT {', '.join(columns)}{source} WHERE {told.only}{WIDENED if told.shared else ''};".format(**SQLITE_WORDS)


def for_all_rows(told: Told, source: str) -> str:
    person, areas, due, grouped, widened = told.person, f"{told.areas}::jsonb", told.due, "", ""
    if told.shared:
        person, due, areas = f"CASE WHEN count(*) = 1 THEN min({told.person}) END", f"min({told.due})", f"min({told.areas}::text)::jsonb"
        grouped, widened = f" GROUP BY {told.module}, {told.shared}", WIDENED
    ids = (f"{number}::integer" for number in (person, told.queue, told.certification, told.shift))
    columns = (f"'{told.kind}'", *ids, told.module, areas, due, told.shared or "NULL")
    source = f"{source}, {told.also}" if told.also else source
    return f"{TAKEN} SELECT {', '.join(columns)} FROM {source} WHERE {told.only}{grouped}{widened};".format(**POSTGRESQL_WORDS)


def tell(table: str, deed: str, told: tuple[Told, ...]) -> None:
    """Make the trigger of a table."""
    name = f"{table}_tell_{deed.lower()}"
    if is_sqlite():
        op.execute(f"CREATE TRIGGER {name} AFTER {deed} ON {table} BEGIN {' '.join(map(for_one_row, told))} END")
        return
    source, tables = "added", "NEW TABLE AS added"
    if deed == "UPDATE":
        source, tables = "added JOIN removed ON removed.id = added.id", "OLD TABLE AS removed NEW TABLE AS added"
    body = " ".join(for_all_rows(each, source) for each in told)
    op.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} AFTER {deed} ON {table} REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()")


STILL_TO_COME = (
    ("certificate_events", "valid_until", Told("ends", "{nearing}", "valid_until > :now", "person_id", certification="certification_id")),
    ("certificate_events", "", Told("ends", ":now", "disuse_days IS NOT NULL", "person_id", certification="certification_id")),
    ("certificate_events", "valid_from", Told("certificate", "valid_from", person="person_id", certification="certification_id")),
    ("certificate_events", "effective_at", Told("certificate", "effective_at", person="person_id", certification="certification_id")),
    ("person_facts", "effective_from", Told("person", "effective_from", "kind IN ('status', 'languages', 'markets')", "person_id")),
    ("obligations", "effective_from", Told("policy", "effective_from", person="person_id", module="module_slug", areas="areas")),
    ("obligations", "due_at", Told("policy", "due_at", "met_at IS NULL", "person_id", module="module_slug", areas="areas")),
    ("queue_versions", "effective_from", Told("requirements", "effective_from", queue="queue_id")),
    ("queue_overrides", "effective_from", Told("override", "effective_from", "revoked_at IS NULL", "person_id", "queue_id")),
    ("queue_overrides", "effective_until", Told("override", "effective_until", "revoked_at IS NULL", "person_id", "queue_id")),
    ("certification_conditions", "effective_from", Told("requirements", "effective_from", certification="certification_id")),
    ("consent_events", "effective_from", Told("availability", "effective_from", person="person_id")),
    ("consent_askings", "effective_from", Told("availability", "effective_from")),
    ("absences", "effective_from", Told("availability", "effective_from", "ended_at IS NULL", "person_id")),
    ("absences", "effective_until", Told("availability", "effective_until", "ended_at IS NULL", "person_id")),
    ("shift_assignments", "effective_from", Told("availability", "effective_from", person="person_id")),
    ("shift_versions", "", Told("shift", ":now", "is_binding", shift="shift_id")),
    ("shift_versions", "effective_from", Told("shift", "effective_from", shift="shift_id")),
)
"""Of each table: the instant that may still lie ahead, and what is then to be told."""


def note_what_is_still_to_come() -> None:
    """Of what was written before: every instant that lies ahead, the last 30 days of certificates, and what only the sequencer reckons, at once."""
    nearing = "date(valid_until, '-30 days') || substr(valid_until, 11)" if is_sqlite() else "valid_until - interval '720 hours'"
    for table, instant, told in STILL_TO_COME:
        columns = (f"'{told.kind}'", told.person, told.queue, told.certification, told.shift, told.module, told.areas, told.due.format(nearing=nearing))
        types = ("", *[""] * 7) if is_sqlite() else ("", "integer", "integer", "integer", "integer", "text", "jsonb", "timestamptz")
        typed = [f"CAST({column} AS {kind})" if kind else column for column, kind in zip(columns, types, strict=True)]
        ahead = f"{told.only} AND {instant} > :now" if instant else told.only
        statement = sa.text(f"{TAKEN} SELECT {', '.join(typed)}, NULL FROM {table} WHERE {ahead}")
        op.get_bind().execute(statement.bindparams(sa.bindparam("now", datetime.now(UTC), INSTANT)))


def upgrade() -> None:
    op.create_table(
        "access_causes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("queue_id", sa.Integer(), nullable=True),
        sa.Column("certification_id", sa.Integer(), nullable=True),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("module_slug", sa.String(length=60), nullable=True),
        sa.Column("areas", JSON, nullable=True),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("shared_key", sa.String(length=200), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS}, 'ends', 'shift')", name=op.f("ck_access_causes_kind_is_known")),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_access_causes_certification_id_certifications")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_access_causes_person_id_people")),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_access_causes_queue_id_queues")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("fk_access_causes_shift_id_shifts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_causes")),
        sa.UniqueConstraint("shared_key", name=op.f("uq_access_causes_shared_key")),
    )
    op.create_index(op.f("ix_access_causes_due_at_id"), "access_causes", ["due_at", "id"], unique=False)
    op.create_table(
        "access_changes",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("queues", JSON, nullable=True),
        sa.Column("certification", sa.String(length=60), nullable=True),
        sa.Column("sequenced_at", INSTANT, nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_access_changes_kind_is_known")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_access_changes_person_id_people")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_access_changes")),
    )
    op.create_index(op.f("ix_access_changes_sequenced_at"), "access_changes", ["sequenced_at"], unique=False)
    note_what_is_still_to_come()
    for table, deed, told in TELLING:
        tell(table, deed, told)


def downgrade() -> None:
    for table, deed, _told in TELLING:
        name = f"{table}_tell_{deed.lower()}"
        op.execute(f"DROP TRIGGER {name}" if is_sqlite() else f"DROP TRIGGER {name} ON {table}")
        if not is_sqlite():
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("access_changes")
    op.drop_table("access_causes")
