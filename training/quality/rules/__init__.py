"""What an audit finds, and what many of them say. Pure."""

from training.quality.rules.audits import (
    FAULT_WORDS,
    Audited,
    AuditError,
    AuditFault,
    AuditOutcome,
    Sampling,
    Verdict,
    code_to_practise,
    error_of,
    is_ahead_of_the_clock,
    outcome_of,
)
from training.quality.rules.coaching import calls_for_coaching, log_cusum
from training.quality.rules.counting import AuditedDecision, Counted, QualityWord, counted_from, evidence_shown
from training.quality.rules.following import CoachingDeed, ProposalVerdict
from training.quality.rules.predicting import Pair, Prediction, PredictionWord, prediction
from training.quality.rules.reasons import QualityRefusal
from training.quality.rules.sheets import MOST_ROWS, NEEDED, POSSIBLE, column_of, missing_columns, row_of_cells
from training.quality.rules.suspension import STANDARD, Standard, log_evidence

__all__ = [
    "FAULT_WORDS",
    "MOST_ROWS",
    "NEEDED",
    "POSSIBLE",
    "STANDARD",
    "AuditError",
    "AuditFault",
    "AuditOutcome",
    "Audited",
    "AuditedDecision",
    "CoachingDeed",
    "Counted",
    "Pair",
    "Prediction",
    "PredictionWord",
    "ProposalVerdict",
    "QualityRefusal",
    "QualityWord",
    "Sampling",
    "Standard",
    "Verdict",
    "calls_for_coaching",
    "code_to_practise",
    "column_of",
    "counted_from",
    "error_of",
    "evidence_shown",
    "is_ahead_of_the_clock",
    "log_cusum",
    "log_evidence",
    "missing_columns",
    "outcome_of",
    "prediction",
    "row_of_cells",
]
