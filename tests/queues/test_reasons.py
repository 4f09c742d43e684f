"""Reasons as they are read from the database, and the page that each leads to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationDocumentFactory, CertificationFactory, award
from tests.conftest import Browser
from tests.courses.factories import ModuleFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory
from tests.queues.factories import QueueFactory
from tests.statements import counted
from training import clock
from training.accounts.models import Person
from training.actors import SYSTEM
from training.api.answers import reason_json
from training.certification import queries as certification_queries
from training.certification.services import publish_certification
from training.db import db
from training.exams import queries as exams
from training.exams import services as exam_services
from training.exams.models import Attempt
from training.queues import queries
from training.queues.rules.decision import Code, Reason
from training.queues.rules.reasons import DETAILS, PAGES
from training.queues.views.blueprint import WORDING

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
START = datetime(2026, 1, 1, tzinfo=UTC)
ISSUED = (
    "OK PROVISIONAL_SHADOW NO_CERTIFICATION CERTIFICATE_LAPSED CERTIFICATE_LAPSING CERTIFICATE_REVOKED CERTIFICATE_SUSPENDED DELTA_DUE DELTA_OVERDUE "
    "POLICY_UNREAD LANGUAGE_MISMATCH MARKET_MISMATCH PREREQUISITE_MISSING UNAVAILABLE COOLDOWN OVERRIDE_ACTIVE DEACTIVATED UNKNOWN_SUBJECT UNKNOWN_QUEUE "
    "QUEUE_UNGATED"
).split()


def told(subject: Person, queue: str, at: datetime, known_at: datetime | None = None) -> dict[str, Reason]:
    return {reason.code.value: reason for reason in queries.access_of(subject.public_id, queue, at=at, known_at=known_at).reasons}


def test_every_code_has_words_for_people_and_programs_and_a_page_unless_nobody_could_open_one() -> None:
    assert set(ISSUED) <= {code.value for code in Code} == {code.value for code in DETAILS} == {code.value for code in WORDING}
    assert set(Code) - set(PAGES) == {Code.DEACTIVATED, Code.UNKNOWN_SUBJECT, Code.UNKNOWN_QUEUE, Code.UNKNOWN_ACTION}


@pytest.mark.parametrize("code", PAGES, ids=lambda code: code.value)
def test_the_page_of_each_reason_opens_to_the_person(app: Flask, browser: Browser, sign_in: Callable[[Browser, Person], Browser], code: Code) -> None:
    ExamFactory(id="the-thing", certification="the-thing")
    ModuleFactory(id="the-thing")
    page = reason_json(Reason(code, "the-thing"))["page"]
    assert page.startswith("http://127.0.0.1:5000/")
    assert sign_in(browser, PersonFactory()).get(page.removeprefix("http://127.0.0.1:5000")).status_code == 200


def test_what_nobody_could_mend_on_a_page_names_none() -> None:
    assert reason_json(Reason(Code.DEACTIVATED))["page"] is None


@pytest.fixture
def person() -> Person:
    return PersonFactory(languages=["id"])


def test_a_prerequisite_counts_from_the_version_that_asks_for_it_and_never_before(app: Flask, person: Person) -> None:
    entry, specialist = CertificationFactory(validity_days=50), CertificationFactory(id="specialist", validity_days=400)
    queue = QueueFactory(requires={"all_of": ["specialist"]})
    award(person.id, specialist)
    live = told(person, queue.slug, START + 5 * DAY)
    built = CertificationDocumentFactory(id="specialist", validity_days=400, needs={"prerequisites": [entry.slug]})
    assert publish_certification(built, by=SYSTEM, now=START + 10 * DAY)
    db.session.commit()
    assert set(told(person, queue.slug, START + 10 * DAY)) == {"PREREQUISITE_MISSING"}
    assert told(person, queue.slug, START + 5 * DAY) == live == {}
    award(person.id, entry, now=START + 11 * DAY)
    held = queries.access_of(person.public_id, queue.slug, at=START + 12 * DAY)
    assert (held.reasons, held.valid_until) == ((), START + 61 * DAY)
    (missing,) = told(person, queue.slug, START + 70 * DAY).values()
    assert (missing.code, missing.subject, missing.since) == (Code.PREREQUISITE_MISSING, entry.slug, START + 61 * DAY)


def test_the_gate_is_told_of_conditions_only_where_they_change(app: Flask) -> None:
    plain = CertificationFactory()
    assert certification_queries.latest_conditions(plain.id) is None
    for number, (needs, window) in enumerate([({"prerequisites": ["entry"]}, 30), ({"prerequisites": ["entry"], "languages": ["id"]}, 30), ({}, 7), ({}, 30)]):
        changed = CertificationDocumentFactory(id=plain.slug, needs=needs, renewal_window_days=window)
        assert publish_certification(changed, by=SYSTEM, now=START + number * DAY)
        db.session.commit()
        latest = certification_queries.latest_conditions(plain.id)
        assert latest is not None
        expected = {0: (["entry"], 30, 0), 1: (["entry"], 30, 0), 2: ([], 7, 2), 3: ([], 30, 3)}[number]
        assert (latest.prerequisites, latest.renewal_window_days, (latest.recorded_at - START) / DAY) == expected


def test_a_shorter_renewal_window_shortens_the_note(app: Flask, person: Person) -> None:
    CertificationFactory(id="short", validity_days=100, renewal_window_days=5)
    queue = QueueFactory(requires={"all_of": ["short"]})
    award(person.id, certification_queries.certification_by_slug("short"))
    assert told(person, queue.slug, START + 90 * DAY) == {}
    assert told(person, queue.slug, START + 95 * DAY)["CERTIFICATE_LAPSING"].since == START + 95 * DAY


def fail(attempt: Attempt, now: datetime) -> None:
    """Hand it in without an answer."""
    held = exams.attempt_to_finish(attempt.person_id, attempt.public_id)
    exam_services.submit_attempt(held, client_id="window", by=SYSTEM, now=now)
    db.session.commit()


def test_whoever_failed_hears_when_the_exam_opens_again_and_the_past_stays_as_it_was(app: Flask, person: Person) -> None:
    exam = ExamFactory()
    queue = QueueFactory(requires={"all_of": [exam.document.certification]})
    attempt = AttemptFactory(person=person, exam=exam)
    running = told(person, queue.slug, NOON + HOUR / 10)
    assert set(running) == {"NO_CERTIFICATION"}
    fail(attempt, NOON + HOUR / 5)
    waiting = told(person, queue.slug, NOON + HOUR)
    assert (waiting["COOLDOWN"].subject, waiting["COOLDOWN"].since) == (exam.slug, NOON + HOUR / 5)
    assert waiting["COOLDOWN"].until == exams.readiness_of(person.id, exam, now=NOON + HOUR).opens_at == NOON + HOUR / 5 + DAY
    assert told(person, queue.slug, NOON + HOUR / 10) == running
    assert set(told(person, queue.slug, NOON + 25 * HOUR)) == {"NO_CERTIFICATION"}


def test_whose_time_ran_out_waits_from_the_deadline_whether_or_not_anything_noticed(app: Flask, person: Person) -> None:
    exam = ExamFactory()
    queue = QueueFactory(requires={"all_of": [exam.document.certification]})
    AttemptFactory(person=person, exam=exam)
    before_any_sweep = told(person, queue.slug, NOON + HOUR)
    assert before_any_sweep["COOLDOWN"].until == NOON + HOUR / 4 + DAY
    assert exam_services.sweep_expired(NOON + 2 * HOUR) == 1
    db.session.commit()
    assert told(person, queue.slug, NOON + HOUR) == before_any_sweep


def test_attempts_are_read_only_where_somebody_sat_and_a_certificate_is_to_be_earned(app: Flask) -> None:
    exam = ExamFactory()
    queue = QueueFactory(requires={"all_of": [exam.document.certification]})
    open_queue = QueueFactory()
    new, failed, other = PersonFactory(), PersonFactory(), PersonFactory()
    for person in (failed, other):
        AttemptFactory(person=person, exam=exam)
    never, once, everybody = [new.public_id], [failed.public_id], [person.public_id for person in (new, failed, other)]
    costs = []
    for people, slugs in ((never, [queue.slug]), (once, [open_queue.slug]), (once, [queue.slug]), (everybody, [queue.slug, open_queue.slug])):
        with counted() as statements:
            gathered = queries.gather(people, slugs)
            for subject in people:
                for slug in slugs:
                    gathered.decide(subject, slug, at=NOON + HOUR, known_at=NOON + HOUR)
        costs.append(len(statements))
    assert costs == [1, 1, 2, 2]


def test_my_queues_say_when_the_exam_opens_again(app: Flask, browser: Browser, sign_in: Callable[[Browser, Person], Browser], person: Person) -> None:
    exam = ExamFactory(title="The entry exam")
    QueueFactory(requires={"all_of": [exam.document.certification]})
    attempt = AttemptFactory(person=person, exam=exam, now=clock.now() - HOUR / 10)
    fail(attempt, clock.now())
    page = sign_in(browser, person).get("/queues").get_data(as_text=True)
    assert "“The entry exam” cannot be started again yet." in page
    assert f'href="/exams/{exam.slug}"' in page
