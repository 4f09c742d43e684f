"""What judges said of whole exams."""

from sqlalchemy import func, select

from training.db import db
from training.exams.models import CutEstimate
from training.exams.rules.analysis.compromise import CutJudgement


def cut_judgements_of(exam_version_id: int) -> dict[int, CutJudgement]:
    """What each judge said last of this version of an exam, by judge."""
    newest = select(func.max(CutEstimate.id)).where(CutEstimate.exam_version_id == exam_version_id).group_by(CutEstimate.judge_id)
    rows = db.session.scalars(select(CutEstimate).where(CutEstimate.id.in_(newest)).order_by(CutEstimate.judge_id))
    return {row.judge_id: _value(row) for row in rows}


def _value(row: CutEstimate) -> CutJudgement:
    return CutJudgement(
        cut=row.cut_percent / 100,
        passing=row.passing_percent / 100,
        lowest_cut=row.lowest_cut_percent / 100,
        highest_cut=row.highest_cut_percent / 100,
        lowest_failing=row.lowest_failing_percent / 100,
        highest_failing=row.highest_failing_percent / 100,
    )
