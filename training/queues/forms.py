"""What people enter about queues."""

from wtforms import EmailField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.queues.rules.staffing import Footing, Wanted
from training.web.forms import FilterForm, Form, InstantField, choices_of

STANDING_WORDS = {
    "certified": "Certified",
    Footing.OPEN.value: "May work",
    Footing.SHADOW.value: "In shadow",
    Footing.AWAY.value: "Away",
    Footing.DELTA.value: "One change away",
    "lapsing": "Lapses by then",
    Footing.CLOSED.value: "Closed",
}
"""How people stand with a queue, in words."""


class OverrideForm(Form):
    """A dated exception for one person and one queue; times are in the reader's zone."""

    email = EmailField("Person", description="Their e-mail address.", validators=[DataRequired("Say whom it is for.")])
    queue = SelectField(
        "Queue",
        description="Those marked “two people” can bring work of the highest severity: another lead or an administrator confirms.",
        validators=[DataRequired()],
    )
    effect = RadioField(
        "What it does",
        choices=choices_of([("allow", "Open the queue for this person"), ("deny", "Close the queue for this person")]),
        validators=[InputRequired("Choose one.")],
    )
    since = InstantField("From", description="Left empty: from now on.", validators=[Optional()])
    until = InstantField("Until", description="At most 72 hours after it begins.", validators=[DataRequired("Say until when, as day and time.")])
    reason = TextAreaField(
        "Reason",
        description="The person, their lead and auditors read this, and whoever confirms it.",
        validators=[DataRequired("Say why."), Length(min=10, max=400, message="Use between 10 and 400 letters.")],
    )


class MatrixForm(FilterForm):
    """Which team, and which instant, the matrix shows."""

    team = SelectField("Team", coerce=int)
    at = InstantField("At", description="Left empty: now.", validators=[Optional()])
    after = IntegerField("After", validators=[Optional(), NumberRange(1)], widget=HiddenInput())


class FigureForm(MatrixForm):
    """Which of the matrix's figures is opened."""

    queue = StringField("Queue", validators=[DataRequired()])
    standing = SelectField("Standing", choices=choices_of([("", "Everybody"), *STANDING_WORDS.items()]), validators=[Optional()])
    language = StringField("Language", validators=[Optional()])
    shift = IntegerField("Shift", validators=[Optional()])

    @property
    def wanted(self) -> Wanted:
        """Which people it stands for."""
        return Wanted(self.queue.data or "", self.standing.data or None, self.language.data or None, self.shift.data)
