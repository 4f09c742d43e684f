"""Triggers that note whatever changes an input of the gate, so that no deed can forget it.

Each table that the gate reads has one for what is appended to it, and one for what is written into it later. They write a row for the instant at
which the gate first answers otherwise, and one for every later instant at which it does so by time alone. On PostgreSQL a trigger runs once a statement,
however many rows it wrote.
"""

from dataclasses import dataclass

from sqlalchemy import DDL, Table, event

from training.accounts.models import Absence, PersonFact, ShiftAssignment, ShiftVersion
from training.certification.models import CertificateEvent, CertificateUse, CertificationConditions, Obligation
from training.courses.models import Acknowledgement
from training.practice.models import ConsentAsking, ConsentEvent
from training.queues.models.queues import QueueOverride, QueueVersion
from training.queues.rules.changes import ENDS, SHIFT, ChangeKind


@dataclass(frozen=True, slots=True)
class Told:
    """One row that a trigger writes: what it names, when it is due, and for which rows of the table; `{new}` and `{old}` are those rows.

    `shared` says what rows have in common that are told of as one, about everybody, once there are several.
    """

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
    """Another table whose rows it is about."""


BOTH = "{later}({new}.effective_from, {new}.recorded_at)"
OWN = "{new}.person_id"
_HELD = {"person": OWN, "certification": "{new}.certification_id"}
_ENTERED = "{later}({new}.effective_at, {new}.recorded_at)"
_HOLDERS = {"person": "held.person_id", "certification": "held.certification_id", "also": "certificate_events AS held"}
_UNENDED = f"held.certification_id = {{new}}.certification_id AND (held.valid_until > {BOTH} OR held.disuse_days IS NOT NULL)"
_OVERRIDE = {"kind": ChangeKind.OVERRIDE, "person": OWN, "queue": "{new}.queue_id"}
_AWAY = {"kind": ChangeKind.AVAILABILITY, "person": OWN}
_OWED = {"kind": ChangeKind.POLICY, "person": OWN, "module": "{new}.module_slug", "areas": "{new}.areas"}
_CHANGE = "{new}.module_slug || ' ' || {new}.module_version || ' ' || "
_MODULE = "(SELECT slug FROM modules WHERE modules.id = {new}.module_id)"

ON_INSERT: dict[Table, tuple[Told, ...]] = {}
ON_UPDATE: dict[Table, tuple[Told, ...]] = {}


def _table(model: type) -> Table:
    table = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table), "every model has one"
    return table


ON_INSERT[_table(PersonFact)] = (Told(ChangeKind.PERSON, BOTH, "{new}.kind IN ('status', 'languages', 'markets')", OWN),)
ON_INSERT[_table(CertificateEvent)] = (
    Told(ChangeKind.CERTIFICATE, _ENTERED, **_HELD),
    Told(ChangeKind.CERTIFICATE, "{new}.valid_from", f"{{new}}.valid_from > {_ENTERED}", **_HELD),
)
ON_INSERT[_table(CertificateUse)] = (Told(ENDS, "{new}.recorded_at", **_HELD),)
ON_INSERT[_table(CertificationConditions)] = (
    Told(ChangeKind.REQUIREMENTS, BOTH, certification="{new}.certification_id"),
    Told(ENDS, BOTH, _UNENDED, **_HOLDERS),
)
ON_INSERT[_table(Acknowledgement)] = (Told(ChangeKind.POLICY, "{later}({new}.acknowledged_at, {new}.recorded_at)", person=OWN, module=_MODULE),)
ON_INSERT[_table(Obligation)] = (
    Told(due=BOTH, shared=_CHANGE + BOTH, **_OWED),
    Told(due="{new}.due_at", shared=_CHANGE + "{new}.due_at", only=f"{{new}}.due_at > {BOTH}", **_OWED),
)
ON_UPDATE[_table(Obligation)] = (Told(due="{later}({new}.met_at, {new}.met_recorded_at)", only="{old}.met_at IS NULL AND {new}.met_at IS NOT NULL", **_OWED),)
ON_INSERT[_table(QueueVersion)] = (Told(ChangeKind.REQUIREMENTS, BOTH, queue="{new}.queue_id"),)
ON_INSERT[_table(QueueOverride)] = (
    Told(due=BOTH, **_OVERRIDE),
    Told(due="{new}.effective_until", only=f"{{new}}.effective_until > {BOTH}", **_OVERRIDE),
)
ON_UPDATE[_table(QueueOverride)] = (
    Told(due="{later}({new}.revoked_at, {new}.revoked_recorded_at)", only="{old}.revoked_at IS NULL AND {new}.revoked_at IS NOT NULL", **_OVERRIDE),
)
ON_INSERT[_table(ConsentEvent)] = (Told(due=BOTH, **_AWAY),)
ON_INSERT[_table(ConsentAsking)] = (Told(ChangeKind.AVAILABILITY, BOTH),)
ON_INSERT[_table(Absence)] = (Told(due=BOTH, **_AWAY), Told(due="{new}.effective_until", only=f"{{new}}.effective_until > {BOTH}", **_AWAY))
ON_UPDATE[_table(Absence)] = (Told(due="{new}.ended_at", only="{old}.ended_at IS NULL AND {new}.ended_at IS NOT NULL", **_AWAY),)
ON_INSERT[_table(ShiftAssignment)] = (Told(due=BOTH, **_AWAY),)
ON_INSERT[_table(ShiftVersion)] = (Told(SHIFT, BOTH, shift="{new}.shift_id"),)

TAKEN = "INSERT INTO access_causes (kind, person_id, queue_id, certification_id, shift_id, module_slug, areas, due_at, shared_key)"
WIDENED = " ON CONFLICT (shared_key) DO UPDATE SET person_id = NULL WHERE access_causes.person_id IS NOT NULL"
SQLITE_WORDS = {"new": "new", "old": "old", "later": "max"}
POSTGRESQL_WORDS = {"new": "added", "old": "removed", "later": "greatest"}


def _on_sqlite(told: Told) -> str:
    """The statement for one row."""
    ids = (told.person, told.queue, told.certification, told.shift)
    columns = (f"'{told.kind}'", *ids, told.module, told.areas, told.due, told.shared or "NULL")
    source = f" FROM {told.also}" if told.also else ""
    return f"{TAKEN} SELECT {', '.join(columns)}{source} WHERE {told.only}{WIDENED if told.shared else ''};".format(**SQLITE_WORDS)


def _on_postgresql(told: Told, source: str) -> str:
    """The statement for all the rows of a statement."""
    person, areas, due, grouped, widened = told.person, f"{told.areas}::jsonb", told.due, "", ""
    if told.shared:
        person, due, areas = f"CASE WHEN count(*) = 1 THEN min({told.person}) END", f"min({told.due})", f"min({told.areas}::text)::jsonb"
        grouped, widened = f" GROUP BY {told.module}, {told.shared}", WIDENED
    ids = (f"{number}::integer" for number in (person, told.queue, told.certification, told.shift))
    columns = (f"'{told.kind}'", *ids, told.module, areas, due, told.shared or "NULL")
    source = f"{source}, {told.also}" if told.also else source
    return f"{TAKEN} SELECT {', '.join(columns)} FROM {source} WHERE {told.only}{grouped}{widened};".format(**POSTGRESQL_WORDS)


def triggers_on_sqlite(table: str, deed: str, told: tuple[Told, ...]) -> list[str]:
    """What makes the trigger of a table for INSERT or UPDATE on SQLite."""
    return [f"CREATE TRIGGER {table}_tell_{deed.lower()} AFTER {deed} ON {table} BEGIN {' '.join(map(_on_sqlite, told))} END"]


def triggers_on_postgresql(table: str, deed: str, told: tuple[Told, ...]) -> list[str]:
    """What makes its function and the trigger on PostgreSQL."""
    name = f"{table}_tell_{deed.lower()}"
    source, tables = "added", "NEW TABLE AS added"
    if deed == "UPDATE":
        source, tables = "added JOIN removed ON removed.id = added.id", "OLD TABLE AS removed NEW TABLE AS added"
    body = " ".join(_on_postgresql(each, source) for each in told)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {deed} ON {table} REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def tell_of_changes() -> None:
    """Give every table that the gate reads its triggers when it is made."""
    for deed, tables in (("INSERT", ON_INSERT), ("UPDATE", ON_UPDATE)):
        for table, told in tables.items():
            for dialect, written in (("sqlite", triggers_on_sqlite), ("postgresql", triggers_on_postgresql)):
                for statement in written(table.name, deed, told):
                    event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
