"""A question as its page asks it, in an exam and outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training.cases.forms import CaseAnswerForm, answer_form
from training.cases.queries import case_for_display, taxonomy
from training.cases.rendering import DisplayedCase
from training.exams.rendering import Asked, ShownPlace, asked_at
from training.exams.rules.blueprint import ItemKind


@dataclass(frozen=True, slots=True)
class QuestionScreen:
    """A question as its page asks it: nothing of the key, or of the item's name."""

    kind: ItemKind
    language: str
    stem_html: str
    asked: Asked
    displayed: DisplayedCase | None
    answer_form: CaseAnswerForm | None


def question_screen(shown: ShownPlace, response: Mapping[str, Any], *, begun_at: datetime | None = None) -> QuestionScreen:
    """What this item version asks, with this answer. `begun_at` is when a typing test was begun."""
    version = shown.version
    displayed = case_for_display(version.case_version_id) if version.case_version_id else None
    return QuestionScreen(
        kind=ItemKind(version.kind),
        language=version.language,
        stem_html=version.stem_html,
        asked=asked_at(shown, response, begun_at=begun_at),
        displayed=displayed,
        answer_form=case_form(displayed, response) if displayed else None,
    )


def case_form(displayed: DisplayedCase, response: Mapping[str, Any]) -> CaseAnswerForm:
    """The answer form of a case; it takes every label there is, so that the list tells nothing."""
    return answer_form(taxonomy(), case=displayed, saved=response)
