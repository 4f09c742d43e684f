"""The ledger's law: what it means at an instant, what a term is, and what a certification can ask for."""

from training.certification.rules.ledger import EventKind, LedgerEvent, Standing, State, known_events, standing
from training.certification.rules.needs import Claim, Evidence, LedgerEntry, Need, Pass, Unmet, is_version_covered
from training.certification.rules.retests import OfAttempt, Retest, RetestDeed, latest_by_attempt
from training.certification.rules.terms import Term, next_term

__all__ = [
    "Claim",
    "EventKind",
    "Evidence",
    "LedgerEntry",
    "LedgerEvent",
    "Need",
    "OfAttempt",
    "Pass",
    "Retest",
    "RetestDeed",
    "Standing",
    "State",
    "Term",
    "Unmet",
    "is_version_covered",
    "known_events",
    "latest_by_attempt",
    "next_term",
    "standing",
]
