"""Which disputes wait for whose review. Who is tied to one does not meet it here."""

from sqlalchemy import ColumnElement, Select, func, or_, select

from training.actors import ActorKind
from training.audit.models import AuditEntry
from training.cases.models import Case, CaseReference
from training.db import db
from training.disputes.models import Carrying, Dispute, DisputeClaim, DisputeReview
from training.disputes.queries.disputes import HAS_OPEN_CLAIM, IS_DECIDED
from training.disputes.rules.reviews import Tie
from training.judgements.models import Judgement

STORED = "case.stored"
"""The deed by which the audit knows who wrote a case or its reference."""


def tie_of(dispute: Dispute, person_id: int) -> Tie:
    """What ties this person to this dispute."""
    columns = [tie.label(name) for name, tie in _ties(person_id).items()]
    question = select(*columns).select_from(Dispute).join(CaseReference, CaseReference.id == Dispute.reference_id).join(Case, Case.id == CaseReference.case_id)
    return Tie(**db.session.execute(question.where(Dispute.id == dispute.id)).one()._asdict())


def next_to_review(person_id: int, *, after_id: int = 0) -> Dispute | None:
    """Of the disputes that wait for a review that this person may give, the one that waits longest, behind this one."""
    return db.session.scalar(_to_review(person_id).where(Dispute.id > after_id).order_by(Dispute.id).limit(1))


def to_review_count(person_id: int) -> int:
    """How many disputes wait for a review that this person may give."""
    return db.session.scalar(select(func.count()).select_from(_to_review(person_id).subquery())) or 0


def _to_review(person_id: int) -> Select[Dispute]:
    question = select(Dispute).join(CaseReference, CaseReference.id == Dispute.reference_id).join(Case, Case.id == CaseReference.case_id)
    return question.where(HAS_OPEN_CLAIM, ~IS_DECIDED, *(~tie for tie in _ties(person_id).values()))


def _ties(person_id: int) -> dict[str, ColumnElement[bool]]:
    """What `Tie` says, each as a column of a statement about disputes and their cases."""
    claims = select(DisputeClaim.id).where(DisputeClaim.dispute_id == Dispute.id, DisputeClaim.person_id == person_id)
    reviews = select(DisputeReview.id).where(DisputeReview.dispute_id == Dispute.id, DisputeReview.reviewer_id == person_id)
    answers = select(Judgement.id).where(Judgement.case_id == Case.id, Judgement.person_id == person_id)
    return {
        "has_claimed": claims.correlate(Dispute).exists(),
        "has_set_it": or_(_has_stored(person_id), _has_amended(person_id)),
        "knows_it": answers.correlate(Case).exists(),
        "has_reviewed": reviews.correlate(Dispute).exists(),
    }


def _has_stored(person_id: int) -> ColumnElement[bool]:
    of_case = (AuditEntry.subject_kind == "case", AuditEntry.subject_id == Case.slug, AuditEntry.deed == STORED)
    stored = select(AuditEntry.id).where(*of_case, AuditEntry.actor_kind == ActorKind.PERSON.value, AuditEntry.actor_id == person_id)
    return stored.correlate(Case).exists()


def _has_amended(person_id: int) -> ColumnElement[bool]:
    """Whether they reviewed the dispute that the reference came of."""
    amended = select(DisputeReview.id).join(Carrying, Carrying.dispute_id == DisputeReview.dispute_id)
    return amended.where(Carrying.reference_id == CaseReference.id, DisputeReview.reviewer_id == person_id).correlate(CaseReference).exists()
