"""What somebody asks a pack about, and what trainers enter on the attention list."""

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from training.exams.forms.supervision import reason_field
from training.insights.rules import ScopeKind
from training.insights.rules.attention import Concern
from training.web.forms import FilterForm, Form, InstantField, choices_of


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


class AttentionFilterForm(FilterForm):
    """Which lines of the attention list are shown."""

    concern = SelectField("Why", validate_choice=False)
    show = SelectField("Show", choices=choices_of([("", "What needs a look"), ("aside", "What was put aside")]), default="", validate_choice=False)


class BackForm(Form):
    """Which line is meant, as it was seen."""

    concern = HiddenField(validators=[InputRequired(), AnyOf([concern.value for concern in Concern])])
    subject = HiddenField(validators=[InputRequired(), Length(max=200)])
    state = HiddenField(validators=[InputRequired(), Length(max=12)])


class AsideForm(BackForm):
    """The same, and why it is left as it is."""

    reason = reason_field("Why it is right as it is, or what you wait for. Colleagues read it beside the line.")
