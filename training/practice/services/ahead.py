"""The next case, laid ready while what the expert said of the one before is read."""

from datetime import datetime

from training.errors import Refusal
from training.practice import queries
from training.practice.models import Serving
from training.practice.rules import UNLIMITED, Budget, may_lay_ahead, purpose_of
from training.practice.services.choosing import next_case


def lay_ahead(serving: Serving, *, now: datetime, budget: Budget = UNLIMITED) -> Serving | None:
    """Lay the next case ready for whoever reads what the expert said of this one; nothing where none belongs there.

    It is chosen after the answer is stored, so by all that asking for it later would choose it by.
    """
    queries.hold_practice_of(serving.person_id)
    session = serving.session
    if not may_lay_ahead(purpose := purpose_of(session.scope), answered_at=serving.answered_at, is_ended=session.ended_at is not None, now=now):
        return None
    waiting = queries.open_serving(session)
    if waiting is None and queries.last_position(session) > serving.position:
        return None
    try:
        laid = waiting or next_case(serving.person_id, now=now, purpose=purpose, is_ahead=True, budget=budget)
    except Refusal:
        return None
    return laid if laid.is_ahead else None
