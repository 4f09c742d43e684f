"""What disputes came to, by area and by who set what was disputed."""

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from training.actors import ActorKind
from training.audit.models import AuditEntry
from training.cases.models import Case, CaseReference
from training.db import db
from training.disputes.models import Dispute, DisputeDecision
from training.disputes.queries.disputes import HAS_OPEN_CLAIM
from training.disputes.queries.reviewing import STORED
from training.disputes.rules.outcomes import End, end_of
from training.disputes.rules.reviews import Outcome
from training.exams.models import Item, ItemVersion

ITEM_STORED = "item.stored"
"""The deed by which the audit knows who wrote a question."""

Counted = tuple[str, int | None, End]
"""The area, who set the key (nobody where a folder brought it and no person is recorded), and what the dispute came to."""


def disputes_to_count() -> list[Counted]:
    """Every dispute as it is counted. Who set a key is whoever stored the case or the question last before it was disputed."""
    case, item = _last("case", STORED, Case.slug), _last("item", ITEM_STORED, Item.slug)
    about_cases = _counted().join(CaseReference, CaseReference.id == Dispute.reference_id).join(Case, Case.id == CaseReference.case_id)
    about_items = _counted().join(ItemVersion, ItemVersion.id == Dispute.item_version_id).join(Item, Item.id == ItemVersion.item_id)
    found = [
        *db.session.execute(about_cases.outerjoin(AuditEntry, AuditEntry.id == case)),
        *db.session.execute(about_items.outerjoin(AuditEntry, AuditEntry.id == item)),
    ]
    return [
        (area, actor_id if kind == ActorKind.PERSON.value else None, end_of(Outcome(outcome) if outcome else None, has_open_claim=is_open))
        for area, kind, actor_id, outcome, is_open in found
    ]


def _last(kind: str, deed: str, slug: InstrumentedAttribute[str]) -> ColumnElement[int]:
    """The entry by which what a dispute is about was stored last before."""
    entry = aliased(AuditEntry)
    stored = (entry.subject_kind == kind, entry.subject_id == slug, entry.deed == deed, entry.at <= Dispute.opened_at)
    return select(entry.id).where(*stored).order_by(entry.id.desc()).limit(1).correlate(Case, Item, Dispute).scalar_subquery()


def _counted() -> Select[str, str, int | None, str | None, bool]:
    return (
        select(Dispute.area, AuditEntry.actor_kind, AuditEntry.actor_id, DisputeDecision.outcome, HAS_OPEN_CLAIM)
        .select_from(Dispute)
        .outerjoin(DisputeDecision, DisputeDecision.dispute_id == Dispute.id)
        .order_by(Dispute.id)
    )
