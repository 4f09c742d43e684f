"""Many finished attempts at once, written straight into the tables: what analysis reads, without sitting each."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON
from training.db import db
from training.exams.models import AnswerSheet, Attempt, DrawPool, FormItem, ScoreRun
from training.exams.queries import PublishedExam, note_uses
from training.exams.rules.answer_codes import packed
from training.exams.rules.grading import RULE_VERSION, Mark, pack_marks
from training.exams.rules.runs import pack_items

A, B, C, D = 1, 2, 4, 8
_numbers = count(1)


def sat(
    exam: PublishedExam,
    versions: Sequence[int],
    codes: Sequence[int],
    *,
    person_id: int | None = None,
    ordinal: int = 1,
    state: str = "submitted",
    mode: str = "fixed",
    pilots: Sequence[int] = (),
    seconds: Sequence[int] = (),
    is_passed: bool = True,
    points: float | None = None,
) -> Attempt:
    """A finished attempt with these answers; code A is right, 0 is blank. `points` of 100 are what its result says, where it is asked."""
    number = next(_numbers)
    if db.session.get(DrawPool, "pool") is None:
        db.session.add(DrawPool(hash="pool", record={}))
        db.session.flush()
    attempt = Attempt(
        public_id=f"sat-{number}",
        person_id=person_id or PersonFactory().id,
        certification_slug=exam.document.certification,
        exam_version_id=exam.version_id,
        ordinal=ordinal,
        state=state,
        mode=mode,
        started_at=NOON,
        deadline_at=NOON + timedelta(days=30),
        finished_at=NOON + timedelta(minutes=number),
        limit_seconds=900,
        time_multiplier=1.0,
        extra_break_seconds=0,
        seed=1,
        pool_hash="pool",
        draw_version=1,
    )
    db.session.add(attempt)
    db.session.flush()
    for position, version in enumerate(versions, start=1):
        db.session.add(FormItem(attempt_id=attempt.id, position=position, item_version_id=version, option_order=list("abcd"), is_pilot=version in pilots))
    note_uses(exam.id, versions, is_new_form=True)
    marks = [Mark.RIGHT if code == A else Mark.BLANK if code == 0 else Mark.WRONG for code in codes]
    run = ScoreRun(
        attempt_id=attempt.id,
        ordinal=1,
        reason="submitted",
        rule_version=RULE_VERSION,
        result={} if points is None else {"earned_weight": points, "total_weight": 100},
        items=pack_items(versions),
        marks=pack_marks(marks, [version not in pilots for version in versions]),
        credits={},
        is_passed=is_passed,
        is_final=True,
        graded_at=attempt.finished_at,
    )
    db.session.add(run)
    db.session.add(AnswerSheet(attempt_id=attempt.id, codes=packed(codes), seconds=packed(seconds or [30] * len(codes))))
    db.session.flush()
    attempt.current_score_run_id = run.id
    db.session.commit()
    return attempt
