"""What is true of a person at an instant, and what may be made true. Pure."""

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
from training.accounts.rules.reasons import AccountReason
from training.accounts.rules.values import email_is_well_formed, fact_value, normal_email

__all__ = [
    "FACT_KINDS_OF_ONES_OWN",
    "Accommodations",
    "AccountReason",
    "Fact",
    "FactKind",
    "PersonState",
    "Role",
    "Status",
    "email_is_well_formed",
    "fact_value",
    "normal_email",
    "state_at",
    "values_at",
]
