"""What audits found."""

from training.quality.queries.audits import audits_by_ids, audits_of, personal_audits

__all__ = ["audits_by_ids", "audits_of", "personal_audits"]
