"""What trainers look for in the bank, and what they enter about an item."""

from typing import Any

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from training.exams.forms.supervision import reason_field
from training.exams.rules.analysis.compromise import CutJudgement
from training.exams.rules.blueprint import DecisionClass, ItemKind, ItemState
from training.web.forms import FilterForm, Form

KIND_WORDS = {
    ItemKind.SINGLE: "Single choice",
    ItemKind.MULTIPLE: "Multiple response",
    ItemKind.CASE: "Case",
    ItemKind.EVIDENCE: "Evidence marking",
    ItemKind.ORDERING: "Ordering",
    ItemKind.SHORT: "Short answer",
    ItemKind.REPLY: "Written reply",
    ItemKind.TYPING: "Typing test",
}
"""The kinds of item, as people call them."""
STATE_WORDS = {
    ItemState.DRAFT: "Draft",
    ItemState.PILOT: "Pilot",
    ItemState.LIVE: "Live",
    ItemState.HELD: "Held",
    ItemState.RETIRED: "Retired",
}
"""Where an item is in its life, in words."""
CLASS_WORDS = {DecisionClass.VIOLATING: "Breaches", DecisionClass.INNOCENT: "Nothing wrong", DecisionClass.KNOWLEDGE: "Knowledge"}
"""What the right answer of an item is about, in words."""


def _percent_field(label: str) -> Any:
    message = "Use a whole number from 0 to 100."
    return IntegerField(label, validators=[InputRequired("Say how many."), NumberRange(0, 100, message)])


class ItemFilterForm(FilterForm):
    """Which items the list shows."""

    area = SelectField("Area", validate_choice=False)
    kind = SelectField("Kind", validate_choice=False)
    state = SelectField("State", validate_choice=False)
    flag = SelectField("Needs a look because", validate_choice=False)


class HoldForm(Form):
    """Why an item is held."""

    reason = reason_field("What is wrong with it, or may be. Kept for good, for auditors.")


class ReleaseForm(Form):
    """Why an item is drawn again."""

    reason = reason_field("What you checked, and why it is right as it is. Kept for good, for auditors.")


class WholeExamForm(Form):
    """What a judge says of a whole exam."""

    cut = _percent_field("Of 100 points, how many should somebody reach who is just good enough?")
    passing = _percent_field("Of 100 candidates as they come, how many do you expect to reach that?")
    lowest_cut = _percent_field("The lowest total mark you could accept, however many failed")
    highest_cut = _percent_field("The highest total mark you could accept, however many failed")
    lowest_failing = _percent_field("Of 100 candidates, at least how many should fail, whatever the total mark?")
    highest_failing = _percent_field("Of 100 candidates, at most how many may fail, whatever the total mark?")

    def validate_cut(self, field: IntegerField) -> None:
        """It lies between the marks that the judge could accept."""
        lowest, highest = self.lowest_cut.data, self.highest_cut.data
        if field.data is not None and lowest is not None and highest is not None and not lowest <= field.data <= highest:
            raise ValidationError(f"This lies outside what you could accept, {lowest} to {highest}. Change one of the three.")

    def validate_passing(self, field: IntegerField) -> None:
        """So many fail as the judge could accept."""
        lowest, highest = self.lowest_failing.data, self.highest_failing.data
        if field.data is not None and lowest is not None and highest is not None and not lowest <= 100 - field.data <= highest:
            raise ValidationError(f"{100 - field.data} of 100 would fail, and you could accept {lowest} to {highest}. Change one of the three.")

    def said(self) -> CutJudgement:
        """What was entered, as shares."""
        return CutJudgement(*(self[name].data / 100 for name in CutJudgement.__slots__))
