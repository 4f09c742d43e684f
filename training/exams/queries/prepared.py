"""Forms that were drawn before a window opens."""

from collections.abc import Sequence

from sqlalchemy import select

from training.accounts.models import Person
from training.db import db
from training.exams.models import Attempt, PreparedForm
from training.exams.queries.bank import PublishedExam, bank_items
from training.exams.rules.blueprint import ItemState


def prepared_form(person_id: int, exam: PublishedExam, *, with_public: bool) -> PreparedForm | None:
    """The form that was prepared for this person, if they may still sit it.

    Not where they have begun another attempt since, which may hold the same, nor where they know an item of it by now or one of them is no longer drawn.
    """
    found = db.session.scalar(select(PreparedForm).where(PreparedForm.exam_version_id == exam.version_id, PreparedForm.person_id == person_id))
    if found is None:
        return None
    since = select(Attempt.id).where(Attempt.person_id == person_id, Attempt.started_at >= found.prepared_at)
    if db.session.scalar(since.limit(1)) is not None:
        return None
    places = found.record["places"]
    states = {ItemState.LIVE} | ({ItemState.PILOT} if any(is_pilot for _, is_pilot in places) else set())
    open_to_them = {
        (item.pool_item.version_id, state is ItemState.PILOT)
        for state in states
        for item in bank_items(with_public=with_public, gating=exam.document.gating, person_id=person_id, state=state)
    }
    return found if all((version_id, is_pilot) in open_to_them for version_id, is_pilot in places) else None


def unprepared_people(exam: PublishedExam, *, minute: int) -> Sequence[int]:
    """Whose turn it is in this minute of the hour and who have no form of this exam version yet."""
    prepared = select(PreparedForm.person_id).where(PreparedForm.exam_version_id == exam.version_id)
    question = select(Person.id).where(Person.id % 60 == minute, Person.id.not_in(prepared)).order_by(Person.id)
    return db.session.scalars(question).all()
