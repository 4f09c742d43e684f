"""Claiming that the key of a question of one's own attempt is wrong, and having it opened once more to whoever claims."""

import secrets
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.disputes import queries
from training.disputes.models import Dispute, DisputeClaim
from training.disputes.rules.claims import ClaimRefusal, claim_refusal, withdrawal_refusal
from training.errors import Refusal
from training.exams.models import Attempt, ItemVersion
from training.exams.queries import attempt_by_id, hold_version, place_count, place_of
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.timing import AttemptState
from training.exams.services import note_dispute, open_view

WITHOUT_KEY = {ItemKind.REPLY: ClaimRefusal.WRITTEN, ItemKind.TYPING: ClaimRefusal.TYPED}


def claim_question(attempt: Attempt, position: int, *, reason: str, by: Actor, now: datetime) -> DisputeClaim:
    """Claim that the key of this question is wrong. The first claim about a place stands: a second click gets it back.

    Raises Refusal where the attempt is not over, where it has no such question or one without a key, or where it is not this person's to dispute any more.
    """
    version = _version_at(attempt, position)
    hold_version(version.id)
    if (made := queries.claim_on_place(attempt.id, position)) is not None:
        return made
    if (refusal := claim_refusal(queries.ground_at(attempt, version), now=now)) is not None:
        raise Refusal(refusal)
    dispute = queries.dispute_about_question(version.id) or _open_dispute(version, now=now)
    claim = DisputeClaim(dispute_id=dispute.id, person_id=attempt.person_id, attempt_id=attempt.id, position=position, reason=reason, claimed_at=now)
    db.session.add(claim)
    db.session.flush()
    record("dispute.claimed", by=by, subject=("dispute", dispute.public_id), now=now)
    note_dispute(attempt, position, "claimed", by=by, now=now)
    return claim


def _version_at(attempt: Attempt, position: int) -> ItemVersion:
    if attempt.state == AttemptState.OPEN or attempt.finished_at is None:
        raise Refusal(ClaimRefusal.NOT_OVER)
    place = place_of(attempt.id, position)
    if place is None:
        raise Refusal(ClaimRefusal.NO_SUCH_QUESTION, count=place_count(attempt))
    if (refusal := WITHOUT_KEY.get(ItemKind(place.version.kind))) is not None:
        raise Refusal(refusal)
    return place.version


def _open_dispute(version: ItemVersion, *, now: datetime) -> Dispute:
    dispute = Dispute(public_id=secrets.token_urlsafe(16), item_version_id=version.id, area=version.area, opened_at=now)
    db.session.add(dispute)
    db.session.flush()
    return dispute


def open_to_claimant(claim: DisputeClaim, dispute: Dispute, *, minutes: int, by: Actor, now: datetime) -> None:
    """Let whoever claims look at the question for a while. Raises Refusal once it is decided or taken back, and for one's own claim."""
    assert claim.attempt_id is not None and claim.position is not None, "questions are opened so"
    queries.hold_dispute(dispute)
    if (refusal := withdrawal_refusal(queries.own_claim(claim.id).state)) is not None:
        raise Refusal(refusal)
    open_view(attempt_by_id(claim.attempt_id), claim.position, minutes=minutes, by=by, now=now)
