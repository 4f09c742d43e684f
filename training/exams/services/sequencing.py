"""Sequential attempts: an answer confirmed is final, and after each complete block the rule decides whether there is another."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt
from training.exams.queries import PublishedExam
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.reasons import SittingRefusal
from training.exams.rules.sequential.decision import Outcome, Verdict
from training.exams.rules.timing import AttemptState
from training.exams.services.finishing import end_attempt, expire_if_due
from training.exams.services.grading import sequence_so_far
from training.exams.services.pinning import pin_versions


def confirm_answer(attempt: Attempt, position: int, *, client_id: str, by: Actor, now: datetime) -> Attempt:
    """Make the answer at this place final, on an attempt that the caller holds (`queries.attempt_to_finish`); without one, it is blank for good.

    After a complete block the rule ends the attempt, or the next block is given. Asked again, it changes nothing. Raises
    Refusal where the place is not the one the candidate is at, or where nobody may answer now.
    """
    if attempt.state != AttemptState.OPEN or expire_if_due(attempt, by=by, now=now):
        return attempt
    if attempt.mode != AttemptMode.SEQUENTIAL:
        raise Refusal(SittingRefusal.NOTHING_TO_CONFIRM)
    if position <= attempt.confirmed_count:
        return attempt
    _refuse_out_of_turn(attempt, position, client_id)
    attempt.confirmed_count = position
    record("attempt.answer_confirmed", by=by, subject=("attempt", attempt.public_id), now=now, detail={"position": position})
    exam = queries.exam_of_version(attempt.exam_version_id)
    if position == queries.form_length(attempt.id):
        _after_block(attempt, exam, sequence_so_far(attempt, exam), by=by, now=now)
    return attempt


def _refuse_out_of_turn(attempt: Attempt, position: int, client_id: str) -> None:
    if attempt.writer_id not in (None, client_id):
        raise Refusal(SittingRefusal.WRITTEN_ELSEWHERE)
    if attempt.paused_at is not None:
        raise Refusal(SittingRefusal.PAUSED)
    if position != attempt.confirmed_count + 1:
        raise Refusal(SittingRefusal.NOT_REACHED)


def _after_block(attempt: Attempt, exam: PublishedExam, found: Outcome, *, by: Actor, now: datetime) -> None:
    block = queries.next_block(attempt, exam) if found.verdict is Verdict.GOING_ON else None
    if block is None:
        detail = {"verdict": found.verdict.value, "right": found.right_count, "items": found.item_count, "evidence": round(found.evidence, 6)}
        record("attempt.decided", by=by, subject=("attempt", attempt.public_id), now=now, detail=detail)
        end_attempt(attempt, by=by, now=now)
        return
    pin_versions(attempt, [(item.version_id, False) for item in block], after=attempt.confirmed_count)
    queries.note_uses(exam.id, [item.version_id for item in block], is_new_form=False)
