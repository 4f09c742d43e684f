"""What work was reported, and since when which of it was known."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, tuple_

from training.accounts.models import Person
from training.certification.models import CertificateUse, WorkReport
from training.certification.rules import Use
from training.db import UtcDateTime, db

_KNOWN_FROM = bindparam("known_from", type_=UtcDateTime())
USES_KNOWN = (CertificateUse.person_id == Person.id) & (CertificateUse.superseded_at.is_(None) | (CertificateUse.superseded_at > _KNOWN_FROM))
"""The rows about a person that say what was known at `known_from`, a parameter, or later."""


def use_told(number: int, stretches: Iterable[Sequence[str]], recorded_at: datetime) -> Use:
    """A stored use as a value."""
    return Use(recorded_at, tuple((datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in stretches), number)


def uses_of(people: Collection[int], *, known_from: datetime) -> Mapping[tuple[int, int], tuple[Use, ...]]:
    """When the work for each of these people's certificates was done, as known from that instant on; by person and certification."""
    use, found = CertificateUse, defaultdict[tuple[int, int], tuple[Use, ...]](tuple)
    asked = select(use).where(use.person_id.in_(people), or_(use.superseded_at.is_(None), use.superseded_at > known_from))
    for row in db.session.scalars(asked.order_by(use.id)):
        found[row.person_id, row.certification_id] += (use_told(row.id, row.stretches, row.recorded_at),)
    return found


def current_uses(people: Collection[int]) -> dict[tuple[int, int], CertificateUse]:
    """The row that counts now of each of these people and certifications."""
    asked = select(CertificateUse).where(CertificateUse.person_id.in_(people), CertificateUse.superseded_at.is_(None))
    return {(row.person_id, row.certification_id): row for row in db.session.scalars(asked)}


def reports_of(people: Collection[int], days: Collection[date]) -> dict[tuple[int, str, date], WorkReport]:
    """The report that counts of each of these people, on each of these days, by queue."""
    asked = select(WorkReport).where(WorkReport.person_id.in_(people), WorkReport.worked_on.in_(days)).order_by(WorkReport.number)
    return {(row.person_id, row.queue_slug, row.worked_on): row for row in db.session.scalars(asked)}


def _latest() -> Any:
    key = (WorkReport.person_id, WorkReport.worked_on, WorkReport.queue_slug)
    return select(*key, func.max(WorkReport.number)).group_by(*key)


def reports_that_count(person_id: int, *, since: date | None = None) -> list[WorkReport]:
    """The report that counts of each of a person's days and queues, in order."""
    latest = _latest().where(WorkReport.person_id == person_id)
    asked = select(WorkReport).where(tuple_(WorkReport.person_id, WorkReport.worked_on, WorkReport.queue_slug, WorkReport.number).in_(latest))
    if since is not None:
        asked = asked.where(WorkReport.worked_on >= since)
    return list(db.session.scalars(asked.order_by(WorkReport.worked_on, WorkReport.queue_slug)))


def personal_work(person_id: int) -> list[dict[str, object]]:
    """Every report of a person's work as they take it away, corrected ones too."""
    asked = select(WorkReport).where(WorkReport.person_id == person_id).order_by(WorkReport.worked_on, WorkReport.queue_slug, WorkReport.number)
    return [
        {"day": row.worked_on, "queue": row.queue_slug, "decisions": row.decision_count, "recorded_at": row.recorded_at} for row in db.session.scalars(asked)
    ]
