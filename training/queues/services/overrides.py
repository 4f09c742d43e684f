"""Dated exceptions: grant one, or where it takes two propose and confirm one, and end one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from training.accounts.queries import states_of
from training.accounts.rules import PersonState, Role
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.queues import queries
from training.queues.models import OverrideProposal, QueueOverride
from training.queues.queries import PublishedQueue

MAY_EXCEPT = (Role.LEAD, Role.ADMIN)
"""Who makes, confirms and ends exceptions."""
LONGEST_OVERRIDE = timedelta(hours=72)
PROPOSAL_LASTS = timedelta(hours=24)
"""How long a second person may take."""
SHORTEST_REASON = 10
"""Letters that a reason has at least."""


class QueueRefusal(StrEnum):
    """Why an exception is not granted, confirmed or ended."""

    NOBODY_FOR_THEMSELVES = "override_for_oneself"
    REASON_MISSING = "override_reason_missing"
    TOO_LONG = "override_too_long"
    ENDS_BEFORE_IT_BEGINS = "override_ends_before_it_begins"
    ALREADY_OVER = "override_already_over"
    TAKES_TWO = "override_takes_two"
    SECOND_IS_THE_FIRST = "override_second_is_the_first"
    NO_LONGER_WAITS = "override_no_longer_waits"
    MAY_NOT_EXCEPT = "override_by_somebody_who_may_not"


@dataclass(frozen=True, slots=True)
class Grant:
    """What an exception does, why, and from when until when."""

    allows: bool
    reason: str
    since: datetime
    until: datetime

    @property
    def effect(self) -> str:
        """As it is kept."""
        return "allow" if self.allows else "deny"


def grant_override(person_id: int, queue: PublishedQueue, grant: Grant, *, by: Actor, now: datetime) -> QueueOverride:
    """Open or close a queue for one person for a while; 72 hours at most, and nobody for themselves. It never reaches into the past.

    Raises Refusal where it takes two. Granted again with the same words it is granted once.
    """
    if queue.document.takes_two:
        raise Refusal(QueueRefusal.TAKES_TWO)
    begins, by_id = _checked(person_id, grant, by, now)
    override = QueueOverride(
        person_id=person_id,
        queue_id=queue.id,
        effect=grant.effect,
        reason=grant.reason.strip(),
        effective_from=begins,
        effective_until=grant.until,
        recorded_at=now,
        granted_by_id=by_id,
    )
    if same := queries.same_override(override, now=now):
        return same
    db.session.add(override)
    db.session.flush()
    detail = {"queue": queue.slug, "effect": override.effect, "until": grant.until.isoformat(), "reason": override.reason}
    record("override.granted", by=by, subject=("person", person_id), now=now, detail=detail)
    return override


def propose_override(person_id: int, queue: PublishedQueue, grant: Grant, *, by: Actor, now: datetime) -> OverrideProposal:
    """Lay an exception before a second person. It does nothing until they confirm it, and expires after 24 hours or with its own end."""
    begins, by_id = _checked(person_id, grant, by, now)
    proposal = OverrideProposal(
        person_id=person_id,
        queue_id=queue.id,
        effect=grant.effect,
        reason=grant.reason.strip(),
        effective_from=begins,
        effective_until=grant.until,
        proposed_by_id=by_id,
        proposed_at=now,
        expires_at=min(now + PROPOSAL_LASTS, grant.until),
    )
    if same := queries.same_proposal(proposal, now=now):
        return same
    db.session.add(proposal)
    db.session.flush()
    detail = {"proposal": proposal.id, "queue": queue.slug, "effect": proposal.effect, "until": grant.until.isoformat(), "reason": proposal.reason}
    record("override.proposed", by=by, subject=("person", person_id), now=now, detail=detail)
    return proposal


def confirm_override(proposal_id: int, *, by: Actor, now: datetime) -> QueueOverride:
    """As the second person let a proposed exception act, from now on or from its later beginning.

    Raises Refusal for the person it is about, for who proposed it, where either of the two may make no exceptions (any more), and where it waits no longer.
    """
    proposal, is_confirmed = queries.locked_proposal(proposal_id)
    if by.id is None or by.id == proposal.person_id:
        raise Refusal(QueueRefusal.NOBODY_FOR_THEMSELVES)
    if by.id == proposal.proposed_by_id:
        raise Refusal(QueueRefusal.SECOND_IS_THE_FIRST)
    if is_confirmed or proposal.withdrawn_at is not None or proposal.expires_at <= now:
        raise Refusal(QueueRefusal.NO_LONGER_WAITS)
    if not all(map(_may_except, states_of([by.id, proposal.proposed_by_id], at=now).values())):
        raise Refusal(QueueRefusal.MAY_NOT_EXCEPT)
    override = QueueOverride(
        person_id=proposal.person_id,
        queue_id=proposal.queue_id,
        effect=proposal.effect,
        reason=proposal.reason,
        effective_from=max(proposal.effective_from, now),
        effective_until=proposal.effective_until,
        recorded_at=now,
        granted_by_id=proposal.proposed_by_id,
        proposal_id=proposal.id,
        confirmed_by_id=by.id,
    )
    db.session.add(override)
    db.session.flush()
    detail = {"proposal": proposal.id, "proposed_by": proposal.proposed_by_id, "effect": override.effect, "until": override.effective_until.isoformat()}
    record("override.confirmed", by=by, subject=("person", proposal.person_id), now=now, detail=detail)
    return override


def withdraw_proposal(proposal_id: int, *, by: Actor, now: datetime) -> None:
    """Let a proposed exception never act. Anybody who may make exceptions may, except for themselves."""
    proposal, is_confirmed = queries.locked_proposal(proposal_id)
    if by.id == proposal.person_id:
        raise Refusal(QueueRefusal.NOBODY_FOR_THEMSELVES)
    if is_confirmed or proposal.withdrawn_at is not None or proposal.expires_at <= now:
        raise Refusal(QueueRefusal.NO_LONGER_WAITS)
    proposal.withdrawn_at, proposal.withdrawn_by_id = now, by.id
    record("override.withdrawn", by=by, subject=("person", proposal.person_id), now=now, detail={"proposal": proposal.id})


def revoke_override(override_id: int, *, by: Actor, now: datetime) -> None:
    """End an exception before its time."""
    override = queries.locked_override(override_id)
    if override.revoked_at is not None or override.effective_until <= now:
        raise Refusal(QueueRefusal.ALREADY_OVER)
    if by.id == override.person_id:
        raise Refusal(QueueRefusal.NOBODY_FOR_THEMSELVES)
    override.revoked_at = now
    override.revoked_recorded_at = now
    record("override.revoked", by=by, subject=("person", override.person_id), now=now, detail={"override": override.id})


def _checked(person_id: int, grant: Grant, by: Actor, now: datetime) -> tuple[datetime, int]:
    """When the exception begins, and whose it is. Raises Refusal."""
    begins = max(grant.since, now)
    if by.id is None or by.id == person_id:
        raise Refusal(QueueRefusal.NOBODY_FOR_THEMSELVES)
    if len(grant.reason.strip()) < SHORTEST_REASON:
        raise Refusal(QueueRefusal.REASON_MISSING)
    if grant.until <= begins:
        raise Refusal(QueueRefusal.ENDS_BEFORE_IT_BEGINS)
    if grant.until - begins > LONGEST_OVERRIDE:
        raise Refusal(QueueRefusal.TOO_LONG)
    return begins, by.id


def _may_except(state: PersonState) -> bool:
    return state.is_active and not state.roles.isdisjoint(MAY_EXCEPT)
