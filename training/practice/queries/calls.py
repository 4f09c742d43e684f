"""What live work calls for in somebody's practice."""

from collections.abc import Collection

from sqlalchemy import and_, or_, select

from training.db import db
from training.practice.models import ConceptMemory, PracticeCall

_MEMORY = and_(ConceptMemory.person_id == PracticeCall.person_id, ConceptMemory.concept == PracticeCall.concept)
_IS_WAITING = or_(ConceptMemory.last_reviewed_at.is_(None), ConceptMemory.last_reviewed_at < PracticeCall.called_at)


def concepts_called_for(person_id: int) -> frozenset[str]:
    """The concepts in which this person erred in live work, and which they did not practise since."""
    asked = select(PracticeCall.concept).outerjoin(ConceptMemory, _MEMORY).where(PracticeCall.person_id == person_id, _IS_WAITING)
    return frozenset(db.session.scalars(asked))


def calls_of(people: Collection[int]) -> frozenset[tuple[int, str, str]]:
    """Every call of these people: person, concept and occasion."""
    asked = select(PracticeCall.person_id, PracticeCall.concept, PracticeCall.occasion).where(PracticeCall.person_id.in_(people))
    return frozenset((person_id, concept, occasion) for person_id, concept, occasion in db.session.execute(asked))


def personal_calls(person_id: int) -> list[dict[str, object]]:
    """What live work called for, as the person takes it away."""
    asked = select(PracticeCall).where(PracticeCall.person_id == person_id).order_by(PracticeCall.id)
    return [{"clause": call.concept, "since": call.called_at.isoformat()} for call in db.session.scalars(asked)]
