"""The ledger's law: what it means at an instant, what a term is, and what a certification can ask for."""

from training.certification.rules.calendars import CalendarEntry, CalendarKind, calendar_text
from training.certification.rules.deltas import Delta, DeltaKind
from training.certification.rules.ledger import PAUSE, EventKind, LedgerEvent, Standing, State, Use, disuse_end, known_events, standing, will_nest
from training.certification.rules.needs import Claim, Evidence, LedgerEntry, Need, Pass, Unmet, is_version_covered
from training.certification.rules.nesting import NestingRule, Progress, Quality, QualityState, Shadow, progress_of
from training.certification.rules.reminders import REMINDED_DAYS_BEFORE, is_reminded_of, reminder_windows
from training.certification.rules.retests import OfAttempt, Retest, RetestDeed, latest_by_attempt
from training.certification.rules.terms import Ending, Term, TermRule, first_instant_of, next_term
from training.certification.rules.verification import (
    COST_OF_A_GUESS,
    LOOKS_FORGOTTEN_AFTER,
    MOST_LOOKS,
    Fate,
    Looks,
    Shows,
    TakingRefusal,
    fate_of,
    looks_open_at,
    revocation_of,
    shown_name,
)
from training.certification.rules.work import Worked, WorkFault, WorkOutcome, outcome_of, stretches_of, with_day

__all__ = [
    "COST_OF_A_GUESS",
    "LOOKS_FORGOTTEN_AFTER",
    "MOST_LOOKS",
    "PAUSE",
    "REMINDED_DAYS_BEFORE",
    "CalendarEntry",
    "CalendarKind",
    "Claim",
    "Delta",
    "DeltaKind",
    "Ending",
    "EventKind",
    "Evidence",
    "Fate",
    "LedgerEntry",
    "LedgerEvent",
    "Looks",
    "Need",
    "NestingRule",
    "OfAttempt",
    "Pass",
    "Progress",
    "Quality",
    "QualityState",
    "Retest",
    "RetestDeed",
    "Shadow",
    "Shows",
    "Standing",
    "State",
    "TakingRefusal",
    "Term",
    "TermRule",
    "Unmet",
    "Use",
    "WorkFault",
    "WorkOutcome",
    "Worked",
    "calendar_text",
    "disuse_end",
    "fate_of",
    "first_instant_of",
    "is_reminded_of",
    "is_version_covered",
    "known_events",
    "latest_by_attempt",
    "looks_open_at",
    "next_term",
    "outcome_of",
    "progress_of",
    "reminder_windows",
    "revocation_of",
    "shown_name",
    "standing",
    "stretches_of",
    "will_nest",
    "with_day",
]
