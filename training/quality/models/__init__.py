"""The tables of this room."""

from training.quality.models.audits import QualityAudit
from training.quality.models.calibration import (
    CalibrationCase,
    CalibrationConsensus,
    CalibrationMember,
    CalibrationNote,
    CalibrationRound,
    CalibrationSession,
)
from training.quality.models.following import Coaching, CoachingEntry, SuspensionProposal

__all__ = [
    "CalibrationCase",
    "CalibrationConsensus",
    "CalibrationMember",
    "CalibrationNote",
    "CalibrationRound",
    "CalibrationSession",
    "Coaching",
    "CoachingEntry",
    "QualityAudit",
    "SuspensionProposal",
]
