"""Audit entries as `record` makes them."""

from datetime import UTC, datetime

from training.actors import SYSTEM, Actor
from training.audit.models import AuditEntry
from training.audit.services import record
from training.db import db

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def entry(
    deed: str = "person.created", *, by: Actor = SYSTEM, subject: tuple[str, str | int] = ("person", 1), now: datetime = AT, **detail: object
) -> AuditEntry:
    """A committed entry."""
    made = record(deed, by=by, subject=subject, now=now, detail=detail)
    db.session.commit()
    return made
