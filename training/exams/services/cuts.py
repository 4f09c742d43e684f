"""Keeping what judges say of a whole exam. It sets no cut: the rule stands in the exam's document."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.exams.models import CutEstimate
from training.exams.queries import PublishedExam
from training.exams.rules.analysis.compromise import CutJudgement


def judge_exam(exam: PublishedExam, said: CutJudgement, *, judge_id: int, by: Actor, now: datetime) -> None:
    """Keep what a judge says of this version of an exam; what they said before stays, and counts no more."""
    percent = {f"{name}_percent": round(100 * getattr(said, name)) for name in CutJudgement.__slots__}
    db.session.add(CutEstimate(exam_version_id=exam.version_id, judge_id=judge_id, recorded_at=now, **percent))
    db.session.flush()
    record("exam.cut_judged", by=by, subject=("exam", exam.slug), now=now, detail={"version": exam.document.version})
