"""What stands before a retake: practice that the exam asks for, and one more attempt that a trainer allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from training.accounts.models import Person
from training.cases.models import Case
from training.cases.rules import Pool
from training.db import db
from training.exams.documents import RESULT
from training.exams.models import Attempt, AttemptAllowance, Exam, ExamVersion, ScoreRun
from training.exams.queries.bank import PublishedExam
from training.exams.rules.candidacy import Candidacy
from training.exams.rules.retakes import Remedial, weak_areas
from training.judgements import queries as judgements


def remedial_of(candidacy: Candidacy, exam: PublishedExam) -> Remedial | None:
    """What this person has to practise before their next attempt, and how far they are; nothing where nothing is asked.

    As many cases as there are to practise in the weak areas, where those are fewer than the exam asks for.
    """
    wanted = exam.document.retakes.remedial
    failed = candidacy.failed_last(exam.slug) if wanted else None
    if failed is None:
        return None
    finished_at, result = _outcome_of(failed)
    areas = weak_areas(RESULT.validate_python(result))
    needed = min(wanted, _practice_count(areas))
    return Remedial(areas, judgements.practised_since(candidacy.person_id, areas, since=finished_at), needed) if needed else None


def _outcome_of(public_id: str) -> tuple[datetime, object]:
    """When an attempt ended and what it came to."""
    current = select(Attempt.finished_at, ScoreRun.result).join(ScoreRun, ScoreRun.id == Attempt.current_score_run_id)
    row = db.session.execute(current.where(Attempt.public_id == public_id)).one()
    assert row.finished_at is not None, "only finished attempts are graded"
    return row.finished_at, row.result


def _practice_count(areas: Sequence[str]) -> int:
    return db.session.scalar(select(func.count()).select_from(Case).where(Case.pool == Pool.PRACTICE.value, Case.area.in_(areas))) or 0


@dataclass(frozen=True, slots=True)
class Allowed:
    """One attempt that was allowed: to whom, for which exam, by whom and why, and whether it was started."""

    allowance: AttemptAllowance
    name: str
    granted_by: str
    exam_title: str
    is_used: bool


def allowed_attempts(*, before_id: int | None = None, size: int = 50) -> list[Allowed]:
    """What was allowed, the latest first, one page of it."""
    granter = aliased(Person)
    used = aliased(Attempt)
    own = (used.person_id == AttemptAllowance.person_id) & (used.certification_slug == AttemptAllowance.certification_slug)
    question = (
        select(AttemptAllowance, Person.name, granter.name, ExamVersion.title, used.id)
        .join(Person, Person.id == AttemptAllowance.person_id)
        .join(granter, granter.id == AttemptAllowance.granted_by_id)
        .join(Exam, Exam.slug == AttemptAllowance.exam_slug)
        .join(ExamVersion, ExamVersion.id == Exam.current_version_id)
        .outerjoin(used, own & (used.ordinal == AttemptAllowance.ordinal))
    )
    if before_id is not None:
        question = question.where(AttemptAllowance.id < before_id)
    rows = db.session.execute(question.order_by(AttemptAllowance.id.desc()).limit(size))
    return [Allowed(allowance, name, by, title, attempt_id is not None) for allowance, name, by, title, attempt_id in rows]
