"""What is entered about an Angoff workshop: whom to call to judge what, and what a judge says."""

from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from training.accounts.forms import PeopleField
from training.exams.rules.workshops import MOST_QUESTIONS, QuestionChoice
from training.web.forms import Form, choices_of

LONGEST_NOTE = 2_000


def _judges() -> PeopleField:
    about = "Their e-mail addresses, one a line: trainers and QA. Eight or more for a cut to rest on; you can be one of them."
    return PeopleField("Judges", description=about, validators=[DataRequired("Name the judges."), Length(max=5000)])


class WorkshopForm(Form):
    """A workshop to be called."""

    choice = RadioField(
        "Which questions",
        default=QuestionChoice.FORM.value,
        choices=choices_of(
            [
                (QuestionChoice.FORM.value, "One form, drawn as for a candidate"),
                (QuestionChoice.EVERY.value, f"Every question that its forms can hold, {MOST_QUESTIONS} at most"),
                (QuestionChoice.NAMED.value, "These questions"),
            ]
        ),
    )
    named = TextAreaField("Their ids", description="One a line, where you name them.", validators=[Length(max=61 * MOST_QUESTIONS)])
    judges = _judges()
    note = TextAreaField(
        "Somebody who is just good enough",
        description="What such a person can do and what they cannot yet. Agree on it before anybody judges; every judge reads it beside each question.",
        validators=[Length(max=LONGEST_NOTE, message=f"Use at most {LONGEST_NOTE:,} letters.")],
    )

    @property
    def slugs(self) -> list[str]:
        """The ids of the questions that are named."""
        return (self.named.data or "").replace(",", " ").lower().split()

    def validate_named(self, field: TextAreaField) -> None:
        """Questions are named where that was chosen."""
        if self.choice.data == QuestionChoice.NAMED.value and not self.slugs:
            raise ValidationError("Name the questions, or choose a form.")


class CallJudgesForm(Form):
    """More judges to be called."""

    judges = _judges()


class EstimateForm(Form):
    """What a judge says of a question. Make it with `estimate_form`."""

    percent = IntegerField(validators=[InputRequired("Say how many."), NumberRange(1, 100, "Use a whole number from 1 to 100.")])


def estimate_form(*, is_right_or_wrong: bool, percent: int | None = None) -> EstimateForm:
    """The form, asking for what can be earned; `percent` is what was said before."""
    form = EstimateForm(prefix="estimate-", data={"percent": percent})
    asked = "how many get it right?" if is_right_or_wrong else "how much of what it is worth do they earn in the mean, in percent?"
    form.percent.label.text = f"Of 100 people who are just good enough, {asked}"
    form.percent.description = "Of these, not of all who sit. Whole numbers, 1 to 100."
    return form
