"""What people consented to, and what the organisation asks."""

from datetime import datetime

from sqlalchemy import bindparam, false, select, true, union_all

from training.db import db
from training.practice.models import ConsentAsking, ConsentEvent, PracticeSession, Serving
from training.practice.rules import Asking, Consent, Sensitivity, withheld

_SAID = (ConsentEvent.sensitivity, ConsentEvent.is_given, ConsentEvent.effective_from, ConsentEvent.recorded_at, ConsentEvent.id)
_DECIDED = (ConsentAsking.sensitivity, ConsentAsking.is_asked, ConsentAsking.effective_from, ConsentAsking.recorded_at, ConsentAsking.id)
_CONSENTS = select(*_SAID).where(ConsentEvent.person_id == bindparam("person_id"))
_ASKINGS = select(*_DECIDED).where(ConsentAsking.sensitivity.in_(list(Sensitivity)))
_BOTH = union_all(_CONSENTS.add_columns(true()), _ASKINGS.add_columns(false()))


def withheld_from(person_id: int, *, at: datetime) -> frozenset[Sensitivity]:
    """The kinds of material that this person is not to be shown at an instant: one statement."""
    rows = db.session.execute(_BOTH, {"person_id": person_id}).all()
    return withheld([Consent(*row) for *row, is_own in rows if is_own], [Asking(*row) for *row, is_own in rows if not is_own], at=at)


def consents_of(person_id: int) -> list[Consent]:
    """Everything this person said about it, the oldest first."""
    return [Consent(*row) for row in db.session.execute(_CONSENTS.order_by(ConsentEvent.id), {"person_id": person_id})]


def askings() -> list[Asking]:
    """Everything the organisation decided about asking, the oldest first."""
    return [Asking(*row) for row in db.session.execute(_ASKINGS.order_by(ConsentAsking.id))]


def waiting_servings(person_id: int) -> list[Serving]:
    """Every case that waits for an answer of this person, in whatever session."""
    open_ones = select(Serving).join(PracticeSession, PracticeSession.id == Serving.session_id).where(PracticeSession.ended_at.is_(None))
    waiting = open_ones.where(PracticeSession.person_id == person_id, Serving.answered_at.is_(None), Serving.skipped_at.is_(None))
    return list(db.session.scalars(waiting.order_by(Serving.id)))
