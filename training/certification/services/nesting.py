"""Entries about time in shadow: sign off, promote, extend."""

from datetime import datetime, timedelta
from enum import StrEnum

from training.accounts.queries import state_of
from training.accounts.rules import Role
from training.actors import Actor
from training.certification import queries
from training.certification.models import CertificateEvent
from training.certification.queries import Nester, PublishedCertification
from training.certification.rules import EventKind, QualityState
from training.certification.services.entering import LedgerRefusal
from training.certification.services.entries import append, entry_of
from training.errors import Refusal

MAY_DECIDE = frozenset({Role.LEAD, Role.QA})
"""Who promotes and extends; they may sign off as well."""
SHORTEST_REASON = 10
LONGEST_EXTENSION_DAYS = 90


class NestingRefusal(StrEnum):
    """Why a time in shadow is not signed off, ended or extended."""

    NOT_IN_SHADOW = "not_in_shadow"
    NO_BUDDY = "nesting_no_buddy"
    NOT_YOURS = "nesting_not_yours"
    TOO_SOON = "nesting_too_soon"
    QUALITY_NOT_REACHED = "nesting_quality_not_reached"
    NOT_SIGNED_OFF = "nesting_not_signed_off"
    EXTENSION_OUT_OF_RANGE = "nesting_extension_out_of_range"


def sign_off(person_id: int, certification: PublishedCertification, *, reason: str, by: Actor, now: datetime) -> CertificateEvent:
    """Vouch for somebody in shadow: who holds the certificate in full may, and who decides; nobody for themselves."""
    nester = _nester(person_id, certification, reason=reason, by=by, now=now)
    if certification.slug not in queries.held_in_full(by.id or 0, at=now) and not _may_decide(by, now=now):
        raise Refusal(NestingRefusal.NO_BUDDY)
    return _append(nester, EventKind.SIGNED_OFF, reason, by=by, now=now)


def promote(person_id: int, certification: PublishedCertification, *, reason: str, by: Actor, now: datetime) -> CertificateEvent:
    """End the shadow of somebody who was in it long enough and decides well, with what that rests on."""
    nester = _nester(person_id, certification, reason=reason, by=by, now=now)
    if not _may_decide(by, now=now):
        raise Refusal(NestingRefusal.NOT_YOURS)
    progress = nester.progress
    if not progress.is_long_enough:
        raise Refusal(NestingRefusal.TOO_SOON)
    if progress.quality is QualityState.NOT_REACHED:
        raise Refusal(NestingRefusal.QUALITY_NOT_REACHED)
    if not progress.may_be_promoted:
        raise Refusal(NestingRefusal.NOT_SIGNED_OFF)
    return _append(nester, EventKind.PROMOTED, reason, by=by, now=now)


def extend(person_id: int, certification: PublishedCertification, *, days: int, reason: str, by: Actor, now: datetime) -> CertificateEvent:
    """Let the shadow go on for so many days from now; a buddy has to sign off anew."""
    nester = _nester(person_id, certification, reason=reason, by=by, now=now)
    if not _may_decide(by, now=now):
        raise Refusal(NestingRefusal.NOT_YOURS)
    if not 1 <= days <= LONGEST_EXTENSION_DAYS:
        raise Refusal(NestingRefusal.EXTENSION_OUT_OF_RANGE)
    return _append(nester, EventKind.EXTENDED, reason, by=by, now=now, until=(now + timedelta(days=days)).isoformat())


def _nester(person_id: int, certification: PublishedCertification, *, reason: str, by: Actor, now: datetime) -> Nester:
    """Whom it is about, held until the transaction ends. Raises Refusal for oneself, without a reason, and where nobody is in shadow."""
    if by.id is None or by.id == person_id:
        raise Refusal(LedgerRefusal.NOBODY_FOR_THEMSELVES)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(LedgerRefusal.REASON_MISSING)
    queries.hold_person(person_id)
    nester = queries.nester_of(person_id, certification.id, now=now)
    if nester is None:
        raise Refusal(NestingRefusal.NOT_IN_SHADOW)
    return nester


def _may_decide(by: Actor, *, now: datetime) -> bool:
    return by.id is not None and bool(MAY_DECIDE & state_of(by.id, at=now).roles)


def _append(nester: Nester, kind: EventKind, reason: str, *, by: Actor, now: datetime, **more: object) -> CertificateEvent:
    event = entry_of(nester.person.id, nester.certification, kind, reason=reason.strip(), by=by, now=now)
    shadow = nester.progress.shadow
    event.evidence = {
        "since": shadow.since.isoformat(),
        "decisions": shadow.decisions,
        "quality": nester.progress.quality.value,
        "looked_at": shadow.quality.looked_at,
        "right": shadow.quality.right,
        "signed_off": shadow.is_signed_off,
        **more,
    }
    return append(event, nester.certification, by=by, now=now)
