"""What trainers look for in the bank, and what they enter about an item."""

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from training.exams.forms.supervision import reason_field
from training.web.forms import FilterForm, Form


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


class EstimateForm(Form):
    """A judge's estimate."""

    percent = IntegerField(
        "Of 100 people who are just good enough, how many get it right?",
        description="Think of somebody who should only just pass. Whole numbers, 1 to 100.",
        validators=[InputRequired("Say how many."), NumberRange(1, 100, "Use a whole number from 1 to 100.")],
    )
