"""The forms of this room; the answer itself is the cases' form."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SearchField, SelectField
from wtforms.validators import Length

from training.practice.queries import Preference
from training.web.forms import FilterForm, Form, choices_of

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
