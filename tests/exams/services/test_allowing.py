"""One more attempt than the retake rule gives, and practice before it."""

from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.exams.factories import NOON, ExamFactory, ItemFactory
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.cases.models import Case
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt
from training.exams.queries import PublishedExam
from training.exams.rules.reasons import AllowanceRefusal, StartRefusal
from training.exams.services import allow_again, start_attempt, submit_attempt
from training.judgements.rules import CaseAnswer, Source
from training.judgements.services import Occasion, record_judgement

pytestmark = pytest.mark.usefixtures("app")

DAY = timedelta(days=1)
THREE_A_MONTH = {"cooldown_hours": [0], "attempts": 3, "per_days": 30}


def fail(person: Person, exam: PublishedExam, day: int) -> Attempt:
    attempt = start_attempt(person.id, exam, allow_public=True, by=SYSTEM, now=NOON + day * DAY)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON + day * DAY)
    db.session.commit()
    return attempt


def used_up() -> tuple[Person, PublishedExam]:
    person, exam = PersonFactory(), ExamFactory(retakes=THREE_A_MONTH)
    for day in range(3):
        fail(person, exam, day)
    return person, exam


def trainer() -> Actor:
    return Actor(ActorKind.PERSON, PersonFactory(roles=["trainer"]).id)


def allow(person: Person, exam: PublishedExam, by: Actor | None = None, day: int = 4) -> None:
    allow_again(person.id, exam, reason="The power failed during the second attempt.", by=by or trainer(), now=NOON + day * DAY)
    db.session.commit()


def refusal_of_start(person: Person, exam: PublishedExam, day: int) -> Refusal:
    with pytest.raises(Refusal) as refused:
        fail(person, exam, day)
    db.session.rollback()
    return refused.value


def test_a_trainer_allows_exactly_one_attempt_more() -> None:
    person, exam = used_up()
    assert refusal_of_start(person, exam, 4).reason is StartRefusal.RETAKE_WAITS
    allow(person, exam)
    assert queries.readiness_of(person.id, exam, now=NOON + 4 * DAY).is_allowed
    fail(person, exam, 4)
    assert refusal_of_start(person, exam, 5).reason is StartRefusal.RETAKE_WAITS
    (entry,) = queries.allowed_attempts()
    assert entry.is_used


def test_the_pause_after_the_last_attempt_stays() -> None:
    person, exam = PersonFactory(), ExamFactory(retakes=THREE_A_MONTH | {"cooldown_hours": [0, 0, 96]})
    for day in range(3):
        fail(person, exam, day)
    allow(person, exam, day=3)
    assert refusal_of_start(person, exam, 3).reason is StartRefusal.RETAKE_WAITS
    fail(person, exam, 7)


def test_nobody_allows_themselves_nor_twice_nor_without_need() -> None:
    person, exam = used_up()
    with pytest.raises(Refusal) as own:
        allow(person, exam, by=Actor(ActorKind.PERSON, person.id))
    assert own.value.reason is AllowanceRefusal.NOBODY_FOR_THEMSELVES
    allow(person, exam)
    with pytest.raises(Refusal) as twice:
        allow(person, exam)
    assert twice.value.reason is AllowanceRefusal.ALLOWED_ALREADY
    with pytest.raises(Refusal) as needless:
        allow(PersonFactory(), exam)
    assert needless.value.reason is AllowanceRefusal.NOTHING_USED_UP


def test_attempts_count_across_versions_of_the_exam() -> None:
    person, exam = PersonFactory(), ExamFactory(id="sworn", retakes=THREE_A_MONTH)
    for day in range(2):
        fail(person, exam, day)
    newer = ExamFactory(id="sworn", version="2.0.0", certification=exam.document.certification, retakes=THREE_A_MONTH)
    fail(person, newer, 2)
    assert refusal_of_start(person, newer, 3).reason is StartRefusal.RETAKE_WAITS


def practise(person: Person, case: Case, day: int) -> None:
    assert case.current_version_id is not None
    assert case.current_reference_id is not None
    occasion = Occasion(person.id, Source.PRACTICE, f"serving:{case.id}:{day}")
    pinned = {"case_version_id": case.current_version_id, "reference_id": case.current_reference_id}
    record_judgement(CaseAnswer(), occasion=occasion, now=NOON + day * DAY, **pinned)
    db.session.commit()


def remedial_exam() -> PublishedExam:
    ItemFactory.create_batch(4)
    return ExamFactory(retakes={"cooldown_hours": [0], "attempts": 9, "remedial": 2})


def test_a_retake_opens_when_the_weak_areas_are_practised() -> None:
    exam, person = remedial_exam(), PersonFactory()
    cases = [CaseFactory(pool="practice", area="PRO") for _ in range(3)]
    practise(person, cases[0], -1)
    fail(person, exam, 0)
    due = refusal_of_start(person, exam, 1)
    assert (due.reason, due.detail) == (StartRefusal.REMEDIAL_DUE, {"done": 0, "needed": 2})
    practise(person, cases[1], 1)
    assert refusal_of_start(person, exam, 1).detail["done"] == 1
    practise(person, cases[2], 1)
    fail(person, exam, 1)


def test_no_more_is_asked_than_there_is_to_practise() -> None:
    exam, person = remedial_exam(), PersonFactory()
    fail(person, exam, 0)
    assert queries.readiness_of(person.id, exam, now=NOON + DAY).remedial is None
    CaseFactory(pool="practice", area="PRO")
    remedial = queries.readiness_of(person.id, exam, now=NOON + DAY).remedial
    assert remedial is not None
    assert (remedial.areas, remedial.needed) == (("PRO",), 1)
