"""An exam as it is being written: what it would be, and a form of it to sit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from training.actors import Actor
from training.authoring.models import Draft
from training.authoring.rules.states import DraftRefusal
from training.authoring.services.checking import check_draft
from training.errors import Refusal
from training.exams.documents import ExamDocument, outline_of
from training.exams.models import ExamTrial
from training.exams.services import Prospect, begin_trial, prospect_of


def prospect_in(draft: Draft, value: Mapping[str, Any], *, allow_public: bool, is_thorough: bool = False) -> Prospect:
    """What the exam of this draft would be if its text said this."""
    return prospect_of(outline_of(draft.slug, value), allow_public=allow_public, is_thorough=is_thorough)


def try_out(draft: Draft, *, allow_public: bool, by: Actor, now: datetime) -> ExamTrial:
    """A form of the draft's exam for whoever asks, who knows its items from now on. Raises Refusal where the text holds no exam, or none can be drawn."""
    source = check_draft(draft).source
    if source is None or not isinstance(source.document, ExamDocument):
        raise Refusal(DraftRefusal.HAS_FAULTS)
    return begin_trial(source.document, allow_public=allow_public, by=by, now=now)
