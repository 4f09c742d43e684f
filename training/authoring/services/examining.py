"""An exam as it is being written: a form of it to sit."""

from datetime import datetime

from training.actors import Actor
from training.authoring.models import Draft
from training.authoring.rules.states import DraftRefusal
from training.authoring.services.checking import check_draft
from training.errors import Refusal
from training.exams.documents import ExamDocument
from training.exams.models import ExamTrial
from training.exams.services import begin_trial


def try_out(draft: Draft, *, allow_public: bool, by: Actor, now: datetime) -> ExamTrial:
    """A form of the draft's exam for whoever asks, who knows its items from now on. Raises Refusal where the text holds no exam, or none can be drawn."""
    source = check_draft(draft).source
    if source is None or not isinstance(source.document, ExamDocument):
        raise Refusal(DraftRefusal.HAS_FAULTS)
    return begin_trial(source.document, allow_public=allow_public, by=by, now=now)
