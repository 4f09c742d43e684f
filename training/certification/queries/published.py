"""Certifications and what they need now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Row, select

from training.certification.documents import CertificationDocument
from training.certification.models import Certification, CertificationVersion
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
