"""Ruling on answers that arrived after the end: what counts becomes the current answer, and the attempt is graded once more."""

from collections.abc import Collection
from datetime import datetime

from training.accounts import queries as accounts
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, LateRuling
from training.exams.queries import LateAnswer
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.reasons import SupervisionRefusal
from training.exams.rules.runs import RunReason
from training.exams.rules.saving import Saving, taken_up
from training.exams.rules.timing import AttemptState
from training.exams.services.answering import fault_of, make_current, run_fault
from training.exams.services.grading import grade_attempt
from training.exams.services.letters import late_letter
from training.exams.services.tallying import recount
from training.outbox.services import queue_mail


def rule_on_late_answers(attempt: Attempt, counted: Collection[int], *, reason: str, site_url: str, by: Actor, now: datetime) -> None:
    """Count the answers whose events are named, and none of the others that wait, on an attempt that the caller holds to finish.

    Raises Refusal where it is the trainer's own, where nothing waits, or where what is named cannot count.
    """
    waiting = [late for late in queries.late_answers_of(attempt.id) if late.ruling is None]
    _refuse(attempt, waiting, counted, by=by)
    for late in waiting:
        ruling = LateRuling(event_id=late.event.id, attempt_id=attempt.id, counts=late.event.id in counted, reason=reason, by_id=by.id, ruled_at=now)
        db.session.add(ruling)
    db.session.flush()
    detail = {"reason": reason, "counted": sorted(counted), "not_counted": sorted(late.event.id for late in waiting if late.event.id not in counted)}
    record("attempt.late_answers_ruled", by=by, subject=("attempt", attempt.public_id), now=now, detail=detail)
    if counted:
        _count(attempt, [late for late in waiting if late.event.id in counted])
        grade_attempt(attempt, reason=RunReason.LATE_ANSWERS, by=by, now=now)
        recount(attempt, now=now)
    _tell(attempt, len(counted), len(waiting), site_url=site_url, now=now)


def may_count_late(attempt: Attempt, late: LateAnswer) -> bool:
    """Whether this answer could count at all: it names a place of the form and can be read."""
    event = late.event
    saving = Saving(event.position, event.client_id, event.sequence, event.response)
    place = queries.pinned_place(attempt.public_id, event.position)
    return (fault_of(saving, place) or run_fault(attempt.public_id, saving, place, received_at=event.received_at)) is None


def _refuse(attempt: Attempt, waiting: Collection[LateAnswer], counted: Collection[int], *, by: Actor) -> None:
    if by.id == attempt.person_id:
        raise Refusal(SupervisionRefusal.OWN_ATTEMPT)
    if not waiting or attempt.state == AttemptState.OPEN:
        raise Refusal(SupervisionRefusal.NOTHING_WAITS)
    if not counted:
        return
    if attempt.mode == AttemptMode.SEQUENTIAL:
        raise Refusal(SupervisionRefusal.ANSWERS_ARE_FINAL)
    if attempt.current_score_run is not None and attempt.current_score_run.is_passed:
        raise Refusal(SupervisionRefusal.PASSED_ALREADY)
    countable = {late.event.id for late in waiting if late.event.id in counted and may_count_late(attempt, late)}
    if countable != set(counted):
        raise Refusal(SupervisionRefusal.CANNOT_COUNT)


def _count(attempt: Attempt, late: Collection[LateAnswer]) -> None:
    """Make the newest of each place its current answer, given when it arrived; what the same window answered later and in time stays."""
    current = queries.answers_of(attempt.id)
    received = {(each.event.client_id, each.event.sequence): each.event.received_at for each in late}
    savings = [Saving(each.event.position, each.event.client_id, each.event.sequence, each.event.response, each.event.is_flagged) for each in late]
    for position, saving in taken_up(savings).items():
        standing = current.get(position)
        if standing is not None and standing.client_id == saving.client_id and standing.sequence >= saving.sequence:
            continue
        make_current(attempt, saving, standing, saved_at=received[saving.client_id, saving.sequence])
    db.session.flush()


def _tell(attempt: Attempt, counted: int, waiting: int, *, site_url: str, now: datetime) -> None:
    letter = late_letter(exam_title=attempt.exam_version.title, attempt=attempt.public_id, counted=counted, waiting=waiting, site_url=site_url)
    queue_mail(to=accounts.person(attempt.person_id).email, subject=letter.subject, body=letter.body, now=now)
