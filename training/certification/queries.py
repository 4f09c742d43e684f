"""What the ledger says, and what a certification still asks of a person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select

from training.accounts import queries as accounts
from training.accounts.models import Person
from training.certification.documents import CertificationDocument
from training.certification.models import CertificateEvent, Certification, CertificationVersion, ExamPass, Obligation
from training.certification.rules import EventKind, LedgerEvent, Need, Standing, State, Unmet, is_version_covered, known_events, next_term, standing
from training.courses import queries as courses
from training.db import db
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class PublishedCertification:
    """A certification with what it needs now."""

    id: int
    version_id: int
    document: CertificationDocument

    @property
    def slug(self) -> str:
        """Its stable name."""
        return self.document.id


@dataclass(frozen=True, slots=True)
class Certificate:
    """How a person stands with one certification."""

    certification: PublishedCertification
    standing: Standing


@dataclass(frozen=True, slots=True)
class VerifiedCertificate:
    """What anybody may know of one award: whose, for what, for how long, and how it stands now."""

    holder_name: str
    title: str
    summary: str
    valid_from: datetime
    valid_until: datetime
    standing: Standing
    is_superseded: bool


def _published(rows: Iterable[Row[Certification, CertificationVersion]]) -> Iterator[PublishedCertification]:
    for certification, version in rows:
        yield PublishedCertification(certification.id, version.id, CertificationDocument.model_validate(version.document))


def certifications() -> list[PublishedCertification]:
    """Every certification, by title."""
    statement = select(Certification, CertificationVersion).join(CertificationVersion, Certification.current_version_id == CertificationVersion.id)
    found = _published(db.session.execute(statement))
    return sorted(found, key=lambda certification: (certification.document.title, certification.slug))


def certification_by_slug(slug: str) -> PublishedCertification:
    """The certification of this name. Raises NotFound."""
    statement = (
        select(Certification, CertificationVersion)
        .join(CertificationVersion, Certification.current_version_id == CertificationVersion.id)
        .where(Certification.slug == slug)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(slug)
    return next(_published([row]))


def stored_certification(slug: str) -> Certification | None:
    """The row of this name, published or not."""
    return db.session.scalar(select(Certification).where(Certification.slug == slug))


def latest_version(certification_id: int) -> CertificationVersion | None:
    """The version published last."""
    statement = select(CertificationVersion).where(CertificationVersion.certification_id == certification_id)
    return db.session.scalar(statement.order_by(CertificationVersion.number.desc()).limit(1))


def _event(row: CertificateEvent) -> LedgerEvent:
    return LedgerEvent(
        id=row.id,
        kind=EventKind(row.kind),
        effective_at=row.effective_at,
        recorded_at=row.recorded_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        public_id=row.public_id,
    )


def ledger_of(person_id: int) -> list[CertificateEvent]:
    """Every entry of a person, the latest first."""
    statement = select(CertificateEvent).where(CertificateEvent.person_id == person_id)
    return list(db.session.scalars(statement.order_by(CertificateEvent.recorded_at.desc(), CertificateEvent.id.desc())))


def events_of(person_id: int) -> Mapping[int, tuple[LedgerEvent, ...]]:
    """The ledger of a person, by certification."""
    found: defaultdict[int, list[LedgerEvent]] = defaultdict(list)
    for row in db.session.scalars(select(CertificateEvent).where(CertificateEvent.person_id == person_id).order_by(CertificateEvent.id)):
        found[row.certification_id].append(_event(row))
    return {certification_id: tuple(events) for certification_id, events in found.items()}


def standing_of(person_id: int, certification_id: int, *, at: datetime, known_at: datetime | None = None) -> Standing:
    """How a person stands with one certification at an instant, as known then."""
    return standing(known_events(events_of(person_id).get(certification_id, ()), known_at or at), at=at)


def certificates_of(person_id: int, *, at: datetime, known_at: datetime | None = None) -> list[Certificate]:
    """How a person stands with every certification that they ever held, at an instant, as known then."""
    events = events_of(person_id)
    return [
        Certificate(certification, standing(known_events(events[certification.id], known_at or at), at=at))
        for certification in certifications()
        if certification.id in events
    ]


def hold_person(person_id: int) -> None:
    """Let nobody else consider this person until the transaction ends."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def passes_of(person_id: int, certification_id: int) -> Sequence[ExamPass]:
    """The exams passed for one certification, the latest first."""
    statement = select(ExamPass).where(ExamPass.person_id == person_id, ExamPass.certification_id == certification_id)
    return list(db.session.scalars(statement.order_by(ExamPass.passed_at.desc(), ExamPass.id.desc())))


def unused_pass(person_id: int, certification: PublishedCertification) -> ExamPass | None:
    """The latest pass of the exam the certification asks for that has not earned a term yet."""
    used = set(db.session.scalars(select(CertificateEvent.exam_attempt).where(CertificateEvent.person_id == person_id)))
    passes = passes_of(person_id, certification.id)
    return next((entry for entry in passes if entry.exam_slug == certification.document.needs.exam and entry.attempt not in used), None)


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
        *([NamedNeed(Need.EXAM, needs.exam, "The exam")] if needs.exam else []),
    ]


def unmet_needs(person_id: int, certification: PublishedCertification, *, now: datetime, leaving_out_exam: bool = False) -> tuple[Unmet, ...]:
    """What a person still has to do or be to earn a term, in the order in which it is best done."""
    needs = certification.document.needs
    unmet = [*_unmet_prerequisites(person_id, needs.prerequisites, now=now), *_unmet_languages(person_id, needs.languages, now=now)]
    unmet += [Unmet(Need.COURSE, slug) for slug in needs.courses if not courses.course_progress(person_id, slug).is_complete]
    acknowledged = courses.acknowledged_versions(person_id)
    for slug, required in needs.module_versions:
        held = [entry.version for entry in acknowledged if entry.module_slug == slug]
        if not is_version_covered(held, required):
            unmet.append(Unmet(Need.MODULE, slug))
    if needs.exam is not None and not leaving_out_exam and unused_pass(person_id, certification) is None:
        unmet.append(Unmet(Need.EXAM, needs.exam))
    return tuple(unmet)


def open_needs(person_id: int, certification: PublishedCertification, *, now: datetime) -> tuple[Unmet, ...]:
    """What a person could do now for a term: the exam is not asked for while one runs that may not be renewed yet."""
    document = certification.document
    current = standing_of(person_id, certification.id, at=now)
    term = next_term(current, now=now, validity_days=document.validity_days, renewal_window_days=document.renewal_window_days)
    return unmet_needs(person_id, certification, now=now, leaving_out_exam=term is None)


def _unmet_prerequisites(person_id: int, slugs: Sequence[str], *, now: datetime) -> list[Unmet]:
    if not slugs:
        return []
    held = {certificate.certification.slug for certificate in certificates_of(person_id, at=now) if certificate.standing.is_in_force}
    return [Unmet(Need.PREREQUISITE, slug) for slug in slugs if slug not in held]


def _unmet_languages(person_id: int, languages: Sequence[str], *, now: datetime) -> list[Unmet]:
    if not languages:
        return []
    spoken = accounts.state_of(person_id, at=now).languages
    return [Unmet(Need.LANGUAGE, language) for language in languages if language not in spoken]


def open_obligations_of(person_id: int) -> Sequence[Obligation]:
    """What a person must still do by a date, the most urgent first."""
    statement = select(Obligation).where(Obligation.person_id == person_id, Obligation.met_at.is_(None))
    return list(db.session.scalars(statement.order_by(Obligation.due_at, Obligation.id)))


def verified_certificate(public_id: str, *, now: datetime) -> VerifiedCertificate:
    """What a verification page says of one award, for ever. Raises NotFound."""
    statement = (
        select(CertificateEvent, CertificationVersion)
        .join(CertificationVersion, CertificationVersion.id == CertificateEvent.certification_version_id)
        .where(CertificateEvent.public_id == public_id, CertificateEvent.valid_from.is_not(None))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(public_id)
    event, version = row
    document = CertificationDocument.model_validate(version.document)
    events = events_of(event.person_id)[event.certification_id]
    found = standing(events, at=now)
    is_superseded = found.public_id not in {None, public_id} and found.state is not State.REVOKED
    assert event.valid_from is not None and event.valid_until is not None, "the statement asks for entries with a term"
    return VerifiedCertificate(
        holder_name=accounts.person(event.person_id).name,
        title=document.title,
        summary=document.summary,
        valid_from=event.valid_from,
        valid_until=event.valid_until,
        standing=found,
        is_superseded=is_superseded,
    )


def personal_record(person_id: int) -> list[dict[str, object]]:
    """A person's ledger as they take it away, the latest entry first."""
    titles = {certification.id: certification.document.title for certification in certifications()}
    return [
        {
            "certification": titles[entry.certification_id],
            "entry": entry.kind,
            "valid_from": entry.valid_from,
            "valid_until": entry.valid_until,
            "recorded_at": entry.recorded_at,
            "reason": entry.reason,
            "number": entry.public_id,
        }
        for entry in ledger_of(person_id)
    ]
