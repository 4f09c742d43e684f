"""Claiming that the reference is wrong by which an answer was scored, and taking that back."""

import secrets
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.cases.queries import case_by_id
from training.db import db
from training.disputes import queries
from training.disputes.models import ClaimWithdrawal, Dispute, DisputeClaim
from training.disputes.rules.claims import ClaimRefusal, claim_refusal, withdrawal_refusal
from training.errors import Refusal
from training.exams.queries import attempt_by_id
from training.exams.services import note_dispute
from training.practice.models import Serving


def make_claim(serving: Serving, *, reason: str, by: Actor, now: datetime) -> DisputeClaim:
    """Claim that the reference is wrong by which this answer counts. The first claim about an answer stands: a second click gets it back.

    Raises Refusal where the reference is not this person's to dispute, or not any more.
    """
    reference_id = queries.footing_of(serving).reference_id
    if reference_id is None:
        raise Refusal(ClaimRefusal.NOT_ANSWERED)
    queries.hold_reference(reference_id)
    if (made := queries.claim_on(serving.id)) is not None:
        return made
    if (refusal := claim_refusal(queries.footing_of(serving).ground, now=now)) is not None:
        raise Refusal(refusal)
    dispute = queries.dispute_about(reference_id) or open_dispute(serving.case_id, reference_id, now=now)
    claim = DisputeClaim(dispute_id=dispute.id, person_id=serving.person_id, serving_id=serving.id, reason=reason, claimed_at=now)
    db.session.add(claim)
    db.session.flush()
    record("dispute.claimed", by=by, subject=("dispute", dispute.public_id), now=now)
    return claim


def open_dispute(case_id: int, reference_id: int, *, now: datetime) -> Dispute:
    """Begin a dispute about a reference that has none; the caller holds the reference."""
    case = case_by_id(case_id)
    assert case is not None, "a foreign key holds it"
    dispute = Dispute(public_id=secrets.token_urlsafe(16), reference_id=reference_id, area=case.area, opened_at=now)
    db.session.add(dispute)
    db.session.flush()
    return dispute


def withdraw_claim(claim: DisputeClaim, dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """Take a claim of this dispute back, for good. Raises Refusal once it is decided."""
    queries.hold_dispute(dispute)
    if (refusal := withdrawal_refusal(queries.own_claim(claim.id).state)) is not None:
        raise Refusal(refusal)
    db.session.add(ClaimWithdrawal(claim_id=claim.id, withdrawn_at=now))
    db.session.flush()
    record("dispute.withdrawn", by=by, subject=("dispute", dispute.public_id), now=now)
    if claim.attempt_id is not None and claim.position is not None:
        note_dispute(attempt_by_id(claim.attempt_id), claim.position, "withdrawn", by=by, now=now)
