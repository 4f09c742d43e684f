"""Replies that wait for markers, and what the marks given so far come to."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from training.db import db
from training.errors import NotFound
from training.exams.models import Answer, Attempt, FormItem, ItemVersion, MarkingTask, ReplyAppeal, ReplyMark
from training.exams.queries.attempts import attempt_to_finish
from training.exams.rules.marking import Marked
from training.exams.rules.reply_marks import Agreement, agreement, marked_reply, text_hash
from training.exams.rules.timing import AttemptState

MOST_PAIRS = 1_000
"""Replies marked twice that agreement looks at, the latest first."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as its marker sees it: the ticket, what was written, and what to look for. Not whose it is, nor other marks."""

    task_id: int
    version: ItemVersion
    text: str


def _claimable_by(marker_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a task one that this person may take now: not their own, not marked by them before, its item on no open form of theirs."""
    sat, place = aliased(Attempt), aliased(FormItem)
    is_marked_by_them = exists().where(
        ReplyMark.attempt_id == MarkingTask.attempt_id,
        ReplyMark.position == MarkingTask.position,
        ReplyMark.text_hash == MarkingTask.text_hash,
        ReplyMark.marker_id == marker_id,
    )
    is_sitting_it = exists().where(
        sat.person_id == marker_id, sat.state == AttemptState.OPEN.value, place.attempt_id == sat.id, place.item_version_id == FormItem.item_version_id
    )
    return (
        MarkingTask.done_at.is_(None),
        or_(MarkingTask.claimed_until.is_(None), MarkingTask.claimed_until <= now, MarkingTask.claimed_by_id == marker_id),
        Attempt.person_id != marker_id,
        ~is_marked_by_them,
        ~is_sitting_it,
    )


def _tasks() -> Select[MarkingTask]:
    return (
        select(MarkingTask)
        .join(Attempt, Attempt.id == MarkingTask.attempt_id)
        .join(FormItem, (FormItem.attempt_id == MarkingTask.attempt_id) & (FormItem.position == MarkingTask.position))
    )


def next_task(marker_id: int, *, now: datetime, after: int = 0) -> MarkingTask | None:
    """The task this person holds, else the oldest one that they may take, those with a number beyond `after` first.

    Held until the transaction ends, so that nobody takes it meanwhile.
    """
    question = _tasks().where(*_claimable_by(marker_id, now))
    is_theirs = MarkingTask.claimed_by_id.is_not_distinct_from(marker_id)
    is_passed_over = case((MarkingTask.id > after, 0), else_=1)
    return db.session.scalar(question.order_by(is_theirs.desc(), is_passed_over, MarkingTask.id).limit(1).with_for_update(of=MarkingTask, skip_locked=True))


def claimed_task(task_id: int, marker_id: int) -> MarkingTask:
    """A task that this person took, held until the transaction ends. Raises NotFound, for anybody else's too."""
    found = db.session.scalar(
        select(MarkingTask).where(MarkingTask.id == task_id, MarkingTask.claimed_by_id == marker_id).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(task_id)
    return found


def attempt_being_marked(attempt_id: int) -> Attempt:
    """An attempt with its candidate, held until the transaction ends: of two markers who finish at once the second sees what the first did."""
    row = db.session.execute(select(Attempt.person_id, Attempt.public_id).where(Attempt.id == attempt_id)).one()
    return attempt_to_finish(row.person_id, row.public_id)


def waiting_count(marker_id: int, *, now: datetime) -> int:
    """How many replies this person could mark now."""
    return db.session.scalar(select(func.count()).select_from(_tasks().where(*_claimable_by(marker_id, now)).subquery())) or 0


@dataclass(frozen=True, slots=True)
class WaitingMarks:
    """Marks that are still to be given."""

    count: int
    since: datetime | None
    """When the one that waits longest was asked for."""


def waiting_marks(among: ColumnElement[bool] | None = None) -> WaitingMarks:
    """The marks that are still to be given, of all attempts or of those `among` which somebody looks."""
    asked = select(func.count(), func.min(MarkingTask.queued_at, type_=MarkingTask.queued_at.type)).where(MarkingTask.done_at.is_(None))
    if among is not None:
        asked = asked.join(Attempt, Attempt.id == MarkingTask.attempt_id).where(among)
    count, since = db.session.execute(asked).one()
    return WaitingMarks(count, since)


def open_task_count() -> int:
    """How many marks are still to be given."""
    return db.session.scalar(select(func.count()).select_from(MarkingTask).where(MarkingTask.done_at.is_(None))) or 0


def unmarkable_count(marker_ids: Collection[int]) -> int:
    """How many marks none of these people is left to give: each wrote the reply or marked it before."""
    marked = select(func.count(ReplyMark.marker_id.distinct())).where(
        ReplyMark.attempt_id == MarkingTask.attempt_id,
        ReplyMark.position == MarkingTask.position,
        ReplyMark.text_hash == MarkingTask.text_hash,
        ReplyMark.marker_id.in_(marker_ids),
    )
    wrote = case((Attempt.person_id.in_(marker_ids), 1), else_=0)
    stuck = _tasks().where(MarkingTask.done_at.is_(None), marked.scalar_subquery() + wrote >= len(marker_ids))
    return db.session.scalar(select(func.count()).select_from(stuck.subquery())) or 0


def reply_of(task: MarkingTask) -> Reply:
    """What is marked."""
    row = db.session.execute(
        select(ItemVersion, Answer.response)
        .join(FormItem, FormItem.item_version_id == ItemVersion.id)
        .join(Answer, (Answer.attempt_id == FormItem.attempt_id) & (Answer.position == FormItem.position))
        .where(FormItem.attempt_id == task.attempt_id, FormItem.position == task.position)
    ).one()
    return Reply(task.id, row[0], str(row[1].get("text", "")))


def tasks_of(attempt_id: int) -> Sequence[MarkingTask]:
    """Every mark given or to be given to the replies of an attempt, in order."""
    return db.session.scalars(select(MarkingTask).where(MarkingTask.attempt_id == attempt_id).order_by(MarkingTask.position, MarkingTask.ordinal)).all()


def _counted(appeal_id: int | None = None) -> ColumnElement[bool]:
    """The tasks whose marks count: what an appeal asks for counts once that is decided, or for this one while it is."""
    is_decided = exists().where(ReplyAppeal.id == MarkingTask.appeal_id, ReplyAppeal.closed_at.is_not(None))
    return or_(MarkingTask.appeal_id.is_(None), is_decided, MarkingTask.appeal_id == appeal_id)


def counted_tasks(attempt_id: int, appeal_id: int | None = None) -> Sequence[MarkingTask]:
    """The marks given or to be given that count, with those of this appeal, in order."""
    question = select(MarkingTask).where(MarkingTask.attempt_id == attempt_id, _counted(appeal_id))
    return db.session.scalars(question.order_by(MarkingTask.position, MarkingTask.ordinal)).all()


def marks_of_replies(attempt_id: int, appeal_id: int | None = None) -> dict[tuple[int, str], list[int]]:
    """The points given so far that count, with those of this appeal, by place and text, in the order of the tasks."""
    rows = db.session.execute(
        select(ReplyMark.position, ReplyMark.text_hash, ReplyMark.points)
        .join(MarkingTask, MarkingTask.id == ReplyMark.task_id)
        .where(ReplyMark.attempt_id == attempt_id, _counted(appeal_id))
        .order_by(ReplyMark.position, MarkingTask.ordinal)
    )
    found: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for position, hashed, points in rows:
        found[position, hashed].append(points)
    return found


def settled_replies(attempt_ids: Collection[int]) -> dict[tuple[int, int], Marked]:
    """What the replies of these attempts earn, by attempt and place, where every mark asked for of the text that counts has been given."""
    rows = db.session.execute(
        select(MarkingTask.attempt_id, MarkingTask.position, MarkingTask.text_hash, Answer.response, ReplyMark.points)
        .join(Answer, (Answer.attempt_id == MarkingTask.attempt_id) & (Answer.position == MarkingTask.position))
        .outerjoin(ReplyMark, ReplyMark.task_id == MarkingTask.id)
        .where(MarkingTask.attempt_id.in_(attempt_ids), _counted())
        .order_by(MarkingTask.attempt_id, MarkingTask.position, MarkingTask.ordinal)
    )
    points: defaultdict[tuple[int, int], list[int | None]] = defaultdict(list)
    for attempt_id, position, hashed, response, given in rows:
        if hashed == text_hash(str(response.get("text", ""))):
            points[attempt_id, position].append(given)
    return {place: marked_reply([each for each in given if each is not None]) for place, given in points.items() if None not in given}


def marker_agreement() -> Agreement:
    """How first and second markers agree over the replies that were marked twice last; not where a candidate chose which."""
    first, second = aliased(MarkingTask), aliased(MarkingTask)
    one, two = aliased(ReplyMark), aliased(ReplyMark)
    rows = db.session.execute(
        select(one.ratings, two.ratings)
        .join(first, first.id == one.task_id)
        .join(
            second,
            (second.attempt_id == first.attempt_id) & (second.position == first.position) & (second.text_hash == first.text_hash) & (second.ordinal == 2),
        )
        .join(two, two.task_id == second.id)
        .where(first.ordinal == 1, second.ordinal == 2, second.appeal_id.is_(None))
        .order_by(two.id.desc())
        .limit(MOST_PAIRS)
    )
    return agreement([(mine, theirs) for mine, theirs in rows])
