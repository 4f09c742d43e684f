"""What a deed asks of the database does not grow with the bank or the form."""

import pytest

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory, case_item
from tests.statements import counted
from training.actors import SYSTEM
from training.db import db
from training.exams.queries import PublishedExam
from training.exams.rules.runs import RunReason
from training.exams.services import start_attempt, submit_attempt
from training.exams.services.grading import grade_attempt

pytestmark = pytest.mark.usefixtures("app")


def exam_of(count: int, *, cases: int) -> PublishedExam:
    ItemFactory.create_batch(count)
    for _ in range(cases):
        case_item(CaseFactory(pool="exam"))
    cells = ({"area": "PRO", "minimum": count, "maximum": count}, {"kind": "case", "minimum": min(cases, 2), "maximum": count})
    exam = ExamFactory(item_count=count, cells=cells)
    assert isinstance(exam, PublishedExam)
    return exam


def cost(exam: PublishedExam) -> tuple[int, int]:
    """Statements of a start and of a submission."""
    person = PersonFactory()
    person_id = person.id
    db.session.commit()
    with counted() as asked_by_start:
        attempt = start_attempt(person_id, exam, allow_public=True, by=SYSTEM, now=NOON)
    db.session.commit()
    with counted() as asked_by_submission:
        submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    db.session.commit()
    return len(asked_by_start), len(asked_by_submission)


def test_starts_and_submissions_cost_the_same_whatever_the_size() -> None:
    small, large = cost(exam_of(4, cases=3)), cost(exam_of(20, cases=20))
    assert small == large
    assert small[0] <= 14, small
    assert small[1] <= 25, small


def test_grading_costs_the_same_whatever_the_size_of_the_bank() -> None:
    """Four questions of a bank of four, and four of a bank of sixty: the same statements, also when graded again."""
    asked = []
    for more in (0, 56):
        ItemFactory.create_batch(more)
        attempt = AttemptFactory(exam=ExamFactory())
        submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
        db.session.commit()
        grade_attempt(attempt, reason=RunReason.LATE_ANSWERS, by=SYSTEM, now=NOON)
        db.session.commit()
        with counted() as statements:
            grade_attempt(attempt, reason=RunReason.LATE_ANSWERS, by=SYSTEM, now=NOON)
        db.session.commit()
        asked.append(len(statements))
    assert asked[0] == asked[1]
