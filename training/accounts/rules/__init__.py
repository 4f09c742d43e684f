"""What is true of a person at an instant, and what may be made true. Pure."""

from training.accounts.rules.browsers import browser_in_words
from training.accounts.rules.facts import (
    FACT_KINDS_OF_ONES_OWN,
    Accommodations,
    Fact,
    FactKind,
    PersonState,
    Role,
    Status,
    state_at,
    values_at,
)
from training.accounts.rules.passwords import password_fault
from training.accounts.rules.people_file import LineFault, PersonLine, read_people
from training.accounts.rules.reasons import AccountReason
from training.accounts.rules.scopes import SCOPES, Scope
from training.accounts.rules.sign_in import (
    FORGOTTEN_AFTER,
    LINK_LIFE,
    LINK_PATH,
    LINKS_AN_HOUR,
    LinkPurpose,
    Site,
    Tries,
    failed_count_after,
    place_of,
    safe_path,
    tries_open_at,
)
from training.accounts.rules.values import email_is_well_formed, fact_value, normal_email

__all__ = [
    "FACT_KINDS_OF_ONES_OWN",
    "FORGOTTEN_AFTER",
    "LINKS_AN_HOUR",
    "LINK_LIFE",
    "LINK_PATH",
    "SCOPES",
    "Accommodations",
    "AccountReason",
    "Fact",
    "FactKind",
    "LineFault",
    "LinkPurpose",
    "PersonLine",
    "PersonState",
    "Role",
    "Scope",
    "Site",
    "Status",
    "Tries",
    "browser_in_words",
    "email_is_well_formed",
    "fact_value",
    "failed_count_after",
    "normal_email",
    "password_fault",
    "place_of",
    "read_people",
    "safe_path",
    "state_at",
    "tries_open_at",
    "values_at",
]
