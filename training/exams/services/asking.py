"""Asking for marks of written replies."""

from collections.abc import Sequence
from datetime import datetime

from training.db import db
from training.exams.models import Attempt, MarkingTask
from training.exams.queries import PlacedItem
from training.exams.queries.marking import tasks_of
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.reply_marks import text_hash
from training.exams.rules.responses import is_blank


def ask_for_marks(attempt: Attempt, form: Sequence[PlacedItem], *, now: datetime) -> None:
    """Ask for the first mark of every reply that counts and of whose text none was asked for yet."""
    known = {(task.position, task.text_hash) for task in tasks_of(attempt.id)}
    for place in replies_in(form):
        if (place.position, hash_of(place)) not in known:
            db.session.add(MarkingTask(attempt_id=attempt.id, position=place.position, text_hash=hash_of(place), ordinal=1, queued_at=now))
    db.session.flush()


def replies_in(form: Sequence[PlacedItem]) -> list[PlacedItem]:
    """The places of a form that hold a written reply which counts."""
    return [place for place in form if place.version.kind == ItemKind.REPLY and not place.is_pilot and not is_blank(place.response)]


def hash_of(place: PlacedItem) -> str:
    """What the reply at a place is known by."""
    return text_hash(str(place.response.get("text", "")))
