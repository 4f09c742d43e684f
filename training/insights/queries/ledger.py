"""Entries of the ledger of certificates, and the exams that they rest on, as they were known at an instant."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from training.certification.models import CertificateEvent, Certification, CertificationVersion
from training.db import db
from training.exams.documents import RESULT, ExamDocument
from training.exams.models import Attempt, Exam, ExamVersion, ItemVersion, ScoreRun
from training.exams.rules.grading import Result


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry with the certification that it is about."""

    event: CertificateEvent
    certification: str
    version: int

    @property
    def attempts(self) -> tuple[str, ...]:
        """The public ids of the attempts it rests on."""
        named = [self.event.evidence.get("attempt"), *self.event.evidence.get("supporting", {}).values()]
        return tuple(attempt for attempt in named if attempt)

    @property
    def policy_versions(self) -> dict[str, str | None]:
        """The policy versions it rests on, by module."""
        return dict(self.event.evidence.get("modules", {}))


def ledger_rows(person_ids: Sequence[int], *, known_at: datetime) -> Mapping[int, tuple[LedgerRow, ...]]:
    """The entries about these people that had been recorded by then, in order."""
    asked = (
        select(CertificateEvent, Certification.slug, CertificationVersion.number)
        .join(Certification, Certification.id == CertificateEvent.certification_id)
        .join(CertificationVersion, CertificationVersion.id == CertificateEvent.certification_version_id)
        .where(CertificateEvent.person_id.in_(person_ids), CertificateEvent.recorded_at <= known_at)
        .order_by(CertificateEvent.id)
    )
    found = defaultdict[int, tuple[LedgerRow, ...]](tuple)
    for event, slug, number in db.session.execute(asked):
        found[event.person_id] += (LedgerRow(event, slug, number),)
    return found


def certification_versions(*, known_at: datetime) -> Sequence[tuple[str, CertificationVersion]]:
    """Every version of every certification that had been published by then, with its certification's name, in order."""
    asked = select(Certification.slug, CertificationVersion).join(CertificationVersion, CertificationVersion.certification_id == Certification.id)
    rows = db.session.execute(asked.where(CertificationVersion.published_at <= known_at).order_by(Certification.slug, CertificationVersion.number))
    return [(slug, version) for slug, version in rows]


@dataclass(frozen=True, slots=True)
class SatExam:
    """One attempt as it was marked by an instant."""

    person_id: int
    attempt: str
    exam: str
    document: ExamDocument
    finished_at: datetime
    run: ScoreRun

    @property
    def result(self) -> Result:
        """What it came to."""
        return RESULT.validate_python(self.run.result)

    @property
    def cut_percent(self) -> int | None:
        """The weighted share that passes; nothing where the exam is decided by its evidence."""
        return None if self.result.sequence is not None else self.document.pass_rule.weighted_percent


def sat_exams(person_ids: Sequence[int], *, known_at: datetime) -> Sequence[SatExam]:
    """The attempts of these people that were graded for good by then, each with the grading that counted, in order."""
    runs = select(ScoreRun.attempt_id, func.max(ScoreRun.ordinal).label("ordinal")).where(ScoreRun.graded_at <= known_at, ScoreRun.is_final)
    latest = runs.join(Attempt, Attempt.id == ScoreRun.attempt_id).where(Attempt.person_id.in_(person_ids)).group_by(ScoreRun.attempt_id).subquery()
    asked = (
        select(Attempt, ScoreRun, ExamVersion, Exam.slug)
        .join(latest, latest.c.attempt_id == Attempt.id)
        .join(ScoreRun, (ScoreRun.attempt_id == latest.c.attempt_id) & (ScoreRun.ordinal == latest.c.ordinal))
        .join(ExamVersion, ExamVersion.id == Attempt.exam_version_id)
        .join(Exam, Exam.id == ExamVersion.exam_id)
        .order_by(Attempt.id)
    )
    documents: dict[int, ExamDocument] = {}
    found = []
    for attempt, run, version, slug in db.session.execute(asked):
        if version.id not in documents:
            documents[version.id] = ExamDocument.model_validate(version.document)
        found.append(SatExam(attempt.person_id, attempt.public_id, slug, documents[version.id], attempt.finished_at or run.graded_at, run))
    return found


@dataclass(frozen=True, slots=True)
class KnownItem:
    """What a pack may say of an item version: that it is this one, and in which language it asks."""

    content_hash: str
    language: str


def known_items(version_ids: Collection[int]) -> Mapping[int, KnownItem]:
    """These item versions, by id: so many at once as ids fit one statement."""
    asked = select(ItemVersion.id, ItemVersion.content_hash, ItemVersion.language).where(ItemVersion.id.in_(version_ids))
    return {number: KnownItem(content_hash, language) for number, content_hash, language in db.session.execute(asked)}
