"""Deeds upon live quality: take audits down."""

from training.quality.services.taking import QualityRefusal, Required, Sent, Taken, take_audits

__all__ = ["QualityRefusal", "Required", "Sent", "Taken", "take_audits"]
