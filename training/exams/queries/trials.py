"""Trial sittings as their pages read them."""

from collections.abc import Sequence

from sqlalchemy import select

from training.db import db
from training.errors import NotFound
from training.exams.models import ExamTrial, Item, ItemVersion


def trial_of(person_id: int, public_id: str) -> ExamTrial:
    """This person's trial sitting. Raises NotFound, for another's too."""
    return _one(person_id, public_id, is_held=False)


def open_trial_of(person_id: int, exam_slug: str) -> ExamTrial | None:
    """The trial of this exam that this person has begun and not ended."""
    question = select(ExamTrial).where(ExamTrial.person_id == person_id, ExamTrial.exam_slug == exam_slug, ExamTrial.ended_at.is_(None))
    return db.session.scalar(question.order_by(ExamTrial.id).limit(1))


def trial_for_change(person_id: int, public_id: str) -> ExamTrial:
    """The same, held until the deed is done."""
    return _one(person_id, public_id, is_held=True)


def _one(person_id: int, public_id: str, *, is_held: bool) -> ExamTrial:
    question = select(ExamTrial).where(ExamTrial.person_id == person_id, ExamTrial.public_id == public_id)
    found = db.session.scalar(question.with_for_update().execution_options(populate_existing=True) if is_held else question)
    if found is None:
        raise NotFound(public_id)
    return found


def items_on(trial: ExamTrial) -> Sequence[Item]:
    """The items of a trial's form."""
    versions = [version_id for version_id, _ in trial.places]
    return db.session.scalars(select(Item).where(Item.id.in_(select(ItemVersion.item_id).where(ItemVersion.id.in_(versions)))).order_by(Item.id)).all()


def personal_trials(person_id: int) -> list[dict[str, object]]:
    """The trials that a person sat, as they take them away; never a question."""
    rows = db.session.scalars(select(ExamTrial).where(ExamTrial.person_id == person_id).order_by(ExamTrial.id))
    return [{"exam": each.title, "questions": len(each.places), "begun_at": each.begun_at, "ended_at": each.ended_at} for each in rows]
