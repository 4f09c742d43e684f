"""The tables of this room."""

from training.quality.models.audits import AuditCase, QualityAudit
from training.quality.models.calibration import (
    CalibrationCase,
    CalibrationConsensus,
    CalibrationMember,
    CalibrationNote,
    CalibrationRound,
    CalibrationSession,
)
from training.quality.models.following import Coaching, CoachingEntry, SuspensionProposal
from training.quality.models.panels import CasePanel, CasePanelLabel, CasePanelSeat

__all__ = [
    "AuditCase",
    "CalibrationCase",
    "CalibrationConsensus",
    "CalibrationMember",
    "CalibrationNote",
    "CalibrationRound",
    "CalibrationSession",
    "CasePanel",
    "CasePanelLabel",
    "CasePanelSeat",
    "Coaching",
    "CoachingEntry",
    "QualityAudit",
    "SuspensionProposal",
]
