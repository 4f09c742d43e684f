"""What is entered about retakes and disputes."""

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from training.exams.forms.supervision import reason_field
from training.web.forms import Form, choices_of

LONGEST_MINUTES = 120


class AllowForm(Form):
    """One more attempt for somebody."""

    email = StringField("E-mail address of the candidate", validators=[DataRequired("Say whom."), Length(max=200)])
    exam = SelectField("Exam", validators=[DataRequired("Choose the exam.")])
    reason = reason_field("Why one more is right. Kept for good, for auditors.")


class DisputeForm(Form):
    """A candidate's doubt about a question."""

    position = IntegerField(
        "Number of the question",
        description="As it stood above the question. If you are not sure, give your best guess and describe it.",
        validators=[InputRequired("Say which question.")],
    )
    doubt = TextAreaField(
        "What you remember, and why you doubt it",
        description="Ten letters at least. A trainer reads it, and opens the question to you for a while.",
        validators=[DataRequired("Say what you doubt."), Length(10, 1000, "Use between 10 and 1,000 letters.")],
    )


class OpeningForm(Form):
    """For how long a candidate may look at the question."""

    minutes = IntegerField(
        "Minutes",
        default=30,
        description=f"5 to {LONGEST_MINUTES}; sit with them, or watch the screen.",
        validators=[InputRequired("Say for how long."), NumberRange(5, LONGEST_MINUTES, f"Use whole minutes from 5 to {LONGEST_MINUTES}.")],
    )


class ClaimForm(Form):
    """What a candidate says is wrong."""

    words = TextAreaField(
        "What is wrong with it",
        description="Name the rule it is about if you can. You can send this once.",
        validators=[DataRequired("Say what is wrong."), Length(10, 2000, "Use between 10 and 2,000 letters.")],
    )


class DecisionForm(Form):
    """How a trainer decides about a claim."""

    decision = RadioField(
        "Decision",
        choices=choices_of([("rejected", "Rejected: the question stands"), ("upheld", "Upheld: rule on its key next")]),
        validators=[InputRequired("Choose one.")],
    )
    words = TextAreaField(
        "Why",
        description="The candidate reads it. Do not tell the key.",
        validators=[DataRequired("Say why."), Length(10, 2000, "Use between 10 and 2,000 letters.")],
    )
