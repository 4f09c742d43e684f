"""What audits found, and what follows from it."""

from training.quality.queries.audits import audits_by_ids, audits_of, personal_audits
from training.quality.queries.counting import LiveQuality, live_quality, quality_since
from training.quality.queries.following import (
    coaching,
    coachings_of,
    entries_of,
    evidence_behind,
    hold_coaching,
    open_coachings,
    open_proposals,
    proposal,
    proposals_of,
    take_proposal,
)
from training.quality.queries.personal import personal_quality

__all__ = [
    "LiveQuality",
    "audits_by_ids",
    "audits_of",
    "coaching",
    "coachings_of",
    "entries_of",
    "evidence_behind",
    "hold_coaching",
    "live_quality",
    "open_coachings",
    "open_proposals",
    "personal_audits",
    "personal_quality",
    "proposal",
    "proposals_of",
    "quality_since",
    "take_proposal",
]
