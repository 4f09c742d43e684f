"""Forms that were drawn before a window opens."""

from collections.abc import Sequence

from sqlalchemy import func, select

from training.accounts.models import Person
from training.db import db
from training.exams.models import Attempt, ExamVersion, PreparedForm, PreparedFormRelease
from training.exams.queries.bank import PublishedExam
from training.exams.queries.drawable import AwaitedForm, Drawable, terms_of
from training.exams.rules.blueprint import ItemState
from training.exams.rules.candidacy import Candidacy


def prepared_form(found: Drawable, candidacy: Candidacy, exam: PublishedExam, *, with_public: bool) -> AwaitedForm | None:
    """The form that was prepared for this person, if they may still sit it.

    Not where they have begun another attempt since, which may hold the same, nor where they know an item of it by now or one of them is no longer drawn.
    """
    form = found.prepared
    if form is None or candidacy.has_started_since(form.prepared_at):
        return None
    terms, states = terms_of(exam.document, with_public=with_public), {True: ItemState.PILOT, False: ItemState.LIVE}
    wanted = {version_id: states[is_pilot] for version_id, is_pilot in form.record["places"]}
    items = [item for item in found.bank.items if item.pool_item.version_id in wanted]
    may_be_sat = all(item.state is wanted[item.pool_item.version_id] and terms.admit(item) and item.item_id not in found.known for item in items)
    return form if may_be_sat and len(items) == len(wanted) else None


def unprepared_people(exam: PublishedExam, *, minute: int) -> Sequence[int]:
    """Whose turn it is in this minute of the hour and who have no form of this exam version yet."""
    prepared = select(PreparedForm.person_id).where(PreparedForm.exam_version_id == exam.version_id)
    question = select(Person.id).where(Person.id % 60 == minute, Person.id.not_in(prepared)).order_by(Person.id)
    return db.session.scalars(question).all()


_sat = select(Attempt.id).where(Attempt.person_id == PreparedForm.person_id, Attempt.seed == PreparedForm.seed)
_released = select(PreparedFormRelease.form_id).where(PreparedFormRelease.form_id == PreparedForm.id)
_UNUSED = (~_sat.exists(), ~_released.exists())


def dropped_form(exam_version_id: int, person_id: int) -> PreparedForm | None:
    """This person's prepared form of this version of an exam, where they did not sit it and its items still count as used."""
    question = select(PreparedForm).where(*_UNUSED, PreparedForm.exam_version_id == exam_version_id, PreparedForm.person_id == person_id)
    return db.session.scalar(question)


def people_with_dropped_forms(exam_version_id: int) -> Sequence[int]:
    """Whose prepared forms of this version of an exam were not sat, and still count."""
    question = select(PreparedForm.person_id).where(*_UNUSED, PreparedForm.exam_version_id == exam_version_id)
    return db.session.scalars(question.order_by(PreparedForm.person_id)).all()


def prepared_counts(exam_version_id: int) -> tuple[int, int]:
    """How many forms of this version were prepared, and how many of them were sat."""
    question = select(func.count()).select_from(PreparedForm).where(PreparedForm.exam_version_id == exam_version_id)
    return db.session.scalar(question) or 0, db.session.scalar(question.where(_sat.exists())) or 0


def prepared_versions() -> Sequence[int]:
    """The versions of exams that ever announced a window, for which forms may have been prepared."""
    windowed = ExamVersion.document["window"].is_not(None)
    return db.session.scalars(select(ExamVersion.id).where(windowed).order_by(ExamVersion.id)).all()
