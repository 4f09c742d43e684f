"""Nothing that the gate reads changes without a cause being noted, and nothing committed is lost, whichever transaction commits first."""

from collections import Counter
from datetime import datetime, timedelta
from threading import Lock

from flask import Flask
from sqlalchemy import insert
from sqlalchemy.sql import visitors
from sqlalchemy.sql.schema import Table

from tests.accounts.factories import PersonFactory
from tests.queues.factories import LONG_AGO
from tests.threads import at_once
from training.accounts import services as accounts
from training.accounts.models import Person, PersonFact
from training.accounts.rules import FactKind
from training.actors import SYSTEM
from training.certification.models import Certification
from training.courses.models import Module
from training.db import begin_writing, db
from training.exams.models import Attempt
from training.queues import services
from training.queues.models import Queue
from training.queues.models.causes import ON_INSERT
from training.queues.queries import changes_after, entries
from training.queues.tasks import sequence_changes

AT_HAND = {Attempt.__table__}
"""What it asks only to know whether the person ever sat an exam: from when they may again is a note that the feed does not follow."""
NAMES = {Person.__table__, Queue.__table__, Certification.__table__, Module.__table__}
"""What the gate's statement reads for the names of things alone, which do not change."""


def test_every_table_that_the_gate_reads_tells_of_what_is_written_to_it() -> None:
    statement = entries.EVIDENCE_OF_SEVERAL._statement
    read = {element for element in visitors.iterate(statement) if isinstance(element, Table)}
    assert read - NAMES - AT_HAND == set(ON_INSERT)


def told_of() -> list[str | None]:
    db.session.rollback()
    changes = changes_after(0, limit=1000)
    assert [change.position for change in changes] == list(range(1, len(changes) + 1))
    return [change.subject for change in changes]


def test_what_commits_late_comes_late_and_is_not_lost(app: Flask) -> None:
    slow, fast = PersonFactory(now=LONG_AGO), PersonFactory(now=LONG_AGO)
    follow()
    fact = {"kind": "languages", "value": {"value": ["id"]}, "effective_from": LONG_AGO, "recorded_at": LONG_AGO}
    with db.engine.connect() as connection:
        deed = connection.begin()
        connection.execute(insert(PersonFact).values(person_id=slow.id, **fact))
        if db.engine.dialect.name == "sqlite":  # which has one writer at a time, so that the deed cannot last longer than another
            deed.commit()
        begin_writing()
        accounts.record_facts(fast, {FactKind.LANGUAGES: ["id"]}, effective_from=LONG_AGO, by=SYSTEM, now=LONG_AGO)
        db.session.commit()
        before = len(told_of())
        follow()
        assert told_of()[before:][-1] == fast.public_id
        if deed.is_active:
            deed.commit()
    follow()
    assert sorted(subject or "" for subject in told_of()[before:]) == sorted([slow.public_id, fast.public_id])


def test_sequencers_and_deeds_at_once_lose_nothing_and_say_nothing_twice(app: Flask) -> None:
    people = [PersonFactory(now=LONG_AGO).id for _ in range(6)]
    follow()
    before = len(told_of())

    def deed_and_sequencing() -> None:
        with lock:
            person_id = people.pop()
        for number in range(5):
            begin_writing()
            at = LONG_AGO + timedelta(minutes=number)
            accounts.record_facts(db.session.get_one(Person, person_id), {FactKind.LANGUAGES: [("id", "vi")[number % 2]]}, effective_from=at, by=SYSTEM, now=at)
            db.session.commit()
            follow(at)

    lock = Lock()
    assert at_once(app, deed_and_sequencing, 6) == [None] * 6
    follow()
    assert Counter(Counter(told_of()[before:]).values()) == {5: 6}


def test_a_killed_sequencer_changes_nothing(app: Flask) -> None:
    PersonFactory(now=LONG_AGO)
    begin_writing()
    services.sequence(now=LONG_AGO)
    db.session.rollback()
    assert told_of() == []
    follow()
    assert len(told_of()) == 1


def follow(at: datetime = LONG_AGO + timedelta(hours=1)) -> None:
    sequence_changes(at)
    db.session.commit()
