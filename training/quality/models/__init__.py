"""The tables of this room."""

from training.quality.models.audits import QualityAudit
from training.quality.models.following import Coaching, CoachingEntry, SuspensionProposal

__all__ = ["Coaching", "CoachingEntry", "QualityAudit", "SuspensionProposal"]
