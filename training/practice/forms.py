"""The forms of this room; the answer itself is the cases' form."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, SearchField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from training.practice.queries import Preference
from training.practice.rules import LARGEST_SET
from training.web.forms import FilterForm, Form, MultiCheckboxField, choices_of

EVERYBODY = 0
"""In place of a team."""


class PreferenceForm(Form):
    """How a person wants cases shown."""

    is_blurring = BooleanField("Blur cases that may distress until I show them")
    is_greyscale = BooleanField("Show pictures without colour")
    is_prompting_breaks = BooleanField("Suggest a break after 25 minutes, or after 8 severe cases")

    @property
    def preference(self) -> Preference:
        """What was chosen."""
        return Preference(bool(self.is_blurring.data), bool(self.is_greyscale.data), bool(self.is_prompting_breaks.data))


def preference_form(preference: Preference) -> PreferenceForm:
    """The form as it stands for this person."""
    values = {"is_blurring": preference.is_blurring, "is_greyscale": preference.is_greyscale, "is_prompting_breaks": preference.is_prompting_breaks}
    return PreferenceForm(formdata=None, data=values)


class TeamForm(FilterForm):
    """Whose practice a trainer looks at."""

    team = SelectField("Team", coerce=int)
    name = SearchField("Part of a name or an address", validators=[Length(max=100, message="Use at most 100 letters.")])

    @property
    def team_id(self) -> int | None:
        """The team that was chosen; nothing for everybody."""
        return None if self.team.data == EVERYBODY else self.team.data


def team_form(asked: MultiDict[str, str], teams: Mapping[int, str], *, own: int | None) -> TeamForm:
    """The form as it was asked: the own team first, else everybody."""
    form = TeamForm(asked, data={"team": own or EVERYBODY})
    form.team.choices = choices_of([(EVERYBODY, "Everybody"), *sorted(teams.items(), key=lambda pair: pair[1])])
    return form


class SetForm(Form):
    """What a trainer picks for others to practise: clauses and how many cases of them, or cases by their ids."""

    title = StringField(
        "Title",
        description="What people see it by: “Blue-label skincare after the recall”.",
        validators=[DataRequired("Give it a title."), Length(max=120)],
    )
    note = TextAreaField("Note", description="What you want to tell them. It may stay empty.", validators=[Optional(), Length(max=1000)])
    clauses = MultiCheckboxField("Clauses", validators=[Optional()])
    case_count = IntegerField(
        "How many cases",
        description="Of the clauses ticked. Each person gets cases they have not seen.",
        default=10,
        validators=[NumberRange(1, 50, "Between 1 and 50.")],
    )
    cases = TextAreaField(
        "Or these cases, in this order",
        description="Their ids, one a line, 100 at most.",
        validators=[Length(max=7000)],
    )

    def validate_cases(self, field: TextAreaField) -> None:
        """Clauses or cases, not both; and not one case twice."""
        if bool(self.slugs) == bool(self.clauses.data):
            raise ValidationError("Tick clauses, or name cases: one of the two.")
        if len(self.slugs) > LARGEST_SET:
            raise ValidationError(f"{LARGEST_SET} cases at most.")
        if len(set(self.slugs)) < len(self.slugs):
            raise ValidationError("A case is named twice.")

    @property
    def slugs(self) -> list[str]:
        """The cases named."""
        return str(self.cases.data or "").replace(",", " ").split()
