"""The entries that people make: suspend, reinstate, revoke."""

from datetime import datetime
from enum import StrEnum

from training.actors import Actor
from training.certification import queries
from training.certification.models import CertificateEvent
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind, State
from training.certification.services.entries import append, entry_of
from training.errors import Refusal


class LedgerRefusal(StrEnum):
    """Why an entry is not made in the ledger."""

    NOBODY_FOR_THEMSELVES = "ledger_entry_for_oneself"
    NOTHING_TO_SUSPEND = "nothing_to_suspend"
    NOTHING_TO_REINSTATE = "nothing_to_reinstate"
    NOTHING_TO_REVOKE = "nothing_to_revoke"
    REASON_MISSING = "ledger_reason_missing"


ALLOWED_FROM = {
    EventKind.SUSPENDED: ({State.IN_FORCE}, LedgerRefusal.NOTHING_TO_SUSPEND),
    EventKind.REINSTATED: ({State.SUSPENDED}, LedgerRefusal.NOTHING_TO_REINSTATE),
    EventKind.REVOKED: ({State.IN_FORCE, State.SUSPENDED, State.PENDING}, LedgerRefusal.NOTHING_TO_REVOKE),
}
"""From which standings a person may make which entry, and what is said otherwise."""


def enter(person_id: int, certification: PublishedCertification, kind: EventKind, *, reason: str, by: Actor, now: datetime) -> CertificateEvent:
    """Suspend, reinstate or revoke, with a reason. Nobody does it for themselves; raises Refusal where it makes no sense."""
    if by.id == person_id:
        raise Refusal(LedgerRefusal.NOBODY_FOR_THEMSELVES)
    if len(reason.strip()) < 10:
        raise Refusal(LedgerRefusal.REASON_MISSING)
    states, refusal = ALLOWED_FROM[kind]
    if queries.standing_of(person_id, certification.id, at=now).state not in states:
        raise Refusal(refusal)
    return append(entry_of(person_id, certification, kind, reason=reason.strip(), by=by, now=now), certification, by=by, now=now)
