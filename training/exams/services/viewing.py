"""Letting a candidate look once more at a question of a finished attempt, under supervision. Nothing of it tells the key."""

from datetime import datetime, timedelta

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, ItemViewing
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.viewing import ViewingDeed, ViewingRefusal
from training.exams.services.acquainting import note_acquaintance


def open_view(attempt: Attempt, position: int, *, minutes: int, by: Actor, now: datetime) -> None:
    """Let the candidate look at this question for a while, with their own answer and without the key. Raises Refusal where it is one's own."""
    if by.id is None or by.id == attempt.person_id:
        raise Refusal(ViewingRefusal.OWN)
    _append(attempt, position, ViewingDeed.OPENED, by=by, now=now, until=now + timedelta(minutes=minutes))


def see_question(attempt: Attempt, position: int, *, by: Actor, now: datetime) -> None:
    """Note that the candidate looks: from then on they know the item and never draw it. Raises Refusal where it is not open, or while they sit an exam."""
    viewing, place = queries.viewing_of(attempt.id, position, now=now), queries.place_of(attempt.id, position)
    if viewing.open_until is None or place is None:
        raise Refusal(ViewingRefusal.NOT_OPEN)
    if queries.is_sitting(attempt.person_id):
        raise Refusal(ViewingRefusal.SITTING)
    if not viewing.is_seen:
        note_acquaintance(attempt.person_id, place.version.item, Acquaintance.OPENED, now=now)
        _append(attempt, position, ViewingDeed.SEEN, by=by, now=now)


def note_dispute(attempt: Attempt, position: int, deed: str, *, by: Actor, now: datetime) -> None:
    """Let the attempt's protocol say what was done about a dispute of this question."""
    record("attempt.item_disputed", by=by, subject=("attempt", attempt.public_id), now=now, detail={"deed": deed, "position": position})


def _append(attempt: Attempt, position: int, deed: ViewingDeed, *, by: Actor, now: datetime, until: datetime | None = None) -> None:
    db.session.add(ItemViewing(attempt_id=attempt.id, position=position, deed=deed.value, by_id=by.id, at=now, until=until))
    db.session.flush()
    note_dispute(attempt, position, deed.value, by=by, now=now)
