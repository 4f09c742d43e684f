"""Marking written replies: what is queued, who takes it, what a mark leads to, until the attempt is graded anew."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from training.accounts import queries as accounts
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, MarkingTask, ReplyAppeal, ReplyMark
from training.exams.queries import PlacedItem
from training.exams.queries.appeals import next_ordinal, open_appeals, share_of
from training.exams.queries.marking import attempt_being_marked, claimed_task, counted_tasks, marks_of_replies, next_task, reply_of
from training.exams.queries.regrading import changed_runs
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import Criterion
from training.exams.rules.grading import grade
from training.exams.rules.marking import Marked
from training.exams.rules.reply_marks import LEASE, MarkingRefusal, is_near_cut, is_sampled, marked_reply, marks_needed, points_of, text_hash
from training.exams.rules.runs import RunReason
from training.exams.services.acquainting import note_acquaintance
from training.exams.services.asking import hash_of, replies_in
from training.exams.services.consequences import APPEALED, follow_runs
from training.exams.services.grading import grade_attempt, keys_of_form, marks_of
from training.exams.services.letters import marked_letter
from training.outbox.services import queue_mail


def take_reply(marker_id: int, *, now: datetime) -> MarkingTask | None:
    """Let this person mark the oldest reply that they may, for a while; the one they hold already, if any. Who sees a rubric never draws its item."""
    return _take(next_task(marker_id, now=now), marker_id, now=now)


def _take(task: MarkingTask | None, marker_id: int, *, now: datetime) -> MarkingTask | None:
    if task is None:
        return None
    task.claimed_by_id, task.claimed_until = marker_id, now + LEASE
    note_acquaintance(marker_id, reply_of(task).version.item, Acquaintance.OPENED, now=now)
    db.session.flush()
    return task


def give_back(task_id: int, marker_id: int) -> None:
    """Let somebody else mark a reply. Raises NotFound unless this person holds it."""
    task = claimed_task(task_id, marker_id)
    task.claimed_by_id = task.claimed_until = None
    db.session.flush()


def skip_reply(task_id: int, marker_id: int, *, now: datetime) -> MarkingTask | None:
    """Leave a reply for somebody else, or for later, and take the one that comes after it; nothing where no other waits for this person.

    Raises NotFound unless they hold it.
    """
    give_back(task_id, marker_id)
    task = next_task(marker_id, now=now, after=task_id)
    return _take(task, marker_id, now=now) if task is not None and task.id != task_id else None


def give_mark(task_id: int, ratings: Mapping[Criterion, int], *, note: str, by: Actor, site_url: str, now: datetime) -> bool:
    """Mark a reply. Says whether the attempt is fully marked now: then it is graded anew, its certification considered, and the candidate told.

    It counts after its time too, as long as nobody else took it. Raises NotFound unless this person has it, Refusal where it is marked already, or where
    another text counts by now.
    """
    assert by.id is not None, "only people mark"
    task = claimed_task(task_id, by.id)
    if task.done_at is not None:
        raise Refusal(MarkingRefusal.MARKED_ALREADY)
    if task.text_hash != text_hash(reply_of(task).text):
        raise Refusal(MarkingRefusal.TEXT_CHANGED)
    attempt_being_marked(task.attempt_id)
    points = points_of(ratings)
    db.session.add(
        ReplyMark(
            task_id=task.id,
            attempt_id=task.attempt_id,
            position=task.position,
            text_hash=task.text_hash,
            marker_id=by.id,
            ratings={criterion.value: rating for criterion, rating in ratings.items()},
            points=points,
            note=note,
            marked_at=now,
        )
    )
    task.done_at = now
    db.session.flush()
    record("reply.marked", by=by, subject=("marking_task", task.id), now=now, detail={"ordinal": task.ordinal, "points": points})
    done = [go_on_marking(task.attempt_id, by=by, site_url=site_url, now=now)] if task.appeal_id is None else []
    done += [go_on_marking(task.attempt_id, appeal=appeal, by=by, site_url=site_url, now=now) for appeal in open_appeals(task.attempt_id)]
    return any(done)


def go_on_marking(attempt_id: int, *, appeal: ReplyAppeal | None = None, by: Actor, site_url: str, now: datetime) -> bool:
    """Ask for the marks that are still needed, of an appeal or before the first result, and grade the attempt where none is. Says whether it was graded."""
    attempt = attempt_being_marked(attempt_id)
    form = queries.form_of(attempt)
    replies = {place.position: hash_of(place) for place in replies_in(form)}
    appeal_id = appeal.id if appeal else None
    given = marks_of_replies(attempt_id, appeal_id)
    points = {position: given[position, hashed] for position, hashed in replies.items()}
    tasks = [task for task in counted_tasks(attempt_id, appeal_id) if replies.get(task.position) == task.text_hash]
    if any(not marks for marks in points.values()) or (appeal and not all(task.done_at for task in tasks)):
        return False
    is_near = _is_near_cut(attempt, form, points)
    for position, marks in points.items():
        needed = marks_needed(marks, is_double=is_near or is_sampled(attempt.seed, position))
        asked = sum(task.position == position for task in tasks)
        tasks += [_ask(attempt_id, position, replies[position], appeal_id, now) for _ in range(asked, needed)]
    if any(task.done_at is None for task in tasks):
        return False
    if appeal is not None:
        _decide(attempt, appeal, points[appeal.position], by=by, site_url=site_url, now=now)
    else:
        _finish(attempt, by=by, site_url=site_url, now=now)
    return True


def _finish(attempt: Attempt, *, by: Actor, site_url: str, now: datetime) -> None:
    run = grade_attempt(attempt, reason=RunReason.MARKED, by=by, now=now)
    exam = queries.exam_of_version(attempt.exam_version_id)
    letter = marked_letter(exam_title=exam.document.title, attempt=attempt.public_id, is_passed=run.is_passed, site_url=site_url)
    queue_mail(to=accounts.person(attempt.person_id).email, subject=letter.subject, body=letter.body, now=now)


def _decide(attempt: Attempt, appeal: ReplyAppeal, points: Sequence[int], *, by: Actor, site_url: str, now: datetime) -> None:
    """Let all marks of the reply count, with what follows for the result: a pass that is lost is asked for once more, never taken back."""
    appeal.closed_at, appeal.credit_after = now, share_of(marked_reply(points))
    db.session.flush()
    grade_attempt(attempt, reason=RunReason.APPEALED, by=by, now=now)
    follow_runs(changed_runs(attempt_ids=[attempt.id], limit=1), APPEALED, by=by, site_url=site_url, now=now)


def _is_near_cut(attempt: Attempt, form: Sequence[PlacedItem], points: Mapping[int, Sequence[int]]) -> bool:
    settled: dict[tuple[int, int], Marked] = {(attempt.id, position): marked_reply(marks) for position, marks in points.items()}
    rule = queries.exam_of_version(attempt.exam_version_id).document.rule
    _, graded = marks_of(attempt, form, keys_of_form(form), settled=settled)
    result = grade(graded, rule)
    return is_near_cut(result.share, rule.weighted_percent, result.item_count + len(points) * (len(Criterion) - 1))


def _ask(attempt_id: int, position: int, hashed: str, appeal_id: int | None, now: datetime) -> MarkingTask:
    ordinal = next_ordinal(attempt_id, position, hashed)
    task = MarkingTask(attempt_id=attempt_id, position=position, text_hash=hashed, ordinal=ordinal, appeal_id=appeal_id, queued_at=now)
    db.session.add(task)
    db.session.flush()
    return task
