"""Publish what a certification needs."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.certification import queries
from training.certification.documents import USUAL_RENEWAL_WINDOW_DAYS, CertificationDocument
from training.certification.models import Certification, CertificationConditions, CertificationVersion
from training.db import db


def publish_certification(document: CertificationDocument, *, by: Actor, now: datetime) -> bool:
    """Make this what the certification needs from now on. Says whether anything changed."""
    certification = queries.stored_certification(document.id)
    if certification is None:
        certification = Certification(slug=document.id)
        db.session.add(certification)
        db.session.flush()
    latest = queries.latest_version(certification.id)
    if latest is not None and latest.content_hash == document.content_hash():
        return False
    version = CertificationVersion(
        certification_id=certification.id,
        number=latest.number + 1 if latest else 1,
        document=document.model_dump(mode="json"),
        content_hash=document.content_hash(),
        published_at=now,
    )
    db.session.add(version)
    db.session.flush()
    certification.current_version_id = version.id
    _note_conditions(certification, document, now=now)
    record(
        "certification.published",
        by=by,
        subject=("certification", document.id),
        now=now,
        detail={"number": version.number, "content_hash": version.content_hash},
    )
    return True


def _note_conditions(certification: Certification, document: CertificationDocument, *, now: datetime) -> None:
    """Let the gate ask from now on what this version asks, where that is not what it asks already."""
    latest = queries.latest_conditions(certification.id)
    asked = (latest.prerequisites, latest.renewal_window_days) if latest else ([], USUAL_RENEWAL_WINDOW_DAYS)
    wanted = (list(document.needs.prerequisites), document.renewal_window_days)
    if asked == wanted:
        return
    prerequisites, window = wanted
    db.session.add(
        CertificationConditions(certification_id=certification.id, prerequisites=prerequisites, renewal_window_days=window, effective_from=now, recorded_at=now)
    )
    db.session.flush()
