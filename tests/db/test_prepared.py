"""Statements put to the driver itself: what they find, and what is left when one fails."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import Text, bindparam, cast, column, event, select, table

from tests.accounts.factories import PersonFactory
from tests.statements import counted
from training.accounts.models import Person, PersonFact
from training.accounts.rules import FactKind
from training.db import Prepared, db, instant_of, json_row, json_rows, json_value, one_of, utc_text

pytestmark = pytest.mark.usefixtures("app")

NAMES = Prepared(select(Person.name).where(one_of(Person.email, "emails")).order_by(Person.id))
FACT_ROWS = json_rows(json_row(json_value(PersonFact.value), utc_text(PersonFact.effective_from)))
FACTS = Prepared(select(cast(FACT_ROWS, Text)).where(PersonFact.kind == bindparam("kind")))
BROKEN = Prepared(select(column("name")).select_from(table("no_such_table")))


def test_one_statement_takes_no_text_one_and_many() -> None:
    for number in range(3):
        PersonFactory(email=f"{number}@example.org", name=f"Person {number}")
    found = [[name for (name,) in NAMES.rows(emails=emails)] for emails in ([], ["1@example.org"], ["2@example.org", "0@example.org", "it's"])]
    assert found == [[], ["Person 1"], ["Person 0", "Person 2"]]


def test_rows_come_as_json_with_their_instants_in_utc() -> None:
    PersonFactory(languages=["id"], now=datetime(2026, 3, 1, 7, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=7))))
    ((found,),) = FACTS.rows(kind=FactKind.LANGUAGES)
    ((value, instant),) = json.loads(found)
    assert value == {"value": ["id"]}
    assert (instant_of(instant), instant_of(None)) == (datetime(2026, 3, 1, 0, 30, 15, 250_000, tzinfo=UTC), None)


def test_no_row_is_an_empty_list() -> None:
    assert FACTS.rows(kind="no such kind") == [("[]",)]


def test_a_failed_statement_leaves_the_next_one_a_connection() -> None:
    for _ in range(20):
        with pytest.raises(db.engine.dialect.loaded_dbapi.Error):
            BROKEN.rows()
    assert NAMES.rows(emails=["nobody@example.org"]) == []


def test_a_line_that_was_cut_is_replaced_and_the_question_answered() -> None:
    cursors: list[Any] = []

    def note(_connection: Any, cursor: Any, *_more: Any) -> None:
        cursors.append(cursor)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        NAMES.rows(emails=[])
        cursors[0].connection.close()
        assert NAMES.rows(emails=[]) == []
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert cursors[0] is cursors[1] is not cursors[2]


def test_threads_share_as_many_lines_as_ask_at_once_and_leave_them_to_the_next() -> None:
    PersonFactory(email="sri@example.org", name="Sri")
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    cursors: list[Any] = []

    def note(_connection: Any, cursor: Any, *_more: Any) -> None:
        cursors.append(cursor)

    def ask() -> Any:
        with app.app_context():
            return NAMES.rows(emails=["sri@example.org"])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        with ThreadPoolExecutor(4) as threads:
            assert [future.result() for future in [threads.submit(ask) for _ in range(40)]] == [[("Sri",)]] * 40
        asked = set(map(id, cursors))
        assert len(asked) <= 4
        cursors.clear()
        ask()
        assert id(cursors[0]) in asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_whoever_watches_the_engines_sees_them() -> None:
    with counted() as statements:
        NAMES.rows(emails=[])
    assert len(statements) == 1


def test_they_read_what_was_committed_and_nothing_else() -> None:
    person = PersonFactory(name="Sri")
    person.name = "Dewi"
    db.session.flush()
    assert NAMES.rows(emails=[person.email]) == [("Sri",)]
    db.session.commit()
    assert NAMES.rows(emails=[person.email]) == [("Dewi",)]
