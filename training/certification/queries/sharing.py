"""What holders show of themselves."""

from datetime import datetime

from sqlalchemy import delete

from training.certification.models import CertificateDisclosure, VerificationLooks
from training.certification.rules import Shows
from training.db import db


def disclosure_of(person_id: int) -> Shows:
    """What the public pages of a person's certificates tell of their name: nothing, until they choose otherwise."""
    chosen = db.session.get(CertificateDisclosure, person_id)
    return Shows(chosen.shows) if chosen else Shows.NOTHING


def forget_looks(*, began_before: datetime) -> None:
    """Delete the counts of what was looked up longer ago."""
    db.session.execute(delete(VerificationLooks).where(VerificationLooks.began_at < began_before))


def personal_sharing(person_id: int) -> dict[str, object]:
    """What a person chose about their certificates, as they take it away."""
    return {"public_page_shows": disclosure_of(person_id).value}
