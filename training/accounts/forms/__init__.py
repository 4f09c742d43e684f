"""The forms of this room."""

from training.accounts.forms.availability import AbsenceForm, PauseForm, ShiftForm, ShiftOfPersonForm
from training.accounts.forms.people import (
    ROLE_WORDS,
    STATUS_WORDS,
    AskResetForm,
    ChangeFactsForm,
    ChangePasswordForm,
    ChoosePasswordForm,
    ClientForm,
    NewPersonForm,
    PeopleFilterForm,
    PersonOrTeamForm,
    SignInForm,
    StatusForm,
    TeamForm,
    TimeZoneForm,
    effective_instant,
)

__all__ = [
    "ROLE_WORDS",
    "STATUS_WORDS",
    "AbsenceForm",
    "AskResetForm",
    "ChangeFactsForm",
    "ChangePasswordForm",
    "ChoosePasswordForm",
    "ClientForm",
    "NewPersonForm",
    "PauseForm",
    "PeopleFilterForm",
    "PersonOrTeamForm",
    "ShiftForm",
    "ShiftOfPersonForm",
    "SignInForm",
    "StatusForm",
    "TeamForm",
    "TimeZoneForm",
    "effective_instant",
]
