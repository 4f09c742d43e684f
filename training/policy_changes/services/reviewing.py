"""Lay a plan before a second person, and approve it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.accounts.queries import active_ids_of, person_addresses
from training.accounts.rules import Role
from training.actors import Actor, ActorKind
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.outbox.services import queue_mail
from training.policy_changes import queries
from training.policy_changes.documents import CHANGES
from training.policy_changes.models import PolicyApproval, PolicyProposal
from training.policy_changes.queries import Review
from training.policy_changes.rules.changes import PolicyChange
from training.policy_changes.rules.proposals import ApprovalRefusal, PlannedStep, ProposalState, digest_of
from training.policy_changes.services.letters import review_letter


def digest_of_plan(steps: Iterable[PlannedStep], changes: Sequence[PolicyChange]) -> str:
    """By what an approval knows a plan."""
    return digest_of(steps, CHANGES.dump_python(tuple(changes), mode="json"))


def lay_before_people(digest: str, changes: Sequence[PolicyChange], *, rekeyed: Iterable[str], author_id: int, site_url: str, now: datetime) -> PolicyProposal:
    """Let a plan wait for somebody other than its author; one that waits already goes on waiting, whoever is named this time. Trainers get a mail."""
    known = queries.proposal_of(digest)
    if known is not None:
        return known
    proposal = keep_proposal(digest, changes, rekeyed=rekeyed, author_id=author_id, now=now)
    letter = review_letter(changes, proposal.id, site_url=site_url)
    for _, address in sorted(person_addresses(set(active_ids_of(Role.TRAINER)) - {author_id}).items()):
        queue_mail(to=address, subject=letter.subject, body=letter.body, now=now)
    return proposal


def keep_proposal(digest: str, changes: Sequence[PolicyChange], *, rekeyed: Iterable[str], author_id: int, now: datetime) -> PolicyProposal:
    """Keep a plan under its digest, as its author's; the one that is known where it was laid before people already. Nobody is told."""
    known = queries.proposal_of(digest)
    if known is not None:
        return known
    proposal = PolicyProposal(digest=digest, author_id=author_id, document=CHANGES.dump_python(tuple(changes), mode="json"), rekeyed=sorted(rekeyed))
    proposal.proposed_at = now
    db.session.add(proposal)
    db.session.flush()
    record("policy.proposed", by=Actor(ActorKind.PERSON, author_id), subject=("policy proposal", proposal.id), now=now, detail={"digest": digest})
    return proposal


def approve(found: Review, *, by: Actor, now: datetime) -> PolicyApproval:
    """Let a plan be published. Raises Refusal where whoever approves wrote it, where it is approved, or where it cannot be carried out any more."""
    proposal = found.proposal
    if by.id is None or by.kind is not ActorKind.PERSON or by.id == proposal.author_id:
        raise Refusal(ApprovalRefusal.OWN_CHANGE)
    if found.approval is not None:
        raise Refusal(ApprovalRefusal.APPROVED_ALREADY)
    if found.state is ProposalState.OVERTAKEN:
        raise Refusal(ApprovalRefusal.OVERTAKEN)
    approval = PolicyApproval(proposal_id=proposal.id, author_id=proposal.author_id, approved_by_id=by.id, approved_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(approval)
    except IntegrityError as error:
        raise Refusal(ApprovalRefusal.APPROVED_ALREADY) from error
    record("policy.approved", by=by, subject=("policy proposal", proposal.id), now=now, detail={"digest": proposal.digest})
    return approval
