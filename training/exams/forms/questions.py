"""A question outside an exam, as its page asks it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from training.cases.forms import CaseAnswerForm, answer_form
from training.cases.queries import case_for_display, taxonomy
from training.cases.rendering import DisplayedCase
from training.exams.models import ItemVersion
from training.exams.rendering import Asked, asked_at
from training.exams.rules.blueprint import ItemKind


class ShownVersion(Protocol):
    """An item version with the order of its options."""

    @property
    def version(self) -> ItemVersion:
        """What is asked."""

    @property
    def option_order(self) -> Sequence[str]:
        """The ids of the options in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class QuestionScreen:
    """A question as its page asks it: nothing of the key, or of the item's name."""

    kind: ItemKind
    language: str
    stem_html: str
    asked: Asked
    displayed: DisplayedCase | None
    answer_form: CaseAnswerForm | None


def question_screen(shown: ShownVersion, response: Mapping[str, Any]) -> QuestionScreen:
    """What this item version asks, with this answer."""
    version = shown.version
    displayed = case_for_display(version.case_version_id) if version.case_version_id else None
    return QuestionScreen(
        kind=ItemKind(version.kind),
        language=version.language,
        stem_html=version.stem_html,
        asked=asked_at(shown, response),
        displayed=displayed,
        answer_form=answer_form(taxonomy(), case=displayed, saved=response) if displayed else None,
    )
