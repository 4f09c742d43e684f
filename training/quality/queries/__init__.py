"""What audits found, and what follows from it."""

from training.quality.queries.audits import audits_by_ids, audits_of, audits_page, last_audit_id, personal_audits
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
from training.quality.queries.predicting import ExamPrediction, predictions
from training.quality.queries.seeing import SEES_EVERYBODY, may_see, person_seen, proposals_waiting, team_members, teams_seen

__all__ = [
    "SEES_EVERYBODY",
    "ExamPrediction",
    "LiveQuality",
    "audits_by_ids",
    "audits_of",
    "audits_page",
    "coaching",
    "coachings_of",
    "entries_of",
    "evidence_behind",
    "hold_coaching",
    "last_audit_id",
    "live_quality",
    "may_see",
    "open_coachings",
    "open_proposals",
    "person_seen",
    "personal_audits",
    "personal_quality",
    "predictions",
    "proposal",
    "proposals_of",
    "proposals_waiting",
    "quality_since",
    "take_proposal",
    "team_members",
    "teams_seen",
]
