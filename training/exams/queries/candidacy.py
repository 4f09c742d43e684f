"""How one person stands towards every exam: one statement."""

import json
from datetime import datetime

from sqlalchemy import bindparam, select

from training.accounts.models import Person
from training.certification import queries as certification
from training.db import Prepared, instant_of, json_row, json_rows, told, utc_text
from training.exams.models import Attempt, AttemptAllowance, Exam, ExamVersion, ScoreRun, SequentialTry
from training.exams.rules.candidacy import Candidacy, KnownAttempt
from training.exams.rules.timing import AttemptState

_EXAM = (Attempt.certification_slug, Exam.slug, Attempt.exam_version_id, Exam.is_delta)
_ATTEMPT = (Attempt.ordinal, *_EXAM, Attempt.public_id, Attempt.state, utc_text(Attempt.started_at))
_ATTEMPTS = (
    select(json_rows(json_row(*_ATTEMPT, utc_text(Attempt.finished_at), ScoreRun.is_passed, ScoreRun.is_final)))
    .join_from(Attempt, ExamVersion, ExamVersion.id == Attempt.exam_version_id)
    .join(Exam, Exam.id == ExamVersion.exam_id)
    .outerjoin(ScoreRun, ScoreRun.id == Attempt.current_score_run_id)
    .where(Attempt.person_id == Person.id)
)
_ALLOWANCES = select(json_rows(json_row(AttemptAllowance.certification_slug, AttemptAllowance.ordinal))).where(AttemptAllowance.person_id == Person.id)
_TRIES = select(json_rows(json_row(SequentialTry.certification_slug, SequentialTry.term))).where(SequentialTry.person_id == Person.id)
_CANDIDACY = Prepared(select(told(_ATTEMPTS), told(_ALLOWANCES), told(_TRIES), *certification.EVIDENCE).where(Person.id == bindparam("person_id")))


def candidacy_of(person_id: int, *, now: datetime) -> Candidacy:
    """All that decides what this person may start now."""
    ((attempts, allowances, tries, *evidence),) = _CANDIDACY.here(person_id=person_id, now=now, known_from=now)
    return Candidacy(
        person_id=person_id,
        evidence=certification.evidence_told(*evidence),
        attempts=tuple(sorted((_attempt(*entry) for entry in json.loads(attempts)), key=lambda attempt: attempt.ordinal)),
        allowances=frozenset((slug, ordinal) for slug, ordinal in json.loads(allowances)),
        tries=tuple((slug, term) for slug, term in json.loads(tries)),
    )


def _attempt(ordinal: int, slug: str, exam: str, exam_version_id: int, is_delta: bool | int, *more: str | int | None) -> KnownAttempt:
    public_id, state, started_at, finished_at, is_passed, is_final = more
    return KnownAttempt(
        ordinal,
        slug,
        exam,
        exam_version_id,
        bool(is_delta),
        str(public_id),
        AttemptState(str(state)),
        instant_of(str(started_at)),
        instant_of(str(finished_at)) if finished_at else None,
        None if is_passed is None else bool(is_passed),
        None if is_final is None else bool(is_final),
    )
