"""Certifications and what they need now."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from training.certification.documents import CertificationDocument
from training.certification.models import Certification, CertificationConditions, CertificationVersion
from training.certification.rules import TermRule
from training.config import organisation_zone
from training.db import Prepared, Remembered, db, json_row, json_rows, told
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

    def is_found_by(self, roles: Collection[str]) -> bool:
        """Whether somebody with these roles finds it among what may be earned."""
        return not self.document.visible_to or not set(self.document.visible_to).isdisjoint(roles)

    @property
    def term_rule(self) -> TermRule:
        """How long a term lasts that is earned now; dates are the organisation's."""
        return self.document.term_rule(organisation_zone())


_PUBLISHED: Remembered[tuple[int, str], PublishedCertification] = Remembered(500)
"""By id and hash of the version: where a publication is rolled back, its number may be given out again."""

_ENTRY = (Certification.id, CertificationVersion.id, CertificationVersion.content_hash)
_IS_CURRENT = Certification.current_version_id == CertificationVersion.id
CERTIFICATIONS = told(select(json_rows(json_row(*_ENTRY))).join_from(Certification, CertificationVersion, _IS_CURRENT))
"""A column of any statement: every certification; `certifications_told` reads it."""
_CERTIFICATIONS = Prepared(select(CERTIFICATIONS))
_BY_SLUG = Prepared(select(*_ENTRY).join_from(Certification, CertificationVersion, _IS_CURRENT).where(Certification.slug == bindparam("slug")))


def _published(certification_id: int, version_id: int, content_hash: str) -> PublishedCertification:
    """A version is never edited: each process reads it once."""
    key = (version_id, content_hash)
    return _PUBLISHED.get(key) or _PUBLISHED.put(key, _read(certification_id, version_id))


def _read(certification_id: int, version_id: int) -> PublishedCertification:
    document = db.session.scalars(select(CertificationVersion.document).where(CertificationVersion.id == version_id)).one()
    return PublishedCertification(certification_id, version_id, CertificationDocument.model_validate(document))


def certifications_told(current: str) -> list[PublishedCertification]:
    """Every certification that the column names, by title."""
    found = [_published(*entry) for entry in json.loads(current)]
    return sorted(found, key=lambda certification: (certification.document.title, certification.slug))


def certifications() -> list[PublishedCertification]:
    """Every certification, by title."""
    ((current,),) = _CERTIFICATIONS.here()
    return certifications_told(current)


def certification_by_slug(slug: str) -> PublishedCertification:
    """The certification of this name. Raises NotFound."""
    for entry in _BY_SLUG.here(slug=slug):
        return _published(*entry)
    raise NotFound(slug)


def stored_certification(slug: str) -> Certification | None:
    """The row of this name, published or not."""
    return db.session.scalar(select(Certification).where(Certification.slug == slug))


def latest_version(certification_id: int) -> CertificationVersion | None:
    """The version published last."""
    statement = select(CertificationVersion).where(CertificationVersion.certification_id == certification_id)
    return db.session.scalar(statement.order_by(CertificationVersion.number.desc()).limit(1))


def latest_conditions(certification_id: int) -> CertificationConditions | None:
    """What the gate asks of its holders since last; nothing where it never asked more than their ledger."""
    asked = select(CertificationConditions).where(CertificationConditions.certification_id == certification_id)
    return db.session.scalar(asked.order_by(CertificationConditions.id.desc()).limit(1))
