"""Triggers that note of whom something changed that figures count, so that no deed can forget it.

As for the gate's feed (`queues/models/causes.py`), a note is written in the deed's own transaction and waits for its instant. On PostgreSQL a trigger runs
once a statement, however many rows it wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import DDL, Table, event

from training.accounts.models import PersonFact
from training.certification.models import CertificateEvent, CertificateUse, Certification, Obligation
from training.courses.models import Acknowledgement, Assignment, CheckPass, Course, Module, PracticeTally
from training.exams.models import ScoreRun
from training.practice.models import AreaMastery


@dataclass(frozen=True, slots=True)
class Noted:
    """The note that is written for rows `{new}`, which were `{old}` before: where it goes, what it says, and for which of them."""

    into: str
    values: str
    only: str = "1 = 1"


def _of_person(due: str, only: str = "1 = 1", *, row: str = "{new}") -> Noted:
    """That something changes about the person of a row at an instant."""
    return Noted("organisation_notes (person_id, due_at)", f"{row}.person_id, {due}", only)


def _of_many(topic: str) -> Noted:
    """That something else is published now than before: whoever has a line of this topic is concerned."""
    return Noted("organisation_wide_notes (topic)", f"'{topic}'", "coalesce({new}.current_version_id, 0) <> coalesce({old}.current_version_id, 0)")


_COUNTED = "{new}.kind NOT IN ('name', 'accommodations')"
_ENTERED = "{later}({new}.effective_at, {new}.recorded_at)"
_BEGUN = "{later}({new}.effective_from, {new}.recorded_at)"
_ASKED = Noted("organisation_wide_notes (assignment_id)", "{new}.id")
_CANDIDATE = "(SELECT person_id FROM attempts WHERE attempts.id = {new}.attempt_id)"

NOTED: Mapping[tuple[type, str], tuple[Noted, ...]] = {
    (PersonFact, "INSERT"): (_of_person(_BEGUN, _COUNTED),),
    (Assignment, "INSERT"): (_ASKED,),
    (Assignment, "UPDATE"): (_ASKED,),
    (Course, "UPDATE"): (_of_many("course"),),
    (Module, "UPDATE"): (_of_many("course"), _of_many("module")),
    (Certification, "UPDATE"): (_of_many("certificate"),),
    (Acknowledgement, "INSERT"): (_of_person("{new}.recorded_at"),),
    (CheckPass, "INSERT"): (_of_person("{new}.passed_at"),),
    (PracticeTally, "INSERT"): (_of_person("{ever}"),),
    (PracticeTally, "UPDATE"): (_of_person("{ever}"),),
    (AreaMastery, "INSERT"): (_of_person("{new}.last_answered_at"),),
    (AreaMastery, "UPDATE"): (_of_person("{new}.last_answered_at"),),
    (AreaMastery, "DELETE"): (_of_person("{old}.last_answered_at", row="{old}"),),
    (Obligation, "INSERT"): (_of_person(_BEGUN),),
    (Obligation, "UPDATE"): (_of_person("{ever}"),),
    (CertificateEvent, "INSERT"): (_of_person(_ENTERED), _of_person("{new}.valid_from", f"{{new}}.valid_from > {_ENTERED}")),
    (CertificateUse, "INSERT"): (_of_person("{new}.recorded_at"),),
    (ScoreRun, "INSERT"): (Noted("organisation_notes (person_id, due_at)", f"{_CANDIDATE}, {{new}}.graded_at", "{new}.ordinal = 1"),),
}
"""What is noted, by table and deed."""

SQLITE_WORDS = {"new": "new", "old": "old", "later": "max", "ever": "'2000-01-01 00:00:00.000000'"}
POSTGRESQL_WORDS = {"new": "added", "old": "removed", "later": "greatest", "ever": "timestamptz '2000-01-01 00:00:00+00'"}


def table_of(model: type) -> Table:
    """The table of a model."""
    table = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table), "every model has one"
    return table


def _body(notes: tuple[Noted, ...], source: str, words: Mapping[str, str]) -> str:
    return " ".join(f"INSERT INTO {note.into} SELECT {note.values}{source} WHERE {note.only};" for note in notes).format(**words)


def trigger_on_sqlite(table: str, deed: str, notes: tuple[Noted, ...]) -> list[str]:
    """What makes the trigger of a table for a deed on SQLite."""
    return [f"CREATE TRIGGER {table}_note_{deed.lower()} AFTER {deed} ON {table} BEGIN {_body(notes, '', SQLITE_WORDS)} END"]


def trigger_on_postgresql(table: str, deed: str, notes: tuple[Noted, ...]) -> list[str]:
    """What makes its function and the trigger on PostgreSQL."""
    name = f"{table}_note_{deed.lower()}"
    source, tables = " FROM added", "NEW TABLE AS added"
    if deed == "DELETE":
        source, tables = " FROM removed", "OLD TABLE AS removed"
    elif any("{old}" in note.only for note in notes):
        source, tables = " FROM added JOIN removed ON removed.id = added.id", "OLD TABLE AS removed NEW TABLE AS added"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_body(notes, source, POSTGRESQL_WORDS)} RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {deed} ON {table} REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def note_what_is_counted() -> None:
    """Give every table that figures count its triggers when it is made."""
    for (model, deed), notes in NOTED.items():
        table = table_of(model)
        for dialect, written in (("sqlite", trigger_on_sqlite), ("postgresql", trigger_on_postgresql)):
            for statement in written(table.name, deed, notes):
                event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
