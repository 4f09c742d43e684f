"""The audits of a person, and those that a sender named before."""

from collections.abc import Collection

from sqlalchemy import exists, func, select, tuple_

from training.db import db
from training.errors import NotFound
from training.quality.models import AuditCase, QualityAudit

CHUNK = 500
_later = QualityAudit.__table__.alias()
COUNTS = ~exists().where(_later.c.corrects_id == QualityAudit.id)
"""That no other audit corrects this one."""


def audits_by_ids(origin: str, audit_ids: Collection[str]) -> dict[str, QualityAudit]:
    """The audit that counts under each of a sender's ids, five hundred a statement."""
    wanted, found = sorted(audit_ids), dict[str, QualityAudit]()
    for start in range(0, len(wanted), CHUNK):
        asked = select(QualityAudit).where(QualityAudit.origin == origin, QualityAudit.audit_id.in_(wanted[start : start + CHUNK]), COUNTS)
        found.update({row.audit_id: row for row in db.session.scalars(asked)})
    return found


def audits_of(person_id: int) -> list[QualityAudit]:
    """Every audit of a person that counts, the latest decision first."""
    asked = select(QualityAudit).where(QualityAudit.person_id == person_id, COUNTS)
    return list(db.session.scalars(asked.order_by(QualityAudit.decided_at.desc(), QualityAudit.id.desc())))


def audit_by_id(audit_id: int) -> QualityAudit:
    """This audit, where no other corrects it. Raises NotFound."""
    found = db.session.scalar(select(QualityAudit).where(QualityAudit.id == audit_id, COUNTS))
    if found is None:
        raise NotFound(audit_id)
    return found


def cases_made_of(audit_ids: Collection[int]) -> dict[int, list[str]]:
    """The cases, by id, that were begun from each of these audits."""
    rows = db.session.execute(
        select(AuditCase.audit_id, AuditCase.slug).where(AuditCase.audit_id.in_(sorted(audit_ids))).order_by(AuditCase.at, AuditCase.slug)
    )
    found: dict[int, list[str]] = {}
    for audit_id, slug in rows:
        found.setdefault(audit_id, []).append(slug)
    return found


def audit_behind(slug: str) -> QualityAudit | None:
    """The audit from which a case was begun."""
    asked = select(QualityAudit).join(AuditCase, AuditCase.audit_id == QualityAudit.id).where(AuditCase.slug == slug)
    return db.session.scalar(asked.order_by(AuditCase.at).limit(1))


def last_audit_id(person_id: int) -> int:
    """The id of the audit of this person that was taken down last; 0 where there is none."""
    return db.session.scalar(select(func.max(QualityAudit.id)).where(QualityAudit.person_id == person_id)) or 0


def audits_page(person_id: int, *, after_id: int | None, size: int) -> list[QualityAudit]:
    """So many audits of a person that count, the latest decision first, from behind the one with this id."""
    asked = select(QualityAudit).where(QualityAudit.person_id == person_id, COUNTS)
    after = db.session.get(QualityAudit, after_id) if after_id is not None else None
    if after is not None:
        asked = asked.where(tuple_(QualityAudit.decided_at, QualityAudit.id) < (after.decided_at, after.id))
    return list(db.session.scalars(asked.order_by(QualityAudit.decided_at.desc(), QualityAudit.id.desc()).limit(size)))


def personal_audits(person_id: int) -> list[dict[str, object]]:
    """Every audit of a person as they take it away, corrected ones too."""
    asked = select(QualityAudit).where(QualityAudit.person_id == person_id).order_by(QualityAudit.decided_at, QualityAudit.id)
    return [
        {
            "queue": row.queue_slug,
            "decided_at": row.decided_at,
            "sampling": row.sampling,
            "policy_version": row.policy_version,
            "language": row.language,
            "expected_decisions": row.expected_decisions,
            "given_decision": row.given_decision,
            "expected_labels": row.expected_labels,
            "given_labels": row.given_labels,
            "clause": row.clause,
            "error": row.error,
            "note": row.note,
            "recorded_at": row.recorded_at,
            "is_correction": row.corrects_id is not None,
        }
        for row in db.session.scalars(asked)
    ]
