"""The forms of this room; the answer itself is the cases' form."""

from wtforms import BooleanField

from training.practice.queries import Preference
from training.web.forms import Form


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
