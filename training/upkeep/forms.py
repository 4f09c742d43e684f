"""The forms of this room."""

from typing import Any

from wtforms import StringField, ValidationError
from wtforms.validators import DataRequired, Length

from training.web.forms import Form


class ErasingForm(Form):
    """Why somebody is erased, and their address once more, so that nobody is erased by a slip."""

    reason = StringField("Why", [DataRequired("Say why, as for a colleague who reads it in a year."), Length(min=10, max=400)])
    confirmation = StringField("Their e-mail address", [DataRequired("Type their e-mail address.")], render_kw={"autocomplete": "off", "spellcheck": "false"})

    address: str = ""
    """What it must be."""

    def validate_confirmation(self, field: Any) -> None:
        """Their address, letter by letter."""
        if (field.data or "").strip().lower() != self.address:
            raise ValidationError("This is not the address of the person on this page.")
