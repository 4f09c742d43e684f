"""Award and renew when every need is met."""

from dataclasses import asdict, dataclass
from datetime import datetime

from training.accounts.rules import Status
from training.actors import Actor
from training.certification import queries
from training.certification.documents import Needs
from training.certification.models import CertificateEvent, ExamPass
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind, Evidence, Term, Unmet, is_ended_by_people_alone, is_ripe, next_term, will_nest
from training.certification.services.deltas import meet_by_exam
from training.certification.services.entries import append, entry_of
from training.certification.services.passed import ExamPassed
from training.certification.services.retests import meet_retests
from training.db import db
from training.errors import Refusal

EVERY_NEED_IS_MET = "Every need is met."
ASKED_FOR = "Every need is met, and the holder asked for another term."


@dataclass(frozen=True, slots=True)
class Consideration:
    """What came of considering a person: the entry made, or what is still unmet; neither where the certificate is in force and may not be renewed yet."""

    event: CertificateEvent | None
    unmet: tuple[Unmet, ...] = ()


def consider(person_id: int, certification: PublishedCertification, *, exam: ExamPassed | None = None, by: Actor, now: datetime) -> Consideration:
    """Award or renew when every need is met; an exam just passed is written down first and counts for one term.

    A pass that was a re-test stands in for the one that was taken back, and earns a term only where one is due anyway. A suspension or revocation ends
    by a fresh exam: where there is none to sit, only a person ends it. What an award completes of other certifications is awarded with it.
    """
    queries.hold_person(person_id)
    current = queries.standing_of(person_id, certification.id, at=now)
    term = next_term(current, certification.term_rule, now=now)
    if exam is not None:
        _note_pass(person_id, certification, exam)
        meet_retests(person_id, certification, exam, stands_in=term is None, by=by, now=now)
        meet_by_exam(person_id, exam, by=by, now=now)
    unmet = queries.unmet_needs(person_id, certification, now=now)
    if unmet or term is None or is_ended_by_people_alone(current, certification.document.needs.asked):
        return Consideration(None, unmet)
    event = _award(person_id, certification, term, reason=EVERY_NEED_IS_MET, by=by, now=now)
    award_what_is_met(person_id, by=by, now=now)
    return Consideration(event)


def award_what_is_met(person_id: int, *, by: Actor, now: datetime) -> list[CertificateEvent]:
    """Award whatever this person may have completed the needs of by what was just recorded about them; each term once, however often this is called.

    Called by whatever records that a need is met: an acknowledgement, a check passed, practice, a language, a certificate in force again. An award may
    be the last need of another certification, so it goes on until nothing more is met.
    """
    queries.hold_person(person_id)
    awarded: list[CertificateEvent] = []
    while fresh := _ripe(person_id, by=by, now=now):
        awarded += fresh
    return awarded


def ask_for_term(person_id: int, certification: PublishedCertification, *, by: Actor, now: datetime) -> CertificateEvent:
    """Give the holder the term they ask for: the only way to another one where nothing is sat anew. Raises Refusal where none is due."""
    queries.hold_person(person_id)
    known = queries.evidence_of(person_id, now=now)
    refusal = queries.term_refusal(known, certification, now=now)
    if refusal is not None:
        raise Refusal(refusal)
    term = next_term(known.standing(certification.id, at=now), certification.term_rule, now=now)
    assert term is not None, "where none is due it was refused"
    event = _award(person_id, certification, term, reason=ASKED_FOR, by=by, now=now)
    award_what_is_met(person_id, by=by, now=now)
    return event


def _ripe(person_id: int, *, by: Actor, now: datetime) -> list[CertificateEvent]:
    """One round of awards by what is known of the person now."""
    known = queries.evidence_of(person_id, now=now)
    if known.state.status is Status.DEACTIVATED:
        return []
    found = [(each, known.standing(each.id, at=now)) for each in queries.certifications() if each.is_found_by(known.state.roles)]
    ripe = [
        (each, term)
        for each, current in found
        if is_ripe(current, each.document.needs.asked)
        and (term := next_term(current, each.term_rule, now=now)) is not None
        and not queries.unmet_by(known, each, now=now)
    ]
    return [_award(person_id, each, term, reason=EVERY_NEED_IS_MET, by=by, now=now) for each, term in ripe]


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


def _award(person_id: int, certification: PublishedCertification, term: Term, *, reason: str, by: Actor, now: datetime) -> CertificateEvent:
    known, document = queries.evidence_of(person_id, now=now), certification.document
    passes = known.unused_passes(certification.id)
    passed = passes.get(document.needs.exam or "")
    event = entry_of(person_id, certification, term.kind, reason=reason, by=by, now=now)
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
        "modules": {slug: _latest_acknowledged(known, slug) for slug in _modules_of(document.needs, known)},
        "prerequisites": {slug: known.number_of(slug, at=now) for slug in document.needs.prerequisites},
        "needs": document.needs.model_dump(mode="json"),
    }
    return append(event, certification, by=by, now=now)


def _modules_of(needs: Needs, known: Evidence) -> list[str]:
    """The modules that it rests on: those it names, and those of its courses."""
    of_courses = (slug for course in needs.courses if course in known.studies.courses for slug, _ in known.studies.courses[course].needs.modules)
    return list(dict.fromkeys([*needs.modules, *of_courses]))


def _latest_acknowledged(known: Evidence, module: str) -> str | None:
    """The latest version of a policy module that the holder had said they had read."""
    return str(latest) if (latest := max(known.studies.versions_of(module), default=None)) else None
