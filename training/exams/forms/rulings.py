"""What trainers enter when a key was wrong."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from training.exams.forms.supervision import reason_field
from training.exams.models import ItemVersion
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.ruling_keys import KINDS_WITH_KEY, key_in_words
from training.exams.rules.rulings import WITH_NEW_KEY, Ruling, RulingKind
from training.web.forms import FilterForm, Form, MultiCheckboxField, choices_of

RULING_WORDS = {
    RulingKind.NEW_KEY: "The new key alone is right",
    RulingKind.EITHER_KEY: "What the old or the new key calls right is right",
    RulingKind.FULL_CREDIT: "Everybody gets full credit",
    RulingKind.DROP: "The question counts for nobody",
}

LINES_HINTS = {
    ItemKind.ORDERING: "The letters of the steps in their right order: b, a, c.",
    ItemKind.SHORT: "One accepted text a line. For a number: the number, and in the second line its tolerance.",
    ItemKind.EVIDENCE: "For a text one exact quote a line. For a recording start and end in seconds, for a picture x, y, width and height.",
}


class FindItemForm(FilterForm):
    """Which item to rule on."""

    item = StringField("Item", description="Its id, as the bank and the content folder name it.", validators=[Length(max=60)])


class RulingForm(Form):
    """A ruling about the key of one item version."""

    kind = RadioField("What is right from now on", choices=choices_of((kind.value, words) for kind, words in RULING_WORDS.items()))
    correct = MultiCheckboxField("The options that are right by the new key", validate_choice=False)
    lines = TextAreaField("The new key", validators=[Length(max=2_000)])
    reference = SelectField("The new version of the reference", coerce=int, validate_choice=False)
    reason = reason_field("What was wrong with the key, and what it rests on. Auditors read it; candidates do not.")
    seen = HiddenField()

    def ruling(self, version: ItemVersion) -> Ruling:
        """What was entered, as a value."""
        kind, item_kind = RulingKind(self.kind.data), ItemKind(version.kind)
        if kind not in WITH_NEW_KEY:
            return Ruling(kind)
        if item_kind is ItemKind.CASE:
            return Ruling(kind, reference_id=self.reference.data)
        if item_kind not in KINDS_WITH_KEY:
            return Ruling(kind)
        return Ruling(kind, key_in_words(item_kind, version.document, picked=self.correct.data or [], lines=self.lines.data or ""))


class Values(Protocol):
    """What stands in an address."""

    def getlist(self, key: str, /) -> list[str]:
        """Every value of one name."""

    def get(self, key: str, default: str, /) -> str:
        """The first value of one name."""


def proposed_key(values: Values) -> dict[str, Any]:
    """A new key that a link to the form proposes, as what reviewers of a dispute agree on; empty where it proposes none."""
    proposed: dict[str, Any] = {"correct": values.getlist("correct"), "lines": values.get("lines", "")[:2_000]}
    return {"kind": RulingKind.NEW_KEY.value, **proposed} if any(proposed.values()) else {}


def ruling_form(version: ItemVersion, references: Sequence[tuple[int, str]], *, proposed: Mapping[str, Any] = MappingProxyType({})) -> RulingForm:
    """The form for this item version, with what its kind offers; filled as a link proposes, where nothing was sent."""
    form = RulingForm(data=dict(proposed))
    form.correct.choices = choices_of((option["id"], f"{option['id']}: {option['text']}") for option in version.document.get("options", ()))
    form.reference.choices = choices_of(references)
    form.lines.description = LINES_HINTS.get(ItemKind(version.kind), "")
    return form
