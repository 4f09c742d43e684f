"""Taking blind reviews, of cases and of questions, and deciding with the one that is enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training.accounts.queries import person
from training.actors import Actor
from training.audit.services import record
from training.cases.queries import area_of_labels
from training.db import db
from training.disputes import queries
from training.disputes.models import Dispute, DisputeDecision, DisputeReview
from training.disputes.rules.reviews import Outcome, outcome_of, review_refusal, unsound_reason
from training.disputes.services.letters import decided_letter, decided_question_letter
from training.errors import Refusal
from training.exams.queries import attempt_by_id, hold_item_of
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import DRAWN_STATES, ItemState
from training.exams.services import hold_item, note_acquaintance, note_dispute
from training.judgements.documents import answer_json
from training.judgements.queries import reference_value
from training.judgements.rules import CaseAnswer, score
from training.outbox.services import queue_mail

HELD_BECAUSE = "Three people answered it blind in a dispute, and no two of them alike. Rule on its key, then release it."


@dataclass(frozen=True, slots=True)
class Review:
    """What one reviewer answered, whether that is right by what is disputed, and why they answered so."""

    answer: Mapping[str, Any]
    is_reference: bool
    reason: str


def give_review(dispute: Dispute, answer: CaseAnswer, *, reason: str, site_url: str, by: Actor, now: datetime) -> Outcome | None:
    """Take what this trainer decided of the case without seeing the reference; what the reviews come to with it, or nothing while one more is needed.

    Raises Refusal where they are tied to the dispute, where it needs no review any more, or where no reference could say what they answered.
    """
    assert dispute.reference_id is not None, "cases are reviewed so"
    hold_for_review(dispute, by, now=now)
    if (fault := unsound_reason(answer)) is not None:
        raise Refusal(fault)
    is_reference = score(answer, reference_value(dispute.reference_id), area_of_labels()).strict
    return _keep(dispute, Review(answer_json(answer), is_reference, reason), site_url=site_url, by=by, now=now)


def look_to_review(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """Show the question of this dispute to somebody who is to review it: they never draw it from now on. Raises Refusal as `give_review` does."""
    hold_for_review(dispute, by, now=now)
    assert by.id is not None, "only people review"
    note_acquaintance(by.id, queries.shown_question(dispute).item, Acquaintance.ASKED, now=now)


def review_question(dispute: Dispute, response: Mapping[str, Any], *, reason: str, site_url: str, by: Actor, now: datetime) -> Outcome | None:
    """Take this trainer's answer to the question, given without seeing the key, as `give_review` does. They have opened the item from now on."""
    hold_for_review(dispute, by, now=now)
    shown = queries.shown_question(dispute)
    if (fault := queries.fault_in_answer(shown.version, response)) is not None:
        raise Refusal(fault)
    assert by.id is not None, "only people review"
    note_acquaintance(by.id, shown.item, Acquaintance.OPENED, now=now)
    is_right = queries.is_right_by_key(shown.version, response)
    return _keep(dispute, Review(response, is_right, reason), site_url=site_url, by=by, now=now)


def hold_for_review(dispute: Dispute, by: Actor, *, now: datetime) -> None:
    """Hold a dispute for whoever reviews it. Raises Refusal where they are tied to it, or where it needs no review any more."""
    assert by.id is not None, "only people review"
    queries.hold_dispute(dispute)
    if (refusal := review_refusal(queries.tie_of(dispute, by.id, at=now), is_wanted=queries.is_review_wanted(dispute))) is not None:
        raise Refusal(refusal)


def _keep(dispute: Dispute, given: Review, *, site_url: str, by: Actor, now: datetime) -> Outcome | None:
    reviews = [*queries.reviews_of(dispute)]
    review = DisputeReview(
        dispute_id=dispute.id,
        ordinal=len(reviews) + 1,
        reviewer_id=by.id,
        answer=dict(given.answer),
        is_reference=given.is_reference,
        reason=given.reason,
        reviewed_at=now,
    )
    db.session.add(review)
    db.session.flush()
    record("dispute.reviewed", by=by, subject=("dispute", dispute.public_id), now=now, detail={"ordinal": review.ordinal})
    outcome = outcome_of(queries.votes_of(dispute, [*reviews, review]))
    if outcome is not None:
        decide(dispute, outcome, site_url=site_url, by=by, now=now)
    return outcome


def decide(dispute: Dispute, outcome: Outcome, *, site_url: str, by: Actor, now: datetime) -> None:
    """Keep what a dispute came to, and tell whoever claims."""
    db.session.add(DisputeDecision(dispute_id=dispute.id, outcome=outcome.value, decided_at=now))
    db.session.flush()
    record("dispute.decided", by=by, subject=("dispute", dispute.public_id), now=now, detail={"outcome": outcome.value})
    if dispute.item_version_id is not None and outcome is Outcome.GREY:
        _stop_draws(dispute.item_version_id, by=by, now=now)
    letter_of = decided_letter if dispute.item_version_id is None else decided_question_letter
    letter = letter_of(outcome, dispute=dispute.public_id, site_url=site_url)
    for claim, is_withdrawn in queries.claims_of(dispute):
        if is_withdrawn:
            continue
        queue_mail(to=person(claim.person_id).email, subject=letter.subject, body=letter.body, now=now)
        if claim.attempt_id is not None and claim.position is not None:
            note_dispute(attempt_by_id(claim.attempt_id), claim.position, "decided", by=by, now=now)


def _stop_draws(version_id: int, *, by: Actor, now: datetime) -> None:
    """Hold the item until a person rules on it and releases it, unless it is not drawn anyway."""
    item = hold_item_of(version_id)
    if ItemState(item.state) in DRAWN_STATES:
        hold_item(item, reason=HELD_BECAUSE, by=by, now=now)
