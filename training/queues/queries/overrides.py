"""Dated exceptions: those that act or will, those that wait for a second person, and by whom each is."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select

from training.accounts.models import Person
from training.db import db
from training.errors import NotFound
from training.queues.models import OverrideProposal, Queue, QueueOverride
from training.queues.queries.queues import queues

By, Second = Person.__table__.alias(), Person.__table__.alias()


@dataclass(frozen=True, slots=True)
class ExceptionShown:
    """An exception as everybody reads it whom it concerns: what it does, why, from when until when, and by whom."""

    id: int
    person_id: int
    person: str
    public_id: str
    queue: str
    title: str
    """The queue's."""
    opens: bool
    reason: str
    since: datetime
    until: datetime
    by: str
    confirmed_by: str | None


_SHOWN = (
    select(QueueOverride, Person, Queue, By.c.name, Second.c.name)
    .join(Person, Person.id == QueueOverride.person_id)
    .join(Queue, Queue.id == QueueOverride.queue_id)
    .join(By, By.c.id == QueueOverride.granted_by_id)
    .outerjoin(Second, Second.c.id == QueueOverride.confirmed_by_id)
    .where(QueueOverride.revoked_at.is_(None))
    .order_by(QueueOverride.effective_until, QueueOverride.id)
)


def _shown(asked: Select[*tuple[Any, ...]], at: datetime) -> list[ExceptionShown]:
    titles = {queue.slug: queue.document.title for queue in queues(now=at)}
    return [
        ExceptionShown(
            id=entry.id,
            person_id=person.id,
            person=person.name,
            public_id=person.public_id,
            queue=queue.slug,
            title=titles.get(queue.slug, queue.slug),
            opens=entry.effect == "allow",
            reason=entry.reason,
            since=entry.effective_from,
            until=entry.effective_until,
            by=by,
            confirmed_by=second,
        )
        for entry, person, queue, by, second in db.session.execute(asked)
    ]


def current_overrides(*, now: datetime) -> list[ExceptionShown]:
    """Every exception that acts now or will, the one that ends first on top."""
    return _shown(_SHOWN.where(QueueOverride.effective_until > now), now)


def exceptions_of_queue(queue_id: int, *, now: datetime) -> list[ExceptionShown]:
    """The same for one queue."""
    return _shown(_SHOWN.where(QueueOverride.effective_until > now, QueueOverride.queue_id == queue_id), now)


def exceptions_of(person_ids: Collection[int], *, at: datetime) -> defaultdict[int, list[ExceptionShown]]:
    """What acts on these people at an instant or later, by their ids."""
    found = defaultdict[int, list[ExceptionShown]](list)
    for entry in _shown(_SHOWN.where(QueueOverride.effective_until > at, QueueOverride.person_id.in_(person_ids)), at):
        found[entry.person_id].append(entry)
    return found


def exceptions_of_one(person_id: int, at: datetime) -> Sequence[ExceptionShown]:
    """What acts on this person at an instant or later."""
    return exceptions_of([person_id], at=at)[person_id]


def acting_by_cell(person_ids: Collection[int], *, at: datetime) -> defaultdict[tuple[str, str], list[ExceptionShown]]:
    """What acts on these people at that very instant, by their public id and the queue's slug."""
    found = defaultdict[tuple[str, str], list[ExceptionShown]](list)
    for entries in exceptions_of(person_ids, at=at).values():
        for entry in entries:
            if entry.since <= at:
                found[entry.public_id, entry.queue].append(entry)
    return found


def locked_override(override_id: int) -> QueueOverride:
    """The exception of this id as it is now, which nobody else changes until the transaction ends. Raises NotFound."""
    asked = select(QueueOverride).where(QueueOverride.id == override_id).with_for_update()
    found = db.session.scalar(asked.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(override_id)
    return found


def same_override(wanted: QueueOverride, *, now: datetime) -> QueueOverride | None:
    """What the same person granted already with the same words and the same end, where it still acts: a button was pressed twice."""
    asked = select(QueueOverride).filter_by(
        person_id=wanted.person_id,
        queue_id=wanted.queue_id,
        effect=wanted.effect,
        reason=wanted.reason,
        effective_until=wanted.effective_until,
        granted_by_id=wanted.granted_by_id,
    )
    acting = asked.where(QueueOverride.revoked_at.is_(None), QueueOverride.effective_from <= wanted.effective_from, QueueOverride.effective_until > now)
    return db.session.scalar(acting.limit(1))


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposed exception that waits for a second person."""

    proposal: OverrideProposal
    person: Person
    queue: Queue
    by: str


def _is_confirmed() -> Any:
    return exists().where(QueueOverride.proposal_id == OverrideProposal.id)


def waiting_proposals(*, now: datetime) -> list[ProposalShown]:
    """Every exception that can still be confirmed, the one that expires first on top."""
    asked = (
        select(OverrideProposal, Person, Queue, By.c.name)
        .join(Person, Person.id == OverrideProposal.person_id)
        .join(Queue, Queue.id == OverrideProposal.queue_id)
        .join(By, By.c.id == OverrideProposal.proposed_by_id)
        .where(OverrideProposal.expires_at > now, OverrideProposal.withdrawn_at.is_(None), ~_is_confirmed())
        .order_by(OverrideProposal.expires_at, OverrideProposal.id)
    )
    return [ProposalShown(*row) for row in db.session.execute(asked)]


def locked_proposal(proposal_id: int) -> tuple[OverrideProposal, bool]:
    """The proposal of this id as it is now, held against others, and whether it is confirmed already. Raises NotFound."""
    asked = select(OverrideProposal).where(OverrideProposal.id == proposal_id).with_for_update()
    found = db.session.scalar(asked.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(proposal_id)
    return found, db.session.scalar(select(QueueOverride.id).where(QueueOverride.proposal_id == proposal_id)) is not None


def same_proposal(wanted: OverrideProposal, *, now: datetime) -> OverrideProposal | None:
    """What the same person proposed already with the same words and the same end, where it still waits."""
    asked = select(OverrideProposal).filter_by(
        person_id=wanted.person_id,
        queue_id=wanted.queue_id,
        effect=wanted.effect,
        reason=wanted.reason,
        effective_until=wanted.effective_until,
        proposed_by_id=wanted.proposed_by_id,
        withdrawn_at=None,
    )
    return db.session.scalar(asked.where(OverrideProposal.expires_at > now, ~_is_confirmed()).limit(1))


def personal_record(person_id: int) -> list[dict[str, object]]:
    """The exceptions a person was ever granted, and what was proposed and never confirmed, as they take them away."""
    granted = (
        select(QueueOverride, Queue.slug, By.c.name, Second.c.name)
        .join(Queue, Queue.id == QueueOverride.queue_id)
        .join(By, By.c.id == QueueOverride.granted_by_id)
        .outerjoin(Second, Second.c.id == QueueOverride.confirmed_by_id)
        .where(QueueOverride.person_id == person_id)
        .order_by(QueueOverride.recorded_at, QueueOverride.id)
    )
    proposed = (
        select(OverrideProposal, Queue.slug, By.c.name)
        .join(Queue, Queue.id == OverrideProposal.queue_id)
        .join(By, By.c.id == OverrideProposal.proposed_by_id)
        .where(OverrideProposal.person_id == person_id, ~_is_confirmed())
        .order_by(OverrideProposal.proposed_at, OverrideProposal.id)
    )
    acted = [_told(entry, slug, by) | {"confirmed_by": second, "ended_at": entry.revoked_at} for entry, slug, by, second in db.session.execute(granted)]
    waited = [
        _told(entry, slug, by) | {"proposed_at": entry.proposed_at, "withdrawn_at": entry.withdrawn_at} for entry, slug, by in db.session.execute(proposed)
    ]
    return acted + waited


def _told(entry: QueueOverride | OverrideProposal, slug: str, by: str) -> dict[str, object]:
    return {"queue": slug, "effect": entry.effect, "from": entry.effective_from, "until": entry.effective_until, "reason": entry.reason, "by": by}
