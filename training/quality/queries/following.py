"""Proposals to suspend, and coachings."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from training.db import db
from training.errors import NotFound
from training.quality.models import Coaching, CoachingEntry, QualityAudit, SuspensionProposal
from training.quality.rules import Sampling


def proposal(proposal_id: int) -> SuspensionProposal:
    """The proposal of this number. Raises NotFound."""
    found = db.session.get(SuspensionProposal, proposal_id)
    if found is None:
        raise NotFound(proposal_id)
    return found


def open_proposals(people: Collection[int] | None = None) -> list[SuspensionProposal]:
    """The proposals that nobody has decided, the oldest first; of these people, where some are named."""
    asked = select(SuspensionProposal).where(SuspensionProposal.decided_at.is_(None)).order_by(SuspensionProposal.proposed_at, SuspensionProposal.id)
    return list(db.session.scalars(asked if people is None else asked.where(SuspensionProposal.person_id.in_(people))))


def proposals_of(person_id: int) -> list[SuspensionProposal]:
    """Every proposal about a person, the latest first."""
    asked = select(SuspensionProposal).where(SuspensionProposal.person_id == person_id)
    return list(db.session.scalars(asked.order_by(SuspensionProposal.proposed_at.desc(), SuspensionProposal.id.desc())))


def take_proposal(proposal: SuspensionProposal, **decision: object) -> bool:
    """Write this decision down, unless somebody decided before; says whether it was written. Of two at once the second waits and finds it decided."""
    decided = (
        update(SuspensionProposal)
        .where(SuspensionProposal.id == proposal.id, SuspensionProposal.decided_at.is_(None))
        .values(**decision)
        .returning(SuspensionProposal.id)
    )
    is_first = db.session.scalar(decided.execution_options(synchronize_session=False)) is not None
    db.session.refresh(proposal)
    return is_first


def evidence_behind(proposal: SuspensionProposal, slug: str) -> Sequence[QualityAudit]:
    """The random audits that a proposal counted, as they were known then, the latest decision first."""
    later = aliased(QualityAudit)
    is_corrected = select(later.id).where(later.corrects_id == QualityAudit.id, later.id <= proposal.last_audit_id).exists()
    asked = select(QualityAudit).where(
        QualityAudit.person_id == proposal.person_id,
        QualityAudit.sampling == Sampling.RANDOM.value,
        QualityAudit.decided_at >= proposal.counted_from,
        QualityAudit.id <= proposal.last_audit_id,
        ~is_corrected,
    )
    found = db.session.scalars(asked.order_by(QualityAudit.decided_at.desc(), QualityAudit.id.desc()))
    return [audit for audit in found if slug in audit.certifications]


def coaching(coaching_id: int) -> Coaching:
    """The coaching of this number. Raises NotFound."""
    found = db.session.get(Coaching, coaching_id)
    if found is None:
        raise NotFound(coaching_id)
    return found


def hold_coaching(coaching: Coaching) -> None:
    """Let nobody else change this coaching until the transaction ends, and read it as it is now."""
    db.session.refresh(coaching, with_for_update=True)


def open_coachings(people: Collection[int]) -> list[Coaching]:
    """The coachings of these people that are not closed, the oldest first."""
    asked = select(Coaching).where(Coaching.person_id.in_(people), Coaching.closed_at.is_(None)).order_by(Coaching.opened_at, Coaching.id)
    return list(db.session.scalars(asked))


def coachings_of(person_id: int) -> list[Coaching]:
    """Every coaching of a person, the latest first."""
    return list(db.session.scalars(select(Coaching).where(Coaching.person_id == person_id).order_by(Coaching.opened_at.desc(), Coaching.id.desc())))


def entries_of(coaching: Coaching) -> list[CoachingEntry]:
    """What happened about a coaching, in order."""
    return list(db.session.scalars(select(CoachingEntry).where(CoachingEntry.coaching_id == coaching.id).order_by(CoachingEntry.id)))
