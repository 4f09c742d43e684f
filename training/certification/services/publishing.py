"""Publish what a certification needs."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.certification import queries
from training.certification.documents import CertificationDocument
from training.certification.models import Certification, CertificationVersion
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
    record("certification.published", by=by, subject=("certification", document.id), now=now, detail={"number": version.number})
    return True
