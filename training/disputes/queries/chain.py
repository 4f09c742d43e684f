"""What has happened with a dispute, gathered from the ledgers of its claims and reviews, and from the grading that followed."""

from dataclasses import replace

from sqlalchemy import func, select

from training.db import db
from training.disputes.models import Dispute, DisputeClaim
from training.disputes.queries.disputes import carrying_of, decision_of, has_open_claim, reviews_of, shown
from training.disputes.queries.questions import rulings_after
from training.disputes.rules.chain import Course
from training.disputes.rules.reviews import Outcome


def course_of(dispute: Dispute) -> Course:
    """What has happened with this dispute until now."""
    claimed_at = db.session.scalar(select(func.min(DisputeClaim.claimed_at, type_=DisputeClaim.claimed_at.type)).where(DisputeClaim.dispute_id == dispute.id))
    decision = decision_of(dispute)
    course = Course(claimed_at or dispute.opened_at, has_open_claim=has_open_claim(dispute), review_count=len(reviews_of(dispute)))
    if decision is None:
        return course
    course = replace(course, decided_at=decision.decided_at, outcome=Outcome(decision.outcome))
    return _ruled(course, dispute) if dispute.item_version_id is not None else _amended(course, dispute)


def _amended(course: Course, dispute: Dispute) -> Course:
    """Of a case: the answers are scored anew person by person, who are told in the same breath."""
    carrying = carrying_of(dispute)
    if carrying is None:
        return replace(course, is_moot=not shown(dispute).is_current)
    total = max(carrying.total_count, carrying.scored_count)
    scored = replace(course, carried_at=carrying.begun_at, scored_count=carrying.scored_count, to_score_count=total)
    return replace(scored, scored_at=carrying.finished_at, told_at=carrying.finished_at)


def _ruled(course: Course, dispute: Dispute) -> Course:
    """Of a question: the ruling that followed last, with its grading."""
    rulings = rulings_after(dispute)
    if not rulings:
        return course
    last, regrade = rulings[-1].ruling, rulings[-1].regrade
    return replace(
        course,
        carried_at=last.ruled_at,
        scored_count=regrade.seen_count,
        to_score_count=max(regrade.total_count, regrade.seen_count),
        scored_at=regrade.graded_at,
        told_count=regrade.told_count,
        to_tell_count=regrade.changed_count,
        told_at=regrade.finished_at,
    )
