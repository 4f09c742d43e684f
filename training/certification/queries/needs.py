"""What a certification still asks of a person, and which passes count for it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from training.certification.models import CertificateEvent, ExamPass
from training.certification.queries.evidence import evidence_of
from training.certification.queries.ledger import ledger_event
from training.certification.queries.published import PublishedCertification, certification_by_slug
from training.certification.rules import Evidence, Need, State, TermRefusal, Unmet, is_ended_by_people_alone, is_version_covered, next_term, standing
from training.courses import queries as courses
from training.db import db


def passes_of(person_id: int, certification_id: int) -> Sequence[ExamPass]:
    """The exams passed for one certification, the latest first."""
    statement = select(ExamPass).where(ExamPass.person_id == person_id, ExamPass.certification_id == certification_id)
    return list(db.session.scalars(statement.order_by(ExamPass.passed_at.desc(), ExamPass.id.desc())))


@dataclass(frozen=True, slots=True)
class NamedNeed:
    """A need with the words a person reads for it."""

    need: Need
    subject: str
    title: str


def needs_of(certification: PublishedCertification) -> list[NamedNeed]:
    """Everything a certification needs, in the order in which it is best done, by name."""
    needs = certification.document.needs
    titles = {module.slug: module.title for module in courses.current_modules()} if needs.modules else {}
    return [
        *(NamedNeed(Need.PREREQUISITE, slug, certification_by_slug(slug).document.title) for slug in needs.prerequisites),
        *(NamedNeed(Need.LANGUAGE, language, language) for language in needs.languages),
        *(NamedNeed(Need.COURSE, slug, courses.document_of(courses.course_by_slug(slug)).title) for slug in needs.courses),
        *(NamedNeed(Need.MODULE, slug, titles.get(slug, slug)) for slug, _ in needs.module_versions),
        *(NamedNeed(Need.SUPPORTING_EXAM, slug, slug.replace("-", " ").capitalize()) for slug in needs.supporting_exams),
        *([NamedNeed(Need.EXAM, needs.exam, "The exam")] if needs.exam else []),
    ]


def unmet_needs(person_id: int, certification: PublishedCertification, *, now: datetime) -> tuple[Unmet, ...]:
    """What a person still has to do or be to earn a term, in the order in which it is best done."""
    return unmet_by(evidence_of(person_id, now=now), certification, now=now)


def unmet_by(evidence: Evidence, certification: PublishedCertification, *, now: datetime, leaving_out_exam: bool = False) -> tuple[Unmet, ...]:
    """The same by what is known of the person already."""
    needs, studies = certification.document.needs, evidence.studies
    passed = evidence.unused_passes(certification.id)
    unmet = [Unmet(Need.PREREQUISITE, slug) for slug in needs.prerequisites if not evidence.holds(slug, at=now)]
    unmet += [Unmet(Need.LANGUAGE, language) for language in needs.languages if language not in evidence.state.languages]
    unmet += [Unmet(Need.COURSE, slug) for slug in needs.courses if not studies.has_completed(slug)]
    unmet += [Unmet(Need.MODULE, slug) for slug, required in needs.module_versions if not is_version_covered(studies.versions_of(slug), required)]
    unmet += [Unmet(Need.SUPPORTING_EXAM, slug) for slug in needs.supporting_exams if slug not in passed]
    if needs.exam is not None and not leaving_out_exam and needs.exam not in passed:
        unmet.append(Unmet(Need.EXAM, needs.exam))
    return tuple(unmet)


def open_needs(evidence: Evidence, certification: PublishedCertification, *, now: datetime) -> tuple[Unmet, ...]:
    """What somebody of whom this is known could do now for a term: the exam is not asked for while one runs that may not be renewed yet."""
    term = next_term(evidence.standing(certification.id, at=now), certification.term_rule, now=now)
    return unmet_by(evidence, certification, now=now, leaving_out_exam=term is None)


def term_refusal(evidence: Evidence, certification: PublishedCertification, *, now: datetime) -> TermRefusal | None:
    """Why somebody of whom this is known would ask for a term in vain; nothing where it is theirs for the asking."""
    asked, current = certification.document.needs.asked, evidence.standing(certification.id, at=now)
    if not asked.anything:
        return TermRefusal.NOTHING_TO_MEET
    if is_ended_by_people_alone(current, asked):
        return TermRefusal.ENDED_BY_PEOPLE
    if next_term(current, certification.term_rule, now=now) is None:
        return TermRefusal.NOT_DUE
    return TermRefusal.NEEDS_UNMET if unmet_by(evidence, certification, now=now) else None


def rested_on(attempts: Sequence[tuple[int, str]], *, now: datetime) -> set[str]:
    """Of these attempts, each with its person, those on whose pass a certificate that is not over or a consideration still open rests."""
    people, asked = {person_id for person_id, _ in attempts}, {attempt for _, attempt in attempts}
    if not asked:
        return set()
    events: defaultdict[tuple[int, int], list[CertificateEvent]] = defaultdict(list)
    for event in db.session.scalars(select(CertificateEvent).where(CertificateEvent.person_id.in_(people)).order_by(CertificateEvent.id)):
        events[event.person_id, event.certification_id].append(event)
    found = {attempt for ledger in events.values() if not _is_revoked(ledger, now) for event in ledger for attempt in _earned_by(event, now)}
    used = {attempt for ledger in events.values() for event in ledger for attempt in _earned_by(event)}
    waiting = set(db.session.scalars(select(ExamPass.attempt).where(ExamPass.attempt.in_(asked))))
    return asked & (found | (waiting - used))


def _earned_by(event: CertificateEvent, now: datetime | None = None) -> set[str]:
    """The attempts that earned the term of an entry; nothing where it is over at `now`."""
    if event.valid_from is None or (now is not None and event.valid_until is not None and event.valid_until <= now):
        return set()
    return {attempt for attempt in (event.exam_attempt, *event.evidence.get("supporting", {}).values()) if attempt}


def _is_revoked(ledger: Sequence[CertificateEvent], now: datetime) -> bool:
    return standing([ledger_event(event) for event in ledger], at=now).state is State.REVOKED
