"""`flask gate explain`: the whole reasoning at a shell."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.courses.factories import ModuleFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory
from tests.practice.factories import ConsentEventFactory
from tests.queues.factories import QueueFactory
from training.accounts import services as accounts
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import services as certification
from training.certification.rules import Delta, DeltaKind, EventKind
from training.courses import services as courses
from training.courses.rules.versions import Version
from training.db import db
from training.practice.rules import Sensitivity
from training.queues import services
from training.queues.services import Grant

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def sri(app: Flask) -> Person:
    """Somebody with something of everything: a suspended certificate built on another, a module read, a change to learn, an exception."""
    person, lead = PersonFactory(email="sri@example.org", languages=["id"]), PersonFactory()
    entry = CertificationFactory(id="entry", validity_days=365)
    specialist = CertificationFactory(id="specialist", needs={"prerequisites": ["entry"], "exam": "special-exam"}, validity_days=100)
    module = ModuleFactory(id="claims", area="CLM")
    requires = {"all_of": ["specialist"], "languages": ["id", "vi"], "modules": {"claims": "1.0.0"}}
    queue = QueueFactory(id="claims-id", requires=requires, sensitivities=["violence"])
    award(person.id, entry, now=NOW - 50 * DAY)
    award(person.id, specialist, now=NOW - 40 * DAY)
    certification.enter(person.id, specialist, EventKind.SUSPENDED, reason="Audits of last week.", by=SYSTEM, now=NOW - 2 * DAY)
    courses.acknowledge(person.id, module.current_version, by=SYSTEM, now=NOW - 30 * DAY)
    certification.owe_delta(Delta("claims", Version(1, 1, 0), ("CLM",), DeltaKind.READING), {person.id: NOW + 5 * DAY}, now=NOW - DAY)
    grant = Grant(True, "A day of promotions.", NOW - DAY / 2, NOW + DAY)
    services.grant_override(person.id, queue, grant, by=Actor(ActorKind.PERSON, lead.id), now=NOW - DAY / 2)
    db.session.commit()
    return person


def explain(app: Flask, *arguments: str) -> str:
    with time_machine.travel(NOW, tick=False):
        ran = app.test_cli_runner().invoke(args=["gate", "explain", *arguments])
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_it_says_everything_that_the_answer_follows_from(app: Flask, sri: Person) -> None:
    said = explain(app, "sri@example.org", "claims-id")
    for expected in (
        "sri@example.org at claims-id, at 2026-03-01 09:00:00 UTC, as known at 2026-03-01 09:00:00 UTC",
        "Answer: ALLOW",
        "note    CERTIFICATE_SUSPENDED specialist, lifted by an exception, since 2026-02-27 09:00:00 UTC",
        "The certificate specialist is suspended.",
        "LANGUAGE_MISMATCH vi, lifted by an exception",
        "note    OVERRIDE_ACTIVE, since 2026-02-28 21:00:00 UTC, until 2026-03-02 09:00:00 UTC",
        "Time alone makes it DENY at 2026-03-02 09:00:00 UTC: CERTIFICATE_SUSPENDED specialist",
        "version 1, from 2026-01-01 00:00:00 UTC, recorded 2026-01-01 00:00:00 UTC ← in force",
        "all of: specialist",
        "languages: id, vi",
        "modules: claims 1.0.0",
        "status: active",
        "specialist: suspended, since 2026-02-27 09:00:00 UTC",
        "built on entry; renewal window 30 days",
        "awarded, from 2026-01-20 09:00:00 UTC until 2026-04-30 09:00:00 UTC",
        "suspended, in effect 2026-02-27 09:00:00 UTC",
        "entry: in force",
        "claims 1.0.0 at 2026-01-30 09:00:00 UTC",
        "claims in CLM: from 2026-02-28 09:00:00 UTC, due 2026-03-06 09:00:00 UTC, open",
        "opens from 2026-02-28 21:00:00 UTC until 2026-03-02 09:00:00 UTC, recorded 2026-02-28 21:00:00 UTC ← acts",
    ):
        assert expected in said, said


def test_it_explains_the_past_as_it_was_known_then_and_as_it_is_known_since(app: Flask, sri: Person) -> None:
    before = explain(app, sri.public_id, "claims-id", "--at", "2026-02-27T09:00:00+01:00")
    assert "Answer: DENY" in before and "CERTIFICATE_SUSPENDED" not in before and "suspended, in effect" not in before
    hindsight = explain(app, sri.public_id, "claims-id", "--at", "2026-02-28T22:00:00Z", "--known-at", "2026-02-26T00:00:00Z")
    assert "as known at 2026-02-26 00:00:00 UTC" in hindsight and "OVERRIDE_ACTIVE" not in hindsight


def test_it_never_says_why_somebody_is_unavailable(app: Flask, sri: Person) -> None:
    ConsentEventFactory(person_id=sri.id, sensitivity=Sensitivity.VIOLENCE, is_given=False, effective_from=NOW - DAY, recorded_at=NOW - DAY)
    accounts.start_pause(sri.id, until=None, now=NOW - DAY)
    db.session.commit()
    said = explain(app, "sri@example.org", "claims-id").casefold()
    assert "deny    unavailable\n          the person is not available for this work at the moment.\n" in said
    assert not any(word in said for word in ("violence", "consent", "pause", "absen", "leave", "shift"))


def test_it_says_when_the_exam_may_be_begun(app: Flask) -> None:
    person, exam = PersonFactory(), ExamFactory(id="the-exam")
    QueueFactory(id="claims-id", requires={"all_of": [exam.document.certification]})
    AttemptFactory(person=person, exam=exam)
    said = explain(app, person.public_id, "claims-id", "--at", (NOON + timedelta(hours=1)).isoformat(), "--known-at", (NOON + timedelta(hours=1)).isoformat())
    assert "the next attempt at the-exam" not in said, "the attempt lies ahead of today"
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        said = app.test_cli_runner().invoke(args=["gate", "explain", person.public_id, "claims-id"]).output
    assert "note    COOLDOWN the-exam" in said
    assert "the next attempt at the-exam may begin at 2026-11-23 12:15:00 UTC" in said


def test_who_and_what_is_unknown_is_answered_as_the_gate_does(app: Flask) -> None:
    QueueFactory(id="claims-id")
    said = explain(app, "nobody@example.org", "claims-id")
    assert "deny    UNKNOWN_SUBJECT" in said and "Time alone changes nothing." in said and "What the queue asks for" not in said
    person = PersonFactory()
    assert "deny    UNKNOWN_QUEUE" in explain(app, person.public_id, "no-such-queue")
    assert "note    QUEUE_UNGATED" in (open_to_all := explain(app, person.public_id, "claims-id")) and "  nothing" in open_to_all


@pytest.mark.parametrize("text", ["yesterday", "2026-03-01", "2026-03-01T09:00:00"])
def test_an_instant_that_cannot_be_meant_is_refused_and_says_how_to_write_one(app: Flask, text: str) -> None:
    ran = app.test_cli_runner().invoke(args=["gate", "explain", "sri@example.org", "claims-id", "--at", text])
    assert (ran.exit_code, "with its zone, such as 2026-11-11T09:00:00+07:00" in ran.output) == (2, True)
