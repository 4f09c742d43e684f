"""What somebody asks a pack about, what trainers enter on the attention list, and about whom figures are."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from training.accounts.queries import team_names
from training.exams.forms.supervision import MOST_MINUTES, reason_field
from training.insights.rules import ScopeKind
from training.insights.rules.attention import Concern
from training.insights.rules.cohort_time import CohortTimeDeed
from training.insights.rules.enforcement import Basis
from training.insights.rules.figures import Dimension
from training.insights.rules.groups import Narrowing
from training.web.forms import DayField, FilterForm, Form, InstantField, choices_of

BY_MONTH = "hired"
"""To set people beside each other by the month in which they were hired."""
BESIDE = {Dimension.TEAM.value: "Teams", Dimension.MARKET.value: "Markets", Dimension.LANGUAGE.value: "Languages", BY_MONTH: "Months of hiring"}
BASES = {
    Basis.AUDIT: "Random audits of live work",
    Basis.PRACTICE: "Practice",
    Basis.CALIBRATION: "Calibration sessions",
    Basis.EXAM: "Exams",
}
PERIODS = {1: "This month", 3: "This month and the two before", 6: "Half a year", 12: "A year"}
"""By how many months they have, the running one included."""


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


class FiguresForm(FilterForm):
    """About whom figures are: a team, a market, a language, or any of them together."""

    team = SelectField("Team", coerce=int, default=0)
    market = SelectField("Market", default="")
    language = SelectField("Language", default="")

    beside = SelectField("Beside each other", choices=choices_of([("team", "Teams"), ("market", "Markets"), ("language", "Languages")]), default="team")

    @property
    def dimension(self) -> Dimension:
        """By what people are set beside each other."""
        return Dimension(self.beside.data or Dimension.TEAM)

    @property
    def narrowing(self) -> Narrowing:
        """What was chosen."""
        return Narrowing(self.team.data or None, self.market.data or "", self.language.data or "")


class CohortForm(Form):
    """A cohort's name."""

    name = StringField("Name", description="Its people can read it on their own page.", validators=[DataRequired("Enter a name."), Length(max=100)])


class ListedPeopleForm(Form):
    """People by their addresses, pasted or in a file."""

    addresses = TextAreaField("E-mail addresses", description="One a line, or as they stand in a sheet or a mail.", validators=[Length(max=200_000)])
    file = FileField("Or a CSV file", description="Every address in it counts, in whatever column. UTF-8, 1 MB at most.")

    @property
    def text(self) -> str:
        """What was pasted and what the file holds. Raises UnicodeDecodeError for a file that is no text in UTF-8."""
        uploaded = self.file.data.read().decode("utf-8-sig") if self.file.data else ""
        return "\n".join(part for part in (self.addresses.data or "", uploaded) if part)


class FoundPeopleForm(Form):
    """People by their team, by their first day of work, or by both."""

    team = SelectField("Team", coerce=int, default=0)
    first_on = DayField("First day from", description="The first day on which somebody was active.", validators=[Optional()])
    last_on = DayField("Until", description="This day included.", validators=[Optional()])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.team.choices = choices_of([(0, "Any team"), *team_names().items()])

    def validate_team(self, field: SelectField) -> None:
        """Something narrows, or it would be everybody."""
        if not field.data and not (self.first_on.data and self.last_on.data):
            raise ValidationError("Choose a team, or say both days, or all three to narrow further.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Both days or none, and in their order."""
        is_sound, first, last = super().validate(extra_validators), self.first_on.data, self.last_on.data
        if is_sound and bool(first) != bool(last):
            self.last_on.errors = ["Say both days, or none of them."]
        elif is_sound and first and last and last < first:
            self.last_on.errors = ["This is before the first of the two days."]
        return is_sound and not self.last_on.errors


class CohortTimeForm(Form):
    """What is done about the time of those who sit now."""

    minutes = IntegerField("Minutes more", description=f"For “Give more time”: 1 to {MOST_MINUTES}.", validators=[Optional(), NumberRange(1, MOST_MINUTES)])
    reason = reason_field("What happened. Kept for good, for auditors; candidates learn how much time, not why.")
    deed = HiddenField(validators=[AnyOf([deed.value for deed in CohortTimeDeed])])

    def validate(self, extra_validators: Any = None) -> bool:
        """More time is some minutes of it."""
        is_sound = super().validate(extra_validators)
        if is_sound and self.deed.data == CohortTimeDeed.EXTEND.value and not self.minutes.data:
            self.minutes.errors = ["Say how many minutes."]
        return is_sound and not self.minutes.errors


class FunnelForm(FilterForm):
    """Who was hired when, and by what people are set beside each other."""

    hired = SelectField("Hired in", default="")
    by = SelectField("Compare", choices=choices_of(BESIDE.items()), default=Dimension.TEAM.value)


class EnforcementForm(FilterForm):
    """On what rates rest, and over how long."""

    basis = SelectField("Decisions", choices=choices_of(BASES.items()), default=Basis.AUDIT.value)
    months = SelectField("Over", coerce=int, choices=choices_of(PERIODS.items()), default=3)


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
