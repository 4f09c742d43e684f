"""People, what is true of them, how they sign in, and the programs that ask about them."""

from training.accounts.models.absences import Absence, AbsenceCause, Shift, ShiftAssignment, ShiftVersion
from training.accounts.models.clients import ApiClient
from training.accounts.models.people import Cohort, CurrentFact, PendingFact, Person, PersonEmail, PersonFact, Team
from training.accounts.models.second_factor import PendingSignIn, RecoveryCode, SecondFactor
from training.accounts.models.sign_in import OneTimeLink, SignInSession, SignInTries

__all__ = [
    "Absence",
    "AbsenceCause",
    "ApiClient",
    "Cohort",
    "CurrentFact",
    "OneTimeLink",
    "PendingFact",
    "PendingSignIn",
    "Person",
    "PersonEmail",
    "PersonFact",
    "RecoveryCode",
    "SecondFactor",
    "Shift",
    "ShiftAssignment",
    "ShiftVersion",
    "SignInSession",
    "SignInTries",
    "Team",
]
