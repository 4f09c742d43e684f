"""What an audit finds, and what many of them say. Pure."""

from training.quality.rules.audits import (
    FAULT_WORDS,
    Audited,
    AuditError,
    AuditFault,
    AuditOutcome,
    Sampling,
    Verdict,
    error_of,
    is_ahead_of_the_clock,
    outcome_of,
)
from training.quality.rules.suspension import STANDARD, Standard, log_evidence

__all__ = [
    "FAULT_WORDS",
    "STANDARD",
    "AuditError",
    "AuditFault",
    "AuditOutcome",
    "Audited",
    "Sampling",
    "Standard",
    "Verdict",
    "error_of",
    "is_ahead_of_the_clock",
    "log_evidence",
    "outcome_of",
]
