"""Taking blind reviews, and deciding with the one that is enough."""

from datetime import datetime

from training.accounts.queries import person
from training.actors import Actor
from training.audit.services import record
from training.cases.queries import area_of_labels
from training.db import db
from training.disputes import queries
from training.disputes.models import Dispute, DisputeDecision, DisputeReview
from training.disputes.rules.reviews import Outcome, outcome_of, review_refusal, unsound_reason
from training.disputes.services.letters import decided_letter
from training.errors import Refusal
from training.judgements.documents import answer_json
from training.judgements.queries import reference_value
from training.judgements.rules import CaseAnswer, score
from training.outbox.services import queue_mail


def give_review(dispute: Dispute, answer: CaseAnswer, *, reason: str, site_url: str, by: Actor, now: datetime) -> Outcome | None:
    """Take what this trainer decided of the case without seeing the reference; what the reviews come to with it, or nothing while one more is needed.

    Raises Refusal where they are tied to the dispute, where it needs no review any more, or where no reference could say what they answered.
    """
    assert by.id is not None, "only people review"
    queries.hold_dispute(dispute)
    is_wanted = queries.decision_of(dispute) is None and queries.has_open_claim(dispute)
    if (refusal := review_refusal(queries.tie_of(dispute, by.id), is_wanted=is_wanted)) is not None:
        raise Refusal(refusal)
    if (fault := unsound_reason(answer)) is not None:
        raise Refusal(fault)
    reviews = [*queries.reviews_of(dispute)]
    reviews.append(_append(dispute, answer, ordinal=len(reviews) + 1, reason=reason, reviewer_id=by.id, now=now))
    record("dispute.reviewed", by=by, subject=("dispute", dispute.public_id), now=now, detail={"ordinal": len(reviews)})
    outcome = outcome_of(queries.votes_of(reviews))
    if outcome is not None:
        _decide(dispute, outcome, site_url=site_url, by=by, now=now)
    return outcome


def _append(dispute: Dispute, answer: CaseAnswer, *, ordinal: int, reason: str, reviewer_id: int, now: datetime) -> DisputeReview:
    review = DisputeReview(
        dispute_id=dispute.id,
        ordinal=ordinal,
        reviewer_id=reviewer_id,
        answer=answer_json(answer),
        is_reference=score(answer, reference_value(dispute.reference_id), area_of_labels()).strict,
        reason=reason,
        reviewed_at=now,
    )
    db.session.add(review)
    db.session.flush()
    return review


def _decide(dispute: Dispute, outcome: Outcome, *, site_url: str, by: Actor, now: datetime) -> None:
    db.session.add(DisputeDecision(dispute_id=dispute.id, outcome=outcome.value, decided_at=now))
    db.session.flush()
    record("dispute.decided", by=by, subject=("dispute", dispute.public_id), now=now, detail={"outcome": outcome.value})
    letter = decided_letter(outcome, dispute=dispute.public_id, site_url=site_url)
    for claim in queries.claims_of(dispute):
        if not queries.is_withdrawn(claim):
            queue_mail(to=person(claim.person_id).email, subject=letter.subject, body=letter.body, now=now)
