"""Comparisons of wrong answers that a ruling asks to be repeated, and what was noted of pairs before."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from training.db import db
from training.exams.models import AttemptSignal, ScoreRun, SignalTally, SimilarityRepeat, SimilarityRun
from training.exams.queries.cohorts import COHORT_DAYS
from training.exams.rules.integrity.kinds import SignalKind

PAIRED = (SignalKind.SIMILARITY.value, SignalKind.SIMILARITY_GONE.value)


@dataclass(frozen=True, slots=True)
class Repeated:
    """How far the comparisons are that a ruling asks for again, and what they came to."""

    asked_count: int
    done_count: int
    found_count: int
    gone_count: int


def comparisons_touched_by(ruling_id: int) -> list[int]:
    """The comparisons that an attempt may have been part of whose marks this ruling changed: from the day it was compared first, for a week."""
    question = select(SignalTally.exam_id, SignalTally.compared_at).join(ScoreRun, ScoreRun.attempt_id == SignalTally.attempt_id)
    compared: defaultdict[int, set[datetime]] = defaultdict(set)
    for exam_id, at in db.session.execute(question.where(ScoreRun.ruling_id == ruling_id).distinct()):
        if at is not None:
            compared[exam_id].add(at)
    runs = db.session.scalars(select(SimilarityRun).where(SimilarityRun.exam_id.in_(compared)).order_by(SimilarityRun.id))
    return [run.id for run in runs if _is_part(sorted(compared[run.exam_id]), run.computed_at)]


def _is_part(compared: list[datetime], at: datetime) -> bool:
    before = bisect_right(compared, at)
    return before > 0 and compared[before - 1] > at - timedelta(days=COHORT_DAYS + 1)


def repeat_to_do() -> tuple[SimilarityRun, int] | None:
    """The comparison that has waited longest to be repeated, and because of which ruling."""
    question = select(SimilarityRun, SimilarityRepeat.ruling_id).join(SimilarityRepeat, SimilarityRepeat.similarity_run_id == SimilarityRun.id)
    question = question.where(SimilarityRepeat.done_at.is_(None)).order_by(SimilarityRepeat.asked_at, SimilarityRepeat.ruling_id, SimilarityRun.id)
    row = db.session.execute(question.limit(1)).one_or_none()
    return (row[0], row[1]) if row else None


def repeat_to_keep(similarity_run_id: int, ruling_id: int) -> SimilarityRepeat:
    """What was asked for, held until the transaction ends."""
    return db.session.get_one(SimilarityRepeat, (similarity_run_id, ruling_id), with_for_update=True, populate_existing=True)


def repeated_for(ruling_id: int) -> Repeated:
    """How far a ruling's comparisons are."""
    counts = func.count(), func.count(SimilarityRepeat.done_at), func.sum(SimilarityRepeat.found_count), func.sum(SimilarityRepeat.gone_count)
    row = db.session.execute(select(*counts).where(SimilarityRepeat.ruling_id == ruling_id)).one()
    return Repeated(*(count or 0 for count in row))


def hold_tallies(attempt_ids: Collection[int]) -> dict[int, SignalTally]:
    """The tallies of these attempts by attempt, held until the transaction ends."""
    question = select(SignalTally).where(SignalTally.attempt_id.in_(attempt_ids)).order_by(SignalTally.attempt_id).options(joinedload(SignalTally.attempt))
    rows = db.session.scalars(question.with_for_update(of=SignalTally).execution_options(populate_existing=True))
    return {tally.attempt_id: tally for tally in rows}


def standing_similarities(attempt_ids: Collection[int]) -> list[tuple[int, str]]:
    """Each of these attempts with the public ids of those to which it is noted as similar, and not as similar no longer."""
    question = select(AttemptSignal).where(AttemptSignal.attempt_id.in_(attempt_ids), AttemptSignal.kind.in_(PAIRED)).order_by(AttemptSignal.id)
    last = {(signal.attempt_id, signal.figures["other"]): signal.kind for signal in db.session.scalars(question)}
    return [pair for pair, kind in last.items() if kind == SignalKind.SIMILARITY]
