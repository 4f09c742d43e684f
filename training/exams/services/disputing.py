"""A candidate's doubt about a question: raised, looked at under supervision, claimed and decided. Nothing of it tells the key."""

import secrets
from datetime import datetime, timedelta

from training.accounts.models import Person
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, ItemDispute, ItemDisputeEvent, ItemVersion
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.disputes import DisputeDeed, DisputeRefusal, may_raise_until
from training.exams.rules.timing import AttemptState
from training.exams.services.bank import note_acquaintance
from training.exams.services.letters import disputed_letter
from training.outbox.services import queue_mail


def raise_dispute(attempt: Attempt, position: int, *, doubt: str, by: Actor, now: datetime) -> ItemDispute:
    """Doubt one question of one's own finished attempt that the caller holds. Raises Refusal after 14 days, and for a place disputed already."""
    if attempt.state == AttemptState.OPEN or attempt.finished_at is None:
        raise Refusal(DisputeRefusal.NOT_OVER)
    if now > may_raise_until(attempt.finished_at):
        raise Refusal(DisputeRefusal.TOO_LATE)
    place = queries.place_of(attempt.id, position)
    if place is None:
        raise Refusal(DisputeRefusal.NO_SUCH_QUESTION, count=queries.place_count(attempt))
    if queries.is_disputed(attempt.id, position):
        raise Refusal(DisputeRefusal.RAISED_ALREADY)
    dispute = ItemDispute(
        public_id=secrets.token_urlsafe(16),
        attempt_id=attempt.id,
        position=position,
        item_version_id=place.version.id,
        person_id=attempt.person_id,
        doubt=doubt,
        raised_at=now,
    )
    db.session.add(dispute)
    db.session.flush()
    _tell_the_audit(dispute, "raised", by=by, now=now)
    return dispute


def open_view(dispute: ItemDispute, *, minutes: int, by: Actor, now: datetime) -> None:
    """Let the candidate look at the question for a while, with their own answer and without the key."""
    _held_undecided(dispute, by=by, now=now)
    _append(dispute, DisputeDeed.OPENED, by=by, now=now, until=now + timedelta(minutes=minutes))


def see_question(dispute: ItemDispute, *, by: Actor, now: datetime) -> None:
    """Note that the candidate looks at the question: from then on they know it and never draw it. Raises Refusal where it is not open."""
    queries.hold_dispute(dispute)
    standing = queries.standing_of_dispute(dispute, now=now)
    if standing.open_until is None:
        raise Refusal(DisputeRefusal.NOT_OPEN)
    if queries.is_sitting(dispute.person_id):
        raise Refusal(DisputeRefusal.SITTING)
    if not standing.is_seen:
        version = db.session.get(ItemVersion, dispute.item_version_id)
        assert version is not None, "a foreign key holds it"
        note_acquaintance(dispute.person_id, version.item, Acquaintance.OPENED, now=now)
        _append(dispute, DisputeDeed.SEEN, by=by, now=now)


def make_claim(dispute: ItemDispute, *, words: str, by: Actor, now: datetime) -> None:
    """Say what is wrong with the question, once, after having seen it."""
    queries.hold_dispute(dispute)
    standing = queries.standing_of_dispute(dispute, now=now)
    if queries.has_claim(dispute.id):
        raise Refusal(DisputeRefusal.CLAIMED_ALREADY)
    if not standing.is_seen:
        raise Refusal(DisputeRefusal.NOT_SEEN)
    if standing.is_decided:
        raise Refusal(DisputeRefusal.DECIDED_ALREADY)
    _append(dispute, DisputeDeed.CLAIMED, by=by, now=now, words=words)


def decide_dispute(dispute: ItemDispute, *, is_upheld: bool, words: str, site_url: str, by: Actor, now: datetime) -> None:
    """Uphold a claim, which a ruling on the key follows, or reject it; the candidate is told. Changes no score by itself."""
    _held_undecided(dispute, by=by, now=now)
    if is_upheld and not queries.has_claim(dispute.id):
        raise Refusal(DisputeRefusal.NOT_CLAIMED)
    _append(dispute, DisputeDeed.UPHELD if is_upheld else DisputeDeed.REJECTED, by=by, now=now, words=words)
    attempt, person = db.session.get(Attempt, dispute.attempt_id), db.session.get(Person, dispute.person_id)
    assert attempt is not None and person is not None, "foreign keys hold both"
    title = attempt.exam_version.title
    letter = disputed_letter(exam_title=title, attempt=attempt.public_id, position=dispute.position, is_upheld=is_upheld, site_url=site_url)
    queue_mail(to=person.email, subject=letter.subject, body=letter.body, now=now)


def _held_undecided(dispute: ItemDispute, *, by: Actor, now: datetime) -> None:
    if by.id == dispute.person_id or by.id is None:
        raise Refusal(DisputeRefusal.OWN)
    queries.hold_dispute(dispute)
    if queries.standing_of_dispute(dispute, now=now).is_decided:
        raise Refusal(DisputeRefusal.DECIDED_ALREADY)


def _append(dispute: ItemDispute, deed: DisputeDeed, *, by: Actor, now: datetime, words: str = "", until: datetime | None = None) -> None:
    assert by.id is not None, "only people act on disputes"
    db.session.add(ItemDisputeEvent(dispute_id=dispute.id, deed=deed.value, by_id=by.id, words=words, at=now, until=until))
    db.session.flush()
    _tell_the_audit(dispute, deed.value, by=by, now=now)


def _tell_the_audit(dispute: ItemDispute, deed: str, *, by: Actor, now: datetime) -> None:
    attempt = db.session.get(Attempt, dispute.attempt_id)
    assert attempt is not None, "a foreign key holds it"
    record("attempt.item_disputed", by=by, subject=("attempt", attempt.public_id), now=now, detail={"deed": deed, "position": dispute.position})
