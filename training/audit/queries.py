"""Questions to the audit."""

from training.audit.models import AuditSalt
from training.db import db


def salt_of(month: str) -> bytes | None:
    """The salt of this month, if any value was hidden in it yet."""
    found = db.session.get(AuditSalt, month)
    return found.salt if found else None
