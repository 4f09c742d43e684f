"""What people enter about themselves, others, teams and programs."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    EmailField,
    FloatField,
    HiddenField,
    IntegerField,
    PasswordField,
    SearchField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, NumberRange, Optional

from training.accounts.queries import person_by_email, team_names
from training.accounts.rules import SCOPES, FactKind, PersonState, Role, Status, email_is_well_formed, fact_value, normal_email, password_fault
from training.accounts.rules.values import LONGEST_BREAK_SECONDS, MULTIPLIERS, named_zones
from training.web.forms import DayField, FilterForm, Form, MultiCheckboxField, choices_of

ROLE_WORDS = {
    Role.MODERATOR: "Moderator",
    Role.TRAINER: "Trainer",
    Role.LEAD: "Team lead",
    Role.QA: "QA analyst",
    Role.ADMIN: "Administrator",
    Role.AUDITOR: "Auditor",
}
STATUS_WORDS = {Status.INVITED: "Invited", Status.ACTIVE: "Active", Status.DEACTIVATED: "Deactivated"}
LONGEST_BREAK_MINUTES = LONGEST_BREAK_SECONDS // 60


def _zones() -> list[Any]:
    return choices_of((zone, zone.replace("_", " ")) for zone in named_zones())


def _address(_form: object, field: Any) -> None:
    if not email_is_well_formed(normal_email(field.data or "")):
        raise ValidationError("Write an e-mail address, such as name@example.org.")


class SignInForm(Form):
    """Who is there?"""

    email = EmailField("E-mail", [DataRequired("Enter your e-mail address.")], render_kw={"autocomplete": "username"})
    password = PasswordField("Password", [InputRequired("Enter your password.")], render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class AskResetForm(Form):
    """Where to send the link."""

    email = EmailField("E-mail", [DataRequired("Enter your e-mail address."), _address], render_kw={"autocomplete": "username"})


class ChoosePasswordForm(Form):
    """A new password, twice."""

    password = PasswordField("New password", [InputRequired("Choose a password.")], render_kw={"autocomplete": "new-password"})
    again = PasswordField("The same again", [EqualTo("password", "The two passwords differ.")], render_kw={"autocomplete": "new-password"})

    personal: tuple[str, ...] = ()
    """The person's own name and address, which make weak passwords."""

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is guessed first."""
        if fault := password_fault(field.data or "", personal=self.personal):
            raise ValidationError(fault)


class ChangePasswordForm(ChoosePasswordForm):
    """The same for somebody who is signed in."""

    current = PasswordField("Current password", [InputRequired("Enter your current password.")], render_kw={"autocomplete": "current-password"})


CODE_ATTRIBUTES = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "autocapitalize": "off"}
"""Of a field for the device's code: phones offer it, with the digits' keyboard."""
CODE_DEMANDS = [DataRequired("Enter the code."), Length(max=40, message="A code has six digits, or four groups of four characters.")]


class CodeForm(Form):
    """The second step: a code from the device, or one of the recovery codes."""

    code = StringField("Code", CODE_DEMANDS)
    next = HiddenField()


class FactorProofForm(Form):
    """Who changes how they sign in shows both again."""

    current = PasswordField("Current password", [InputRequired("Enter your current password.")], render_kw={"autocomplete": "current-password"})
    code = StringField("Code", CODE_DEMANDS, render_kw=CODE_ATTRIBUTES)


class FactorResetForm(Form):
    """Why an administrator takes somebody's second factor away."""

    reason = StringField("Why", [DataRequired("Say why, as for a colleague who reads it in a year."), Length(max=400)])


class TimeZoneForm(Form):
    """The zone in which times are shown."""

    time_zone = SelectField("Time zone", choices=_zones)


def _listed(kind: FactKind) -> Any:
    """A validator for a list typed as text."""

    def check(_form: object, field: Any) -> None:
        try:
            fact_value(kind, _split(field.data))
        except ValueError as error:
            raise ValidationError(str(error)) from None

    return check


def _split(text: str | None) -> list[str]:
    return (text or "").replace(",", " ").replace(";", " ").split()


class FactsForm(Form):
    """What is true of a person, and from when on."""

    name = StringField("Name", [DataRequired("Enter a name."), Length(max=200)])
    roles = MultiCheckboxField("Roles", choices=choices_of(ROLE_WORDS.items()))
    team = SelectField("Team", choices=[], coerce=int)
    languages = StringField("Languages", [_listed(FactKind.LANGUAGES)], description="Codes, with blanks between: id en")
    markets = StringField("Markets", [_listed(FactKind.MARKETS)], description="Codes, with blanks between: ID SG")
    time_zone = SelectField("Time zone", choices=lambda: [*choices_of([("", "The organisation's")]), *_zones()])
    time_multiplier = FloatField("Exam time, multiplied by", [InputRequired("Enter a number; 1 changes nothing."), NumberRange(*MULTIPLIERS)], default=1.0)
    break_minutes = IntegerField(
        "Extra exam breaks, minutes", [InputRequired("Enter minutes; 0 changes nothing."), NumberRange(0, LONGEST_BREAK_MINUTES)], default=0
    )

    def offer_teams(self, names: Mapping[int, str]) -> None:
        """Say which teams there are."""
        self.team.choices = choices_of([(0, "No team"), *names.items()])

    def show(self, name: str, state: PersonState) -> None:
        """Fill in what is true now."""
        self.name.data = name
        self.roles.data = [role.value for role in state.roles]
        self.team.data = state.team_id or 0
        self.languages.data = " ".join(sorted(state.languages))
        self.markets.data = " ".join(sorted(state.markets))
        self.time_zone.data = state.time_zone or ""
        self.time_multiplier.data = state.time_multiplier
        self.break_minutes.data = state.extra_break_seconds // 60

    def facts(self) -> dict[FactKind, object]:
        """What the form says, as facts."""
        breaks = {"time_multiplier": self.time_multiplier.data, "extra_break_seconds": (self.break_minutes.data or 0) * 60}
        return {
            FactKind.NAME: self.name.data,
            FactKind.ROLES: self.roles.data or [],
            FactKind.TEAM: self.team.data or None,
            FactKind.LANGUAGES: _split(self.languages.data),
            FactKind.MARKETS: _split(self.markets.data),
            FactKind.TIME_ZONE: self.time_zone.data or None,
            FactKind.ACCOMMODATIONS: breaks,
        }

    def changes(self, name: str, state: PersonState) -> dict[FactKind, object]:
        """What the form says that the page did not show. The rest may be different by the day from which on this holds."""
        shown = type(self)(formdata=None)
        shown.show(name, state)
        said, before = self.facts(), shown.facts()
        return {kind: value for kind, value in said.items() if fact_value(kind, value) != fact_value(kind, before[kind])}


def effective_instant(day: date | None, *, zone: str, now: datetime) -> datetime:
    """When a change takes effect: at the beginning of that day in the administrator's zone, or now."""
    return datetime.combine(day, time.min, ZoneInfo(zone)) if day else now


class ChangeFactsForm(FactsForm):
    """The same for a person who is there already."""

    effective_on = DayField("From which day on", [Optional()], description="Leave empty for now. The past stays as it was known.")


class NewPersonForm(FactsForm):
    """A person who is not there yet."""

    email = EmailField(
        "E-mail", [DataRequired("Enter an e-mail address."), _address], description="It stays theirs for ever; it is never given to another person."
    )
    is_invited = BooleanField("Send an invitation now", default=True)


class StatusForm(Form):
    """From when on somebody works here, or no longer does."""

    effective_on = DayField("From which day on", [Optional()], description="Leave empty for now.")


class TeamForm(Form):
    """A team's name."""

    name = StringField("Name", [DataRequired("Enter a name."), Length(max=100)])


class ClientForm(Form):
    """A program that may call the API."""

    name = StringField("Name", [DataRequired("Enter a name that says which program this is."), Length(max=100)])
    scopes = MultiCheckboxField("What it may do", [InputRequired("Choose at least one.")], choices=choices_of(SCOPES.items()))
    expires_on = DayField("Token ends on", [Optional()], description="Leave empty for a token without an end.")


class PeopleFilterForm(FilterForm):
    """What narrows the list of people."""

    q = SearchField("Name or e-mail")
    role = SelectField("Role", choices=choices_of([("", "Any role"), *ROLE_WORDS.items()]))
    status = SelectField("Status", choices=choices_of([("", "Any status"), *STATUS_WORDS.items()]))
    team = SelectField("Team", choices=[], coerce=int)
    language = StringField("Language")
    market = StringField("Market")

    def offer_teams(self, names: Mapping[int, str]) -> None:
        """Say which teams there are."""
        self.team.choices = choices_of([(0, "Any team"), *names.items()])


class PersonOrTeamForm(Form):
    """Whom something is asked of or given to: one person, by their address, or a whole team."""

    email = EmailField("Person", description="Their e-mail address. Leave it empty where others are meant.", validators=[Optional(), Length(max=200)])
    team = SelectField("Team", coerce=int)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.team.choices = choices_of([(0, "No team: one person"), *team_names().items()])

    def validate_email(self, field: EmailField) -> None:
        """An address somebody here has."""
        if field.data and self.person_id is None:
            raise ValidationError("Nobody here has this address. Check it with them.")

    def validate_team(self, field: SelectField) -> None:
        """One of the two, not both."""
        if bool(field.data) == bool(self.email.data):
            raise ValidationError("Name a person or choose a team: one of the two.")

    @property
    def person_id(self) -> int | None:
        """The person named, if one is."""
        person = person_by_email(self.email.data) if self.email.data else None
        return person.id if person else None

    @property
    def team_id(self) -> int | None:
        """The team chosen, if one is."""
        return self.team.data or None
