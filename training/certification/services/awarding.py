"""Award and renew when every need is met."""

from dataclasses import asdict, dataclass
from datetime import datetime

from training.actors import Actor
from training.certification import queries
from training.certification.models import CertificateEvent, ExamPass
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind, Evidence, State, Term, Unmet, next_term, will_nest
from training.certification.services.deltas import meet_by_exam
from training.certification.services.entries import append, entry_of
from training.certification.services.passed import ExamPassed
from training.certification.services.retests import meet_retests
from training.db import db


@dataclass(frozen=True, slots=True)
class Consideration:
    """What came of considering a person: the entry made, or what is still unmet; neither where the certificate is in force and may not be renewed yet."""

    event: CertificateEvent | None
    unmet: tuple[Unmet, ...] = ()


def consider(person_id: int, certification: PublishedCertification, *, exam: ExamPassed | None = None, by: Actor, now: datetime) -> Consideration:
    """Award or renew when every need is met; an exam just passed is written down first and counts for one term.

    A pass that was a re-test stands in for the one that was taken back, and earns a term only where one is due anyway. A suspension ends by a fresh exam:
    where there is none to sit, only a person ends it.
    """
    queries.hold_person(person_id)
    current = queries.standing_of(person_id, certification.id, at=now)
    term = next_term(current, certification.term_rule, now=now)
    if exam is not None:
        _note_pass(person_id, certification, exam)
        meet_retests(person_id, certification, exam, stands_in=term is None, by=by, now=now)
        meet_by_exam(person_id, exam, by=by, now=now)
    unmet = queries.unmet_needs(person_id, certification, now=now)
    if unmet or (current.state is State.SUSPENDED and certification.document.needs.exam is None):
        return Consideration(None, unmet)
    return Consideration(_award(person_id, certification, term, by=by, now=now) if term else None)


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
            form=dict(exam.form) if exam.form else None,
        )
    )
    db.session.flush()


def _award(person_id: int, certification: PublishedCertification, term: Term, *, by: Actor, now: datetime) -> CertificateEvent:
    known, document = queries.evidence_of(person_id, now=now), certification.document
    passes = known.unused_passes(certification.id)
    passed = passes.get(document.needs.exam or "")
    event = entry_of(person_id, certification, term.kind, reason="Every need is met.", by=by, now=now)
    event.valid_from, event.valid_until, event.disuse_days = term.valid_from, term.valid_until, term.disuse_days
    event.is_provisional = document.nesting is not None and term.kind is EventKind.AWARDED and will_nest(known.events_of(certification.id))
    event.exam_attempt = passed.attempt if passed else None
    event.evidence = {
        "exam": passed.exam_slug if passed else None,
        "attempt": passed.attempt if passed else None,
        "passed_at": passed.passed_at.isoformat() if passed else None,
        "claim": passed.claim if passed else None,
        "form": passed.form if passed else None,
        "supporting": {slug: passes[slug].attempt for slug in document.needs.supporting_exams},
        "supporting_forms": {slug: passes[slug].form for slug in document.needs.supporting_exams},
        "modules": {slug: _latest_acknowledged(known, slug) for slug in document.needs.modules},
        "needs": document.needs.model_dump(mode="json"),
    }
    return append(event, certification, by=by, now=now)


def _latest_acknowledged(known: Evidence, module: str) -> str | None:
    """The latest version of a policy module that the holder had said they had read."""
    return str(latest) if (latest := max(known.studies.versions_of(module), default=None)) else None
