"""What trainers enter about attempts that others sit."""

from typing import Any

from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from training.web.forms import FilterForm, Form

MOST_MINUTES = 240
SHORTEST_REASON, LONGEST_REASON = 10, 500


def reason_field(description: str) -> Any:
    """A reason that the ledger keeps."""
    message = f"Use between {SHORTEST_REASON} and {LONGEST_REASON} letters."
    return TextAreaField("Reason", description=description, validators=[DataRequired("Say why."), Length(SHORTEST_REASON, LONGEST_REASON, message)])


class ExtendForm(Form):
    """More time for one attempt."""

    minutes = IntegerField(
        "Minutes more",
        description=f"Whole minutes, 1 to {MOST_MINUTES}.",
        validators=[InputRequired("Say how many minutes."), NumberRange(1, MOST_MINUTES, f"Use whole minutes from 1 to {MOST_MINUTES}.")],
    )
    reason = reason_field("What cost them the time. Kept for good, for auditors; the candidate learns how much, not why.")
    ends = HiddenField()


class PauseForm(Form):
    """A pause or its end."""

    reason = reason_field("What happened. Kept for good, for auditors.")


class LateForm(Form):
    """A ruling about what arrived after the end."""

    reason = reason_field("What held the answers up, or why they do not count. The candidate and auditors read this.")


class RunningForm(FilterForm):
    """Which attempts the list shows."""

    exam = SelectField("Exam")


class RegisterForm(FilterForm):
    """Which attempts the register shows."""

    candidate = StringField("Candidate", description="Part of a name or of an e-mail address.")
    exam = SelectField("Exam")
