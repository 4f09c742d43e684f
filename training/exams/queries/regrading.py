"""Graded attempts as regrading reads them: one compact row an attempt, and the answers that have to be marked anew."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, and_, cast, func, or_, select, update
from sqlalchemy.orm import aliased

from training.accounts.models import Person
from training.db import db
from training.exams.models import Answer, Attempt, Exam, ExamVersion, FormItem, ItemRuling, ItemVersion, Regrade, ScoreRun

EARNED, TOTAL = ScoreRun.result["earned_weight"].as_float(), ScoreRun.result["total_weight"].as_integer()
"""The points that a run gives, and what the form is worth."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is graded anew: the forms that hold one item version, or every form of one exam."""

    item_version_id: int | None = None
    exam_id: int | None = None


@dataclass(frozen=True, slots=True)
class GradedAttempt:
    """An attempt with the run that counts now."""

    attempt_id: int
    person_id: int
    public_id: str
    exam_version_id: int
    certification_slug: str
    mode: str
    confirmed_count: int
    finished_at: datetime
    run_id: int
    ordinal: int
    items: bytes
    marks: bytes
    credits: dict[str, float]
    is_passed: bool
    is_final: bool
    earned_weight: float
    total_weight: int


class StoredPlace(NamedTuple):
    """One answer as it is stored: the texts of its JSON values, so that equal answers are marked once. A tuple, for there are hundreds of thousands."""

    attempt_id: int
    position: int
    item_version_id: int
    is_pilot: bool
    option_order: str
    response: str | None


@dataclass(frozen=True, slots=True)
class ChangedRun:
    """A run that carried out a ruling, and whether the attempt passed before it."""

    run_id: int
    ordinal: int
    is_passed: bool
    was_passed: bool
    attempt_id: int
    public_id: str
    person_id: int
    certification_slug: str
    exam_version_id: int
    mode: str
    finished_at: datetime
    exam_slug: str
    is_delta: bool
    exam_title: str
    email: str


def graded_rows() -> Select[*tuple[Any, ...]]:
    """Every attempt that has a score, as the fields of `GradedAttempt`."""
    return select(
        Attempt.id,
        Attempt.person_id,
        Attempt.public_id,
        Attempt.exam_version_id,
        Attempt.certification_slug,
        Attempt.mode,
        Attempt.confirmed_count,
        Attempt.finished_at,
        ScoreRun.id,
        ScoreRun.ordinal,
        ScoreRun.items,
        ScoreRun.marks,
        ScoreRun.credits,
        ScoreRun.is_passed,
        ScoreRun.is_final,
        EARNED,
        TOTAL,
    ).join(ScoreRun, ScoreRun.id == Attempt.current_score_run_id)


def graded_attempts(scope: Scope, *, after: tuple[int, int], limit: int) -> list[GradedAttempt]:
    """Attempts of the scope that have a score, in the order of person and attempt, behind this one."""
    question = graded_rows().where(or_(Attempt.person_id > after[0], and_(Attempt.person_id == after[0], Attempt.id > after[1])))
    if scope.item_version_id is not None:
        question = question.join(FormItem, FormItem.attempt_id == Attempt.id).where(FormItem.item_version_id == scope.item_version_id)
    if scope.exam_id is not None:
        question = question.join(ExamVersion, ExamVersion.id == Attempt.exam_version_id).where(ExamVersion.exam_id == scope.exam_id)
    rows: Iterable[Any] = db.session.execute(question.order_by(Attempt.person_id, Attempt.id).limit(limit))
    return [GradedAttempt(*row) for row in rows]


def hold_attempts(attempts: Sequence[GradedAttempt]) -> None:
    """Let nobody else start, finish or consider for these people, or grade these attempts, until the transaction ends: people first, as everywhere."""
    for model, ids in ((Person, {each.person_id for each in attempts}), (Attempt, {each.attempt_id for each in attempts})):
        db.session.execute(select(model.id).where(model.id.in_(ids)).order_by(model.id).with_for_update()).all()


def stored_places(attempt_ids: Collection[int], *, item_version_id: int | None = None) -> Iterator[StoredPlace]:
    """The places of these attempts, of one item version or all, each with its answer."""
    question = (
        select(
            FormItem.attempt_id,
            FormItem.position,
            FormItem.item_version_id,
            FormItem.is_pilot,
            cast(FormItem.option_order, String),
            cast(Answer.response, String),
        )
        .outerjoin(Answer, (Answer.attempt_id == FormItem.attempt_id) & (Answer.position == FormItem.position))
        .where(FormItem.attempt_id.in_(attempt_ids))
    )
    if item_version_id is not None:
        question = question.where(FormItem.item_version_id == item_version_id)
    return map(StoredPlace._make, db.session.execute(question))


def answers_to(item_version_id: int, attempt_ids: Collection[int]) -> list[tuple[int, int, dict[str, Any], datetime]]:
    """What these attempts answered to an item version: attempt, place, answer and when it was saved, in the order of the attempts."""
    question = (
        select(Answer.attempt_id, Answer.position, Answer.response, Answer.saved_at)
        .join(FormItem, (FormItem.attempt_id == Answer.attempt_id) & (FormItem.position == Answer.position))
        .where(FormItem.item_version_id == item_version_id, FormItem.attempt_id.in_(attempt_ids))
    )
    return [tuple(row) for row in db.session.execute(question.order_by(Answer.attempt_id))]


def item_versions(version_ids: Collection[int]) -> Sequence[ItemVersion]:
    """These item versions."""
    return db.session.scalars(select(ItemVersion).where(ItemVersion.id.in_(version_ids))).all()


def make_runs_current(attempt_ids: Collection[int]) -> None:
    """Let each attempt's last run be the one that counts: one statement."""
    last = select(func.max(ScoreRun.id)).where(ScoreRun.attempt_id == Attempt.id).scalar_subquery()
    point = update(Attempt).where(Attempt.id.in_(attempt_ids)).values(current_score_run_id=last)
    db.session.execute(point.execution_options(synchronize_session=False))


def names_of(person_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Name and public id of these people."""
    rows = db.session.execute(select(Person.id, Person.name, Person.public_id).where(Person.id.in_(person_ids)))
    return {person_id: (name, public_id) for person_id, name, public_id in rows}


def regrade_to_do() -> Regrade | None:
    """The oldest regrade that is not finished, held until the transaction ends; nothing where another worker has it."""
    question = select(Regrade).where(Regrade.finished_at.is_(None)).order_by(Regrade.ruling_id).limit(1)
    return db.session.scalar(question.with_for_update(skip_locked=True, of=Regrade).execution_options(populate_existing=True))


def ruling_of(regrade: Regrade) -> ItemRuling:
    """The ruling that a regrade carries out."""
    found = db.session.get(ItemRuling, regrade.ruling_id)
    assert found is not None, "a foreign key holds it"
    return found


def changed_runs(*, ruling_id: int | None = None, attempt_ids: Collection[int] = (), after_id: int = 0, limit: int) -> list[ChangedRun]:
    """The runs by which a ruling was carried out, or the current runs of these attempts, in the order in which they were made, behind this one."""
    before = aliased(ScoreRun)
    question = (
        select(
            ScoreRun.id,
            ScoreRun.ordinal,
            ScoreRun.is_passed,
            before.is_passed,
            Attempt.id,
            Attempt.public_id,
            Attempt.person_id,
            Attempt.certification_slug,
            Attempt.exam_version_id,
            Attempt.mode,
            Attempt.finished_at,
            Exam.slug,
            Exam.is_delta,
            ExamVersion.title,
            Person.email,
        )
        .join(before, before.id == ScoreRun.previous_run_id)
        .join(Attempt, Attempt.id == ScoreRun.attempt_id)
        .join(ExamVersion, ExamVersion.id == Attempt.exam_version_id)
        .join(Exam, Exam.id == ExamVersion.exam_id)
        .join(Person, Person.id == Attempt.person_id)
        .where(ScoreRun.id > after_id)
    )
    if ruling_id is not None:
        question = question.where(ScoreRun.ruling_id == ruling_id)
    else:
        question = question.where(Attempt.id.in_(attempt_ids), ScoreRun.id == Attempt.current_score_run_id)
    rows: Iterable[Any] = db.session.execute(question.order_by(ScoreRun.id).limit(limit))
    return [ChangedRun(*row) for row in rows]
