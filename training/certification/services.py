"""Deeds upon the ledger: publish what a certification needs, award, and the entries that people make."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.certification import queries
from training.certification.documents import CertificationDocument
from training.certification.models import CertificateEvent, Certification, CertificationVersion, ExamPass, RetestFlag
from training.certification.queries import PublishedCertification
from training.certification.rules import Claim, EventKind, RetestDeed, State, Term, Unmet, next_term
from training.db import db
from training.errors import Refusal


class LedgerRefusal(StrEnum):
    """Why an entry is not made in the ledger."""

    NOBODY_FOR_THEMSELVES = "ledger_entry_for_oneself"
    NOTHING_TO_SUSPEND = "nothing_to_suspend"
    NOTHING_TO_REINSTATE = "nothing_to_reinstate"
    NOTHING_TO_REVOKE = "nothing_to_revoke"
    REASON_MISSING = "ledger_reason_missing"


@dataclass(frozen=True, slots=True)
class ExamPassed:
    """A passed exam, as the exam room tells of it."""

    exam_slug: str
    attempt: str
    finished_at: datetime
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Consideration:
    """What came of considering a person: the entry made, or what is still unmet; neither where the certificate is in force and may not be renewed yet."""

    event: CertificateEvent | None
    unmet: tuple[Unmet, ...] = ()


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


def consider(person_id: int, certification: PublishedCertification, *, exam: ExamPassed | None = None, by: Actor, now: datetime) -> Consideration:
    """Award or renew when every need is met; an exam just passed is written down first and counts for one term.

    A pass that was a re-test stands in for the one that was taken back, and earns a term only where one is due anyway.
    """
    queries.hold_person(person_id)
    document = certification.document
    current = queries.standing_of(person_id, certification.id, at=now)
    term = next_term(current, now=now, validity_days=document.validity_days, renewal_window_days=document.renewal_window_days)
    if exam is not None:
        _note_pass(person_id, certification, exam)
        _meet_retests(person_id, certification, exam, stands_in=term is None, by=by, now=now)
    unmet = queries.unmet_needs(person_id, certification, now=now)
    if unmet:
        return Consideration(None, unmet)
    return Consideration(_award(person_id, certification, term, by=by, now=now) if term else None)


def flag_retest(person_id: int, certification: PublishedCertification, exam: ExamPassed, *, reason: str, by: Actor, now: datetime) -> bool:
    """A ruling took a pass back: ask for a short re-test where a certificate or an open consideration rests on the pass. Says whether one does.

    No certificate is touched: what was awarded stays in force until it ends or a person decides otherwise.
    """
    queries.hold_person(person_id)
    if any(flag.attempt == exam.attempt for flag in queries.open_retests(person_id, certification.id)):
        return True
    if exam.attempt not in queries.rested_on([(person_id, exam.attempt)], now=now):
        return False
    flag = RetestFlag(person_id=person_id, exam_slug=exam.exam_slug, attempt=exam.attempt, deed=RetestDeed.RAISED.value, reason=reason)
    _append_flag(flag, certification, by=by, now=now)
    return True


def lift_retest(person_id: int, certification: PublishedCertification, attempt: str, *, reason: str, by: Actor, now: datetime) -> bool:
    """A later ruling gave a pass back: no re-test is needed. Says whether one was due."""
    queries.hold_person(person_id)
    due = [flag for flag in queries.open_retests(person_id, certification.id) if flag.attempt == attempt]
    for flag in due:
        lifted = RetestFlag(person_id=person_id, exam_slug=flag.exam_slug, attempt=attempt, deed=RetestDeed.LIFTED.value, reason=reason)
        _append_flag(lifted, certification, by=by, now=now)
    return bool(due)


def _meet_retests(person_id: int, certification: PublishedCertification, exam: ExamPassed, *, stands_in: bool, by: Actor, now: datetime) -> None:
    for flag in queries.open_retests(person_id, certification.id):
        if flag.exam_slug == exam.exam_slug and exam.finished_at > flag.recorded_at:
            met = RetestFlag(person_id=person_id, exam_slug=flag.exam_slug, attempt=flag.attempt, deed=RetestDeed.MET.value, reason="The re-test was passed.")
            met.replaced_by = exam.attempt if stands_in else None
            _append_flag(met, certification, by=by, now=now)


def _append_flag(flag: RetestFlag, certification: PublishedCertification, *, by: Actor, now: datetime) -> None:
    flag.certification_id = certification.id
    flag.actor_id = by.id if by.kind is ActorKind.PERSON else None
    flag.recorded_at = now
    db.session.add(flag)
    db.session.flush()
    detail = {"certification": certification.slug, "exam": flag.exam_slug, "attempt": flag.attempt, "reason": flag.reason}
    record(f"retest.{flag.deed}", by=by, subject=("person", flag.person_id), now=now, detail=detail)


def _note_pass(person_id: int, certification: PublishedCertification, exam: ExamPassed) -> None:
    if any(entry.attempt == exam.attempt for entry in queries.passes_of(person_id, certification.id)):
        return
    db.session.add(
        ExamPass(
            person_id=person_id,
            certification_id=certification.id,
            exam_slug=exam.exam_slug,
            attempt=exam.attempt,
            passed_at=exam.finished_at,
            claim=asdict(exam.claim) if exam.claim else None,
        )
    )
    db.session.flush()


def _award(person_id: int, certification: PublishedCertification, term: Term, *, by: Actor, now: datetime) -> CertificateEvent:
    passes, needs = queries.evidence_of(person_id, now=now).unused_passes(certification.id), certification.document.needs
    passed = passes.get(needs.exam or "")
    event = _entry(person_id, certification, term.kind, reason="Every need is met.", by=by, now=now)
    event.valid_from, event.valid_until = term.valid_from, term.valid_until
    event.exam_attempt = passed.attempt if passed else None
    event.evidence = {
        "exam": passed.exam_slug if passed else None,
        "attempt": passed.attempt if passed else None,
        "passed_at": passed.passed_at.isoformat() if passed else None,
        "claim": passed.claim if passed else None,
        "supporting": {slug: passes[slug].attempt for slug in needs.supporting_exams},
        "needs": needs.model_dump(mode="json"),
    }
    return _append(event, certification, by=by, now=now)


def _entry(person_id: int, certification: PublishedCertification, kind: EventKind, *, reason: str, by: Actor, now: datetime) -> CertificateEvent:
    return CertificateEvent(
        public_id=secrets.token_urlsafe(16),
        person_id=person_id,
        certification_id=certification.id,
        certification_version_id=certification.version_id,
        kind=kind.value,
        effective_at=now,
        recorded_at=now,
        actor_id=by.id if by.kind is ActorKind.PERSON else None,
        reason=reason,
        evidence={},
    )


def _append(event: CertificateEvent, certification: PublishedCertification, *, by: Actor, now: datetime) -> CertificateEvent:
    db.session.add(event)
    db.session.flush()
    record(
        f"certificate.{event.kind}",
        by=by,
        subject=("person", event.person_id),
        now=now,
        detail={"certification": certification.slug, "certificate": event.public_id, "reason": event.reason},
    )
    return event


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
    return _append(_entry(person_id, certification, kind, reason=reason.strip(), by=by, now=now), certification, by=by, now=now)
