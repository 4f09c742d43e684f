"""The tables of this room."""

from training.quality.models.audits import QualityAudit

__all__ = ["QualityAudit"]
