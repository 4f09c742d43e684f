"""What live work calls for in somebody's practice."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select

from training.cases.models import Case
from training.db import db
from training.practice.models import ConceptMemory, PracticeCall, Serving

_MEMORY = and_(ConceptMemory.person_id == PracticeCall.person_id, ConceptMemory.concept == PracticeCall.concept)
_STANDS = PracticeCall.taken_back_at.is_(None)
_IS_WAITING = and_(_STANDS, or_(ConceptMemory.last_reviewed_at.is_(None), ConceptMemory.last_reviewed_at < PracticeCall.called_at))


def concepts_called_for(person_id: int) -> frozenset[str]:
    """The concepts in which this person erred in live work, and which they did not practise since."""
    asked = select(PracticeCall.concept).outerjoin(ConceptMemory, _MEMORY).where(PracticeCall.person_id == person_id, _IS_WAITING)
    return frozenset(db.session.scalars(asked))


def was_called_for(serving: Serving) -> bool:
    """Whether live work called for the concept of this serving: an error was found before it came, and the concept was not practised in between."""
    between = (
        select(Serving.id)
        .join(Case, Case.id == Serving.case_id)
        .where(
            Serving.person_id == PracticeCall.person_id,
            Case.concept == PracticeCall.concept,
            Serving.answered_at > PracticeCall.called_at,
            Serving.answered_at <= serving.served_at,
        )
    )
    asked = select(PracticeCall.id).where(PracticeCall.person_id == serving.person_id, PracticeCall.concept == serving.case.concept, _STANDS)
    return db.session.scalar(select(asked.where(PracticeCall.called_at <= serving.served_at, ~between.exists()).exists())) or False


def calls_of(people: Collection[int]) -> dict[tuple[int, str, str], PracticeCall]:
    """Every call of these people by person, concept and occasion, those that were taken back among them."""
    asked = select(PracticeCall).where(PracticeCall.person_id.in_(people))
    return {(call.person_id, call.concept, call.occasion): call for call in db.session.scalars(asked)}


def calls_not_begun(occasions: Collection[str]) -> Sequence[PracticeCall]:
    """The calls of these occasions that stand and after which their person has not been shown a case of the concept."""
    shown = (
        select(Serving.id)
        .join(Case, Case.id == Serving.case_id)
        .where(
            Serving.person_id == PracticeCall.person_id,
            Case.concept == PracticeCall.concept,
            Serving.served_at >= PracticeCall.called_at,
            Serving.is_ahead.is_(False),
        )
    )
    asked = select(PracticeCall).where(PracticeCall.occasion.in_(occasions), _STANDS, ~shown.exists())
    return db.session.scalars(asked.order_by(PracticeCall.id)).all()


def personal_calls(person_id: int) -> list[dict[str, object]]:
    """What live work called for, as the person takes it away."""
    asked = select(PracticeCall).where(PracticeCall.person_id == person_id).order_by(PracticeCall.id)
    return [{"clause": call.concept, "since": call.called_at.isoformat(), "taken_back": _text(call.taken_back_at)} for call in db.session.scalars(asked)]


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
