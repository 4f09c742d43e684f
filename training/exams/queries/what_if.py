"""Attempts whose result could change if something else were supposed of the exam that they sat."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from training.db import db
from training.exams.models import Attempt, FormItem, Item, ItemVersion, ScoreRun
from training.exams.queries.regrading import EARNED, TOTAL, GradedAttempt, graded_rows
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.what_if import Band


@dataclass(frozen=True, slots=True)
class Reach:
    """Which attempts a supposition reaches: those whose form holds an item, and those with about as many points."""

    exam_version_id: int
    item_versions: Sequence[int]
    band: Band | None
    """Nothing where the cut stays."""


@dataclass(frozen=True, slots=True)
class SatCounts:
    """How many attempts at a version of an exam have a final score, and how many of them passed; those that were sat one question after another apart."""

    final: int
    passed: int
    sequential: int


def sat_counts(exam_version_id: int) -> SatCounts:
    """How many sat it."""
    is_fixed, is_final = Attempt.mode == AttemptMode.FIXED.value, ScoreRun.is_final
    counted = (func.count().filter(is_fixed, is_final), func.count().filter(is_fixed, is_final, ScoreRun.is_passed), func.count().filter(~is_fixed))
    asked = select(*counted).join(ScoreRun, ScoreRun.id == Attempt.current_score_run_id).where(Attempt.exam_version_id == exam_version_id)
    final, passed, sequential = db.session.execute(asked).one()
    return SatCounts(final, passed, sequential)


def reached_attempts(reach: Reach, *, before_id: int | None, limit: int) -> list[GradedAttempt]:
    """Attempts that it reaches, the latest first, those before this one: fixed forms of which nothing waits for a marker."""
    own = Attempt.exam_version_id == reach.exam_version_id, Attempt.mode == AttemptMode.FIXED.value, ScoreRun.is_final
    asked = graded_rows().where(*own, or_(*_reaches(reach)))
    if before_id is not None:
        asked = asked.where(Attempt.id < before_id)
    return [GradedAttempt(*row) for row in db.session.execute(asked.order_by(Attempt.id.desc()).limit(limit))]


def _reaches(reach: Reach) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if reach.item_versions:
        found.append(exists().where(FormItem.attempt_id == Attempt.id, FormItem.item_version_id.in_(reach.item_versions)))
    if (band := reach.band) is not None:
        is_between = and_(TOTAL * band.low <= EARNED * 100, TOTAL * band.high + 100 > EARNED * 100)
        found.append(and_(is_between, ScoreRun.is_passed.is_(band.passes_now)))
    return found


def versions_of_slug(slug: str) -> list[int]:
    """Every version of the item of this name, the newest first; none where there is no such item."""
    asked = select(ItemVersion.id).join(Item, Item.id == ItemVersion.item_id).where(Item.slug == slug)
    return list(db.session.scalars(asked.order_by(ItemVersion.number.desc())))
