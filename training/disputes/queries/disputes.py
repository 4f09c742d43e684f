"""Disputes with what was reviewed, decided and carried out."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from training.cases.models import Case, CaseReference
from training.db import db
from training.disputes.models import Carrying, ClaimWithdrawal, Dispute, DisputeClaim, DisputeDecision, DisputePanel, DisputeReview
from training.disputes.rules.reviews import Outcome
from training.errors import NotFound
from training.exams.models import ItemRuling

HAS_OPEN_CLAIM: ColumnElement[bool] = (
    select(DisputeClaim.id)
    .where(DisputeClaim.dispute_id == Dispute.id, ~select(ClaimWithdrawal.claim_id).where(ClaimWithdrawal.claim_id == DisputeClaim.id).exists())
    .correlate(Dispute)
    .exists()
)
"""Whether anybody still claims."""
IS_DECIDED: ColumnElement[bool] = select(DisputeDecision.dispute_id).where(DisputeDecision.dispute_id == Dispute.id).correlate(Dispute).exists()


@dataclass(frozen=True, slots=True)
class Shown:
    """A dispute with its case and the reference that is disputed. It holds the key: never for who is still to review it."""

    dispute: Dispute
    case: Case
    reference: CaseReference

    @property
    def is_current(self) -> bool:
        """Whether the case still has this reference."""
        return self.case.current_reference_id == self.reference.id


@dataclass(frozen=True, slots=True)
class ListedDispute:
    """A dispute as lists show it: nothing that tells the reference."""

    dispute: Dispute
    surface: str | None
    """The case's; nothing of a question."""
    claim_count: int
    review_count: int
    has_open_claim: bool
    outcome: Outcome | None
    is_carried: bool
    """Whether what was decided is being carried out, or is; of a question, whether its key was ruled on since."""
    is_current: bool

    @property
    def waits_for_carrying(self) -> bool:
        """Whether somebody has to carry out what was decided."""
        return self.outcome in {Outcome.AMENDED, Outcome.GREY} and not self.is_carried and self.is_current


def dispute_by_public_id(public_id: str) -> Dispute:
    """The dispute that addresses call this. Raises NotFound."""
    found = db.session.scalar(select(Dispute).where(Dispute.public_id == public_id))
    if found is None:
        raise NotFound(public_id)
    return found


def dispute_about(reference_id: int) -> Dispute | None:
    """The dispute about this reference, if there is one."""
    return db.session.scalar(select(Dispute).where(Dispute.reference_id == reference_id))


def hold_reference(reference_id: int) -> None:
    """Let nobody else begin a dispute about this reference until the transaction ends."""
    db.session.execute(select(CaseReference.id).where(CaseReference.id == reference_id).with_for_update(key_share=True))


def hold_dispute(dispute: Dispute) -> None:
    """Let nobody else act on this dispute until the transaction ends."""
    db.session.execute(select(Dispute.id).where(Dispute.id == dispute.id).with_for_update(key_share=True))


def shown(dispute: Dispute) -> Shown:
    """This dispute about a case, with case and reference."""
    question = select(Case, CaseReference).join(Case, Case.id == CaseReference.case_id).where(CaseReference.id == dispute.reference_id)
    case, reference = db.session.execute(question).one()
    return Shown(dispute, case, reference)


def reviews_of(dispute: Dispute) -> Sequence[DisputeReview]:
    """Its reviews in their order."""
    return db.session.scalars(select(DisputeReview).where(DisputeReview.dispute_id == dispute.id).order_by(DisputeReview.ordinal)).all()


def decision_of(dispute: Dispute) -> DisputeDecision | None:
    """What its reviews came to, if they did."""
    return db.session.get(DisputeDecision, dispute.id)


def panel_of(dispute: Dispute) -> DisputePanel | None:
    """What a panel came to, if one decided it."""
    return db.session.get(DisputePanel, dispute.id)


def carrying_of(dispute: Dispute) -> Carrying | None:
    """How far what was decided is carried out, if it was begun."""
    return db.session.get(Carrying, dispute.id)


def has_open_claim(dispute: Dispute) -> bool:
    """Whether anybody still claims."""
    return bool(db.session.scalar(select(HAS_OPEN_CLAIM).select_from(Dispute).where(Dispute.id == dispute.id)))


def disputes_page(*, before_id: int | None = None, size: int = 50) -> list[ListedDispute]:
    """Every dispute, the latest first, one page of them."""
    claims = select(func.count()).where(DisputeClaim.dispute_id == Dispute.id).correlate(Dispute).scalar_subquery()
    reviews = select(func.count()).where(DisputeReview.dispute_id == Dispute.id).correlate(Dispute).scalar_subquery()
    since = (ItemRuling.item_version_id == Dispute.item_version_id, ItemRuling.ruled_at >= DisputeDecision.decided_at)
    ruled = select(ItemRuling.id).where(*since).correlate(Dispute, DisputeDecision).exists()
    question = (
        select(
            Dispute,
            Case.surface,
            claims,
            reviews,
            HAS_OPEN_CLAIM,
            DisputeDecision.outcome,
            or_(Carrying.dispute_id.is_not(None), ruled),
            Case.current_reference_id,
        )
        .outerjoin(CaseReference, CaseReference.id == Dispute.reference_id)
        .outerjoin(Case, Case.id == CaseReference.case_id)
        .outerjoin(DisputeDecision, DisputeDecision.dispute_id == Dispute.id)
        .outerjoin(Carrying, Carrying.dispute_id == Dispute.id)
        .order_by(Dispute.id.desc())
        .limit(size)
    )
    if before_id is not None:
        question = question.where(Dispute.id < before_id)
    return [
        ListedDispute(
            dispute, surface, claim_count, review_count, is_open, Outcome(outcome) if outcome else None, bool(carried), dispute.reference_id == current
        )
        for dispute, surface, claim_count, review_count, is_open, outcome, carried, current in db.session.execute(question)
    ]


def carrying_to_do() -> Carrying | None:
    """The oldest carrying out that is not finished, held until the transaction ends; nothing where another worker has it."""
    question = select(Carrying).where(Carrying.finished_at.is_(None)).order_by(Carrying.dispute_id).limit(1)
    return db.session.scalar(question.with_for_update(skip_locked=True, of=Carrying).execution_options(populate_existing=True))


def dispute_carried(carrying: Carrying) -> Dispute:
    """The dispute whose decision is carried out."""
    return db.session.get_one(Dispute, carrying.dispute_id)
