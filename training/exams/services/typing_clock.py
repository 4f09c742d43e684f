"""What the browser says a typing test took, beside what the server's own clock saw."""

from collections.abc import Sequence
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.exams import queries
from training.exams.models import Attempt
from training.exams.queries import PlacedItem
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.responses import is_blank
from training.exams.rules.typing_test import is_confirmed


def note_unconfirmed_typing(attempt: Attempt, form: Sequence[PlacedItem], *, by: Actor, now: datetime) -> None:
    """Tell the audit of tests that lasted longer by the server's clock than the browser claims. The mark stands: a broken line looks the same."""
    typed = {place.position: place for place in form if place.version.kind == ItemKind.TYPING and not is_blank(place.response)}
    for position, seen in queries.typing_seconds(attempt.id, list(typed)).items():
        claimed = float(typed[position].response["seconds"])
        if not is_confirmed(claimed, seen):
            detail = {"position": position, "claimed_seconds": claimed, "seen_seconds": round(seen, 1)}
            record("attempt.typing_unconfirmed", by=by, subject=("attempt", attempt.public_id), now=now, detail=detail)
