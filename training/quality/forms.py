"""What people enter about live quality."""

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from training.quality.rules import CoachingDeed, ProposalVerdict
from training.web.forms import FilterForm, Form, choices_of


class TeamForm(FilterForm):
    """Which team's live quality is shown."""

    team = SelectField("Team", coerce=int)


class UploadForm(Form):
    """A sheet of audits."""

    sheet = FileField("Sheet", description="A CSV file or a workbook, 1,000 audits at most.", validators=[FileRequired("Choose a file.")])


class ProposalForm(Form):
    """What somebody makes of a proposal to suspend."""

    verdict = RadioField(
        "What happens",
        choices=choices_of(
            [
                (ProposalVerdict.CONFIRMED.value, "Suspend the certificate: it opens no queue until a fresh exam is passed"),
                (ProposalVerdict.DISMISSED.value, "Dismiss the proposal: the certificate stays, and audits of decisions from now on count anew"),
            ]
        ),
        validators=[DataRequired("Choose one.")],
    )
    reason = TextAreaField(
        "Reason",
        description="The holder and auditors read it. Say what you looked at and what you found.",
        validators=[DataRequired("Say why."), Length(min=10, max=300, message="Use between 10 and 300 letters.")],
    )


class CoachingForm(Form):
    """What there is to say about a coaching."""

    deed = SelectField(
        "What happened",
        choices=choices_of(
            [
                (CoachingDeed.HELD.value, "The talk took place"),
                (CoachingDeed.NOTED.value, "A note"),
                (CoachingDeed.CLOSED.value, "Close the coaching"),
            ]
        ),
    )
    note = TextAreaField(
        "Note",
        description="The person and their lead read it.",
        validators=[DataRequired("Say what there is to say."), Length(max=2_000, message="Use at most 2,000 letters.")],
    )


class OwnNoteForm(Form):
    """What a person says about their own coaching."""

    note = TextAreaField(
        "Your note",
        description="Whoever coaches you reads it.",
        validators=[DataRequired("Say what there is to say."), Length(max=2_000, message="Use at most 2,000 letters.")],
    )
