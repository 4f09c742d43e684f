"""What administrators enter about webhooks."""

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from training.queues.rules.changes import ChangeKind
from training.web.forms import Form, InstantField, MultiCheckboxField, choices_of

KIND_WORDS = {
    ChangeKind.CERTIFICATE: "Certificates: awarded, near their end, ended, suspended",
    ChangeKind.PERSON: "People: status, languages, markets",
    ChangeKind.POLICY: "Policies: read, to be learned, overdue",
    ChangeKind.OVERRIDE: "Exceptions",
    ChangeKind.AVAILABILITY: "Availability, never why",
    ChangeKind.REQUIREMENTS: "What queues require",
}
"""The kinds of events, as people read them."""


class EndpointForm(Form):
    """A program that is told what changes."""

    name = StringField("Name", [DataRequired("Enter a name that says which program this is."), Length(max=100)])
    address = StringField(
        "Address", [DataRequired("Enter the address that messages are sent to."), Length(max=500)], description="https://…", render_kw={"spellcheck": "false"}
    )
    kinds = MultiCheckboxField("What it is told of", [InputRequired("Choose at least one.")], choices=choices_of(KIND_WORDS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.kinds.data = [kind.value for kind in ChangeKind]


class ReplayForm(Form):
    """From when on messages are sent once more, in the reader's zone."""

    since = InstantField("Tried since", [InputRequired("Say since when.")])
