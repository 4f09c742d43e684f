"""Which disputes wait for whose review. Who is tied to one does not meet it here."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased

from training.actors import ActorKind
from training.audit.models import AuditEntry
from training.cases.models import Case, CaseReference
from training.db import db
from training.disputes.models import Carrying, Dispute, DisputeClaim, DisputeReview
from training.disputes.queries.disputes import HAS_OPEN_CLAIM, IS_DECIDED
from training.disputes.rules.reviews import Tie
from training.exams.models import Attempt, FormItem, ItemAcquaintance, ItemVersion
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.saying import KINDS_WITHOUT_KEY
from training.judgements.models import Judgement
from training.practice.queries import withheld_from
from training.practice.rules import Sensitivity, sensitivity_of

Columns = TypeVarTuple("Columns")

STORED = "case.stored"
"""The deed by which the audit knows who wrote a case or its reference."""
CONCEPT = (Case.concept, ItemVersion.clauses, Dispute.area)
"""What tells which kind of material a dispute is about."""
SETTING = (Acquaintance.WROTE, Acquaintance.REVIEWED, Acquaintance.LABELLED)
"""How somebody knows an item who had a part in its key."""


def tie_of(dispute: Dispute, person_id: int, *, at: datetime) -> Tie:
    """What ties this person to this dispute at an instant."""
    columns = [tie.label(name) for name, tie in _ties(person_id).items()]
    found = db.session.execute(_with_subject(select(*columns).select_from(Dispute)).where(Dispute.id == dispute.id)).one()
    shown = db.session.execute(_with_subject(select(*CONCEPT).select_from(Dispute)).where(Dispute.id == dispute.id)).one()
    return Tie(**{name: bool(value) for name, value in found._asdict().items()}, is_withheld=_kind_of(*shown) in withheld_from(person_id, at=at))


def next_to_review(person_id: int, *, at: datetime, after_id: int = 0) -> Dispute | None:
    """Of the disputes that wait for a review that this person may give, the one that waits longest, behind this one."""
    return next((dispute for dispute in _waiting_for(person_id, at=at) if dispute.id > after_id), None)


def to_review_count(person_id: int, *, at: datetime) -> int:
    """How many disputes wait for a review that this person may give."""
    return len(_waiting_for(person_id, at=at))


def _waiting_for(person_id: int, *, at: datetime) -> list[Dispute]:
    """What waits for this person's review, the oldest first: nothing of a kind that they do not agree to see."""
    withheld = withheld_from(person_id, at=at)
    rows = db.session.execute(_to_review(person_id).add_columns(*CONCEPT).order_by(Dispute.id))
    return [dispute for dispute, concept, clauses, area in rows if _kind_of(concept, clauses, area) not in withheld]


def _kind_of(concept: str | None, clauses: Sequence[str] | None, area: str) -> Sensitivity | None:
    """The kind of hard material that it is about: by the clause that a case practises, or by which a question is decided."""
    return sensitivity_of(concept or (clauses[0] if clauses else area))


def _to_review(person_id: int) -> Select[Dispute]:
    has_key = or_(ItemVersion.kind.is_(None), ItemVersion.kind.not_in([kind.value for kind in KINDS_WITHOUT_KEY]))
    return _with_subject(select(Dispute)).where(HAS_OPEN_CLAIM, ~IS_DECIDED, has_key, *(~tie for tie in _ties(person_id).values()))


def _with_subject(question: Select[*Columns]) -> Select[*Columns]:
    """Disputes with the case or the question that they are about."""
    return (
        question.outerjoin(CaseReference, CaseReference.id == Dispute.reference_id)
        .outerjoin(Case, Case.id == CaseReference.case_id)
        .outerjoin(ItemVersion, ItemVersion.id == Dispute.item_version_id)
    )


def _ties(person_id: int) -> dict[str, ColumnElement[bool]]:
    """What `Tie` says, each as a column of a statement about disputes with what they are about."""
    claims = select(DisputeClaim.id).where(DisputeClaim.dispute_id == Dispute.id, DisputeClaim.person_id == person_id)
    reviews = select(DisputeReview.id).where(DisputeReview.dispute_id == Dispute.id, DisputeReview.reviewer_id == person_id)
    answers = select(Judgement.id).where(Judgement.case_id == Case.id, Judgement.person_id == person_id)
    return {
        "has_claimed": claims.correlate(Dispute).exists(),
        "has_set_it": or_(_has_stored(person_id), _has_amended(person_id), _knows_item(person_id, *SETTING)),
        "knows_it": or_(answers.correlate(Case).exists(), _knows_item(person_id, Acquaintance.OPENED), _has_met(person_id)),
        "has_reviewed": reviews.correlate(Dispute).exists(),
    }


def who_set(case_id: int, people: Collection[int]) -> frozenset[int]:
    """Who of these people wrote this case or a reference of it, or reviewed a dispute that one came of."""
    stored = select(AuditEntry.actor_id).join(Case, Case.slug == AuditEntry.subject_id).where(AuditEntry.subject_kind == "case", AuditEntry.deed == STORED)
    stored = stored.where(Case.id == case_id, AuditEntry.actor_kind == ActorKind.PERSON.value, AuditEntry.actor_id.in_(sorted(people)))
    amended = select(DisputeReview.reviewer_id).join(Carrying, Carrying.dispute_id == DisputeReview.dispute_id)
    amended = amended.join(CaseReference, CaseReference.id == Carrying.reference_id).where(CaseReference.case_id == case_id)
    found = {*db.session.scalars(stored), *db.session.scalars(amended)}
    return frozenset(person_id for person_id in found if person_id in people)


def _has_stored(person_id: int) -> ColumnElement[bool]:
    of_case = (AuditEntry.subject_kind == "case", AuditEntry.subject_id == Case.slug, AuditEntry.deed == STORED)
    stored = select(AuditEntry.id).where(*of_case, AuditEntry.actor_kind == ActorKind.PERSON.value, AuditEntry.actor_id == person_id)
    return stored.correlate(Case).exists()


def _has_amended(person_id: int) -> ColumnElement[bool]:
    """Whether they reviewed the dispute that the reference came of."""
    amended = select(DisputeReview.id).join(Carrying, Carrying.dispute_id == DisputeReview.dispute_id)
    return amended.where(Carrying.reference_id == CaseReference.id, DisputeReview.reviewer_id == person_id).correlate(CaseReference).exists()


def _knows_item(person_id: int, *how: Acquaintance) -> ColumnElement[bool]:
    known = select(ItemAcquaintance.id).where(ItemAcquaintance.item_id == ItemVersion.item_id, ItemAcquaintance.person_id == person_id)
    return known.where(ItemAcquaintance.how.in_([each.value for each in how])).correlate(ItemVersion).exists()


def _has_met(person_id: int) -> ColumnElement[bool]:
    """Whether any version of the item was on a form of theirs, finished or not."""
    other = aliased(ItemVersion)
    met = select(FormItem.attempt_id).join(Attempt, Attempt.id == FormItem.attempt_id).join(other, other.id == FormItem.item_version_id)
    return met.where(other.item_id == ItemVersion.item_id, Attempt.person_id == person_id).correlate(ItemVersion).exists()
