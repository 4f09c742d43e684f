"""Claims: a person's own, and all of one dispute. Another person's claim does not exist."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from training.cases.models import Case, CaseReference
from training.db import db
from training.disputes.models import ClaimWithdrawal, Dispute, DisputeClaim, DisputeDecision, DisputeReview, WordingRemark
from training.disputes.rules.claims import ClaimState, Ground, claim_state
from training.disputes.rules.reviews import Outcome
from training.errors import NotFound
from training.exams.models import Attempt, ExamVersion
from training.judgements.models import Judgement
from training.judgements.queries import COUNTS, on_occasion_of
from training.practice.models import Serving


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """A claim with its dispute and where it stands."""

    claim: DisputeClaim
    dispute: Dispute
    state: ClaimState
    surface: str | None
    """Of the case; nothing where it is about a question."""
    attempt: str | None
    """By which name addresses call the attempt; nothing where it is about a case."""
    exam_title: str
    """Empty where it is about a case."""


def claim_on(serving_id: int) -> DisputeClaim | None:
    """The claim about this answer, if there is one."""
    return db.session.scalar(select(DisputeClaim).where(DisputeClaim.serving_id == serving_id))


def claim_by(dispute: Dispute, person_id: int) -> DisputeClaim | None:
    """This person's claim in this dispute, if there is one."""
    return db.session.scalar(select(DisputeClaim).where(DisputeClaim.dispute_id == dispute.id, DisputeClaim.person_id == person_id))


def claims_of(dispute: Dispute) -> list[tuple[DisputeClaim, bool]]:
    """Every claim in this dispute, the first one first, and whether it was taken back."""
    question = select(DisputeClaim, ClaimWithdrawal.claim_id.is_not(None)).outerjoin(ClaimWithdrawal, ClaimWithdrawal.claim_id == DisputeClaim.id)
    return [
        (claim, is_withdrawn) for claim, is_withdrawn in db.session.execute(question.where(DisputeClaim.dispute_id == dispute.id).order_by(DisputeClaim.id))
    ]


@dataclass(frozen=True, slots=True)
class Footing:
    """What a claim about an answer would stand on: read by one statement, for every page after an answer asks."""

    ground: Ground
    reference_id: int | None = None
    """The reference by which the answer counts now; nothing where it is not answered."""
    claim_id: int | None = None
    """What the person claimed about that reference, or on this answer."""


def footing_of(serving: Serving) -> Footing:
    """What a claim about this answer would stand on."""
    given = aliased(Judgement)
    on_answer = select(DisputeClaim.id).where(DisputeClaim.serving_id == serving.id).scalar_subquery()
    in_dispute = select(DisputeClaim.id).where(DisputeClaim.dispute_id == Dispute.id, DisputeClaim.person_id == serving.person_id).correlate(Dispute)
    question = (
        select(Judgement.reference_id, Case.current_reference_id, DisputeDecision.dispute_id, func.coalesce(on_answer, in_dispute.scalar_subquery()))
        .join_from(given, Judgement, on_occasion_of(given))
        .join(Case, Case.id == given.case_id)
        .outerjoin(Dispute, Dispute.reference_id == Judgement.reference_id)
        .outerjoin(DisputeDecision, DisputeDecision.dispute_id == Dispute.id)
        .where(given.id == serving.judgement_id, COUNTS)
    )
    found = db.session.execute(question).one_or_none() if serving.judgement_id is not None else None
    if found is None:
        return Footing(Ground(None, is_current=False, is_decided=False, has_claimed=False))
    reference_id, current_id, decided_id, claim_id = found
    ground = Ground(serving.answered_at, is_current=current_id == reference_id, is_decided=decided_id is not None, has_claimed=claim_id is not None)
    return Footing(ground, reference_id, claim_id)


def own_claim(claim_id: int) -> OwnClaim:
    """This claim with where it stands."""
    return _own(_own_claims().where(DisputeClaim.id == claim_id))[0]


def claims_of_person(person_id: int, *, before_id: int | None = None, size: int = 30) -> list[OwnClaim]:
    """What this person claimed, the latest first, one page of it."""
    question = _own_claims().where(DisputeClaim.person_id == person_id).order_by(DisputeClaim.id.desc()).limit(size)
    return _own(question if before_id is None else question.where(DisputeClaim.id < before_id))


def claims_of_attempt(attempt_id: int) -> list[OwnClaim]:
    """What was disputed of an attempt, by place."""
    return _own(_own_claims().where(DisputeClaim.attempt_id == attempt_id).order_by(DisputeClaim.position))


def claim_in(dispute: Dispute, claim_id: int) -> DisputeClaim:
    """This claim of this dispute about a question. Raises NotFound."""
    question = select(DisputeClaim).where(DisputeClaim.id == claim_id, DisputeClaim.dispute_id == dispute.id, DisputeClaim.attempt_id.is_not(None))
    found = db.session.scalar(question)
    if found is None:
        raise NotFound(claim_id)
    return found


def open_claims_of(dispute: Dispute) -> list[OwnClaim]:
    """The claims of a dispute that were not taken back."""
    claims = _own(_own_claims().where(DisputeClaim.dispute_id == dispute.id).order_by(DisputeClaim.id))
    return [own for own in claims if own.state is not ClaimState.WITHDRAWN]


_OwnClaims = Select[DisputeClaim, Dispute, str | None, str | None, str | None, int | None, str | None, int]


def _own_claims() -> _OwnClaims:
    reviews = select(func.count()).where(DisputeReview.dispute_id == Dispute.id).correlate(Dispute).scalar_subquery()
    return (
        select(DisputeClaim, Dispute, Case.surface, Attempt.public_id, ExamVersion.title, ClaimWithdrawal.claim_id, DisputeDecision.outcome, reviews)
        .join(Dispute, Dispute.id == DisputeClaim.dispute_id)
        .outerjoin(CaseReference, CaseReference.id == Dispute.reference_id)
        .outerjoin(Case, Case.id == CaseReference.case_id)
        .outerjoin(Attempt, Attempt.id == DisputeClaim.attempt_id)
        .outerjoin(ExamVersion, ExamVersion.id == Attempt.exam_version_id)
        .outerjoin(ClaimWithdrawal, ClaimWithdrawal.claim_id == DisputeClaim.id)
        .outerjoin(DisputeDecision, DisputeDecision.dispute_id == Dispute.id)
    )


def _own(question: _OwnClaims) -> list[OwnClaim]:
    found = []
    for claim, dispute, surface, attempt, exam_title, withdrawn_id, outcome, review_count in db.session.execute(question):
        state = claim_state(is_withdrawn=withdrawn_id is not None, outcome=Outcome(outcome) if outcome else None, review_count=review_count)
        found.append(OwnClaim(claim, dispute, state, surface, attempt, exam_title or ""))
    return found


def personal_disputes(person_id: int) -> dict[str, object]:
    """What a person claimed, reviewed and said of the policy's wording, as they take it away; never a reference."""
    remarks = db.session.scalars(select(WordingRemark).where(WordingRemark.person_id == person_id).order_by(WordingRemark.id))
    claims = _own(_own_claims().where(DisputeClaim.person_id == person_id).order_by(DisputeClaim.id))
    reviews = db.session.scalars(select(DisputeReview).where(DisputeReview.reviewer_id == person_id).order_by(DisputeReview.id))
    return {
        "claims": [_taken_away(own) for own in claims],
        "reviews": [{"answer": review.answer, "reason": review.reason, "reviewed_at": review.reviewed_at} for review in reviews],
        "wording": [{"reason": remark.reason, "remarked_at": remark.remarked_at} for remark in remarks],
    }


def _taken_away(own: OwnClaim) -> dict[str, object]:
    about = {"exam": own.exam_title, "question": own.claim.position} if own.attempt else {}
    return {**about, "reason": own.claim.reason, "claimed_at": own.claim.claimed_at, "state": own.state.value}
