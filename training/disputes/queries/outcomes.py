"""What disputes came to, by area and by who set the reference."""

from sqlalchemy import select

from training.actors import ActorKind
from training.audit.models import AuditEntry
from training.cases.models import Case, CaseReference
from training.db import db
from training.disputes.models import Dispute, DisputeDecision
from training.disputes.queries.disputes import HAS_OPEN_CLAIM
from training.disputes.queries.reviewing import STORED
from training.disputes.rules.outcomes import End, end_of
from training.disputes.rules.reviews import Outcome

Counted = tuple[str, int | None, End]
"""The area, who set the reference (nobody where a folder brought it and no person is recorded), and what the dispute came to."""


def disputes_to_count() -> list[Counted]:
    """Every dispute as it is counted. Who set a reference is whoever stored the case last before it was disputed."""
    stored = (AuditEntry.subject_kind == "case", AuditEntry.subject_id == Case.slug, AuditEntry.deed == STORED, AuditEntry.at <= Dispute.opened_at)
    last = select(AuditEntry.id).where(*stored).order_by(AuditEntry.id.desc()).limit(1).correlate(Case, Dispute).scalar_subquery()
    question = (
        select(Dispute.area, AuditEntry.actor_kind, AuditEntry.actor_id, DisputeDecision.outcome, HAS_OPEN_CLAIM)
        .select_from(Dispute)
        .join(CaseReference, CaseReference.id == Dispute.reference_id)
        .join(Case, Case.id == CaseReference.case_id)
        .outerjoin(DisputeDecision, DisputeDecision.dispute_id == Dispute.id)
        .outerjoin(AuditEntry, AuditEntry.id == last)
        .order_by(Dispute.id)
    )
    return [
        (area, actor_id if kind == ActorKind.PERSON.value else None, end_of(Outcome(outcome) if outcome else None, has_open_claim=is_open))
        for area, kind, actor_id, outcome, is_open in db.session.execute(question)
    ]
