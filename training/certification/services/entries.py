"""How every entry of the ledger is written."""

import secrets
from datetime import datetime

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.certification.models import CertificateEvent
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind
from training.certification.services.reminders import withdraw_reminders
from training.db import db


def entry_of(person_id: int, certification: PublishedCertification, kind: EventKind, *, reason: str, by: Actor, now: datetime) -> CertificateEvent:
    """An entry that takes effect now, not yet written down; whoever asks adds its term and evidence."""
    return CertificateEvent(
        public_id=secrets.token_urlsafe(16),
        person_id=person_id,
        certification_id=certification.id,
        certification_version_id=certification.version_id,
        kind=kind.value,
        effective_at=now,
        recorded_at=now,
        actor_id=by.id if by.kind is ActorKind.PERSON else None,
        reason=reason,
        evidence={},
    )


def append(event: CertificateEvent, certification: PublishedCertification, *, by: Actor, now: datetime) -> CertificateEvent:
    """Write the entry down, and audit it. What was to be told of an end that it moves is told no more."""
    db.session.add(event)
    db.session.flush()
    if event.valid_from is not None or event.kind == EventKind.REVOKED:
        withdraw_reminders(event.person_id, event.certification_id)
    detail = {"certification": certification.slug, "certificate": event.public_id, "reason": event.reason, **_term(event)}
    record(f"certificate.{event.kind}", by=by, subject=("person", event.person_id), now=now, detail=detail)
    return event


def _term(event: CertificateEvent) -> dict[str, object]:
    """What an award or renewal is for, so that the audit proves it."""
    if event.valid_from is None:
        return {}
    return {"from": event.valid_from, "until": event.valid_until, "disuse_days": event.disuse_days, "provisional": event.is_provisional}
