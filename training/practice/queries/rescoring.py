"""Practice answers that another reference is to score."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select, update

from training.db import db
from training.judgements.models import Judgement
from training.judgements.queries import COUNTS
from training.judgements.rules import Source
from training.practice.models import Serving


def answers_scored_by(case_id: int, reference_id: int, *, after_person_id: int = 0, people: int) -> Sequence[Judgement]:
    """What the next so many people behind this one answered in practice and has this reference's score now, by person and as given."""
    scored = _scored_by(case_id, reference_id)
    who = select(Judgement.person_id).where(*scored, Judgement.person_id > after_person_id).distinct().order_by(Judgement.person_id).limit(people)
    found = list(db.session.scalars(who))
    return db.session.scalars(select(Judgement).where(*scored, Judgement.person_id.in_(found)).order_by(Judgement.person_id, Judgement.id)).all()


def count_scored_by(case_id: int, reference_id: int) -> int:
    """How many practice answers have this reference's score now."""
    return db.session.scalar(select(func.count()).select_from(Judgement).where(*_scored_by(case_id, reference_id))) or 0


def _scored_by(case_id: int, reference_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Judgement.case_id == case_id, Judgement.reference_id == reference_id, Judgement.source == Source.PRACTICE.value, COUNTS)


def serve_by(reference_id: int, *, instead_of: int, case_id: int) -> None:
    """Let the cases that wait for an answer be scored by this reference when it comes."""
    waiting = (Serving.case_id == case_id, Serving.reference_id == instead_of, Serving.answered_at.is_(None), Serving.skipped_at.is_(None))
    db.session.execute(update(Serving).where(*waiting).values(reference_id=reference_id), execution_options={"synchronize_session": False})
