"""What is known of policy changes, what they touch, and who is to learn them."""

from training.policy_changes.queries.people import who_learns
from training.policy_changes.queries.proposals import Review, approval_of, proposal_of, review, reviews
from training.policy_changes.queries.published import change_of, changes_of, exam_versions_used, published_changes
from training.policy_changes.queries.touched import Citing, Touched, certifications_citing, citing, delta_exams, touched_by

__all__ = [
    "Citing",
    "Review",
    "Touched",
    "approval_of",
    "certifications_citing",
    "change_of",
    "changes_of",
    "citing",
    "delta_exams",
    "exam_versions_used",
    "proposal_of",
    "published_changes",
    "review",
    "reviews",
    "touched_by",
    "who_learns",
]
