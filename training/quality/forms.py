"""What people enter about live quality."""

from typing import TypeVar

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, ValidationError

from training.accounts.forms import PeopleField
from training.accounts.queries import team_names
from training.practice.forms import SetForm, offering_clauses
from training.quality.rules import CoachingDeed, ProposalVerdict
from training.quality.rules.calibration import MOST_CASES
from training.web.forms import FilterForm, Form, choices_of

LONGEST_NOTE = 2_000
LONGEST_IDS = 3_000
SHORTEST_NOTE = 20
"""Letters: a note becomes the words that people read after their answer, which have so many at least."""


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


def _said(label: str, description: str) -> TextAreaField:
    demands = [DataRequired("Say what there is to say."), Length(max=LONGEST_NOTE, message=f"Use at most {LONGEST_NOTE:,} letters.")]
    return TextAreaField(label, description=description, validators=demands)


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
    note = _said("Note", "The person and their lead read it.")


class OwnNoteForm(Form):
    """What a person says about their own coaching."""

    note = _said("Your note", "Whoever coaches you reads it.")


def _people() -> PeopleField:
    return PeopleField("People", description="Their e-mail addresses, one a line.", validators=[Length(max=5000)])


def _team() -> SelectField:
    return SelectField("And everybody of a team", coerce=int, default=0, validators=[_somebody_is_named])


def _somebody_is_named(form: "InviteForm | CalibrationForm", field: SelectField) -> None:
    if not field.data and not form.people.addresses:
        raise ValidationError("Name people, or choose a team.")


class InviteForm(Form):
    """Whom to ask to label."""

    people = _people()
    team = _team()


class BlindLabelsForm(Form):
    """Whom to ask to label one case blind."""

    people = PeopleField("Colleagues", description="E-mail addresses of trainers or people of QA, one a line. Each gets a mail.", validators=[Length(max=5000)])
    is_open_call = BooleanField("Any trainer and anybody of QA may label it", default=False)
    note = TextAreaField(
        "What you tell them",
        description="Nothing of the answer: they label without knowing what you say.",
        validators=[Length(max=LONGEST_NOTE, message=f"Use at most {LONGEST_NOTE:,} letters.")],
    )


class CalibrationForm(SetForm):
    """Who labels which cases. Make it with `calibration_form`."""

    case_count = IntegerField(
        "How many cases",
        description="Of the clauses ticked: cases that nobody of those you ask has answered before.",
        default=10,
        validators=[NumberRange(1, MOST_CASES, f"Between 1 and {MOST_CASES}.")],
    )
    cases = TextAreaField("Or these cases, in this order", description=f"Their ids, one a line, {MOST_CASES} at most.", validators=[Length(max=LONGEST_IDS)])
    people = _people()
    team = _team()

    def validate_cases(self, field: TextAreaField) -> None:
        """Clauses or cases, not both; not one twice, and not too many."""
        super().validate_cases(field)
        if len(self.slugs) > MOST_CASES:
            raise ValidationError(f"{MOST_CASES} cases at most.")


def calibration_form() -> CalibrationForm:
    """The form, with clauses and teams to choose from."""
    return _with_teams(offering_clauses(CalibrationForm()))


def invite_form() -> InviteForm:
    """The form, with teams to choose from."""
    return _with_teams(InviteForm())


Asking = TypeVar("Asking", CalibrationForm, InviteForm)


def _with_teams(form: Asking) -> Asking:
    form.team.choices = choices_of([(0, "No team"), *sorted(team_names().items(), key=lambda pair: pair[1])])
    return form


class CalibrationNoteForm(Form):
    """What was said of a case."""

    words = TextAreaField(
        "What was said",
        description="What decides it, and by which clause. Where the panel's label becomes the reference, people read this after their answer.",
        validators=[DataRequired("Say what was said."), Length(SHORTEST_NOTE, LONGEST_NOTE, f"Use between {SHORTEST_NOTE} and {LONGEST_NOTE:,} letters.")],
    )
