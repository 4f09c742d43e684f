"""Plans that wait for a second person, and those that do no longer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from training.accounts.queries import person_names
from training.courses.queries import current_modules
from training.db import db
from training.errors import NotFound
from training.policy_changes.models import PolicyApproval, PolicyProposal
from training.policy_changes.rules.proposals import ProposalState, state_of


@dataclass(frozen=True, slots=True)
class Review:
    """A plan with who wrote it, who approved it, and where it stands."""

    proposal: PolicyProposal
    author: str
    approval: PolicyApproval | None
    approved_by: str
    state: ProposalState


def proposal_of(digest: str) -> PolicyProposal | None:
    """The plan of this digest, where it was laid before people."""
    return db.session.scalar(select(PolicyProposal).where(PolicyProposal.digest == digest))


def approval_of(digest: str) -> PolicyApproval | None:
    """That somebody other than its author approved exactly this plan."""
    asked = select(PolicyApproval).join(PolicyProposal, PolicyProposal.id == PolicyApproval.proposal_id)
    return db.session.scalar(asked.where(PolicyProposal.digest == digest))


def review(proposal_id: int) -> Review:
    """One plan. Raises NotFound."""
    found = db.session.get(PolicyProposal, proposal_id)
    if found is None:
        raise NotFound
    return _reviews([found])[0]


def reviews(*, skipped: int = 0, count: int = 30) -> list[Review]:
    """The plans that were laid before people, the latest first."""
    return _reviews(db.session.scalars(select(PolicyProposal).order_by(PolicyProposal.id.desc()).offset(skipped).limit(count)).all())


def _reviews(proposals: Sequence[PolicyProposal]) -> list[Review]:
    approvals = {found.proposal_id: found for found in _approvals(each.id for each in proposals)}
    names = person_names([*(each.author_id for each in proposals), *(found.approved_by_id for found in approvals.values())])
    versions = {module.slug: str(module.version) for module in current_modules()}
    return [_review(each, approvals.get(each.id), names, versions) for each in proposals]


def _approvals(proposal_ids: Iterable[int]) -> Sequence[PolicyApproval]:
    return db.session.scalars(select(PolicyApproval).where(PolicyApproval.proposal_id.in_(list(proposal_ids)))).all()


def _review(proposal: PolicyProposal, approval: PolicyApproval | None, names: Mapping[int, str], versions: Mapping[str, str]) -> Review:
    changes = proposal.changes
    now = [versions.get(change.module) for change in changes]
    old, new = [str(change.old) for change in changes], [str(change.new) for change in changes]
    state = state_of(is_approved=approval is not None, published=now, olds=old, news=new)
    return Review(proposal, names.get(proposal.author_id, "Somebody"), approval, names.get(approval.approved_by_id, "Somebody") if approval else "", state)
