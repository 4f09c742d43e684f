"""What people say about a coaching, until it is closed."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.quality import queries
from training.quality.models import Coaching, CoachingEntry
from training.quality.rules import CoachingDeed, QualityRefusal

OF_THE_COACH = frozenset({CoachingDeed.HELD, CoachingDeed.CLOSED})
"""What nobody does for themselves."""


def note_coaching(coaching: Coaching, deed: CoachingDeed, *, note: str, by: Actor, now: datetime) -> CoachingEntry:
    """Say that the talk was held, add a note, or close it, with what there is to say. The person may add notes, and nothing else.

    Once closed, what calls for another talk is counted anew. Raises Refusal for oneself, without a note, and where it is closed.
    """
    if by.id is None or (by.id == coaching.person_id and deed in OF_THE_COACH):
        raise Refusal(QualityRefusal.NOBODY_FOR_THEMSELVES)
    if not note.strip():
        raise Refusal(QualityRefusal.NOTE_MISSING)
    queries.hold_coaching(coaching)
    if coaching.closed_at is not None:
        raise Refusal(QualityRefusal.COACHING_CLOSED)
    if deed is CoachingDeed.CLOSED:
        coaching.closed_at = now
    entry = CoachingEntry(coaching_id=coaching.id, deed=deed.value, note=note.strip(), by_id=by.id, at=now)
    db.session.add(entry)
    db.session.flush()
    record(f"quality.coaching_{deed.value}", by=by, subject=("person", coaching.person_id), now=now, detail={"coaching": coaching.id})
    return entry
