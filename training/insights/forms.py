"""What somebody asks a pack about."""

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from training.insights.rules import ScopeKind
from training.web.forms import Form, InstantField, choices_of


class PackForm(Form):
    """Whom, when, and how; times are in the reader's zone."""

    kind = RadioField(
        "About whom",
        choices=choices_of(
            [
                (ScopeKind.ORGANISATION, "Everybody whom I may see"),
                (ScopeKind.QUEUE, "Those who might work one queue"),
                (ScopeKind.PERSON, "One person"),
            ]
        ),
        default=ScopeKind.ORGANISATION.value,
        validators=[InputRequired("Choose one.")],
    )
    person = StringField("Person", description="Their e-mail address or id.", validators=[Length(max=254)])
    queue = SelectField("Queue", description="For one queue.", validators=[Optional()], validate_choice=False)
    since = InstantField("From", description="For a span. Left empty: the one instant beside it.", validators=[Optional()])
    at = InstantField("Until, or at", description="Left empty: the minute that has just begun.", validators=[Optional()])
    has_names = BooleanField("Give names", description="Without them people go by their ids.", default=True)
    language = SelectField("Language of the paper", default="en")

    @property
    def subject(self) -> str:
        """Which person or queue is meant."""
        return {ScopeKind.PERSON.value: self.person.data, ScopeKind.QUEUE.value: self.queue.data}.get(self.kind.data) or ""
