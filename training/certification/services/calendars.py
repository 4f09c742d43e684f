"""Opening and closing calendars by their secret addresses."""

import hashlib
import secrets
from datetime import datetime

from training.accounts.queries import lock_person
from training.actors import Actor
from training.audit.services import record
from training.certification import queries
from training.certification.models import CalendarFeed
from training.certification.rules import CalendarKind
from training.db import db


def token_hash(token: str) -> str:
    """What is kept of an address: its SHA-256. It has 256 bits of chance, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_calendar(person_id: int, kind: CalendarKind, *, by: Actor, now: datetime) -> str:
    """A new secret part of the address; the one before opens nothing from now on."""
    lock_person(person_id)
    close_calendar(person_id, kind, by=by, now=now)
    token = secrets.token_urlsafe(32)
    db.session.add(CalendarFeed(person_id=person_id, kind=kind.value, token_hash=token_hash(token), created_at=now))
    record("calendar.opened", by=by, subject=("person", person_id), now=now, detail={"kind": kind.value})
    return token


def close_calendar(person_id: int, kind: CalendarKind, *, by: Actor, now: datetime) -> None:
    """Let the address that is open, if one is, open nothing from now on."""
    feed = queries.open_feed(person_id, kind, is_to_be_changed=True)
    if feed is not None:
        feed.revoked_at = now
        db.session.flush()
        record("calendar.closed", by=by, subject=("person", person_id), now=now, detail={"kind": kind.value})
