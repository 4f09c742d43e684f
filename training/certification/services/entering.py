"""The entries that people make: suspend, reinstate, revoke."""

from datetime import datetime
from enum import StrEnum

from training.actors import Actor
from training.certification import queries
from training.certification.models import CertificateEvent
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind, State, is_ended_by_people_alone
from training.certification.services.awarding import award_what_is_met
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
    """Suspend, reinstate or revoke, with a reason. Nobody does it for themselves; raises Refusal where it makes no sense.

    A revoked certificate without an exam is reinstated as well, since nothing could be sat for it: what was revoked stays so, and where every need
    is met another one is awarded at once.
    """
    if by.id == person_id:
        raise Refusal(LedgerRefusal.NOBODY_FOR_THEMSELVES)
    if len(reason.strip()) < 10:
        raise Refusal(LedgerRefusal.REASON_MISSING)
    queries.hold_person(person_id)
    states, refusal = ALLOWED_FROM[kind]
    current = queries.standing_of(person_id, certification.id, at=now)
    is_given_back = kind is EventKind.REINSTATED and is_ended_by_people_alone(current, certification.document.needs.asked)
    if current.state not in states and not is_given_back:
        raise Refusal(refusal)
    event = append(entry_of(person_id, certification, kind, reason=reason.strip(), by=by, now=now), certification, by=by, now=now)
    if kind is EventKind.REINSTATED:
        award_what_is_met(person_id, by=by, now=now)
    return event
