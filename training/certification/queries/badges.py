"""Which awards are revoked or suspended, for the lists that badges point to."""

from datetime import datetime

from sqlalchemy import func, select

from training.certification.models import CertificateEvent
from training.certification.queries.ledger import known_ledgers_of
from training.certification.rules import PLACES_IN_A_LIST, EventKind, Fate, StatusPurpose, fate_of, standing
from training.db import db
from training.errors import NotFound

_FATES = {StatusPurpose.REVOCATION: Fate.REVOKED, StatusPurpose.SUSPENSION: Fate.SUSPENDED}
_CAUSES = {StatusPurpose.REVOCATION: EventKind.REVOKED, StatusPurpose.SUSPENSION: EventKind.SUSPENDED}


def marked_places(purpose: StatusPurpose, number: int, *, now: datetime) -> list[int]:
    """The places, over all lists, of the awards in one list that are revoked or suspended at `now`.

    Raises NotFound for a list that has no award yet, but the first.
    """
    last = db.session.scalar(select(func.max(CertificateEvent.id))) or 0
    if number and number * PLACES_IN_A_LIST > last:
        raise NotFound(number)
    caused = db.session.scalars(select(CertificateEvent.person_id).where(CertificateEvent.kind == _CAUSES[purpose].value).distinct()).all()
    found = []
    for ledger in known_ledgers_of(caused, known_at=now).values():
        for events in ledger.values():
            stands = standing(events, at=now)
            awards = (event for event in events if event.valid_from is not None and event.id // PLACES_IN_A_LIST == number)
            found += [award.id for award in awards if fate_of(award, events, stands, at=now) is _FATES[purpose]]
    return found
