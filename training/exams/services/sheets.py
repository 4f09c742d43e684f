"""Keeping a finished attempt's answers in the compact form that analysis reads."""

from collections.abc import Sequence

from training.db import db, insert_into
from training.exams.models import AnswerSheet, Attempt
from training.exams.queries import PlacedItem
from training.exams.rules.answer_codes import code_of, packed, seconds_between
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.timing import GRACE


def keep_answer_sheet(attempt: Attempt, form: Sequence[PlacedItem]) -> None:
    """Write what was answered at each place of the form, and how long it took; whatever was kept of the attempt before is replaced.

    Of an answer that arrived after the end and counts by a ruling nobody knows how long it took.
    """
    end = (attempt.finished_at or attempt.deadline_at) + GRACE
    taken = seconds_between(attempt.started_at, {place.position: place.answer.saved_at for place in form if place.answer and place.answer.saved_at <= end})
    values = {
        "codes": packed([code_of(ItemKind(place.version.kind), place.response, place.option_order) for place in form]),
        "seconds": packed([taken.get(place.position, 0) for place in form]),
    }
    kept = insert_into(AnswerSheet)
    replaced = kept.on_conflict_do_update(index_elements=["attempt_id"], set_={name: kept.excluded[name] for name in values})
    db.session.connection().execute(replaced, {"attempt_id": attempt.id, **values})
