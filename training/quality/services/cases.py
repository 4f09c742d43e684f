"""Which cases were made of which audits."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.quality.models import AuditCase


def note_case_made(audit_id: int, slug: str, *, by: Actor, now: datetime) -> None:
    """Remember that a case was begun from an audit."""
    assert by.id is not None, "people make cases"
    db.session.add(AuditCase(audit_id=audit_id, slug=slug, by_id=by.id, at=now))
    db.session.flush()
    record("quality.case_made", by=by, subject=("case", slug), now=now, detail={"audit": audit_id})
