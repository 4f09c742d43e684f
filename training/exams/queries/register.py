"""The register of attempts: every one there was, found by candidate and exam, so that its grade can be explained whenever somebody asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.accounts.models import Person
from training.accounts.queries import named_like
from training.db import db
from training.exams.models import Attempt, ExamVersion

REGISTER_PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which attempts are looked for, never the reader's own; what is empty does not narrow."""

    reader_id: int
    text: str = ""
    """Part of the candidate's name or e-mail address."""
    exam_id: int | None = None


@dataclass(frozen=True, slots=True)
class RegisteredAttempt:
    """One line of the register."""

    attempt: Attempt
    name: str


def registered_attempts(wanted: RegisterFilter, *, before_id: int | None) -> Sequence[RegisteredAttempt]:
    """The attempts that fit, those begun last first; one more than a page where there are more. Ids are given in the order of the starts."""
    question = select(Attempt, Person.name).join(Person, Person.id == Attempt.person_id).where(Attempt.person_id != wanted.reader_id)
    if wanted.text:
        question = question.where(named_like(wanted.text))
    if wanted.exam_id is not None:
        question = question.join(ExamVersion, ExamVersion.id == Attempt.exam_version_id).where(ExamVersion.exam_id == wanted.exam_id)
    if before_id is not None:
        question = question.where(Attempt.id < before_id)
    question = question.options(joinedload(Attempt.exam_version), joinedload(Attempt.current_score_run))
    rows = db.session.execute(question.order_by(Attempt.id.desc()).limit(REGISTER_PAGE_SIZE + 1))
    return [RegisteredAttempt(attempt, name) for attempt, name in rows]
