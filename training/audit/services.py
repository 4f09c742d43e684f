"""Deeds of the audit: record, and chain what was recorded."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit import queries, rules
from training.audit.models import AuditEntry, AuditSalt
from training.db import db


def record(deed: str, *, by: Actor, subject: tuple[str, str | int], now: datetime, detail: Mapping[str, object] | None = None) -> AuditEntry:
    """Append who did what to what, in the deed's own transaction.

    `deed` is named like `person.created`. The actor's address enters as a salted hash only; give personal values in
    `detail` through `pseudonym`.
    """
    kind, identity = subject
    entry = AuditEntry(
        deed=deed,
        actor_kind=by.kind.value,
        actor_id=by.id,
        address_hash=pseudonym(by.address, now=now) if by.address else None,
        request_id=by.request_id,
        subject_kind=kind,
        subject_id=str(identity),
        detail_json=rules.canonical_json(detail or {}),
        at=now,
    )
    db.session.add(entry)
    return entry


def pseudonym(value: str, *, now: datetime) -> str:
    """A personal value as it may enter the audit. The same value reads the same for a month, and can be forgotten with that month's salt."""
    month = rules.salt_month(now)
    return rules.pseudonym(value, queries.salt_of(month) or _new_salt(month))


def _new_salt(month: str) -> bytes:
    """Make this month's salt; where another transaction was faster, take that one."""
    salt = secrets.token_bytes(32)
    try:
        with db.session.begin_nested():
            db.session.add(AuditSalt(month=month, salt=salt))
    except IntegrityError:
        return queries.salt_of(month) or salt
    return salt
