"""The ledger of score runs: what each grading of an attempt said, and what it changed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.accounts.models import Person
from training.db import db
from training.errors import NotFound
from training.exams.documents import RESULT
from training.exams.models import Attempt, ScoreRun
from training.exams.rules.grading import Result
from training.exams.rules.runs import PlaceChange, RunReason, changes, place_marks


@dataclass(frozen=True, slots=True)
class RunEntry:
    """One line of an attempt's ledger of scores."""

    run: ScoreRun
    reason: RunReason
    result: Result
    changes: tuple[PlaceChange, ...]
    """The places that it marks differently from the run before; none for the first."""
    is_current: bool


def latest_run(attempt_id: int) -> ScoreRun | None:
    """The run made last."""
    return db.session.scalar(select(ScoreRun).where(ScoreRun.attempt_id == attempt_id).order_by(ScoreRun.ordinal.desc()).limit(1))


def runs_of(attempt: Attempt) -> list[RunEntry]:
    """Every run of an attempt, the latest first, each with what it changed."""
    runs = db.session.scalars(select(ScoreRun).where(ScoreRun.attempt_id == attempt.id).order_by(ScoreRun.ordinal)).all()
    entries = [_entry(attempt, run, before) for before, run in zip([None, *runs], runs, strict=False)]
    return entries[::-1]


def _entry(attempt: Attempt, run: ScoreRun, before: ScoreRun | None) -> RunEntry:
    after = place_marks(run.marks, run.credits)
    changed = changes(place_marks(before.marks, before.credits), after) if before else ()
    return RunEntry(run, RunReason(run.reason), RESULT.validate_python(run.result), changed, run.id == attempt.current_score_run_id)


def attempt_of_another(public_id: str, *, reader_id: int) -> tuple[Attempt, Person]:
    """Somebody else's attempt and whose it is, for the desk. One's own does not exist there. Raises NotFound."""
    question = select(Attempt, Person).join(Person, Person.id == Attempt.person_id).options(joinedload(Attempt.exam_version))
    row = db.session.execute(question.where(Attempt.public_id == public_id, Attempt.person_id != reader_id)).one_or_none()
    if row is None:
        raise NotFound(public_id)
    return row[0], row[1]
