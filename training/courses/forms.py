"""What people enter about modules and courses."""

from datetime import UTC, date, datetime, time

from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import DataRequired, Regexp, ValidationError

from training.accounts.forms import PersonOrTeamForm
from training.courses.rules.versions import Version
from training.web.formatting import zone_of_reader
from training.web.forms import DayField, Form

VERSION = r"^\d{1,6}\.\d{1,6}\.\d{1,6}$"
SECTION_LIMIT = 300


class AcknowledgeForm(Form):
    """Which version is acknowledged: the one the page showed."""

    version = HiddenField(validators=[DataRequired(), Regexp(VERSION)])

    @property
    def number(self) -> Version:
        """The version, once the form is valid."""
        return Version.parse(str(self.version.data))


class SectionsForm(AcknowledgeForm):
    """Which sections of which version were read."""

    sections = SelectMultipleField(validate_choice=False)

    def validate_sections(self, field: SelectMultipleField) -> None:
        """A module has no more sections than this."""
        if len(field.data or []) > SECTION_LIMIT:
            raise ValidationError("Too many sections.")

    @property
    def anchors(self) -> list[str]:
        """The sections."""
        return list(self.sections.data or [])


class AssignForm(PersonOrTeamForm):
    """Who is asked to complete a course, by when."""

    due_on = DayField("Due on", description="Until the end of this day in your time zone.", validators=[DataRequired("Say by which day, as year-month-day.")])

    @property
    def due_at(self) -> datetime:
        """The last second of the day in the reader's zone, once the form is valid."""
        day = self.due_on.data or date.min
        return datetime.combine(day, time(23, 59, 59), tzinfo=zone_of_reader()).astimezone(UTC)
