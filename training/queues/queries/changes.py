"""The feed of what changed at the gate: what waits to enter it, and what it says."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, func, select, text, tuple_
from sqlalchemy.orm import aliased

from training.accounts.models import Person, ShiftAssignment, ShiftVersion
from training.accounts.queries.absences import hours_version
from training.accounts.rules import Hours
from training.certification.models import Certification
from training.db import Prepared, UtcDateTime, db, one_of_ids, reading
from training.queues.models import AccessCause, AccessChange, Queue
from training.queues.queries.evidence import Gathered, gather
from training.queues.queries.scopes import certifications_concerning
from training.queues.rules.changes import Cause, ChangeKind, Concern

SEQUENCER_LOCK = 7_023_817
"""The advisory lock on PostgreSQL that only one sequencer holds."""

_DUE = Prepared(select(AccessCause.id).where(AccessCause.due_at <= bindparam("now", type_=UtcDateTime())).limit(1))


def is_anything_due(*, now: datetime) -> bool:
    """Whether something waits to enter the feed whose instant has come."""
    return bool(_DUE.rows(now=now))


def hold_feed() -> None:
    """Be the only sequencer until the transaction ends. On SQLite a writing transaction is alone anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SEQUENCER_LOCK})


def due_causes(*, now: datetime, limit: int) -> list[Cause]:
    """What is due, the earliest first. What a deed is changing at this moment stays for the next time, so that nobody waits for a long deed."""
    statement = (
        select(AccessCause, Queue.slug, Certification.slug)
        .outerjoin(Queue, Queue.id == AccessCause.queue_id)
        .outerjoin(Certification, Certification.id == AccessCause.certification_id)
        .where(AccessCause.due_at <= now)
        .order_by(AccessCause.due_at, AccessCause.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=AccessCause)
    )
    return [_cause(*row) for row in db.session.execute(statement)]


def _cause(row: AccessCause, queue: str | None, certification: str | None) -> Cause:
    areas = None if row.areas is None else frozenset(row.areas)
    return Cause(row.id, row.kind, row.due_at, row.person_id, queue, row.certification_id, certification, row.module_slug, areas, row.shift_id)


def forget_causes(ids: Collection[int]) -> None:
    """Take away what entered the feed."""
    db.session.execute(delete(AccessCause).where(one_of_ids(AccessCause.id, "ids")).execution_options(synchronize_session=False), {"ids": list(ids)})


def waiting_by_key(keys: Collection[str]) -> dict[str, datetime]:
    """When those of these keyed causes are due that wait."""
    asked = select(AccessCause.shared_key, AccessCause.due_at).where(AccessCause.shared_key.in_(keys))
    return {key: due_at for key, due_at in db.session.execute(asked) if key is not None}


def gather_queues() -> Gathered:
    """What every queue demands and every certification asks, and nothing of anybody."""
    with reading() as connection:
        slugs = connection.scalars(select(Queue.slug)).all()
    return gather([], slugs)


def concerns(known: Gathered, *, now: datetime) -> dict[str, Concern]:
    """What each queue demands now, and every certification that this comes down to."""
    found = {}
    for slug, versions in known.demands.items():
        begun = [version for version in versions if version.effective_from <= now]
        if begun:
            current = max(begun, key=lambda version: (version.effective_from, version.number))
            found[slug] = Concern(current.requirements, frozenset(certifications_concerning([current], known.conditions)))
    return found


def hours_of_shift(shift_id: int, *, at: datetime) -> Hours | None:
    """A shift's hours at an instant."""
    begun = select(ShiftVersion).where(ShiftVersion.shift_id == shift_id, ShiftVersion.effective_from <= at)
    found = db.session.scalar(begun.order_by(ShiftVersion.effective_from.desc(), ShiftVersion.number.desc()).limit(1))
    return hours_version(found).hours if found else None


def people_on_shift(shift_id: int, *, at: datetime) -> Sequence[int]:
    """The ids of those who work a shift at an instant, in order."""
    given, later = ShiftAssignment, aliased(ShiftAssignment)
    is_newer = tuple_(later.effective_from, later.id) > tuple_(given.effective_from, given.id)
    newer = exists().where(later.person_id == given.person_id, later.effective_from <= at, is_newer)
    asked = select(given.person_id).where(given.shift_id == shift_id, given.effective_from <= at, ~newer)
    return db.session.scalars(asked.order_by(given.person_id)).all()


@dataclass(frozen=True, slots=True)
class SequencedChange:
    """One event of the feed. `subject` is a person's public id; nothing where it concerns everybody."""

    position: int
    at: datetime
    kind: ChangeKind
    subject: str | None
    queues: tuple[str, ...] | None
    """By slug; None is all of them."""
    certification: str | None


@dataclass(frozen=True, slots=True)
class FeedSpan:
    """The first and the last position that are kept; a feed that never held anything ends at 0."""

    first: int
    last: int


def feed_span() -> FeedSpan:
    """Which positions are kept."""
    with reading() as connection:
        first, last = connection.execute(select(func.min(AccessChange.position), func.max(AccessChange.position))).one()
    return FeedSpan(first or 1, last or 0)


def last_position() -> int:
    """The feed's end, as the sequencer has to go on from it."""
    return db.session.scalar(select(func.max(AccessChange.position))) or 0


def changes_after(position: int, *, limit: int) -> Sequence[SequencedChange]:
    """So many events of the feed, from behind this position on, in order."""
    change = AccessChange
    statement = (
        select(change.position, change.at, change.kind, Person.public_id, change.queues, change.certification)
        .outerjoin(Person, Person.id == change.person_id)
        .where(change.position > position)
        .order_by(change.position)
        .limit(limit)
    )
    with reading() as connection:
        found = connection.execute(statement).all()
    return [
        SequencedChange(number, at, ChangeKind(kind), subject, None if queues is None else tuple(queues), certification)
        for number, at, kind, subject, queues, certification in found
    ]


def forget_changes(*, before: datetime) -> None:
    """Take away what was sequenced before this instant. The last event stays: positions go on from it."""
    last = select(func.max(AccessChange.position)).scalar_subquery()
    old = delete(AccessChange).where(AccessChange.sequenced_at < before, AccessChange.position < last)
    db.session.execute(old.execution_options(synchronize_session=False))
