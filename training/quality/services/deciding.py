"""A person decides about a proposal to suspend."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.certification.queries import PublishedCertification, hold_person
from training.certification.rules import EventKind
from training.certification.services import enter
from training.errors import Refusal
from training.quality import queries
from training.quality.models import SuspensionProposal
from training.quality.rules import ProposalVerdict, QualityRefusal

SHORTEST_REASON = 10
LONGEST_REASON = 300
"""The ledger keeps it after what the proposal says."""


def confirm_proposal(proposal: SuspensionProposal, certification: PublishedCertification, *, reason: str, by: Actor, now: datetime) -> None:
    """Suspend, as proposed; the ledger says on what it rests.

    Raises Refusal for oneself, without a reason, where somebody decided before, and where there is nothing to suspend any more.
    """
    _decide(proposal, ProposalVerdict.CONFIRMED, reason, by=by, now=now)
    ground = f"Live quality: {proposal.error_count} errors in {proposal.audit_count} random audits. {reason.strip()}"
    enter(proposal.person_id, certification, EventKind.SUSPENDED, reason=ground, by=by, now=now)


def dismiss_proposal(proposal: SuspensionProposal, *, reason: str, by: Actor, now: datetime) -> None:
    """Leave the certificate in force; audits of decisions from now on count anew. Raises Refusal as `confirm_proposal` does."""
    _decide(proposal, ProposalVerdict.DISMISSED, reason, by=by, now=now)


def _decide(proposal: SuspensionProposal, verdict: ProposalVerdict, reason: str, *, by: Actor, now: datetime) -> None:
    if by.id is None or by.id == proposal.person_id:
        raise Refusal(QualityRefusal.NOBODY_FOR_THEMSELVES)
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Refusal(QualityRefusal.REASON_MISSING)
    hold_person(proposal.person_id)
    if not queries.take_proposal(proposal, decided_at=now, decided_by_id=by.id, verdict=verdict.value, reason=reason.strip()):
        raise Refusal(QualityRefusal.DECIDED_ALREADY)
    detail = {"proposal": proposal.id, "reason": reason.strip()}
    record(f"quality.suspension_{verdict.value}", by=by, subject=("person", proposal.person_id), now=now, detail=detail)
