"""Certifications and awards as small and valid as they can be."""

from datetime import UTC, datetime
from typing import Any

import factory

from training.actors import SYSTEM
from training.certification import queries, services
from training.certification.documents import CertificationDocument
from training.certification.queries import PublishedCertification
from training.certification.services import ExamPassed
from training.db import db

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class CertificationDocumentFactory(factory.Factory):
    class Meta:
        model = CertificationDocument

    id = factory.Sequence(lambda number: f"certification-{number}")
    title = factory.LazyAttribute(lambda made: made.id.replace("-", " ").capitalize())
    summary = "What the holder may do."
    needs = factory.LazyFunction(dict)
    validity_days = 180
    renewal_window_days = 30


class CertificationFactory(factory.Factory):
    """A published certification."""

    class Meta:
        model = PublishedCertification

    @classmethod
    def _create(cls, model_class: type[PublishedCertification], *args: Any, **values: Any) -> PublishedCertification:
        document = CertificationDocumentFactory(**values)
        services.publish_certification(document, by=SYSTEM, now=LONG_AGO)
        db.session.commit()
        return queries.certification_by_slug(document.id)


def award(person_id: int, certification: PublishedCertification, *, now: datetime = LONG_AGO) -> Any:
    """Let a person earn a term as they would: every need met, the exam just passed where there is one."""
    exam = certification.document.needs.exam
    passed = ExamPassed(exam, f"attempt-{person_id}-{now:%Y%m%d%H%M%S}", now) if exam else None
    considered = services.consider(person_id, certification, exam=passed, by=SYSTEM, now=now)
    db.session.commit()
    assert considered.event is not None, considered.unmet
    return considered.event
