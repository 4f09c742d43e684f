"""What people enter about modules and courses."""

from datetime import date, datetime
from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Regexp, ValidationError

from training.accounts.forms import PersonOrTeamForm
from training.accounts.queries import cohort_names, members_in_use
from training.accounts.rules import FactKind
from training.courses.rules.assigning import AudienceRule, end_of
from training.courses.rules.versions import Version
from training.web.formatting import language_name, market_name, zone_of_reader
from training.web.forms import DayField, Form, choices_of

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
    """Who is asked to complete a course or a module, by when."""

    cohort = SelectField("Cohort", description="Or everybody of a cohort, who joins it later too.", coerce=int, default=0)
    market = SelectField("Market", description="Or everybody who works for it, who comes later too.", default="")
    language = SelectField("Language", description="Or everybody who works in it; with a market, who does both.", default="")
    due_on = DayField(
        "Due on", description="Until the end of this day where each of them is.", validators=[DataRequired("Say by which day, as year-month-day.")]
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.cohort.choices = choices_of([(0, "No cohort"), *cohort_names(open_only=True).items()])
        markets, languages = members_in_use(FactKind.MARKETS), members_in_use(FactKind.LANGUAGES)
        self.market.choices = choices_of([("", "No market"), *((code, market_name(code)) for code in markets)])
        self.language.choices = choices_of([("", "No language"), *((code, language_name(code)) for code in languages)])

    def validate_team(self, field: SelectField) -> None:
        """One of the four, not two."""
        if sum(map(bool, (field.data, self.email.data, self.cohort.data, self.rule))) != 1:
            raise ValidationError("Name a person, choose a team or a cohort, or say a market or a language: one of the four.")

    @property
    def cohort_id(self) -> int | None:
        """The cohort chosen, if one is."""
        return self.cohort.data or None

    @property
    def rule(self) -> AudienceRule | None:
        """Everybody of which market or language, if that is said."""
        market, language = self.market.data or "", self.language.data or ""
        return AudienceRule(market, language) if market or language else None

    @property
    def due_at(self) -> datetime:
        """The last second of the day in the reader's zone, once the form is valid."""
        return end_of(self.due_on.data or date.min, zone_of_reader())
